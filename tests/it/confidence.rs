//! The level that a rule set declares, from its key to every view, and through a record and back: `tests/cases/confidence/`
//! at 90%, at 95% where nothing is declared, and at 99%.

use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use crate::support::{FORMATS, in_repository, prioritise_in};

const CASE: &str = "tests/cases/confidence";
const LEVELS: [(&str, &str, f64); 3] = [("rules-90", "90%", 0.9), ("rules", "95%", 0.95), ("rules-99", "99%", 0.99)];

fn ranked(rules: &str, more: &[&str]) -> String {
    let said = prioritise_in(&in_repository(CASE), &[&["rank", ".", "--rules", rules], more].concat());
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    said.out
}

/// The measures of the first candidate's questions with their ends, where they have any.
fn intervals(rules: &str) -> Vec<(String, f64, f64)> {
    let ranking: Value = serde_json::from_str(&ranked(rules, &["--format", "json"])).unwrap();
    let burglary = ranking["ranking"].as_array().unwrap().iter().find(|it| it["id"] == "burglary").unwrap();
    let of = |it: &Value| {
        let end = |which: &str| it["measure"][which].as_f64();
        Some((it["criterion"].as_str()?.to_owned(), end("lower")?, end("upper")?))
    };
    burglary["contributions"].as_array().unwrap().iter().filter_map(of).collect()
}

#[test]
fn every_interval_that_is_worked_out_widens_with_the_level_and_what_is_printed_stays() {
    let [narrow, usual, wide] = LEVELS.map(|(rules, ..)| intervals(rules));
    assert_eq!(narrow.len(), 10);
    for ((narrow, usual), wide) in narrow.iter().zip(&usual).zip(&wide) {
        assert!(narrow.0 == usual.0 && usual.0 == wide.0);
        match &*narrow.0 {
            "published" => assert!(narrow == usual && usual == wide),
            _ => assert!(
                wide.1 < usual.1 && usual.1 < narrow.1 && narrow.2 < usual.2 && usual.2 < wide.2,
                "{narrow:?} {usual:?} {wide:?}"
            ),
        }
    }
}

#[test]
fn the_words_of_every_format_are_of_the_level() {
    for (rules, words, level) in LEVELS {
        let others = LEVELS.iter().map(|(_, other, _)| *other).filter(|other| *other != words);
        let others: Vec<String> = others.map(|other| format!("{other} interval")).collect();
        for format in FORMATS {
            let said = ranked(rules, &["--format", format]).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(!others.iter().any(|other| said.contains(other)), "{rules} {format}");
            match format {
                "csv" => {}
                "json" => assert!(said.contains(&format!("\"confidence\": {level},")), "{rules}"),
                _ => assert!(said.contains(&format!("{words} interval")), "{rules} {format}"),
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.xlsx");
        ranked(rules, &["-o", path.to_str().unwrap(), "--quiet"]);
        let told = words_of(&path);
        assert!(told.contains(&format!("{words} interval")) && !others.iter().any(|other| told.contains(other)));
    }
}

/// All text of a workbook.
fn words_of(path: &Path) -> String {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.rows().flatten());
    cells
        .filter_map(|cell| if let Data::String(text) = cell { Some(text.as_str()) } else { None })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Nothing of the level is kept beside the rules: a record has them, and is made again from them.
#[test]
fn a_record_is_made_again_at_its_level() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let path = record.to_str().unwrap();
    let said = prioritise_in(&in_repository(CASE), &["record", ".", "--date", "2026-04-01", "-o", path, "--quiet"]);
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    let said = prioritise_in(folder.path(), &["verify", "record"]);
    assert!(said.code == Some(0) && said.out.contains("every file is the same, byte for byte"), "{}", said.out);
    // Another level in the rules is another list.
    let rules = record.join("data/rules/ruleset.toml");
    let text = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, text.replace("confidence = 0.9", "confidence = 0.99")).unwrap();
    assert_ne!(prioritise_in(folder.path(), &["verify", "record"]).code, Some(0));
}
