//! Folders that a stranger sent, given to the command itself: each is refused with a clear problem, in bounded time and
//! memory, nothing raw reaches the terminal, and nothing outside the folder is written or read.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::edits::BASE;
use crate::support::{Folder, Said, said};

/// So long the command may work, without optimisation and by the processor's own clock.
const SECONDS: u32 = 30;
/// The address space of the command, in KiB: what it may use of memory, and the program itself.
const SPACE: &str = "1048576";

/// A place with a secret in it, and beside it the folder `theirs` with the base assessment.
struct Yard(TempDir);

impl Yard {
    fn new() -> Self {
        let yard = Self(tempfile::tempdir().unwrap());
        fs::write(yard.at("secret.toml"), "password = \"hunter2\"\n").unwrap();
        Folder::of(&[BASE]).lay_out(BASE, &yard.at("theirs"));
        yard
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.at(path), bytes).unwrap();
    }

    fn edit(&self, path: &str, find: &str, replace: &str) {
        let text = fs::read_to_string(self.at(path)).unwrap();
        assert_eq!(text.matches(find).count(), 1, "`{find}` in {path}");
        self.write(path, text.replace(find, replace));
    }

    /// A record of the base, in `sealed`.
    fn sealed(self) -> Self {
        assert_eq!(self.run(&["record", "theirs", "-o", "sealed"]).code, Some(0));
        self
    }

    /// Runs the command within bounds.
    fn run(&self, arguments: &[&str]) -> Said {
        let within = format!("ulimit -v {SPACE} && ulimit -t {SECONDS} && exec \"$0\" \"$@\"");
        let program = env!("CARGO_BIN_EXE_prioritise");
        let ended = said(Command::new("sh").args(["-c", &within, program]).args(arguments).current_dir(self.0.path()));
        assert!(ended.code.is_some(), "{arguments:?} was stopped, perhaps after {SECONDS} seconds: {}", ended.err);
        ended
    }

    /// The command ends with this code and these words, writes nothing, and tells no secret.
    fn refused(&self, arguments: &[&str], code: i32, words: &str) {
        let before = listing(self.0.path());
        let said = self.run(arguments);
        let all = format!("{}{}", said.out, said.err);
        assert_eq!(said.code, Some(code), "{arguments:?}: {all:.2000}");
        assert!(all.contains(words), "no `{words}` in {all:.2000}");
        assert!(!all.contains("panicked") && !all.contains("hunter2") && !all.contains('\u{1b}'), "{all:.2000}");
        assert_eq!(listing(self.0.path()), before, "{arguments:?}");
    }

    /// `rank`, `check` and `record` refuse what `change` makes of their folder.
    fn all_refuse(change: impl Fn(&Self), words: &str) {
        let yard = Self::new();
        change(&yard);
        for arguments in [&["rank", "theirs"][..], &["check", "theirs"], &["record", "theirs", "-o", "out"]] {
            yard.refused(arguments, 2, words);
        }
    }

    /// `verify` refuses the record that `change` was at: with `code` 2 where it isn't even read.
    fn verify_refuses(change: impl Fn(&Self), code: i32, words: &str) {
        let yard = Self::new().sealed();
        change(&yard);
        yard.refused(&["verify", "sealed"], code, words);
    }
}

/// Everything below a folder: what it is, and its size and time.
fn listing(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = path.symlink_metadata().unwrap();
        all.insert(path.clone(), format!("{:?} {} {:?}", about.file_type(), about.len(), about.modified().unwrap()));
        if about.is_dir() {
            all.extend(listing(&path));
        }
    }
    all
}

fn instead(yard: &Yard, path: &str, target: &str) {
    let _ = fs::remove_file(yard.at(path)).or_else(|_| fs::remove_dir_all(yard.at(path)));
    symlink(target, yard.at(path)).unwrap();
}

#[test]
fn links_that_lead_out_of_an_assessment_or_its_rules() {
    for (path, target) in [
        ("theirs/evidence/fraud.toml", "../../secret.toml"),
        ("theirs/survey.csv", "/etc/passwd"),
        ("theirs/rules/change.rhai", "../../secret.toml"),
        ("theirs/rules/ruleset.toml", "../../secret.toml"),
        ("theirs/assessment.toml", "../secret.toml"),
    ] {
        Yard::all_refuse(|yard| instead(yard, path, target), "is a link that leads out of its folder");
    }
    let behind = |yard: &Yard| {
        fs::rename(yard.at("theirs/evidence"), yard.at("elsewhere")).unwrap();
        instead(yard, "theirs/evidence", "../elsewhere");
    };
    Yard::all_refuse(behind, "is a link that leads out of its folder");
    Yard::all_refuse(|yard| instead(yard, "theirs/evidence/fraud.toml", "fraud.toml"), "fraud.toml");
    let yard = Yard::new();
    fs::create_dir(yard.at("look")).unwrap();
    symlink("../secret.toml", yard.at("look/style.css")).unwrap();
    yard.refused(&["rank", "theirs", "--format", "html", "--templates", "look"], 2, "leads out of its folder");
    // A file that a template includes is one of its folder as much as those that have a place in the paper.
    let yard = Yard::new();
    fs::create_dir(yard.at("look")).unwrap();
    yard.write("look/paper.html", "{% include 'notes.html' %}");
    symlink("../secret.toml", yard.at("look/notes.html")).unwrap();
    for arguments in [
        &["rank", "theirs", "--format", "html", "--templates", "look"][..],
        &["record", "theirs", "--templates", "look", "-o", "out"],
    ] {
        yard.refused(arguments, 2, "leads out of its folder");
    }
    // Another assessment, or another rule set, is no part of this one because a link leads to it.
    for marked in ["assessment.toml", "ruleset.toml"] {
        let behind = |yard: &Yard| {
            fs::rename(yard.at("theirs/evidence"), yard.at("other")).unwrap();
            yard.write(&format!("other/{marked}"), "");
            instead(yard, "theirs/evidence", "../other");
        };
        Yard::all_refuse(behind, "is a link that leads out of its folder");
    }
    // The rules may be elsewhere: the assessment says so.
    let yard = Yard::new();
    fs::rename(yard.at("theirs/rules"), yard.at("rules")).unwrap();
    yard.edit("theirs/assessment.toml", "rules       = \"rules\"", "rules       = \"../rules\"");
    assert_eq!(yard.run(&["rank", "theirs"]).code, Some(0));
    instead(&yard, "rules/change.rhai", "../theirs/assessment.toml");
    yard.refused(&["rank", "theirs"], 2, "is a link that leads out of its folder");
    // Within the folder a link is a file like any other.
    let yard = Yard::new();
    fs::rename(yard.at("theirs/survey.csv"), yard.at("theirs/evidence/survey.csv")).unwrap();
    symlink("evidence/survey.csv", yard.at("theirs/survey.csv")).unwrap();
    assert_eq!(yard.run(&["rank", "theirs"]).code, Some(0));
}

#[test]
fn names_that_lead_out_of_an_assessment() {
    for outside in
        ["../secret.toml", "/etc/passwd", "evidence/../../secret.toml", "..\\\\secret.toml", "C:/secret.toml"]
    {
        let change = |yard: &Yard| yard.edit("theirs/assessment.toml", "evidence/fraud.toml", outside);
        Yard::all_refuse(change, "outside-the-record");
        let change = |yard: &Yard| yard.edit("theirs/assessment.toml", "survey.csv", outside);
        Yard::all_refuse(change, "outside-the-record");
        let change = |yard: &Yard| yard.edit("theirs/rules/ruleset.toml", "change.rhai", outside);
        Yard::all_refuse(change, "is outside the rule set's folder");
    }
}

/// The rules may stand elsewhere, so an assessment can name any file as its rules. What is no rule set is not shown.
#[test]
fn files_elsewhere_that_are_no_rules_are_not_shown() {
    let rules = |yard: &Yard, path: &str| yard.edit("theirs/assessment.toml", "rules       = \"rules\"", path);
    Yard::all_refuse(|yard| rules(yard, "rules = \"../secret.toml\""), "`secret.toml` has no table `[ruleset]`");
    let vault = |yard: &Yard| {
        fs::create_dir(yard.at("vault")).unwrap();
        yard.write("vault/ruleset.toml", "hunter2: [ this is not TOML\n");
        yard.write("vault/hunter2.rhai", "");
        rules(yard, "rules = \"../vault\"");
    };
    Yard::all_refuse(vault, "`vault/ruleset.toml` has no table `[ruleset]`, and stands outside this file's folder");
    // Tests of rules may rank an assessment elsewhere, and no table from elsewhere.
    for (test, words) in [
        ("path = \"../../../secret.toml\"", "`secret.toml` has no table `[assessment]`"),
        ("file = \"../../../secret.toml\"", "is outside the rule set's folder"),
    ] {
        let yard = Yard::new();
        fs::create_dir(yard.at("theirs/rules/tests")).unwrap();
        yard.write(
            "theirs/rules/tests/a.toml",
            format!("[[assessment]]\nname = \"A\"\n{test}\nexpect = {{ order = [\"a\"] }}\n"),
        );
        yard.refused(&["test", "theirs/rules"], 2, words);
    }
    // A rule set with a slip is shown wherever it stands: somebody works on it.
    let yard = Yard::new();
    fs::rename(yard.at("theirs/rules"), yard.at("rules")).unwrap();
    rules(&yard, "rules = \"../rules\"");
    yard.edit("rules/ruleset.toml", "name     = \"Base\"", "name     = \"Base");
    let said = yard.run(&["check", "theirs"]);
    assert!(said.code == Some(2) && said.err.contains("name     = \"Base"), "{}", said.err);
}

/// What stands beside a file that may not be read is not told either.
#[test]
fn folders_elsewhere_are_not_listed() {
    let yard = Yard::new();
    fs::create_dir(yard.at("vault")).unwrap();
    yard.write("vault/hunter2.toml", "");
    yard.edit("theirs/assessment.toml", "evidence/fraud.toml", "../vault/other.toml");
    yard.refused(&["check", "theirs"], 2, "outside-the-record");
}

#[test]
fn names_with_escape_sequences_are_shown_and_not_obeyed() {
    let change =
        |yard: &Yard| yard.edit("theirs/assessment.toml", "evidence/fraud.toml", "\\u001b[2J\\u0007\\u009b.toml");
    Yard::all_refuse(change, "\\u{1b}[2J");
    Yard::verify_refuses(|yard| yard.write("sealed/data/\u{1b}[2J", "x"), 1, "\\u{1b}[2J");
    Yard::verify_refuses(|yard| yard.write("sealed/data/a\u{202e}b", "x"), 1, "a\\u{202e}b");
}

#[test]
fn what_is_no_file_in_a_record() {
    for target in ["/etc/passwd", "..", "/nowhere", "round"] {
        Yard::verify_refuses(
            |yard| instead(yard, "sealed/data/round", target),
            2,
            "is a link, and a record can't have one",
        );
    }
    Yard::verify_refuses(|yard| instead(yard, "sealed/data", ".."), 2, "is a link, and a record can't have one");
    let pipe = |yard: &Yard| assert!(Command::new("mkfifo").arg(yard.at("sealed/pipe")).status().unwrap().success());
    Yard::verify_refuses(pipe, 2, "is neither a file nor a folder");
    let pipe = |yard: &Yard| {
        fs::remove_file(yard.at("theirs/evidence/fraud.toml")).unwrap();
        assert!(Command::new("mkfifo").arg(yard.at("theirs/evidence/fraud.toml")).status().unwrap().success());
    };
    Yard::all_refuse(pipe, "is not a file");
    let sparse = |yard: &Yard| fs::File::create(yard.at("sealed/data/large")).unwrap().set_len(10 << 30).unwrap();
    Yard::verify_refuses(sparse, 2, "makes it more than 256 MiB");
    let many = |yard: &Yard| (0..10_100).for_each(|at| yard.write(&format!("sealed/data/{at}"), ""));
    Yard::verify_refuses(many, 2, "has more than 10000 files");
    let deep = |yard: &Yard| {
        let folder = yard.at("sealed").join(["a"; 40].join("/"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("x"), "").unwrap();
    };
    Yard::verify_refuses(deep, 2, "has too many folders inside each other");
}

#[test]
fn names_in_a_record_that_trip_machines_up() {
    for name in ["CON", "nul.toml", "a.", "a ", "e\u{301}.csv", "a:b", "RUN.JSON"] {
        let words = if name == "RUN.JSON" { "are one file on some machines" } else { "record-malformed" };
        Yard::verify_refuses(|yard| yard.write(&format!("sealed/data/{name}"), "x"), 1, words);
    }
    for path in ["../secret.toml", "/etc/passwd", "data/../../secret.toml"] {
        let line = format!("{}  {path}\n", "0".repeat(64));
        Yard::verify_refuses(|yard| yard.write("sealed/manifest-sha256.txt", &line), 1, "record-malformed");
    }
}

#[test]
fn files_that_would_grow_without_end() {
    let keys: String = (0..100_000).map(|key| format!("k{key} = 1\n")).collect::<Vec<_>>().concat();
    let deep = format!("x = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    for file in ["theirs/assessment.toml", "theirs/evidence/fraud.toml", "theirs/rules/ruleset.toml"] {
        Yard::all_refuse(|yard| yard.write(file, &deep), "toml-syntax");
        let yard = Yard::new();
        yard.write(file, &keys);
        yard.refused(&["rank", "theirs"], 2, "unknown-key");
    }
    let field = format!("theme,name,concern,calls\nx,\"{}\",1,1\n", "x".repeat(40_000_000));
    let columns = format!("theme,name{0}\nx,X{0}\n", ",c".repeat(100_000));
    for (table, words) in [(field, "a cell of 40,000,000 bytes"), (columns, "no column headed `concern`")] {
        let yard = Yard::new();
        yard.write("theirs/survey.csv", &table);
        yard.refused(&["rank", "theirs"], 2, words);
    }
}

#[test]
fn json_of_a_record_without_end() {
    let keys: String = (0..100_000).map(|key| format!("\"k{key}\":1,")).collect::<Vec<_>>().concat();
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000), format!("{{{keys}\"x\":1}}")] {
        for file in ["run.json", "engine.json", "ranking.json"] {
            Yard::verify_refuses(|yard| yard.write(&format!("sealed/data/{file}"), &text), 1, "Altered.");
        }
    }
}

/// A forger's record is sound in itself, and asks for as many draws as there can be.
#[test]
fn a_record_that_asks_for_more_draws_than_anybody_would_repeat() {
    let most = "10000000";
    let yard = Yard::new();
    yard.refused(&["record", "theirs", "--draws", most, "-o", "out"], 2, "more than a record may ask");
    let asks = |yard: &Yard| {
        yard.edit(
            "sealed/data/run.json",
            "\"sensitivity\":null",
            &format!("\"sensitivity\":{{\"draws\":{most},\"seed\":1}}"),
        );
    };
    Yard::verify_refuses(asks, 1, "more than a record may ask");
}

#[test]
fn a_workbook_that_unfolds_without_end() {
    let sheet = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let manner = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in [("xl/workbook.xml", &b"<workbook/>"[..]), ("xl/worksheets/sheet1.xml", sheet)] {
        archive.start_file(name, manner).unwrap();
        archive.write_all(bytes).unwrap();
    }
    let piece = vec![b'x'; 1 << 20];
    (0..64).for_each(|_| archive.write_all(&piece).unwrap());
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let yard = Yard::new();
    yard.write("bomb.xlsx", bomb);
    let asked = ["import", "home-office-csp", "bomb.xlsx", "--csp", "X", "-o", "out"];
    yard.refused(&asked, 2, "has more than 16 MiB in one piece");
}

/// What somebody typed or pasted, and names of files, are shown in another way where they would steer the terminal.
#[test]
fn arguments_and_names_of_files_are_shown_and_not_obeyed() {
    let yard = Yard::new();
    for odd in ["a\u{1b}[2J", "a\u{202e}b", "a\u{9b}2J", "a\u{e000}", "a\rb"] {
        let made = |name: &str| format!("{name} {odd}");
        let (sealed, look) = (made("sealed"), made("look"));
        for (arguments, code) in [
            (&[odd][..], 2),
            (&["rank", "theirs", odd], 2),
            (&["rank", odd], 2),
            (&["rank", "theirs", "--format", odd], 2),
            (&["new", odd], 0),
            (&["record", "theirs", "-o", &sealed], 0),
            (&["templates", "-o", &look], 0),
        ] {
            let said = yard.run(arguments);
            let all = format!("{}{}", said.out, said.err);
            assert_eq!(said.code, Some(code), "{arguments:?}: {all}");
            assert!(!all.contains(odd), "{arguments:?}: {all}");
        }
    }
}

/// A template can't bring in what no text of an assessment may have.
#[test]
fn letters_that_nobody_sees_in_templates() {
    for (template, words) in [
        ("a\u{202e}b", "this template has the character U+202E in it"),
        ("a\u{9b}b", "this template has the control character U+009B in it"),
        ("{{ \"a\\u202eb\" }}", "what the templates make has the character U+202E in it"),
        ("{{ \"a\\u009bb\" }}", "what the templates make has the control character U+009B in it"),
    ] {
        let yard = Yard::new();
        fs::create_dir(yard.at("look")).unwrap();
        yard.write("look/paper.html", template);
        yard.refused(&["rank", "theirs", "--format", "html", "--templates", "look"], 2, words);
    }
}
