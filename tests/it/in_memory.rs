//! Columns in memory, in and out: the same list as the same table filed as CSV, and the same figures as the list's JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use prioritise::assessment::{Assessment, CandidateKind, Cells, ColumnsInMemory, Declaration};
use prioritise::diagnostic::{Code, Problem, Problems};
use prioritise::files::Memory;
use prioritise::ranked::RankedAssessment;
use prioritise::report;
use prioritise::rules::RuleSet;
use prioritise::scoring::Standing;
use toml::Table;

use crate::support::{FIXTURES, Folder};

const ASSESSMENT: &str = include_str!("../../benches/large/assessment.toml");
const RULES: &str = include_str!("../../benches/large/builtin.toml");
const ROWS: usize = 700;

/// Cells of a column as text, from a generator that is the same in every run.
fn cells(of: u64, cell: impl Fn(u64) -> String) -> Vec<String> {
    let mut state = of;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    (0..ROWS).map(|_| cell(next())).collect()
}

/// The columns of the table that the benchmark describes, with cells that are empty and cells that are suppressed.
fn columns() -> BTreeMap<&'static str, Vec<String>> {
    let or_empty = |x: u64, text: String| if x.is_multiple_of(13) { String::new() } else { text };
    let tenths = |x: u64| format!("{}.{}", x % 900, x % 10);
    BTreeMap::from([
        ("crimes", cells(1, |x| (x % 600).to_string())),
        ("people", cells(2, |x| or_empty(x, (1000 + x % 2000).to_string()))),
        ("repeat_victims", cells(3, |x| if x % 7 == 0 { "<5".to_owned() } else { (x % 40).to_string() })),
        ("harm", cells(4, tenths)),
        ("change", cells(5, |x| or_empty(x, format!("-{}", tenths(x))))),
        ("rate", cells(6, tenths)),
        ("concern", cells(7, |x| or_empty(x, (x % 60).to_string()))),
        ("deprivation", cells(8, |x| if x % 17 == 0 { "..".to_owned() } else { tenths(x) })),
    ])
}

/// Ids in no order.
fn ids() -> Vec<String> {
    (0..ROWS).map(|row| format!("n{:05}", row * 7919 % 10_007)).collect()
}

fn csv(ids: &[String], columns: &BTreeMap<&str, Vec<String>>) -> String {
    let mut text = format!("id,{}\n", columns.keys().copied().collect::<Vec<_>>().join(","));
    for (row, id) in ids.iter().enumerate() {
        let cells: Vec<&str> = columns.values().map(|cells| &*cells[row]).collect();
        text.push_str(&format!("{id},{}\n", cells.join(",")));
    }
    text
}

/// What the benchmark's assessment says of its columns.
fn declared() -> BTreeMap<String, Declaration> {
    let table: Table = ASSESSMENT.parse().unwrap();
    table["table"][0]["column"].clone().try_into().unwrap()
}

/// As numbers where all of them are numbers or empty, and else as text.
fn in_memory(cells: &[String]) -> Cells<'_> {
    let number = |text: &String| if text.is_empty() { Some(f64::NAN) } else { text.parse().ok() };
    match cells.iter().map(number).collect::<Option<Vec<f64>>>() {
        Some(numbers) => Cells::Numbers(Cow::Owned(numbers)),
        None => Cells::Texts(cells.iter().map(|text| &**text).collect()),
    }
}

fn given<'a>(ids: &'a [String], columns: &'a BTreeMap<&str, Vec<String>>) -> ColumnsInMemory<'a> {
    ColumnsInMemory {
        title: "Every neighbourhood and every crime type".to_owned(),
        partnership: "A national grid".to_owned(),
        period: "2025".to_owned(),
        ids: ids.iter().map(|id| &**id).collect(),
        kind: Some(CandidateKind::Place),
        sources: BTreeMap::from([("made-up".to_owned(), "Figures from a seeded generator".to_owned())]),
        columns: columns.iter().map(|(name, cells)| ((*name).to_owned(), in_memory(cells))).collect(),
        declared: declared(),
        ..ColumnsInMemory::default()
    }
}

fn rules() -> RuleSet {
    let files = Memory::<Vec<u8>>::default().with("rules/ruleset.toml", RULES);
    let mut problems = Problems::default();
    prioritise::rules::load(&files, "rules", None, &mut problems).rules.unwrap().into_latest()
}

fn judged(columns: &ColumnsInMemory<'_>, rules: &RuleSet) -> Result<Assessment, Vec<Problem>> {
    let mut problems = Problems::default();
    prioritise::of_columns(columns, rules, &mut problems).ok_or_else(|| problems.sorted())
}

fn ranked<'a>(assessment: &'a Assessment, rules: &'a RuleSet) -> RankedAssessment<'a> {
    prioritise::rank(assessment, rules, NonZeroUsize::MIN, Problems::default()).unwrap()
}

/// The list as JSON, without what says which assessment it is of: that is filed, and these are not.
fn list(report: &RankedAssessment<'_>) -> serde_json::Value {
    let whole: serde_json::Value = serde_json::from_str(&report::json(report)).unwrap();
    whole["ranking"].clone()
}

#[test]
fn columns_make_the_list_that_the_same_table_makes_as_csv() {
    let (ids, columns, rules) = (ids(), columns(), rules());
    let files = Memory::<Vec<u8>>::default()
        .with("grid/assessment.toml", ASSESSMENT)
        .with("grid/grid.csv", csv(&ids, &columns))
        .with("grid/rules/ruleset.toml", RULES);
    let mut problems = Problems::default();
    let (filed, rules_filed) = prioritise::load(&files, "grid", None, &mut problems).unwrap();
    let made = judged(&given(&ids, &columns), &rules).unwrap();
    let (filed, made) = (ranked(&filed, &rules_filed), ranked(&made, &rules));
    assert_eq!(list(&made), list(&filed));
    let [of_filed, of_made] = [&filed, &made].map(|report| report::columns(&report.ranking).unwrap());
    assert_eq!(of_made, of_filed);
    assert!(of_made.answers.iter().any(|answers| answers.missing.contains(&true)));
    assert!(of_made.least_and_most.iter().flatten().any(|(least, most)| least < most));
    assert_eq!((made.assessment.digest.as_str(), of_made.candidates.len()), ("", ROWS));
}

#[test]
fn an_undeclared_column_is_a_number_without_interval_and_said_to_be() {
    let (ids, columns, rules) = (ids(), columns(), rules());
    let mut given = given(&ids, &columns);
    given.declared.remove("harm");
    assert_eq!(given.undeclared(), ["harm"]);
    let made = judged(&given, &rules).unwrap();
    let origin = &made.evidence["harm"].tables()[0].origin;
    let note = "nothing is declared of this column: it is taken as a number without an interval";
    assert_eq!((origin.note.as_deref(), origin.source.as_deref()), (Some(note), Some("columns")));
    // The rules read a number, so that nothing else of the list changes.
    let whole = judged(&self::given(&ids, &columns), &rules).unwrap();
    let [one, other] = [&made, &whole].map(|it| report::columns(&ranked(it, &rules).ranking).unwrap().totals.clone());
    assert_eq!(one, other);
    given.declared.remove("crimes");
    let told = judged(&given, &rules).unwrap_err();
    assert!(
        told.iter().any(|it| it.code == Code::WrongKind && it.message.starts_with("`crimes` is a number here")),
        "{told:?}"
    );
}

/// What a test alters in a table's columns and its ids.
type Change = dyn Fn(&mut BTreeMap<&str, Vec<String>>, &mut Vec<String>);

#[test]
fn what_is_wrong_with_columns_is_told_at_the_name_of_the_column() {
    let rules = rules();
    let told = |change: &Change| {
        let (mut ids, mut columns) = (ids(), columns());
        change(&mut columns, &mut ids);
        let told = judged(&given(&ids, &columns), &rules).unwrap_err();
        let first = told.first().unwrap();
        let place = first.place.as_ref().unwrap();
        (first.code, first.message_with_count(), place.source.name.clone(), place.text().to_owned())
    };
    let at = |column: &str| ("columns in memory".to_owned(), column.to_owned());
    let (code, message, file, text) = told(&|columns, _| columns.get_mut("crimes").unwrap()[3] = "-1".to_owned());
    assert_eq!((code, (file, text)), (Code::Negative, at("crimes")));
    assert_eq!(message, format!("row 4, `{}`: `-1` can't stand in the column `crimes`", ids()[3]));
    let (code, message, file, text) = told(&|_, ids| ids[5] = ids[2].clone());
    assert_eq!((code, (file, text)), (Code::DuplicateId, at("id")));
    assert_eq!(message, format!("row 6: there is already a row for `{}`", ids()[2]));
    let (code, _, file, text) = told(&|_, ids| ids[5] = ids[2].to_uppercase());
    assert_eq!((code, (file, text)), (Code::DuplicateId, at("id")));
    let (code, _, file, text) = told(&|columns, _| drop(columns.get_mut("rate").unwrap().pop()));
    assert_eq!((code, (file, text)), (Code::BadCsv, at("rate")));
    let (code, _, file, text) = told(&|columns, _| columns.get_mut("people").unwrap()[0] = "1.5".to_owned());
    assert_eq!((code, (file, text)), (Code::BadCell, at("crimes")));
    let (code, _, file, text) = told(&|columns, _| drop(columns.remove("people")));
    assert_eq!((code, (file, text)), (Code::BadCsv, at("crimes")));
}

#[test]
fn columns_of_a_ranking_have_the_figures_of_its_json() {
    let files = Folder::of_fixtures();
    for fixture in FIXTURES {
        let mut problems = Problems::default();
        let (assessment, rules) =
            prioritise::load(&files, &format!("fixtures/{fixture}"), None, &mut problems).unwrap();
        let report = ranked(&assessment, &rules);
        let columns = report::columns(&report.ranking).unwrap();
        for (row, trace) in report.traces.iter().enumerate() {
            let of = format!("{fixture}: {}", trace.id());
            assert_eq!(assessment.candidates[columns.candidates[row]].id, trace.id(), "{of}");
            assert_eq!((columns.ranks[row], columns.standings[row]), (trace.rank, trace.standing), "{of}");
            assert_eq!(columns.totals[row], trace.total.map(prioritise::exact::Fixed::to_f64), "{of}");
            let ends = trace.least_and_most().map(|(least, most)| (least.to_f64(), most.to_f64()));
            assert_eq!(columns.least_and_most[row], ends, "{of}");
            assert_eq!(columns.tiers[row].is_some(), matches!(trace.standing, Standing::Tier(_)), "{of}");
            assert_eq!(columns.gates[row], trace.fired().map(|gate| gate.id).collect::<Vec<_>>(), "{of}");
            for (answers, part) in columns.answers.iter().zip(&trace.contributions) {
                assert_eq!(answers.criterion, part.criterion.id, "{of}");
                assert_eq!(answers.measures[row], part.measure.map(|measure| measure.estimate), "{of}");
                assert_eq!(answers.values[row], part.value.map(prioritise::exact::Fixed::to_f64), "{of}");
                assert_eq!(answers.points[row], part.earned().map(prioritise::exact::Fixed::to_f64), "{of}");
                assert_eq!(answers.missing[row], part.missing.is_some(), "{of}");
            }
        }
    }
}
