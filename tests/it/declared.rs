//! Guard: a test file that nobody declares is never run.

use std::collections::BTreeSet;

use crate::support::{in_repository, names_in};

#[test]
fn every_test_file_is_declared() {
    let main = std::fs::read_to_string(in_repository("tests/it/main.rs")).unwrap();
    let declared: BTreeSet<String> = main
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .map(|name| format!("{name}.rs"))
        .collect();
    let mut present = names_in("tests/it", ".rs");
    present.remove("main.rs");
    assert_eq!(declared, present);
}
