//! Districts that become unitary councils: no offence is lost, and a sealed list of them is made again.
#![expect(clippy::disallowed_methods, reason = "records are written to the disk")]

use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, prioritise_in};

fn laid_out(case: &str, to: &Path) {
    let case = format!("tests/cases/{case}");
    let mut files = Folder::of(&[&case]);
    files.remove(&format!("{case}/RUN"));
    files.lay_out(&case, to);
}

/// The counts and people that a table of districts has, all together.
fn filed(table: &Path, column: &str) -> f64 {
    let mut rows = csv::Reader::from_path(table).unwrap();
    let at = rows.headers().unwrap().iter().position(|header| header == column).unwrap();
    rows.records().map(|row| row.unwrap()[at].parse::<f64>().unwrap()).sum()
}

/// The numbers in "N in the year", all together.
fn listed(folder: &Path) -> f64 {
    let said = prioritise_in(folder, &["rank", ".", "--format", "json", "--quiet"]);
    let ranking: Value = serde_json::from_str(&said.out).unwrap();
    let counts = ranking["ranking"].as_array().unwrap().iter().map(|entry| {
        let because = entry["contributions"][0]["because"].as_str().unwrap();
        let count = because.split(" in the year").next().unwrap().replace("about ", "").replace(',', "");
        count.parse::<f64>().unwrap()
    });
    counts.sum()
}

#[test]
fn no_offence_is_lost_where_five_districts_become_two_councils() {
    for (case, total) in [("districts-become-unitaries", 5_944.0), ("areas-shared-out", 157.0)] {
        let folder = tempfile::tempdir().unwrap();
        laid_out(case, folder.path());
        assert_eq!(filed(&folder.path().join("districts.csv"), "recorded"), total, "{case}");
        assert_eq!(listed(folder.path()), total, "{case}");
    }
}

#[test]
fn the_order_of_rows_makes_no_difference_and_a_share_does() {
    let digest = |change: &dyn Fn(String) -> String| {
        let folder = tempfile::tempdir().unwrap();
        laid_out("areas-shared-out", folder.path());
        let lookup = folder.path().join("lookup.csv");
        std::fs::write(&lookup, change(std::fs::read_to_string(&lookup).unwrap())).unwrap();
        let said = prioritise_in(folder.path(), &["rank", ".", "--format", "json", "--quiet"]);
        let ranking: Value = serde_json::from_str(&said.out).unwrap();
        ranking["assessment"]["digest"].as_str().unwrap().to_owned()
    };
    let as_it_is = digest(&|text| text);
    let turned = |text: String| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n")
    };
    assert_eq!(digest(&turned), as_it_is);
    assert_ne!(digest(&|text| text.replace("0.35", "0.25").replace("0.65", "0.75")), as_it_is);
}

#[test]
fn a_record_has_the_lookup_and_is_verified() {
    for case in ["districts-become-unitaries", "areas-shared-out"] {
        let folder = tempfile::tempdir().unwrap();
        laid_out(case, &folder.path().join("ours"));
        let said = prioritise_in(folder.path(), &["record", "ours", "-o", "sealed", "--date", "2028-01-02"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        let said = prioritise_in(folder.path(), &["verify", "sealed"]);
        assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    }
}
