//! The register: whatever is altered is found and said where, several who write at once lose nothing, and whatever a
//! machine that stops leaves behind is neither taken for whole nor lost.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use prioritise::diagnostic::{Code, Problem, Problems};
use prioritise::digest::sha256;
use prioritise::record::register::{
    MAX_LINE_BYTES, MendAction, Register, RegisterEnd, RegisterEntry, RegisterLine, RegisterStatement,
    RegisteredAssessment, RegisteredRules,
};
use prioritise::record::views::register::{added, json, text};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Said, command, prioritise_in, said, told};

// --- In memory --------------------------------------------------------------------------------------------------------

fn digest(of: &str) -> String {
    format!("sha256:{}", sha256(of.as_bytes()))
}

fn entry(number: usize) -> RegisterEntry {
    RegisterEntry {
        record: digest(&format!("record {number}")),
        assessment: RegisteredAssessment {
            title: "Strategic assessment".into(),
            partnership: "Ours".into(),
            period: format!("20{number:02}"),
            digest: digest(&format!("assessment {number}")),
        },
        rules: RegisteredRules { name: "Seven criteria".into(), version: "2019.1".into(), digest: digest("rules") },
        supersedes: None,
    }
}

fn stated() -> RegisterStatement {
    RegisterStatement {
        date: Some("2020-02-14".into()),
        by: Some("analyst".into()),
        note: Some("Minute 12; “adopted”".into()),
    }
}

fn read(bytes: &[u8]) -> Register {
    Register::read("register.jsonl", bytes)
}

/// A register of so many records.
fn register(count: usize) -> String {
    (1..=count).fold(String::new(), |text, number| {
        let line = read(text.as_bytes()).next(entry(number), stated()).unwrap();
        format!("{text}{}\n", line.text())
    })
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn file_of(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

fn said_of(text: &str) -> String {
    told(&read(text.as_bytes()).problems())
}

/// The same line, saying something else, with a digest that is right for that.
fn forged(line: &str, change: impl Fn(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(line).unwrap();
    change(&mut value);
    value.as_object_mut().unwrap().remove("digest");
    let digest = digest(&serde_json_canonicalizer::to_string(&value).unwrap());
    value["digest"] = json!(digest);
    serde_json_canonicalizer::to_string(&value).unwrap()
}

#[test]
fn a_line_is_canonical_json_chained_to_the_last() {
    let text = register(2);
    assert_snapshot!(text);
    let [first, second] = lines(&text).try_into().unwrap();
    let value: Value = serde_json::from_str(second).unwrap();
    assert_eq!(value["previous"], serde_json::from_str::<Value>(first).unwrap()["digest"]);
    let without: Value = {
        let mut value = value.clone();
        value.as_object_mut().unwrap().remove("digest");
        value
    };
    assert_eq!(value["digest"], json!(digest(&serde_json_canonicalizer::to_string(&without).unwrap())));
}

#[test]
fn a_sound_register_is_listed() {
    let text_of = register(3);
    let register = read(text_of.as_bytes());
    assert_eq!(
        (told(&register.problems()), register.end, register.lines.len()),
        (String::new(), RegisterEnd::Whole, 3)
    );
    assert_snapshot!(text(&register));
    let list: Value = serde_json::from_str(&json(&register)).unwrap();
    assert_eq!((list["head"].as_str(), &list["sound"]), (register.head(), &json!(true)));
    assert_snapshot!("empty", text(&read(b"")));
}

/// A title is as long as its author likes, and still no line of the list is theirs.
#[test]
fn no_words_of_a_line_are_a_line_of_the_list() {
    let lie = format!("{}sha256:{} stated: chair", "x ".repeat(34), "0".repeat(64));
    let line = forged(lines(&register(1))[0], |line| line["assessment"]["title"] = json!(format!("{lie}\n{lie}")));
    let listed = text(&read(format!("{line}\n").as_bytes()));
    assert!(listed.lines().any(|line| line.starts_with("        sha256:000")), "{listed}");
    let own = listed.lines().filter(|line| line.starts_with("    sha256:") || line.starts_with("    stated:")).count();
    assert_eq!(own, 2, "{listed}");
}

#[test]
fn whatever_is_altered_is_found_and_said_where() {
    let whole = register(6);
    let all = lines(&whole);
    let without = |at: usize| file_of(&[&all[..at], &all[at + 1..]].concat());
    let swapped = file_of(&[all[0], all[1], all[3], all[2], all[4], all[5]]);
    let twice = file_of(&[all[0], all[1], all[1], all[2]]);
    let inserted = file_of(&[all[0], &forged(all[1], |line| line["line"] = json!(2)), all[0], all[1]]);
    let edited = whole.replacen("“adopted”", "“deferred”", 3);
    let replaced = forged(all[2], |line| line["rules"]["name"] = json!("Other rules"));
    let replaced = file_of(&[all[0], all[1], &replaced, all[3], all[4], all[5]]);
    let spaced = whole.replacen("\"line\":2", "\"line\": 2", 1);
    let cases = [
        ("the first was taken out", without(0)),
        ("line 3 was taken out", without(2)),
        ("lines 2 to 4 were taken out", file_of(&[all[0], all[4], all[5]])),
        ("lines 3 and 4 were swapped", swapped),
        ("line 2 is there twice", twice),
        ("the first two are there again", inserted),
        ("the first three were edited", edited),
        ("line 3 was replaced by one with a right digest", replaced),
        ("line 2 was laid out anew", spaced),
        ("an empty line was put in", file_of(&[all[0], "", all[1]])),
        ("line 2 is no JSON", file_of(&[all[0], "[[[[", all[2], all[3]])),
    ];
    let mut found = String::new();
    for (what, text) in cases {
        let register = read(text.as_bytes());
        assert_eq!(register.end, RegisterEnd::Altered, "{what}");
        assert!(register.mend().is_err() && register.next(entry(9), stated()).is_err(), "{what}");
        found.push_str(&format!("{what}:\n{}\n", said_of(&text)));
    }
    assert_snapshot!(found);
}

#[test]
fn every_line_taken_out_moved_or_edited_is_found() {
    let whole = register(5);
    let all = lines(&whole);
    for at in 0..4 {
        let without = [&all[..at], &all[at + 1..]].concat();
        assert!(read(file_of(&without).as_bytes()).problems().has_errors(), "without {at}");
        for other in 0..5 {
            let mut moved = all.clone();
            moved.swap(at, other);
            assert_eq!(read(file_of(&moved).as_bytes()).problems().has_errors(), at != other, "{at} and {other}");
        }
        let forged = forged(all[at], |line| line["stated"]["by"] = json!("chief"));
        let mut edited = all.clone();
        edited[at] = &forged;
        assert!(read(file_of(&edited).as_bytes()).problems().has_errors(), "edited {at}");
    }
}

/// What no chain shows: that is why heads are noted.
#[test]
fn lines_taken_from_the_end_are_found_by_a_head_that_was_noted() {
    let whole = register(4);
    let all = lines(&whole);
    let noted = read(whole.as_bytes()).head().unwrap().to_owned();
    let forged = forged(all[3], |line| line["stated"]["by"] = json!("chief"));
    for shorter in [file_of(&all[..3]), file_of(&[all[0], all[1], all[2], &forged])] {
        let register = read(shorter.as_bytes());
        assert!(!register.problems().has_errors());
        assert_eq!(register.has_head(&noted).unwrap_err().code, Code::RegisterHead);
    }
    let longer = register(5);
    assert_eq!(read(longer.as_bytes()).has_head(&noted).unwrap().line, 4, "what was the head once still is a line");
}

#[test]
fn what_the_register_can_t_take_is_refused() {
    let whole = register(2);
    let sound = read(whole.as_bytes());
    let refused = |entry: RegisterEntry, stated: RegisterStatement| told(&sound.next(entry, stated).unwrap_err());
    let words = |text: &str| RegisterStatement { note: Some(text.to_owned()), ..RegisterStatement::default() };
    let long = RegisterEntry {
        assessment: RegisteredAssessment { title: "x".repeat(MAX_LINE_BYTES), ..entry(3).assessment },
        ..entry(3)
    };
    let said = [
        refused(entry(1), stated()),
        refused(entry(3), words("two\nlines")),
        refused(entry(3), words(" ")),
        refused(entry(3), words(&"x".repeat(2_001))),
        refused(
            entry(3),
            RegisterStatement { date: Some("2020".into()), by: Some(String::new()), ..RegisterStatement::default() },
        ),
        refused(long, RegisterStatement::default()),
    ];
    assert_snapshot!(said.concat());
}

#[test]
fn records_are_compared_with_their_lines() {
    let whole = register(3);
    let sound = read(whole.as_bytes());
    let mut problems = Problems::default();
    let other = RegisterEntry { rules: RegisteredRules { version: "2020.1".into(), ..entry(2).rules }, ..entry(2) };
    let records = [("a".to_owned(), entry(1)), ("b".to_owned(), other), ("c".to_owned(), entry(9))];
    assert_eq!(sound.against(&records, &mut problems), BTreeSet::from([1]));
    assert_snapshot!(told(&problems));
}

/// Both lines of a corrected record say what became of it, in words and as JSON; and a line says it under its digest.
#[test]
fn a_corrected_record_and_the_one_that_takes_its_place_are_both_told() {
    let whole = register(2);
    let corrects = |record: String| RegisterEntry { supersedes: Some(record), ..entry(3) };
    let line = read(whole.as_bytes()).next(corrects(entry(1).record), RegisterStatement::default()).unwrap();
    let three = format!("{whole}{}\n", line.text());
    let both = read(three.as_bytes());
    assert!(!both.problems().has_errors());
    let list = text(&both);
    assert!(list.contains("superseded by line 3") && list.contains("supersedes line 1"), "{list}");
    assert!(added(&both, &line).contains("it supersedes line 1\n"));
    let list: Value = serde_json::from_str(&json(&both)).unwrap();
    assert_eq!(list["superseded"], json!([{ "line": 1, "by": 3 }]));
    assert_eq!(list["lines"][2]["supersedes"], entry(1).record);
    let elsewhere = corrects(entry(9).record);
    let line = both.next(RegisterEntry { record: digest("other"), ..elsewhere }, RegisterStatement::default()).unwrap();
    assert!(added(&both, &line).contains("which is not in this register"));
    let altered = three.replace(&entry(1).record, &entry(9).record);
    assert!(read(altered.as_bytes()).problems().has_errors(), "a digest that was changed breaks the line");
    let foreign = corrects("the old one".to_owned());
    let line = read(whole.as_bytes()).next(foreign, RegisterStatement::default()).unwrap();
    assert!(read(format!("{whole}{}\n", line.text()).as_bytes()).problems().has_errors());
}

/// A problem of each kind that registers have, for the guide.
pub(crate) fn examples() -> Vec<Problem> {
    let whole = register(3);
    let all = lines(&whole);
    let sound = read(whole.as_bytes());
    let mut problems = read(&whole.as_bytes()[..whole.len() - 40]).problems();
    problems.extend(read(file_of(&[all[0], all[2]]).as_bytes()).problems());
    problems.extend(read(whole.replace('\n', "\r\n").as_bytes()).problems());
    problems.extend(sound.has_head(&digest("x")).unwrap_err().into());
    problems.extend(sound.next(entry(2), stated()).unwrap_err());
    sound.against(&[("records/2021".to_owned(), entry(9))], &mut problems);
    problems.iter().cloned().collect()
}

// --- What a machine that stops leaves behind ----------------------------------------------------------------------

/// What mending would leave, and what it would put aside.
fn mended(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    match read(bytes).mend().unwrap() {
        MendAction::Nothing => (bytes.to_vec(), Vec::new()),
        MendAction::RegisterEnd => ([bytes, b"\n"].concat(), Vec::new()),
        MendAction::Restore(before) => (before, Vec::new()),
        MendAction::Cut(length) => (bytes[..length].to_vec(), bytes[length..].to_vec()),
    }
}

/// Asserts that `bytes`, of which the first two lines are those of `whole`, are either whole or told and mended.
fn is_told_and_mended(bytes: &[u8], whole: &str, what: &str) {
    let register = read(bytes);
    let sound = register.end == RegisterEnd::Whole;
    assert_eq!(!register.problems().has_errors(), sound, "{what}: what is not whole is told");
    assert_eq!(register.next(entry(9), stated()).is_ok(), sound, "{what}: and nothing is added to it");
    let (kept, aside) = mended(bytes);
    let after = read(&kept);
    assert!(!after.problems().has_errors(), "{what}");
    let two = &lines(whole)[..2];
    assert!(kept == file_of(two).as_bytes() || kept == whole.as_bytes(), "{what}: two lines or all three");
    assert!(bytes.ends_with(&aside) && kept.len() + aside.len() >= bytes.len(), "{what}: no byte is lost");
    after.next(entry(9), stated()).unwrap();
}

#[test]
fn a_last_line_cut_at_any_byte_is_told_and_mended() {
    let whole = register(3);
    let before = file_of(&lines(&whole)[..2]).len();
    for length in before..=whole.len() {
        let bytes = &whole.as_bytes()[..length];
        is_told_and_mended(bytes, &whole, &format!("cut at {length}"));
        assert_eq!(read(bytes).end == RegisterEnd::Whole, length == before || length == whole.len());
        // As file systems do that note the length before the content.
        let mut zeros = bytes.to_vec();
        zeros.resize(whole.len(), 0);
        is_told_and_mended(&zeros, &whole, &format!("zeros from {length}"));
    }
}

#[test]
fn a_last_line_garbled_at_any_byte_is_told_and_mended() {
    let whole = register(3);
    let before = file_of(&lines(&whole)[..2]).len();
    for at in before..whole.len() {
        for garbage in [0, b'\n', b'"', b'0', b' ', 0xff, whole.as_bytes()[at] ^ 1] {
            let mut bytes = whole.clone().into_bytes();
            if bytes[at] == garbage {
                continue;
            }
            bytes[at] = garbage;
            assert_ne!(read(&bytes).end, RegisterEnd::Whole, "{garbage} at {at}");
            is_told_and_mended(&bytes, &whole, &format!("{garbage} at {at}"));
        }
    }
}

#[test]
fn a_torn_first_line_leaves_an_empty_register() {
    let whole = register(1);
    for length in 1..whole.len() - 1 {
        assert_eq!(mended(&whole.as_bytes()[..length]).0, b"", "cut at {length}");
    }
    assert_snapshot!([said_of(&whole[..100]), said_of(&whole[..whole.len() - 1])].concat());
}

#[test]
fn what_another_program_saved_loses_no_line() {
    let whole = register(3);
    let crlf = whole.replace('\n', "\r\n");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let last_only = format!("{}\r\n", whole.trim_end());
    for saved in [
        crlf.clone().into_bytes(),
        crlf.trim_end().as_bytes().to_vec(),
        whole.replace('\n', "\r").into_bytes(),
        format!("\u{feff}{crlf}").into_bytes(),
        format!("{whole}\n\r\n").into_bytes(),
        last_only.into_bytes(),
        utf16(&format!("\u{feff}{crlf}")),
    ] {
        let found = read(&saved);
        assert_eq!((found.end, found.lines.len()), (RegisterEnd::SavedAnew, 3));
        assert_eq!(found.problems().iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::RegisterSavedAnew]);
        assert!(found.next(entry(9), stated()).is_err(), "nothing is added before it is mended");
        assert_eq!(mended(&saved).0, whole.as_bytes());
    }
    // What is torn beside is told too, and put aside when it is mended again.
    let torn = &crlf[..crlf.len() - 40];
    let once = mended(torn.as_bytes()).0;
    assert_eq!(mended(&once).0, file_of(&lines(&whole)[..2]).as_bytes());
    // Where no line can be read, nothing is taken for torn: nothing would be left.
    let spread = whole.replace(',', ",\n").into_bytes();
    let renamed = whole.replace("\"digest\"", "\"digests\"").into_bytes();
    for other in [spread, renamed, utf16(&crlf)] {
        assert_eq!(read(&other).end, RegisterEnd::Altered);
        assert!(read(&other).mend().is_err());
    }
}

#[test]
fn hostile_registers_are_refused() {
    let deep = format!("{}\n", "[".repeat(60_000));
    let whole = register(2);
    let cases: [(&str, Vec<u8>); 7] = [
        ("deep", deep.into_bytes()),
        ("binary", vec![0xff; 100_000]),
        ("zeros", vec![0; 1 << 24]),
        ("line ends", vec![b'\n'; 1 << 24]),
        ("one long line", vec![b'x'; 1 << 24]),
        ("escape codes", b"\x1b[2J\x1b[31m\n".to_vec()),
        ("another format", b"{\"line\":1}\n".to_vec()),
    ];
    for (what, bytes) in cases {
        let register = read(&bytes);
        let said = told(&register.problems());
        assert!(register.problems().has_errors(), "{what}");
        assert!(said.len() < 2_000 && !said.contains('\u{1b}'), "{what}: {said}");
    }
    let many: String = (0..24_000).map(|_| lines(&whole)[1].to_owned() + "\n").collect();
    assert!(told(&read(many.as_bytes()).problems()).len() < 5_000);
    let huge = forged(lines(&whole)[1], |line| line["line"] = json!(u64::MAX));
    assert!(read(format!("{whole}{huge}\n{}", lines(&whole)[0]).as_bytes()).problems().has_errors());
}

// --- On a disk --------------------------------------------------------------------------------------------------------

/// How many write at once.
const AT_ONCE: usize = 16;
/// How often one who writes is stopped; ten times as often by `cargo test -- --ignored`.
const STOPPED: u64 = 30;

/// Records that differ in what is stated.
static RECORDS: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("1");
    let seal = |to: &Path, note: &str| {
        let to = to.to_str().unwrap();
        let sealed = said(&mut command(&["record", "fixtures/starter", "-o", to, "--note", note]));
        assert_eq!(sealed.code, Some(0), "{sealed:?}");
    };
    seal(&first, "number 1");
    for number in 2..=AT_ONCE {
        seal(&folder.path().join(number.to_string()), &format!("number {number}"));
    }
    folder
});

fn record(number: usize) -> String {
    RECORDS.path().join(number.to_string()).to_str().unwrap().to_owned()
}

/// A folder for a register.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("register.jsonl")
    }

    fn run(&self, arguments: &[&str]) -> Said {
        prioritise_in(self.folder.path(), &[arguments, &["--error-format", "plain"]].concat())
    }

    fn append(&self, number: usize) -> Said {
        self.run(&["register", "append", "register.jsonl", &record(number), "--date", "2020-02-14"])
    }

    fn verify(&self, more: &[&str]) -> Said {
        self.run(&[&["register", "verify", "register.jsonl"], more].concat())
    }

    fn read(&self) -> Register {
        read(&fs::read(self.file()).unwrap())
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn records_are_added_listed_and_verified() {
    let desk = Desk::new();
    let first = desk.append(1);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    let head = first.out.lines().find_map(|line| line.strip_prefix("head: ")).unwrap().to_owned();
    assert_eq!(desk.append(2).code, Some(0));
    let register = desk.read();
    assert_eq!(register.lines[0].digest, head);
    let tags = fs::read(Path::new(&record(1)).join("tagmanifest-sha256.txt")).unwrap();
    assert_eq!(register.lines[0].record, format!("sha256:{}", sha256(&tags)));
    let listed = desk.run(&["register", "list", "register.jsonl"]);
    assert!(listed.out.ends_with(&format!("head: {}\n", register.lines[1].digest)), "{listed:?}");
    let found = desk.verify(&["--head", &head, "--records", &record(1), &record(2)]);
    assert_eq!(found.code, Some(0), "{found:?}");
    assert!(found.out.contains("is line 1; 1 line was added since"), "{found:?}");
    assert!(found.out.contains("2 lines have their records in these folders"), "{found:?}");
    assert!(!found.out.contains("not checked"), "{found:?}");
    // Without a head that was noted nobody can see that lines are missing at the end.
    let whole = fs::read_to_string(desk.file()).unwrap();
    fs::write(desk.file(), file_of(&lines(&whole)[..1])).unwrap();
    let found = desk.verify(&[]);
    let last = "not checked: whether lines were taken from the end; name the heads that were noted with `--head`";
    assert_eq!((found.out.lines().last(), found.code), (Some(last), Some(0)), "{found:?}");
    fs::write(desk.file(), whole).unwrap();
}

#[test]
fn an_answer_of_no_is_told_as_such() {
    let desk = Desk::new();
    desk.append(1);
    let again = desk.append(1);
    assert_eq!((again.code, again.out.as_str()), (Some(2), ""));
    assert!(again.err.contains("already-registered"), "{again:?}");
    let unknown = desk.verify(&["--head", &digest("x"), "--records", RECORDS.path().to_str().unwrap()]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.out.contains("register-head") && unknown.out.contains("not-registered"), "{unknown:?}");
    assert_eq!(desk.run(&["register", "verify", "nowhere.jsonl"]).code, Some(2));
    assert_eq!(desk.run(&["register", "list", "."]).code, Some(2));
    fs::write(desk.file(), "x\n").unwrap();
    let listed = desk.run(&["register", "list", "register.jsonl"]);
    assert_eq!(listed.code, Some(1), "{listed:?}");
}

#[test]
fn a_record_that_was_altered_is_not_registered() {
    let desk = Desk::new();
    let folder = desk.folder.path().join("record");
    let sealed = said(&mut command(&["record", "fixtures/starter", "-o", folder.to_str().unwrap()]));
    assert_eq!(sealed.code, Some(0), "{sealed:?}");
    let ranking = folder.join("data/ranking.json");
    fs::write(&ranking, fs::read_to_string(&ranking).unwrap().replace("Burglary", "Bingo")).unwrap();
    let said = desk.run(&["register", "append", "register.jsonl", "record"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("record-file-altered"), "{said:?}");
    assert!(!desk.file().exists());
}

#[test]
fn many_who_add_at_once_lose_nothing() {
    let desk = Desk::new();
    let records: Vec<String> = (1..=AT_ONCE).map(record).collect();
    let running: Vec<_> = records
        .iter()
        .map(|record| {
            let arguments = ["register", "append", "register.jsonl", record, "--quiet"];
            let mut command = command(&arguments);
            command.current_dir(desk.folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in running {
        assert!(child.wait().unwrap().success());
    }
    let register = desk.read();
    assert_eq!((told(&register.problems()), register.lines.len()), (String::new(), AT_ONCE));
    let listed: BTreeSet<&str> = register.lines.iter().map(|line| &*line.record).collect();
    assert_eq!(listed.len(), AT_ONCE, "each once");
}

#[test]
fn whenever_one_who_adds_is_stopped_the_register_is_whole_or_mended() {
    stopped(STOPPED);
}

#[test]
#[ignore = "some hundreds of processes"]
fn one_who_adds_stopped_hundreds_of_times_leaves_the_register_whole_or_mended() {
    stopped(10 * STOPPED);
}

fn stopped(times: u64) {
    let desk = Desk::new();
    for number in 1..=3 {
        desk.append(number);
    }
    let before = fs::read(desk.file()).unwrap();
    let start = Instant::now();
    desk.append(4);
    let usual = u64::try_from(start.elapsed().as_micros()).unwrap();
    let after = fs::read(desk.file()).unwrap();
    let (record, mut state, mut added) = (record(4), 1_u64, 0);
    for _ in 0..times {
        fs::write(desk.file(), &before).unwrap();
        let mut command = command(&["register", "append", "register.jsonl", &record, "--date", "2020-02-14"]);
        command.current_dir(desk.folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // Knuth's generator for MMIX, so that each run of the tests tries the same moments.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Most of its time goes into verifying the record; the line is written at the end.
        std::thread::sleep(Duration::from_micros(usual * 3 / 4 + (state >> 33) % (usual / 2)));
        let _ = child.kill();
        child.wait().unwrap();
        let found = fs::read(desk.file()).unwrap();
        if found == after {
            added += 1;
        } else if found != before {
            assert_eq!(read(&found).end, RegisterEnd::Torn);
            assert_eq!(desk.verify(&[]).code, Some(1));
            assert_eq!(desk.run(&["register", "mend", "register.jsonl"]).code, Some(0));
            let mended = fs::read(desk.file()).unwrap();
            assert!(mended == before || mended == after);
        }
    }
    println!("{added} of {times} had added their line");
    fs::write(desk.file(), &before).unwrap();
    assert_eq!(desk.append(4).code, Some(0), "no lock outlives who held it");
    assert_eq!(fs::read(desk.file()).unwrap(), after);
}

#[test]
fn a_torn_line_is_put_aside_and_its_record_added_again() {
    let desk = Desk::new();
    desk.append(1);
    desk.append(2);
    let whole = fs::read(desk.file()).unwrap();
    for round in 1..=2 {
        let torn = &whole[..whole.len() - 40];
        fs::write(desk.file(), torn).unwrap();
        let refused = desk.append(2);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains("register-torn") && refused.err.contains("register mend"), "{refused:?}");
        assert_eq!(fs::read(desk.file()).unwrap(), torn, "what is torn is not touched");
        let mended = desk.run(&["register", "mend", "register.jsonl"]);
        assert_eq!(mended.code, Some(0), "{mended:?}");
        let aside = if round == 1 { "register.jsonl.torn-2" } else { "register.jsonl.torn-2-2" };
        let kept = fs::read(desk.file()).unwrap();
        let put = fs::read(desk.folder.path().join(aside)).unwrap();
        assert_eq!([kept, put].concat(), torn, "nothing is lost");
        assert_eq!(desk.append(2).code, Some(0));
        assert_eq!(fs::read(desk.file()).unwrap(), whole);
    }
    fs::write(desk.file(), &whole[..whole.len() - 1]).unwrap();
    assert_eq!(desk.run(&["register", "mend", "register.jsonl"]).code, Some(0));
    assert_eq!(fs::read(desk.file()).unwrap(), whole, "a line that lacks its end is kept");
    assert!(desk.run(&["register", "mend", "register.jsonl"]).out.starts_with("there is nothing to mend"));
    assert_eq!(desk.names().len(), 3);
}

#[test]
fn a_register_that_somebody_holds_is_waited_for() {
    let desk = Desk::new();
    desk.append(1);
    let mut held = fs::File::options().read(true).append(true).open(desk.file()).unwrap();
    held.lock().unwrap();
    let record = record(2);
    let mut waiting = command(&["register", "append", "register.jsonl", &record]);
    waiting.current_dir(desk.folder.path()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = waiting.spawn().unwrap();
    let mut told = [0; 11];
    child.stderr.as_mut().unwrap().read_exact(&mut told).unwrap();
    assert_eq!(&told, b"waiting for");
    // Somebody else's line, in the meantime.
    let line = desk.read().next(entry(7), RegisterStatement::default()).unwrap();
    held.seek(SeekFrom::End(0)).unwrap();
    held.write_all(format!("{}\n", line.text()).as_bytes()).unwrap();
    held.unlock().unwrap();
    assert!(child.wait().unwrap().success());
    let numbers: Vec<u64> = desk.read().lines.iter().map(|line: &RegisterLine| line.line).collect();
    assert_eq!(numbers, [1, 2, 3]);
}
