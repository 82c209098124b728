//! `fmt` and `upgrade`: files are laid out in one way and brought up to this format, and say what they said.
#![expect(clippy::disallowed_methods, reason = "the command writes to a disk")]

use std::fs;
use std::path::Path;

use prioritise::diagnostic::Problems;
use prioritise::filing::laid_out;
use proptest::prelude::*;

use crate::support::{FIXTURES, Folder, prioritise_in, root};

/// The digests of an assessment and its rules.
fn digests(files: &Folder, path: &str) -> (String, String) {
    let (assessment, rules) = prioritise::load(files, path, None, &mut Problems::default()).unwrap();
    (assessment.digest, rules.digest)
}

/// Every blank of every file may be wrong: what they say stays, to the digest.
#[test]
fn whatever_the_layout_was_no_digest_changes() {
    let files = Folder::of_fixtures();
    let crowded = files.map(|path, text| match path.ends_with(".toml") {
        true => text.replace(" = ", "=").replace("\n\n", "\n\n\n").replace("    ", "  "),
        false => text,
    });
    let laid = crowded.map(|path, text| match path.ends_with(".toml") {
        true => laid_out(&text).unwrap_or_else(|| panic!("{path} can't be laid out")),
        false => text,
    });
    for fixture in FIXTURES {
        let path = format!("fixtures/{fixture}");
        assert_eq!(digests(&laid, &path), digests(&crowded, &path), "{fixture}");
    }
}

#[test]
fn check_lists_what_fmt_then_writes() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| prioritise_in(folder.path(), arguments);
    assert_eq!(run(&["new", "ours"]).code, Some(0));
    assert_eq!(run(&["fmt", "ours", "--check"]).code, Some(0), "what `new` writes is laid out");
    let file = folder.path().join("ours/evidence/burglary.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("title = ", "title=", 1)).unwrap();
    let listed = run(&["fmt", "ours", "--check"]);
    assert_eq!((listed.code, &*listed.out), (Some(1), "ours/evidence/burglary.toml\n"), "{}", listed.err);
    let written = run(&["fmt", "ours"]);
    assert_eq!((written.code, &*written.out), (Some(0), ""));
    assert!(written.err.starts_with("wrote ours/evidence/burglary.toml\n"), "{}", written.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    let alone = run(&["fmt", "ours/evidence/burglary.toml", "--check"]);
    assert_eq!(alone.code, Some(0));
    fs::write(&file, "[[candidate\n").unwrap();
    let broken = run(&["fmt", "ours"]);
    assert_eq!(broken.code, Some(2));
    assert!(broken.err.contains("toml-syntax"), "{}", broken.err);
    assert_eq!(run(&["fmt", "."]).code, Some(2), "no assessment and no rules stand here");
}

/// A record is never changed, wherever it stands.
#[test]
fn records_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| prioritise_in(folder.path(), arguments);
    assert_eq!(run(&["new", "ours"]).code, Some(0));
    let rules = folder.path().join("ours/rules/ruleset.toml");
    fs::write(&rules, fs::read_to_string(&rules).unwrap().replacen("version = ", "version=", 1)).unwrap();
    assert_eq!(run(&["record", "ours", "-o", "ours/sealed"]).code, Some(0));
    assert_eq!(run(&["fmt", "ours"]).code, Some(0));
    assert_eq!(run(&["verify", "ours/sealed"]).code, Some(0));
    assert_eq!(run(&["fmt", "ours/sealed/data/rules"]).code, Some(2));
}

/// Without the line that says the format.
fn unnumbered(folder: &Path) {
    for name in ["assessment.toml", "rules/ruleset.toml"] {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("format = 1\n"), "{name}");
        fs::write(&path, text.replacen("format = 1\n", "", 1)).unwrap();
    }
}

#[test]
fn upgrade_states_the_format_and_keeps_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| prioritise_in(folder.path(), arguments);
    assert_eq!(run(&["new", "ours"]).code, Some(0));
    assert_eq!(
        run(&["upgrade", "ours"]).out,
        "ours/assessment.toml is of this format\nours/rules/ruleset.toml is of this format\n"
    );
    let ours = folder.path().join("ours");
    unnumbered(&ours);
    let before = run(&["rank", "ours", "--format", "json"]).out;
    let old = fs::read_to_string(ours.join("rules/ruleset.toml")).unwrap();
    let tried = run(&["upgrade", "ours", "--dry-run"]);
    assert_eq!(tried.code, Some(0));
    assert_eq!(fs::read_to_string(ours.join("rules/ruleset.toml")).unwrap(), old);
    let done = run(&["upgrade", "ours"]);
    assert_eq!((done.code, &done.out), (Some(0), &tried.out), "{}", done.err);
    assert!(done.out.contains("+ format = 1"), "{}", done.out);
    let new = fs::read_to_string(ours.join("rules/ruleset.toml")).unwrap();
    assert_eq!(new.replacen("format = 1\n", "", 1).replace('\n', ""), old.replace('\n', ""));
    assert_eq!(run(&["rank", "ours", "--format", "json"]).out, before, "digests and list stay");
    assert!(run(&["upgrade", "ours"]).err.is_empty());
}

/// Nothing is made of files that this engine might read wrongly, and all that is said is why.
#[test]
fn a_newer_format_is_refused_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| prioritise_in(folder.path(), arguments);
    for (file, commands) in [
        (
            "assessment.toml",
            &[&["rank", "ours"][..], &["check", "ours"], &["upgrade", "ours"], &["record", "ours", "-o", "r"]][..],
        ),
        (
            "rules/ruleset.toml",
            &[
                &["rank", "ours"],
                &["test", "ours/rules"],
                &["upgrade", "ours/rules"],
                &["diff", "ours", "--rules", "ours/rules"],
            ],
        ),
    ] {
        drop(fs::remove_dir_all(folder.path().join("ours")));
        assert_eq!(run(&["new", "ours"]).code, Some(0));
        let path = folder.path().join("ours").join(file);
        let text = fs::read_to_string(&path).unwrap().replacen("format = 1", "format = 7\nkey_of_the_future = true", 1);
        fs::write(&path, text).unwrap();
        for command in commands {
            let said = run(command);
            assert_eq!(said.code, Some(2), "{command:?}: {}", said.out);
            assert!(said.err.contains("error[newer-format]: this file is of format 7"), "{command:?}: {}", said.err);
            assert_eq!(said.err.matches("error").count(), 1, "{command:?}: {}", said.err);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Bytes of the starter changed at random: what is still TOML says the same when it is laid out.
    #[test]
    fn what_is_broken_is_laid_out_truly_or_not_at_all(at in 0_usize..4_000, with in "[\\[\\]{}=,#\"'\n a1.]{0,3}") {
        let text = fs::read_to_string(root().join("fixtures/starter/rules/ruleset.toml")).unwrap();
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let end = (at + 2..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
        let broken = format!("{}{with}{}", &text[..at], &text[end..]);
        if let Some(laid) = laid_out(&broken) {
            prop_assert_eq!(laid.parse::<toml::Table>().unwrap(), broken.parse::<toml::Table>().unwrap());
            prop_assert_eq!(laid_out(&laid), Some(laid.clone()));
        }
    }
}
