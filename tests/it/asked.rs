//! What commands ask on a terminal, where they lack something: each of these tests has a terminal of its own.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use tempfile::TempDir;

use crate::support::{at_a_terminal, prioritise_in};

const SCORES: &str = "Theme,Harm,Volume,Total\nWeighting,60,40,\nBurglary,3,4,340\nFraud,2,5,320\n";

/// A folder with a spreadsheet that does not say which scores are possible.
fn with_scores() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scores.csv"), SCORES).unwrap();
    folder
}

fn all_of(folder: &Path) -> Vec<String> {
    let names = ["assessment.toml", "evidence/candidates.toml", "rules/ruleset.toml"];
    names.map(|name| fs::read_to_string(folder.join(name)).unwrap()).into()
}

#[test]
fn what_a_spreadsheet_does_not_say_is_asked_for() {
    let folder = with_scores();
    let typed = [
        "five",
        "1 5",
        "Analyst",
        "soon",
        "20/4/2026",
        "",
        "In spring.",
        "Priorities",
        "Ours",
        "2025/27",
        "2025/26",
        "ours",
    ];
    let said = at_a_terminal(folder.path(), &["import", "matrix", "scores.csv"], &typed);
    assert_eq!((said.code, &*said.err), (Some(0), ""), "{}", said.out);
    assert_snapshot!(said.out);

    // What it makes is what the options make, and only what is not given is asked for.
    let options = [
        ["--scale", "1"].as_slice(),
        &["5", "--by", "Analyst", "--because", "In spring.", "--title", "Priorities"],
        &["--partnership", "Ours", "--period", "2025/26"],
    ]
    .concat();
    let given = [&["import", "matrix", "scores.csv"][..], &options, &["--date", "2026-04-20", "-o", "given"]].concat();
    let by_options = prioritise_in(folder.path(), &given);
    assert_eq!(by_options.code, Some(0), "{}", by_options.err);
    assert_eq!(all_of(&folder.path().join("given")), all_of(&folder.path().join("ours")));
    let some = [&["import", "matrix", "scores.csv"][..], &options].concat();
    let said = at_a_terminal(folder.path(), &some, &["2026-04-20", "ours", "again"]);
    assert_eq!(said.code, Some(0), "{}", said.out);
    assert!(said.out.contains("On which day?") && !said.out.contains("Who scored?"), "{}", said.out);
    assert!(said.out.contains("`ours` has an assessment already"), "{}", said.out);
    assert_eq!(all_of(&folder.path().join("again")), all_of(&folder.path().join("ours")));
}

#[test]
fn without_a_terminal_all_that_is_missing_is_listed_at_once() {
    let folder = with_scores();
    let said = |options: &[&str]| {
        let all = [&["import", "matrix", "scores.csv", "--error-format", "plain"], options].concat();
        let said = prioritise_in(folder.path(), &all);
        assert_eq!((said.code, &*said.out), (Some(2), ""));
        said.err
    };
    assert_snapshot!(
        [
            said(&[]),
            said(&[
                "--scale",
                "1",
                "5",
                "--by",
                "Analyst",
                "--title",
                "Priorities",
                "--partnership",
                "Ours",
                "--period",
                "2025/26",
                "--because",
                "In spring.",
                "-o",
                "ours"
            ]),
            said(&["--scale", "1", "5", "--by", " ", "--date", "soon", "--period", "2025/27", "-o", "ours"]),
        ]
        .concat()
    );
    assert!(!folder.path().join("ours").exists());
}

#[test]
fn nobody_is_asked_about_what_cannot_be_read_and_answers_that_end_leave_nothing() {
    let folder = with_scores();
    let said = at_a_terminal(folder.path(), &["import", "matrix", "scors.csv"], &[]);
    assert_eq!(said.code, Some(2));
    assert!(!said.out.contains("What the sheet does not say"), "{}", said.out);
    let wrong =
        at_a_terminal(folder.path(), &["import", "matrix", "scores.csv", "--scale", "1", "5", "--date", "soon"], &[]);
    assert_eq!(wrong.code, Some(2));
    assert!(!wrong.out.contains("Who scored?"), "{}", wrong.out);
    let ended = at_a_terminal(folder.path(), &["import", "matrix", "scores.csv", "--scale", "1", "5"], &["Analyst"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.out.contains("the answers ended before the last question: nothing is written"), "{}", ended.out);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
