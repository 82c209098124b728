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

/// What `diff` finds between the two years of a case.
fn between_years(case: &str) -> (tempfile::TempDir, Value) {
    let folder = tempfile::tempdir().unwrap();
    laid_out(case, folder.path());
    let said = prioritise_in(folder.path(), &["diff", "before", "after", "--format", "json", "--quiet"]);
    let found = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
    (folder, found)
}

fn hundredths(of: &Value) -> i64 {
    format!("{:.0}", of.as_f64().unwrap() * 100.0).parse().unwrap()
}

/// What is asked of an entry with this id among the candidates of a step; 0 of one that has none.
fn by(step: &Value, id: &str) -> i64 {
    let mut entries = step["candidates"].as_array().into_iter().flatten();
    entries.find(|entry| entry["id"] == id).map_or(0, |entry| hundredths(&entry["by"]))
}

#[test]
fn across_a_merger_areas_rules_and_evidence_add_up_and_no_offence_is_lost() {
    for (case, evidence, total, pairs) in
        [("merger-between-years", "recorded", 5_944.0, 15), ("wards-redrawn-between-years", "recorded", 930.0, 4)]
    {
        let (folder, found) = between_years(case);
        let areas = &found["areas"];
        let counts = areas["counts"].as_array().unwrap().iter().find(|of| of["evidence"] == evidence).unwrap();
        assert_eq!((&counts["before"], &counts["after"]), (&total.into(), &total.into()), "{case}");
        let movers = found["moved"]["movers"].as_array().unwrap();
        assert_eq!(movers.len(), pairs, "{case}: each new candidate against each that it is made of");
        for mover in movers {
            let (was, is) = (&mover["old"]["id"], mover["new"]["id"].as_str().unwrap());
            let own = areas["candidates"].as_array().unwrap().iter();
            let by_areas =
                own.into_iter().find(|it| it["id"] == is && it["was"] == *was).map_or(0, |it| hundredths(&it["by"]));
            let sum = by_areas + by(&found["rules"], is) + by(&found["evidence"], is);
            assert_eq!(hundredths(&mover["by"]), sum, "{case}: {is} was {was}");
        }
        let mut asked = vec!["history", "before", "after", "--format", "json", "--quiet"];
        asked.extend((case == "merger-between-years").then_some(["--area", "U02"]).into_iter().flatten());
        let said = prioritise_in(folder.path(), &asked);
        let history: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
        let step = &history["steps"][0];
        assert!(step["areas"]["candidates"].as_array().is_some_and(|all| !all.is_empty()), "{case}");
        for told in step["candidates"].as_array().unwrap() {
            let parts = ["areas", "rules", "evidence"].map(|part| hundredths(&told[part]));
            assert_eq!(hundredths(&told["by"]), parts.iter().sum::<i64>(), "{case}: {told}");
        }
        let breaks = history["breaks"].as_array().unwrap();
        assert!(breaks.iter().any(|broken| broken["kind"] == "areas"), "{case}");
    }
}

/// A candidate that was renamed as its areas merged is put where it went; where the merger can't be told apart, that is said.
#[test]
fn renamed_and_merged_at_once_is_one_candidate() {
    let folder = tempfile::tempdir().unwrap();
    laid_out("wards-redrawn-between-years", folder.path());
    let change = |file: &str, change: &dyn Fn(String) -> String| {
        let path = folder.path().join(file);
        std::fs::write(&path, change(std::fs::read_to_string(&path).unwrap())).unwrap();
    };
    // Candidates in areas, where one is called something else on the new ones.
    let in_area = |text: String| {
        let named = |text: String, (code, title): (&str, &str)| {
            text.replace(
                &format!("id    = \"{code}\"\ntitle = \"{title}\"\nkind  = \"place\""),
                &format!("id    = \"{code}-theft\"\ntitle = \"Theft\"\nkind  = \"crime\"\narea  = \"{code}\""),
            )
        };
        [("A", "Abbey"), ("B", "Bridge"), ("C", "Castle"), ("N", "North"), ("S", "South")].into_iter().fold(text, named)
    };
    change("before/wards.toml", &in_area);
    change("after/wards.toml", &|text| {
        let text = in_area(text);
        let new = "id    = \"N-stealing\"\ntitle = \"Stealing\"\nformerly = [\"A-theft\", \"B-theft\"]";
        text.replace("id    = \"N-theft\"\ntitle = \"Theft\"", new)
    });
    let said = prioritise_in(folder.path(), &["diff", "before", "after", "--format", "json", "--quiet"]);
    let found: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
    let ids = |all: &Value| -> Vec<(String, String)> {
        let text = |of: &Value| of.as_str().unwrap().to_owned();
        all.as_array().unwrap().iter().map(|it| (text(&it["was"]), text(&it["id"]))).collect()
    };
    let pair = |was: &str, is: &str| (was.to_owned(), is.to_owned());
    let on_areas = ids(&found["areas"]["candidates"]);
    for (was, is) in [("A-theft", "N-stealing"), ("B-theft", "N-stealing"), ("C-theft", "C-theft")] {
        assert!(on_areas.contains(&pair(was, is)), "{was}, {is}: {on_areas:?}");
    }
}
