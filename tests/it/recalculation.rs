//! `LibreOffice` recalculates the workbook: what it finds is what the engine finds, as filed and after a change in an input.
//!
//! These tests need the command `soffice` (Debian's package `libreoffice-calc`). `.ci/run` installs it and runs them:
//!
//! ```text
//! cargo test --test it recalculation -- --ignored
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use toml::{Table, Value};

use crate::edits::{BASE, Edits};
use crate::support::{FIXTURES, Folder, names_in, rank};
use crate::workbook::{Book, with_numbers, with_text_everywhere, workbook_of};

/// Every total recomputed, whatever the file says of itself.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;

/// A workbook to be recalculated, and the ranking that should come out.
struct Trial {
    name: String,
    bytes: Vec<u8>,
    /// The engine's ranking as CSV, and what it was before the change.
    expected: String,
    filed: String,
}

/// A change of the inputs: cells of a sheet, by its number, and the same in the rule set.
struct Change {
    about: &'static str,
    cells: Vec<(usize, String, f64)>,
    rules: Box<dyn Fn(&mut Table)>,
}

/// An assessment that is recalculated.
struct Subject {
    name: String,
    path: String,
    rules: String,
    files: Folder,
}

fn subjects() -> Vec<Subject> {
    let mut subjects = Vec::new();
    let fixtures = Folder::of_fixtures();
    for fixture in FIXTURES {
        let rules = match fixture {
            "cambridgeshire-2014" => "rules/county-agreement",
            "starter" => "fixtures/starter/rules",
            "wellingborough-2013" => "fixtures/wellingborough-2013/rules",
            "huntingdonshire-2019" => "rules/huntingdonshire",
            "huntingdonshire-wards-2019" => "rules/demand-index",
            _ => "rules/morile-style",
        };
        let path = format!("fixtures/{fixture}");
        subjects.push(Subject { name: fixture.to_owned(), path, rules: rules.to_owned(), files: fixtures.clone() });
    }
    let mut all_ranked = fixtures.clone();
    all_ranked.edit("rules/huntingdonshire/ruleset.toml", "= \"not-ranked\"", "= \"told\"");
    subjects.push(Subject {
        name: "huntingdonshire-2019-all-ranked".to_owned(),
        path: "fixtures/huntingdonshire-2019".to_owned(),
        rules: "rules/huntingdonshire".to_owned(),
        files: all_ranked,
    });
    let path = "tests/cases/score-beside-the-total".to_owned();
    let (rules, files) = (format!("{path}/rules"), Folder::of(&[&path]));
    subjects.push(Subject { name: "score-beside-the-total".to_owned(), path, rules, files });
    let mut variant = |name: &str, files: Folder| {
        let rules = format!("{BASE}/rules");
        subjects.push(Subject { name: name.to_owned(), path: BASE.to_owned(), rules, files });
    };
    let base = Folder::of(&[BASE]);
    variant("base", base.clone());
    for name in names_in("tests/variants", ".toml") {
        variant(name.trim_end_matches(".toml"), Edits::read("variants", &name).apply());
    }
    let ruleset = format!("{BASE}/rules/ruleset.toml");
    let evidence = |name: &str| format!("{BASE}/evidence/{name}.toml");
    let edited = |edits: &[(&str, &str, &str)]| {
        let mut files = base.clone();
        for (file, find, replace) in edits {
            files.edit(file, find, replace);
        }
        files
    };
    let severity = "[candidate.evidence.severity]\njudgement = 1\nscale     = [0, 5]\nby        = \"Analyst\"\n\
                    date      = \"2026-04-20\"\nbecause   = \"Nobody is hurt.\"\n";
    variant("nobody-judged", edited(&[(&evidence("fraud"), severity, "")]));
    let falling = "{ linear = { from = 0, to = 50 } }";
    for (name, relative) in [("min-max", "min-max"), ("percentile", "percentile"), ("z-score", "z-score")] {
        let relative = format!("{{ relative = \"{relative}\" }}");
        variant(&format!("falling-{name}"), edited(&[(&ruleset, falling, &relative)]));
    }
    for effect in ["veto", "defer", "emerging"] {
        variant(effect, edited(&[(&ruleset, "effect = \"include\"", &format!("effect = \"{effect}\""))]));
    }
    let one_tier = "[[tier]]\nid     = \"priority\"\ntitle  = \"Priority\"\nplaces = 2\n\n[[tier]]\nid       = \"watch\"\n\
                    title    = \"Watch\"\nat_least = 40\n\n";
    variant("one-tier", edited(&[(&ruleset, one_tier, "")]));
    let by_total = edited(&[(&ruleset, "places = 2", "at_least = 55"), (&ruleset, "at_least = 40", "places = 1")]);
    variant("total-then-places", by_total);
    for (name, words) in [("formula-for-words", "=cmd|' /C calc'!A0"), ("number-for-words", "+1")] {
        variant(name, with_text_everywhere(words).0);
    }
    subjects
}

/// The rule set of a subject, changed.
fn with_rules(subject: &Subject, change: &dyn Fn(&mut Table)) -> Folder {
    let path = format!("{}/ruleset.toml", subject.rules);
    let mut table: Table = subject.files.text(&path).parse().unwrap();
    change(&mut table);
    let mut files = subject.files.clone();
    files.write(&path, table.to_string());
    files
}

fn list<'t>(table: &'t mut Table, key: &str) -> &'t mut Vec<Value> {
    table.get_mut(key).and_then(Value::as_array_mut).unwrap()
}

/// The weight of a criterion, by its number.
type WeightOf = fn(usize) -> f64;

/// Other weights for every criterion, and for every group that has one.
fn other_weights(subject: &Subject) -> Vec<Change> {
    let table: Table = subject.files.text(&format!("{}/ruleset.toml", subject.rules)).parse().unwrap();
    let criteria = table["criterion"].as_array().unwrap().len();
    let groups = table.get("group").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_weighed = |group: &Value| group.get("weight").is_some();
    let weighted: Vec<usize> = (0..groups.len()).filter(|at| is_weighed(&groups[*at])).collect();
    let sets: [(&str, WeightOf); 3] = [
        ("odd", |at| [0.3333, 17.0, 2.71, 9.999, 0.07, 31.4159, 1.0][at % 7]),
        ("thirds", |at| [1.0, 1.0, 1.0, 2.0, 0.5][at % 5]),
        ("one-large", |at| if at == 1 { 97.3 } else { 1.0 + f64::from(u8::try_from(at).unwrap()) / 8.0 }),
    ];
    let change = |(about, weight): (&'static str, WeightOf)| {
        let criterion = |at: usize| (2, format!("E{}", 4 + at), weight(at));
        let group = |at: usize| (2, format!("E{}", 4 + criteria + 3 + at), weight(at + 3));
        let mut cells: Vec<_> = (0..criteria).map(criterion).collect();
        cells.extend(weighted.iter().map(|at| group(*at)));
        let weighted = weighted.clone();
        let rules = move |table: &mut Table| {
            for (at, criterion) in list(table, "criterion").iter_mut().enumerate() {
                criterion.as_table_mut().unwrap().insert("weight".to_owned(), weight(at).into());
            }
            for at in &weighted {
                let group = list(table, "group")[*at].as_table_mut().unwrap();
                group.insert("weight".to_owned(), weight(at + 3).into());
            }
        };
        Change { about, cells, rules: Box::new(rules) }
    };
    sets.map(change).into()
}

/// Another place of the line, another threshold, other anchors: of the base assessment.
fn other_inputs() -> Vec<Change> {
    let anchors = |table: &mut Table| {
        let value = list(table, "criterion")[0].as_table_mut().unwrap()["value"].as_table_mut().unwrap();
        value.insert(
            "points".to_owned(),
            toml::from_str::<Table>("x = [[0, 0], [250, 0.7], [1000, 1]]").unwrap()["x"].clone(),
        );
    };
    let tiers = |table: &mut Table| {
        list(table, "tier")[0].as_table_mut().unwrap().insert("places".to_owned(), 1.into());
        list(table, "tier")[1].as_table_mut().unwrap().insert("at_least".to_owned(), 60.into());
    };
    let cell = |sheet: usize, name: &str, number: f64| (sheet, name.to_owned(), number);
    vec![
        Change { about: "anchors", cells: vec![cell(4, "H4", 250.0), cell(4, "H5", 0.7)], rules: Box::new(anchors) },
        Change { about: "tiers", cells: vec![cell(3, "B4", 1.0), cell(3, "C5", 60.0)], rules: Box::new(tiers) },
    ]
}

/// Another measure, and one where it was missing, typed over on the sheet of scores of the base assessment.
fn other_measures(base: &Subject, bytes: &[u8], filed: &str) -> Trial {
    let mut files = base.files.clone();
    files.edit(&format!("{BASE}/evidence/burglary.toml"), "judgement = 3", "judgement = 4.5");
    files.edit(&format!("{BASE}/survey.csv"), "\"Fraud, all kinds\",,", "\"Fraud, all kinds\",30,");
    Trial {
        name: "base.measures".to_owned(),
        bytes: with_numbers(bytes, &[(5, "T4".to_owned(), 4.5), (5, "AB6".to_owned(), 30.0)]),
        expected: rank(&files, BASE).outputs()[3].clone(),
        filed: filed.to_owned(),
    }
}

fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for subject in subjects() {
        let bytes = workbook_of(&subject.files, &subject.path);
        let filed = rank(&subject.files, &subject.path).outputs()[3].clone();
        let mut changes = other_weights(&subject);
        match &*subject.name {
            "base" => changes.extend(other_inputs()),
            // Of whom too little is known to be ranked follows no other weights, and its first sheet says so.
            "huntingdonshire-2019" => changes.clear(),
            // One other set of weights will do for a variant of the base.
            _ if subject.path == BASE => changes.truncate(1),
            _ => {}
        }
        for change in changes {
            let files = with_rules(&subject, &*change.rules);
            trials.push(Trial {
                name: format!("{}.{}", subject.name, change.about),
                bytes: with_numbers(&bytes, &change.cells),
                expected: rank(&files, &subject.path).outputs()[3].clone(),
                filed: filed.clone(),
            });
        }
        if subject.name == "base" {
            trials.push(other_measures(&subject, &bytes, &filed));
        }
        trials.push(Trial { name: subject.name, bytes, expected: filed.clone(), filed });
    }
    trials
}

/// Has `LibreOffice` open and save all workbooks of a folder, in one start.
fn recalculate(folder: &Path, names: &[String]) {
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS).unwrap();
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(folder.join("out"))
        .args(names.iter().map(|name| folder.join(name)))
        .output()
        .unwrap_or_else(|error| panic!("this test needs LibreOffice, package libreoffice-calc: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Rank, id and total of every candidate of a ranking given as CSV, by id.
fn totals(ranking: &str) -> BTreeSet<[String; 3]> {
    let mut reader = csv::Reader::from_reader(ranking.as_bytes());
    let of = |row: csv::StringRecord| [1, 0, 5].map(|column| row[column].to_owned());
    reader.records().map(|row| of(row.unwrap())).collect()
}

/// A variant whose total can go both ways: with other weights its workbook shows no ends, as only the engine finds them.
const GOES_BOTH_WAYS: &str = "script-float.";

#[test]
#[ignore = "needs LibreOffice: see the top of this file"]
fn a_spreadsheet_finds_what_the_engine_finds() {
    let folder = tempfile::tempdir().unwrap();
    let trials = trials();
    let names: Vec<String> = trials.iter().map(|trial| format!("{}.xlsx", trial.name)).collect();
    for (trial, name) in trials.iter().zip(&names) {
        fs::write(folder.path().join(name), &trial.bytes).unwrap();
    }
    recalculate(folder.path(), &names);
    let mut wrong: Vec<String> = Vec::new();
    let (mut changed, mut dashes) = (0, 0);
    for (trial, name) in trials.iter().zip(&names) {
        let recalculated = Book::open(fs::read(folder.path().join("out").join(name)).unwrap());
        let mut differences = recalculated.differences(&trial.expected);
        if trial.name.starts_with(GOES_BOTH_WAYS) {
            let all = differences.len();
            let is_end = |it: &String| it.contains(" could be ") && it.contains("the list is Text(\"–\")");
            differences.retain(|it| !is_end(it));
            dashes += all - differences.len();
        }
        wrong.extend(differences.into_iter().map(|difference| format!("{}: {difference}", trial.name)));
        let state = recalculated.rows("Ranking")[1][0].as_text();
        let same = state == "As the engine ranked it.";
        if same != (totals(&trial.expected) == totals(&trial.filed)) {
            wrong.push(format!("{}: the list says: {state}", trial.name));
        }
        changed += usize::from(!same);
        if !trial.name.contains('.') {
            let others = Book::open(trial.bytes.clone()).cells_that_differ(&recalculated);
            wrong.extend(others.into_iter().map(|difference| format!("{}: {difference}", trial.name)));
        }
    }
    assert!(changed > trials.len() / 2 - 2, "only {changed} of {} lists are others than before", trials.len());
    assert!(wrong.is_empty(), "{} differences in {} trials:\n{}", wrong.len(), trials.len(), wrong.join("\n"));
    assert_eq!(dashes, 8, "both ends of four candidates");
}
