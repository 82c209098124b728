//! What must not change an output: order, layout, names of files, threads, locale, the scale of the weights.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use prioritise::diagnostic::Problems;
use prioritise::files::folder_of;
use prioritise::scoring;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use serde_json::Value as Json;
use toml::{Table, Value};

use crate::edits::{BASE, Edits};
use crate::support::{FIXTURES, FORMATS, Folder, Outputs, command, names_in, rank, rank_on, said};

/// The assessments that outputs are compared for, by their folders.
fn subjects() -> Vec<String> {
    FIXTURES.iter().map(|fixture| format!("fixtures/{fixture}")).chain([BASE.to_owned()]).collect()
}

fn files() -> Folder {
    Folder::of(&["fixtures", "rules", BASE])
}

fn outputs(files: &Folder) -> BTreeMap<String, Outputs> {
    subjects().into_iter().map(|subject| (subject.clone(), rank(files, &subject).outputs())).collect()
}

/// What the files as they are give.
static BEFORE: LazyLock<BTreeMap<String, Outputs>> = LazyLock::new(|| outputs(&files()));

fn unchanged(changed: &Folder) {
    assert_same(&BEFORE, &outputs(changed));
}

fn assert_same(before: &BTreeMap<String, Outputs>, after: &BTreeMap<String, Outputs>) {
    for (subject, before) in before {
        for ((format, before), after) in FORMATS.iter().zip(before).zip(&after[subject]) {
            assert_eq!(before, after, "{subject} {format}");
        }
    }
}

/// The files, where `change` rewrites every TOML file's content: layout and comments go.
fn rewritten(change: impl Fn(&str, &mut Table)) -> Folder {
    files().map(|path, text| {
        if !path.ends_with(".toml") {
            return text;
        }
        let mut table: Table = text.parse().unwrap();
        change(path, &mut table);
        table.to_string()
    })
}

fn reverse(table: &mut Table, key: &str) {
    if let Some(items) = table.get_mut(key).and_then(Value::as_array_mut) {
        items.reverse();
    }
}

#[test]
fn layout_and_comments() {
    unchanged(&rewritten(|_, _| {}));
}

#[test]
fn the_order_of_keys() {
    fn backwards(value: &mut Value) {
        match value {
            Value::Table(table) => {
                let entries: Vec<(String, Value)> = std::mem::take(table).into_iter().collect();
                table.extend(entries.into_iter().rev());
                table.iter_mut().for_each(|(_, value)| backwards(value));
            }
            Value::Array(items) => items.iter_mut().for_each(backwards),
            _ => {}
        }
    }
    unchanged(&rewritten(|_, table| table.iter_mut().for_each(|(_, value)| backwards(value))));
}

#[test]
fn the_order_of_candidates_sources_tables_and_files() {
    unchanged(&rewritten(|_, table| {
        for key in ["candidate", "source", "table", "text"] {
            reverse(table, key);
        }
        if let Some(header) = table.get_mut("assessment").and_then(Value::as_table_mut) {
            reverse(header, "evidence");
            reverse(header, "documents");
        }
    }));
}

#[test]
fn the_order_of_csv_rows_and_columns() {
    unchanged(&files().map(|path, text| if path.ends_with(".csv") { turned_round(&text) } else { text }));
}

/// A table with its rows in reverse and its columns in reverse.
fn turned_round(text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().rev().map(str::to_owned).collect()).collect();
    rows[1..].reverse();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn line_ends_and_byte_order_marks() {
    unchanged(&files().map(|_, text| format!("\u{feff}{}", text.replace('\n', "\r\n"))));
}

#[test]
fn the_names_of_files() {
    let mut renamed = files();
    let paths: Vec<String> = renamed.paths().filter(|path| is_evidence(path)).map(str::to_owned).collect();
    for path in &paths {
        let text = renamed.text(path);
        renamed.remove(path);
        renamed.write(&other_name(path), text);
    }
    unchanged(&renamed.map(|path, text| {
        if !path.ends_with(".toml") {
            return text;
        }
        let names = paths.iter().filter_map(|other| other.strip_prefix(&format!("{}/", folder_of(path))));
        names.fold(text, |text, name| text.replace(&format!("\"{name}\""), &format!("\"{}\"", other_name(name))))
    }));
}

fn is_evidence(path: &str) -> bool {
    path.contains("/evidence/") || path.contains("/documents/") || path.ends_with(".csv")
}

/// A name that sorts elsewhere: `evidence/burglary.toml` becomes `evidence/yralgrub.toml`.
fn other_name(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let (stem, ending) = name.rsplit_once('.').unwrap();
    let stem: String = stem.chars().rev().collect();
    if folder.is_empty() { format!("{stem}.{ending}") } else { format!("{folder}/{stem}.{ending}") }
}

#[test]
fn how_candidates_are_spread_over_files() {
    let mut together = files();
    let folder = format!("{BASE}/evidence");
    let texts: Vec<String> =
        names_in(&folder, ".toml").iter().map(|name| together.text(&format!("{folder}/{name}"))).collect();
    together.write(&format!("{folder}/all.toml"), texts.join("\n"));
    let list = "[\n    \"evidence/burglary.toml\",\n    \"evidence/robbery.toml\",\n    \"evidence/fraud.toml\",\n]";
    together.edit(&format!("{BASE}/assessment.toml"), list, "[\"evidence/all.toml\"]");
    for name in names_in(&folder, ".toml") {
        together.remove(&format!("{folder}/{name}"));
    }
    unchanged(&together);
}

#[test]
fn how_the_evidence_of_a_candidate_is_spread_over_files() {
    let mut spread = files();
    let folder = format!("{BASE}/evidence");
    let mut parts = Vec::new();
    for name in names_in(&folder, ".toml") {
        let file: Table = spread.text(&format!("{folder}/{name}")).parse().unwrap();
        spread.remove(&format!("{folder}/{name}"));
        parts.extend(file["candidate"].as_array().unwrap().iter().flat_map(apart));
    }
    let mut names = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        names.push(Value::String(format!("evidence/{number}.toml")));
        spread.write(&format!("{folder}/{number}.toml"), part.to_string());
    }
    for _ in ["in this order", "and in the other"] {
        let path = format!("{BASE}/assessment.toml");
        let mut assessment: Table = spread.text(&path).parse().unwrap();
        assessment["assessment"]["evidence"] = Value::Array(names.clone());
        spread.write(&path, assessment.to_string());
        unchanged(&spread);
        names.reverse();
    }
}

/// A candidate with each piece of its evidence by itself: what it is called stands with the last, its kind with all.
fn apart(candidate: &Value) -> Vec<Table> {
    let whole = candidate.as_table().unwrap();
    let evidence = whole["evidence"].as_table().unwrap();
    let last = evidence.len() - 1;
    let part = |(number, (name, figure)): (usize, (&String, &Value))| {
        let mut part = whole.clone();
        if number < last {
            part.remove("title");
            part.remove("about");
        }
        part.insert("evidence".to_owned(), Value::Table([(name.clone(), figure.clone())].into_iter().collect()));
        [("candidate".to_owned(), Value::Array(vec![Value::Table(part)]))].into_iter().collect()
    };
    evidence.iter().enumerate().map(part).collect()
}

#[test]
fn the_number_of_threads() {
    let files = files();
    let on = |threads: usize| -> BTreeMap<String, Outputs> {
        subjects().into_iter().map(|subject| (subject.clone(), rank_on(&files, &subject, threads).outputs())).collect()
    };
    assert_same(&BEFORE, &on(2));
    assert_same(&BEFORE, &on(16));
}

/// More candidates than one thread takes at a time: the ranking itself, as printing so many takes too long.
#[test]
fn the_number_of_threads_where_there_is_work_for_several() {
    let folder = "fixtures/huntingdonshire-wards-2019";
    let mut files = files();
    let mut text = files.text(&format!("{folder}/wards.csv"));
    for number in 0..9_000 {
        let share = f64::from(number % 97) / 10.0;
        writeln!(text, "w{number},Ward {number},{share},{},{},{},", number % 53, number % 31, number % 17).unwrap();
    }
    files.write(&format!("{folder}/wards.csv"), text);
    let (assessment, rules) = prioritise::load(&files, folder, None, &mut Problems::default()).unwrap();
    let ranked = |threads: usize| {
        let ranking = scoring::rank(&assessment, &rules, NonZeroUsize::new(threads).unwrap()).unwrap();
        let outcome = ranking.outcome();
        let row = |candidate: &usize| (*candidate, outcome.rank(*candidate), outcome.total(*candidate));
        ranking.order().iter().map(row).collect::<Vec<_>>()
    };
    assert!(ranked(1) == ranked(16), "sixteen threads change the list of 9,027 candidates");
}

#[test]
fn the_order_in_which_failures_are_told() {
    let files = Edits::read("faults", "script-fails-throw.toml").apply();
    assert_eq!(rank_on(&files, BASE, 1).problems, rank_on(&files, BASE, 16).problems);
}

#[test]
fn language_and_time_zone() {
    let surroundings = [
        [("LANG", "C"), ("LC_ALL", "C"), ("TZ", "UTC")],
        [("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8"), ("TZ", "Asia/Tokyo")],
        [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "ar_EG.UTF-8"), ("TZ", "America/St_Johns")],
    ];
    for format in FORMATS {
        let arguments = ["rank", "fixtures/huntingdonshire-2019", "--format", format];
        let runs = surroundings.map(|variables| said(command(&arguments).env_clear().envs(variables)).out);
        assert!(!runs[0].is_empty());
        assert!(runs.iter().all(|run| *run == runs[0]), "{format}");
    }
}

#[test]
fn the_scale_of_the_weights() {
    let before = without_rules_digest(BEFORE.clone());
    for factor in [2.0, 0.1] {
        let scaled = rewritten(|path, table| {
            if path.ends_with("ruleset.toml") {
                for kind in ["criterion", "group"] {
                    scale_weights(table, kind, factor);
                }
            }
        });
        assert_same(&before, &without_rules_digest(outputs(&scaled)));
    }
}

fn scale_weights(table: &mut Table, kind: &str, factor: f64) {
    for item in table.get_mut(kind).and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(weight) = item.get_mut("weight") else { continue };
        let written = weight.as_float().unwrap_or_else(|| weight.to_string().parse().unwrap());
        // Tenths as people write them: 0.3, not 0.30000000000000004.
        *weight = Value::Float(format!("{:.6}", written * factor).parse().unwrap());
    }
}

fn without_rules_digest(outputs: BTreeMap<String, Outputs>) -> BTreeMap<String, Outputs> {
    let without = |outputs: Outputs| {
        let json: Json = serde_json::from_str(&outputs[2]).unwrap();
        let digest = json["rules"]["digest"].as_str().unwrap();
        // The first side of the paper has its first digits, in groups of four.
        let digits: Vec<char> = digest.trim_start_matches("sha256:").chars().take(16).collect();
        let short = digits.chunks(4).map(|group| group.iter().collect()).collect::<Vec<String>>().join(" ");
        outputs.each_ref().map(|output| output.replace(digest, "…").replace(&short, "…"))
    };
    outputs.into_iter().map(|(subject, outputs)| (subject, without(outputs))).collect()
}

/// A figure of the base assessment of which more is worse: the file, the text before the figure, the figure, the most
/// it can be, and whose it is.
const FIGURES: [(&str, &str, u32, u32, &str); 6] = [
    ("evidence/burglary.toml", "judgement = ", 3, 5, "burglary"),
    ("evidence/burglary.toml", "{ period = \"2025/26\", count = ", 702, 5000, "burglary"),
    ("evidence/burglary.toml", "{ offence = \"Burglary of a home\", count = ", 500, 5000, "burglary"),
    ("evidence/robbery.toml", "{ by = \"Inspector\", score = ", 4, 5, "robbery"),
    ("survey.csv", "robbery,Robbery,11,", 37, 900, "robbery"),
    ("survey.csv", "graffiti,Graffiti,", 23, 100, "graffiti"),
];

#[test]
fn worse_figures_never_lower_a_rank() {
    let before = ranks(&Folder::of(&[BASE]));
    let config = Config { cases: 16, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let figures = (0..FIGURES.len()).prop_flat_map(|which| (Just(which), FIGURES[which].2..=FIGURES[which].3));
    let checked = TestRunner::new(config).run(&figures, |(which, worse)| {
        let (file, lead, figure, _, candidate) = FIGURES[which];
        let mut files = Folder::of(&[BASE]);
        files.edit(&format!("{BASE}/{file}"), &format!("{lead}{figure}"), &format!("{lead}{worse}"));
        let after = ranks(&files);
        if after[candidate] <= before[candidate] {
            return Ok(());
        }
        Err(TestCaseError::fail(format!("{candidate} falls from {} to {}", before[candidate], after[candidate])))
    });
    checked.unwrap();
}

fn ranks(files: &Folder) -> BTreeMap<String, u64> {
    let json: Json = serde_json::from_str(&rank(files, BASE).outputs()[2]).unwrap();
    let entries = json["ranking"].as_array().unwrap().iter();
    entries.map(|entry| (entry["id"].as_str().unwrap().to_owned(), entry["rank"].as_u64().unwrap())).collect()
}
