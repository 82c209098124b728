//! Results for other programs: their columns are in `docs/formats.md`, and are what the guide says.
#![expect(clippy::disallowed_methods, reason = "the guide is read from the disk")]

use std::collections::BTreeSet;

use crate::support::{FIXTURES, prioritise, root};

/// The rows of a CSV, headings first.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What stands between back-ticks in the part of the guide under a heading that begins so.
fn documented(heading: &str) -> BTreeSet<String> {
    let guide = std::fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let (_, part) = guide.split_once(&format!("### `{heading}")).unwrap();
    let (_, part) = part.split_once('\n').unwrap();
    let part = part.split_once("\n##").map_or(part, |(part, _)| part);
    part.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[track_caller]
fn are_documented(heading: &str, names: &[String]) {
    let known = documented(heading);
    let is_known = |name: &&String| {
        let number = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let word = name.strip_suffix(number).unwrap_or(name);
        known.contains(*name)
            // `CRITERION value`, `GROUP score`, `member ID`, `in the first N`, `place 1`.
            || name.rsplit_once(' ').is_some_and(|(_, last)| {
                ["CRITERION ", "GROUP ", ""].iter().any(|of| known.contains(&format!("{of}{last}")))
            })
            || name.starts_with("member ") && known.contains("member ID")
            || known.contains(&format!("{word}N"))
            || !number.is_empty() && known.contains(&format!("{word}1"))
    };
    let unknown: Vec<&String> = names.iter().filter(|name| !is_known(name)).collect();
    assert!(unknown.is_empty(), "docs/formats.md says nothing of {unknown:?}");
}

#[test]
fn every_column_is_in_the_guide() {
    let cases = ["net-flow", "outranking-with-veto", "list-for-each-area", "list-for-each-kind", "county-published"];
    let cases = cases.map(|case| format!("tests/cases/{case}"));
    let folders: Vec<String> = FIXTURES.iter().map(|name| format!("fixtures/{name}")).chain(cases).collect();
    let mut ranked = 0;
    for folder in &folders {
        for (format, heading) in [("csv", "rank --format csv"), ("long-csv", "rank --format long-csv")] {
            let said = prioritise(&["rank", folder, "--format", format, "--quiet"]);
            if said.code == Some(0) {
                are_documented(heading, &rows(&said.out)[0]);
                ranked += 1;
            }
        }
    }
    assert!(ranked >= 16, "{ranked}");
    let drawn = prioritise(&["sensitivity", "fixtures/starter", "--draws", "50", "--format", "csv"]).out;
    are_documented("sensitivity", &rows(&drawn)[0]);
    let years = ["history", "tests/years/district/2023-24", "tests/years/district/2024-25", "--format", "csv", "-q"];
    are_documented("history", &rows(&prioritise(&years).out)[0]);
    let review = prioritise(&["review", "fixtures/wellingborough-2013", "--format", "csv", "-q"]).out;
    are_documented("review", &rows(&review)[0]);
}

/// The long table has the same as the wide one: each answer in a row of its own.
#[test]
fn the_long_table_has_what_the_wide_one_has() {
    for fixture in FIXTURES {
        let folder = format!("fixtures/{fixture}");
        let of = |format: &str| rows(&prioritise(&["rank", &folder, "--format", format, "--quiet"]).out);
        let (wide, long) = (of("csv"), of("long-csv"));
        let at = |table: &[Vec<String>], name: &str| table[0].iter().position(|heading| heading == name).unwrap();
        let mut told = 0;
        for row in &long[1..] {
            let [candidate, criterion] = ["candidate", "criterion"].map(|name| row[at(&long, name)].clone());
            let same = wide.iter().find(|row| row[at(&wide, "id")] == candidate).unwrap();
            for column in ["measure", "lower", "upper", "value", "weight", "missing"] {
                assert_eq!(
                    row[at(&long, column)],
                    same[at(&wide, &format!("{criterion} {column}"))],
                    "{folder}: {row:?}"
                );
            }
            assert!(!row[at(&long, "reason")].is_empty());
            told += 1;
        }
        let questions = wide[0].iter().filter(|name| name.ends_with(" measure")).count();
        assert_eq!(told, questions * (wide.len() - 1), "{folder}");
    }
}

/// What the draws say in the JSON stands in the table.
#[test]
fn shares_of_draws_are_those_of_the_json() {
    let of = |format: &str| {
        prioritise(&["sensitivity", "fixtures/huntingdonshire-2019", "--draws", "200", "--format", format, "-q"]).out
    };
    let table = rows(&of("csv"));
    let json: serde_json::Value = serde_json::from_str(&of("json")).unwrap();
    let candidates = json["candidates"].as_array().unwrap();
    assert_eq!(table.len(), candidates.len() + 1);
    for (row, entry) in table[1..].iter().zip(candidates) {
        assert_eq!(row[1], entry["id"].as_str().unwrap());
        assert!((row[3].parse::<f64>().unwrap() - entry["mean_rank"].as_f64().unwrap()).abs() < 1e-4);
        assert!((row[7].parse::<f64>().unwrap() - entry["top"].as_f64().unwrap()).abs() < 1e-4);
        let places: f64 = row[8..].iter().map(|share| share.parse::<f64>().unwrap()).sum();
        assert!((places - 1.0).abs() < 0.01, "{row:?}");
    }
}

#[test]
fn a_mark_for_excel_is_there_on_request_alone() {
    let rank = |more: &[&str]| prioritise(&[&["rank", "fixtures/starter", "--format", "csv"][..], more].concat());
    let (bare, marked) = (rank(&[]), rank(&["--bom"]));
    assert!(!bare.out.starts_with('\u{feff}'));
    assert_eq!(marked.out, format!("\u{feff}{}", bare.out));
    let refused = prioritise(&["rank", "fixtures/starter", "--bom", "--error-format", "plain"]);
    assert_eq!((refused.code, &*refused.out), (Some(2), ""));
    insta::assert_snapshot!(refused.err, @"error bad-value: `--bom` is for CSV; leave it out, or name a file that ends in `.csv`");
}

#[test]
fn a_long_table_goes_to_a_file_that_ends_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.csv");
    let said = prioritise(&["rank", "fixtures/starter", "--format", "long-csv", "-o", path.to_str().unwrap(), "-q"]);
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        prioritise(&["rank", "fixtures/starter", "--format", "long-csv"]).out
    );
    let wrong = prioritise(&["rank", "fixtures/starter", "--format", "long-csv", "-o", "answers.json"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("contradict"), "{}", wrong.err);
}
