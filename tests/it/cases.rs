//! Folders that a user might have, and what the commands in their `RUN` say: `tests/cases/NAME/` is copied, its commands run
//! in the copy, and `tests/cases/found/NAME.snap` has all that came out. Adding a case is adding a folder.
//!
//! `RUN` has a command on each line, as it is typed; a line that begins with `#` says what the case is about.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use insta::{Settings, assert_snapshot};
use rayon::prelude::*;

use crate::support::{prioritise_in, root};

/// The folder of snapshots, beside the cases.
const FOUND: &str = "found";

#[test]
fn each_folder_gives_what_is_right() {
    let mut cases: Vec<String> = std::fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != FOUND)
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let said: Vec<(String, String)> =
        cases.into_par_iter().map(|case| (run(&case), case)).map(|(a, b)| (b, a)).collect();
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/cases").join(FOUND));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (case, said) in &said {
        settings.bind(|| assert_snapshot!(case.as_str(), said));
    }
    for entry in std::fs::read_dir(root().join("tests/cases").join(FOUND)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_of_a_case = said.iter().any(|(case, _)| name.starts_with(&format!("{case}.snap")));
        assert!(is_of_a_case, "tests/cases/{FOUND}/{name} is of no case");
    }
}

/// All that the commands of a case say, and what became of its files.
fn run(case: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let from = root().join("tests/cases").join(case);
    copy(&from, folder.path());
    let commands = std::fs::read_to_string(from.join("RUN")).unwrap();
    let before = files(folder.path());
    let mut text = String::new();
    for line in commands.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with('#') {
            writeln!(text, "{line}").unwrap();
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let ["prioritise", arguments @ ..] = &*words else { panic!("{case}: not a command: {line}") };
        let said = prioritise_in(folder.path(), arguments);
        writeln!(text, "$ {line}").unwrap();
        for (stream, said) in [("", said.out), ("stderr", said.err)] {
            if !said.is_empty() {
                writeln!(text, "{}", format!("--- {stream}").trim_end()).unwrap();
                text.push_str(&said.replace(&folder.path().display().to_string(), "FOLDER"));
            }
        }
        writeln!(text, "--- exit {}", said.code.map_or_else(|| "by a signal".to_owned(), |code| code.to_string()))
            .unwrap();
    }
    let after = files(folder.path());
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        writeln!(text, "removed: {name}").unwrap();
    }
    for (name, bytes) in &after {
        match before.get(name) {
            None => writeln!(text, "made: {name}").unwrap(),
            Some(old) if old != bytes => writeln!(text, "changed: {name}").unwrap(),
            Some(_) => {}
        }
    }
    text
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => {
                std::fs::create_dir(&target).unwrap();
                copy(&entry.path(), &target);
            }
            false if entry.file_name() != "RUN" => drop(std::fs::copy(entry.path(), target).unwrap()),
            false => {}
        }
    }
}

/// Every file below a folder by its path from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    gather(folder, "", &mut found);
    found
}

fn gather(folder: &Path, under: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{under}{}", entry.file_name().to_str().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => gather(&entry.path(), &format!("{name}/"), found),
            false => drop(found.insert(name, std::fs::read(entry.path()).unwrap())),
        }
    }
}
