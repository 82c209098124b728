//! Several years of one list: each case is a folder of `tests/years`, and in it each year a folder with an assessment.
#![expect(clippy::disallowed_methods, reason = "cases are read from the disk")]

use std::path::Path;

use calamine::Reader as _;
use prioritise::record::Contents;
use serde_json::Value as Json;

use crate::record::forged;
use crate::support::{Said, in_repository, names_in, prioritise_in};

/// The assessments of a case, by name.
fn years(case: &str) -> Vec<String> {
    let folder = format!("tests/years/{case}");
    let is_year = |name: &String| in_repository(&format!("{folder}/{name}/assessment.toml")).exists();
    names_in(&folder, "").into_iter().filter(is_year).collect()
}

fn history_in(folder: &Path, years: &[String], options: &[&str]) -> Said {
    let years = years.iter().map(String::as_str);
    prioritise_in(folder, &["history"].into_iter().chain(years).chain(options.iter().copied()).collect::<Vec<_>>())
}

fn history(case: &str, options: &[&str]) -> String {
    let said = history_in(&in_repository(&format!("tests/years/{case}")), &years(case), options);
    assert_eq!(said.code, Some(0), "{case}: {}", said.err);
    said.out
}

fn json(case: &str) -> Json {
    serde_json::from_str(&history(case, &["--format", "json", "--quiet"])).unwrap()
}

fn cases() -> Vec<String> {
    names_in("tests/years", "").into_iter().collect()
}

#[test]
fn each_case_in_words() {
    for case in cases() {
        let said = history(&case, &["--quiet"]);
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{case} is wider than 80 columns:\n{said}");
        insta::assert_snapshot!(case, said);
    }
}

/// As many years as stand beside each other are in a table; the same year several times has a label of its own each time.
#[test]
fn many_years_stand_in_several_tables() {
    let years = vec!["2023-24".to_owned(); 9];
    let said = history_in(&in_repository("tests/years/district"), &years, &["--quiet"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("PLACES, 2023/24 TO 2023/24 (4)") && said.out.contains("2023/24 (9)"), "{}", said.out);
    assert!(said.out.contains("Both are the same assessment: 2023-24 and 2023-24."), "{}", said.out);
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
}

#[test]
fn one_case_in_every_format() {
    for format in ["markdown", "html", "json", "csv"] {
        insta::assert_snapshot!(format!("district.{format}"), history("district", &["--format", format, "--quiet"]));
    }
}

/// A number with two decimals in hundredths.
fn hundredths(number: &Json) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a few thousands")]
    number.as_f64().map(|number| (number * 100.0).round() as i64)
}

/// The pieces add up to what rules and evidence did, those to the change, and that to the printed totals.
#[test]
fn every_step_adds_up() {
    let mut split = 0;
    for case in cases() {
        let found = json(&case);
        let places: Vec<&Json> =
            found["candidates"].as_array().unwrap().iter().flat_map(|it| it["places"].as_array().unwrap()).collect();
        let total = |year: &Json, id: &Json| {
            let place = places.iter().find(|place| place["year"] == *year && place["id"] == *id).unwrap();
            hundredths(&place["total"])
        };
        for step in found["steps"].as_array().unwrap() {
            for candidate in step["candidates"].as_array().unwrap() {
                let (was, is) = (total(&step["from"], &candidate["was"]), total(&step["to"], &candidate["id"]));
                let Some(by) = hundredths(&candidate["by"]) else {
                    assert!(step["same_scale"] == false || was.is_none() || is.is_none(), "{case}: {candidate}");
                    continue;
                };
                assert_eq!(by, is.unwrap() - was.unwrap(), "{case}: {candidate}");
                let Some(rules) = hundredths(&candidate["rules"]) else {
                    assert!(step["not_split"].is_string(), "{case}: {candidate}");
                    continue;
                };
                let pieces =
                    candidate["made_of"].as_array().unwrap().iter().filter_map(|piece| hundredths(&piece["by"]));
                assert_eq!(rules + hundredths(&candidate["evidence"]).unwrap(), by, "{case}: {candidate}");
                assert_eq!(pieces.sum::<i64>(), by, "{case}: {candidate}");
                split += 1;
            }
        }
    }
    assert!(split > 10, "only {split} steps were split");
}

#[test]
fn order_of_arguments_and_threads_change_no_byte() {
    let folder = in_repository("tests/years/district");
    let forwards = years("district");
    let backwards: Vec<String> = forwards.iter().rev().cloned().collect();
    for format in ["text", "html", "json"] {
        let said = |years: &[String], threads| {
            history_in(&folder, years, &["--format", format, "--quiet", "--threads", threads]).out
        };
        assert_eq!(said(&forwards, "1"), said(&backwards, "3"), "{format}");
    }
}

#[test]
fn candidates_are_followed_through_renames_splits_and_joins() {
    let found = json("district");
    let line = |id: &str| found["candidates"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(line("damage-to-places")["ids"], serde_json::json!(["graffiti", "damage-to-places"]));
    assert_eq!(line("burglary")["into"], serde_json::json!(["burglary-of-homes", "burglary-of-shops"]));
    assert_eq!(line("serious-violence")["from"], serde_json::json!(["assault", "robbery"]));
    let kinds: Vec<&str> =
        found["breaks"].as_array().unwrap().iter().map(|broken| broken["kind"].as_str().unwrap()).collect();
    for kind in ["rules", "recording", "candidates"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
}

/// What two years are made of is what `diff` finds between them.
#[test]
fn a_step_is_what_diff_finds() {
    let folder = in_repository("tests/years/district");
    let said = prioritise_in(&folder, &["diff", "2024-25", "2025-26", "--format", "json", "--quiet"]);
    let diff: Json = serde_json::from_str(&said.out).unwrap();
    let found = json("district");
    let step = &found["steps"][1];
    assert_eq!(step["rules"], diff["rules"]["changes"]);
    for mover in diff["moved"]["movers"].as_array().unwrap() {
        let same = step["candidates"].as_array().unwrap().iter().find(|it| it["id"] == mover["new"]["id"]).unwrap();
        assert_eq!(same["by"], mover["by"], "{mover}");
    }
}

// --- Records ----------------------------------------------------------------------------------------------------------

/// The years of a case and the first of them sealed as `record`, in a folder of their own.
fn beside_a_record(case: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::support::Folder::of(&["tests/years"]).lay_out(&format!("tests/years/{case}"), folder.path());
    let first = &years(case)[0];
    let said = prioritise_in(
        folder.path(),
        &["record", first, "-o", "record", "--date", "2024-06-01", "--by", "Analyst", "--quiet"],
    );
    assert_eq!(said.code, Some(0), "{}", said.err);
    folder
}

/// The files of a record on the disk, those in the folder `inside` of it.
fn contents(record: &Path, inside: &str) -> Contents {
    let mut found = Contents::new();
    for entry in std::fs::read_dir(record.join(inside)).unwrap().map(Result::unwrap) {
        let path = format!("{inside}{}", entry.file_name().to_str().unwrap());
        match entry.path().is_dir() {
            true => found.extend(contents(record, &format!("{path}/"))),
            false => {
                found.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

#[test]
fn records_and_folders_stand_side_by_side() {
    let folder = beside_a_record("district");
    let of = |years: &[&str]| -> Json {
        let years: Vec<String> = years.iter().map(|year| (*year).to_owned()).collect();
        let said = history_in(folder.path(), &years, &["--format", "json"]);
        assert_eq!((said.code, &*said.err), (Some(0), ""), "{years:?}");
        serde_json::from_str(&said.out).unwrap()
    };
    let mut mixed = of(&["2024-25", "record", "2025-26"]);
    let folders = of(&["2023-24", "2024-25", "2025-26"]);
    let record = mixed["years"][0]["record"].take();
    assert_eq!(
        (&record["date"], &record["by"], &record["list_differs"]),
        (&"2024-06-01".into(), &"Analyst".into(), &Json::Null)
    );
    mixed["years"][0]["path"] = "2023-24".into();
    assert_eq!(mixed, folders);
}

#[test]
fn an_altered_record_is_refused_and_a_list_of_another_engine_is_told() {
    let folder = beside_a_record("district");
    let years = ["record".to_owned(), "2024-25".to_owned()];
    let evidence = folder.path().join("record/data/assessment/evidence.toml");
    let text = std::fs::read_to_string(&evidence).unwrap();
    std::fs::write(&evidence, text.replace("702", "703")).unwrap();
    let said = history_in(folder.path(), &years, &[]);
    assert_eq!((said.code, &*said.out), (Some(2), ""));
    assert!(said.err.contains("`record`") && said.err.contains("evidence.toml"), "{}", said.err);
    std::fs::write(&evidence, text).unwrap();
    let sealed = folder.path().join("record");
    let found = json("district");
    let totals = found["candidates"].as_array().unwrap().iter().map(|it| &it["places"][0]["total"]);
    let total = totals.into_iter().find(|total| total.is_f64()).unwrap().to_string();
    let forged = forged(&contents(&sealed, ""), "data/ranking.json", &format!("\"total\":{total}"), "\"total\":99");
    for (path, bytes) in &forged {
        std::fs::write(sealed.join(path), bytes).unwrap();
    }
    let said = history_in(folder.path(), &years, &[]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("record-list-differs"), "{}", said.err);
    for words in ["the list in the record is not the one shown here", "99 in the record"] {
        assert!(said.out.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{}", said.out);
    }
}

#[test]
fn what_makes_no_history_is_refused() {
    let folder = in_repository("tests/years/district");
    for (years, options, words) in [
        (&["2023-24"][..], &[][..], "two years or more"),
        (&["2023-24", "nowhere"], &[], "nowhere"),
        (&["2023-24", "2024-25"], &["--area", "x"], "--area"),
        (&["2023-24", "../../cases/list-for-each-area"], &[], "name the list: `--area"),
    ] {
        let years: Vec<String> = years.iter().map(|year| (*year).to_owned()).collect();
        let said = history_in(&folder, &years, options);
        assert_eq!((said.code, &*said.out), (Some(2), ""));
        assert!(said.err.contains(words), "{}", said.err);
    }
}

#[test]
fn the_workbook_has_the_places_as_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("years.xlsx");
    let said = history_in(
        &in_repository("tests/years/district"),
        &years("district"),
        &["-o", file.to_str().unwrap(), "--quiet"],
    );
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&file).unwrap();
    let names = book.sheet_names();
    assert_eq!(names[..3], ["Places 1", "The years 2", "Year by year"], "{names:?}");
    let sheet = book.worksheet_range("Year by year").unwrap();
    let csv = history("district", &["--format", "csv", "--quiet"]);
    assert_eq!(sheet.height(), csv.lines().count());
    assert!(matches!(sheet.get((1, 6)), Some(calamine::Data::Float(rank)) if *rank == 1.0), "{:?}", sheet.get((1, 6)));
}
