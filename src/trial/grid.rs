//! Tables of tests: what the columns are, and what each row gives and expects.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use super::format::{Case, ExpectedError, ExpectedMeasure, MissingExpectation, TestCell};
use super::read::TestsJudge;
use crate::assessment::EvidenceKind;
use crate::assessment::evidence::format::{Evidence, PlainKey};
use crate::assessment::format::Candidate;
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::files::{TABLE_LIMIT, folder_of, join, read_text, within};
use crate::toml_file::{At, WrittenNumber};
use crate::words::counted;

/// Keys of a case that can be columns.
const CASE_KEYS: [&str; 15] = [
    "name",
    "period",
    "measure",
    "lower",
    "upper",
    "value",
    "weight",
    "points",
    "missing",
    "because",
    "fires",
    "reason",
    "error",
    "message",
    "tolerance",
];
/// Keys of a candidate that can be columns.
const CANDIDATE_KEYS: [&str; 2] = ["id", "title"];

/// The key of evidence that says why there is none.
const MISSING: &str = "missing";

/// Rows under columns, in the file of tests itself or in a CSV file.
pub(super) struct TestGrid {
    /// The file that it stands in.
    pub(super) source: Arc<SourceFile>,
    columns: Vec<(At<String>, GridColumn)>,
    rows: Vec<At<Vec<At<TestCell>>>>,
}

/// What a column holds.
enum GridColumn {
    /// A key of a case or candidate.
    Key(String),
    /// Evidence, by name.
    Evidence(String, EvidenceKind, EvidencePart),
}

/// Which part of a piece of evidence.
enum EvidencePart {
    /// The figure itself.
    Figure,
    /// The count of a period.
    Period(String),
    /// A key beside the figure, such as `base` or `unit`.
    Key(String),
}

/// Evidence by name, as written.
pub(super) type EvidenceByName = BTreeMap<String, At<Evidence>>;

impl TestsJudge<'_> {
    /// The rows of a table whose columns may be those of `keys` and evidence.
    fn grid(
        &self,
        columns: &[At<String>],
        rows: &[At<Vec<At<TestCell>>>],
        file: Option<&At<String>>,
        keys: &[&str],
        problems: &mut Problems,
    ) -> Option<TestGrid> {
        let (source, columns, rows) = match file {
            Some(file) => self.csv(file, problems)?,
            None => (Arc::clone(self.source), columns.to_vec(), rows.to_vec()),
        };
        let width = columns.len();
        let mut known = |header: At<String>| {
            let column = self.column(&header, keys);
            column.map(|column| (header.clone(), column)).map_err(|problem| {
                problems.push(problem.at(Place::new(&source, header.span)));
            })
        };
        let columns: Vec<_> = columns.into_iter().filter_map(|header| known(header).ok()).collect();
        if columns.len() < width {
            return None;
        }
        let (rows, odd): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.value.len() == width);
        for row in odd {
            let (cells, columns) = (row.value.len(), counted(width, "column", "columns"));
            let message = format!("this row has {}, and there are {columns}", counted(cells, "cell", "cells"));
            let problem = Problem::new(Code::BadValue, message).at(Place::new(&source, row.span));
            problems.push(problem.help("add or take out cells; `\"\"` is an empty cell"));
        }
        Some(TestGrid { source, columns, rows })
    }

    fn csv(&self, file: &At<String>, problems: &mut Problems) -> Option<Csv> {
        let place = Place::new(self.source, file.span.clone());
        let path = join(folder_of(&self.source.name), &file.value);
        if within(&path, folder_of(&self.rules.place.source.name)).is_none() {
            let problem = Problem::new(Code::BadValue, format!("`{}` is outside the rule set's folder", file.value));
            problems.push(problem.at(place).help("put the table beside the tests and name it from there"));
            return None;
        }
        let text = read_text(self.files, &path, TABLE_LIMIT, Some(&place));
        let text = text.map_err(|problem| problems.push(problem)).ok()?;
        let rows = CsvFile::read(&text, problems)?;
        let header =
            |(column, header): (usize, &String)| At { value: header.clone(), span: rows.header_place(column).span };
        let columns: Vec<At<String>> = rows.headers.iter().enumerate().map(header).collect();
        let read = rows.iter().map(|row| {
            let cell = |column: usize| At {
                value: cell_of(row.get(column).unwrap_or_default()),
                span: rows.place(row, column).span,
            };
            let cells: Vec<At<TestCell>> = (0..columns.len()).map(cell).collect();
            let start = cells.first().map_or(0, |cell| cell.span.start);
            At { span: start..cells.last().map_or(start, |cell| cell.span.end), value: cells }
        });
        Some((Arc::clone(&text), columns.clone(), read.collect()))
    }

    fn column(&self, header: &At<String>, keys: &[&str]) -> Result<GridColumn, Problem> {
        let text = header.value.trim();
        if keys.contains(&text) {
            return Ok(GridColumn::Key(text.to_owned()));
        }
        let (name, slot) = match (text.split_once(' '), text.split_once('.')) {
            (Some((name, period)), _) => (name, EvidencePart::Period(period.trim().to_owned())),
            (None, Some((name, key))) => (name, EvidencePart::Key(key.to_owned())),
            (None, None) => (text, EvidencePart::Figure),
        };
        if let Some(declared) = self.rules.evidence.get(name) {
            return Ok(GridColumn::Evidence(name.to_owned(), declared.kind, slot));
        }
        let known = self.rules.evidence.keys().map(String::as_str).chain(keys.iter().copied());
        let problem = Problem::new(Code::UnknownKey, format!("no column can be called `{text}`"));
        Err(problem.help(did_you_mean(name, known)))
    }

    /// The rows of a table of cases, each as a case: its own evidence, without that of `given`.
    pub(super) fn cases_of(
        &self,
        table: &At<super::format::CaseTable>,
        problems: &mut Problems,
    ) -> Option<(TestGrid, Vec<At<Case>>)> {
        let written = &table.value;
        let grid = self.grid(&written.columns, &written.rows, written.file.as_ref(), &CASE_KEYS, problems)?;
        let mut cases = Vec::new();
        for (number, row) in grid.rows.iter().enumerate() {
            let before = problems.errors();
            let mut case = Case {
                name: At { value: format!("{}, row {}", written.name.value, number + 1), span: row.span.clone() },
                criterion: written.criterion.clone(),
                gate: written.gate.clone(),
                period: written.period.clone(),
                tolerance: written.tolerance.clone(),
                ..Case::default()
            };
            let shared = (Arc::ptr_eq(&grid.source, self.source), &written.given);
            for ((header, column), cell) in grid.filled(row) {
                let set = match column {
                    GridColumn::Key(key) if key == "name" => set_name(&mut case.name, &written.name.value, cell),
                    GridColumn::Key(key) => set_key(&mut case, key, cell),
                    GridColumn::Evidence(name, kind, slot) => {
                        set_evidence(&mut case.given, shared, (name, *kind, slot), header, cell)
                    }
                };
                set.unwrap_or_else(|wanted| problems.push(grid.wrong(header, cell, wanted)));
            }
            if problems.errors() == before {
                cases.push(At { value: case, span: row.span.clone() });
            }
        }
        Some((grid, cases))
    }

    /// The rows of a table of candidates.
    pub(super) fn candidates_of(
        &self,
        whole: &super::format::WholeAssessment,
        problems: &mut Problems,
    ) -> Option<(TestGrid, Vec<At<Candidate>>)> {
        let grid = self.grid(&whole.columns, &whole.rows, whole.file.as_ref(), &CANDIDATE_KEYS, problems)?;
        let mut candidates = Vec::new();
        for row in &grid.rows {
            let before = problems.errors();
            let mut id = At { value: String::new(), span: row.span.clone() };
            let mut title = None;
            let mut evidence = EvidenceByName::new();
            let shared = (Arc::ptr_eq(&grid.source, self.source), &whole.given);
            for ((header, column), cell) in grid.filled(row) {
                let set = match column {
                    GridColumn::Key(key) if key == "id" => text(cell).map(|text| id = text),
                    GridColumn::Key(_) => text(cell).map(|text| title = Some(text)),
                    GridColumn::Evidence(name, kind, slot) => {
                        set_evidence(&mut evidence, shared, (name, *kind, slot), header, cell)
                    }
                };
                set.unwrap_or_else(|wanted| problems.push(grid.wrong(header, cell, wanted)));
            }
            if problems.errors() == before {
                let value = Candidate { title, evidence, ..Candidate::with_id(id) };
                candidates.push(At { value, span: row.span.clone() });
            }
        }
        Some((grid, candidates))
    }
}

/// A CSV file's source, headers and rows.
type Csv = (Arc<SourceFile>, Vec<At<String>>, Vec<At<Vec<At<TestCell>>>>);

impl TestGrid {
    /// The cells of a row that say something, each with its column.
    fn filled<'g>(
        &'g self,
        row: &'g At<Vec<At<TestCell>>>,
    ) -> impl Iterator<Item = (&'g (At<String>, GridColumn), &'g At<TestCell>)> {
        let cells = self.columns.iter().zip(&row.value);
        cells.filter(|(_, cell)| !matches!(&cell.value, TestCell::Text(text) if text.is_empty()))
    }

    fn wrong(&self, header: &At<String>, cell: &At<TestCell>, wanted: &str) -> Problem {
        let place = Place::new(&self.source, cell.span.clone());
        let message = format!("`{}` can't be under `{}`", place.text(), header.value);
        Problem::new(Code::BadCell, message).at(place).help(format!("write {wanted}"))
    }
}

/// The text of a CSV cell as a cell of TOML would have it.
fn cell_of(text: &str) -> TestCell {
    match (text.parse::<f64>(), text) {
        (Ok(number), _) => TestCell::Number(number),
        (_, "true" | "yes") => TestCell::Truth(true),
        (_, "false" | "no") => TestCell::Truth(false),
        _ => TestCell::Text(text.to_owned()),
    }
}

/// What was wanted where a cell holds something else.
type CellResult = Result<(), &'static str>;

fn number(cell: &At<TestCell>) -> Result<At<WrittenNumber>, &'static str> {
    match cell.value {
        TestCell::Number(number) => Ok(At { value: WrittenNumber(number), span: cell.span.clone() }),
        _ => Err("a number"),
    }
}

fn measure(cell: &At<TestCell>) -> Result<At<ExpectedMeasure>, &'static str> {
    let value = match &cell.value {
        TestCell::Number(number) => ExpectedMeasure::Number(WrittenNumber(*number)),
        TestCell::Text(word) => ExpectedMeasure::Word(word.clone()),
        TestCell::Truth(_) => return Err("a number, or the word of a level"),
    };
    Ok(At { value, span: cell.span.clone() })
}

fn text(cell: &At<TestCell>) -> Result<At<String>, &'static str> {
    match &cell.value {
        TestCell::Text(text) => Ok(At { value: text.clone(), span: cell.span.clone() }),
        _ => Err("text in quotes"),
    }
}

fn truth(cell: &At<TestCell>) -> Result<At<bool>, &'static str> {
    match cell.value {
        TestCell::Truth(truth) => Ok(At { value: truth, span: cell.span.clone() }),
        _ => Err("true or false"),
    }
}

/// A word that a format knows.
fn word<T: for<'de> Deserialize<'de>>(word: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(word)).ok()
}

fn set_name(name: &mut At<String>, table: &str, cell: &At<TestCell>) -> CellResult {
    let own = text(cell)?;
    *name = At { value: format!("{table}, {}", own.value), span: own.span };
    Ok(())
}

/// Sets one of [`OF_CASES`].
fn set_key(case: &mut Case, key: &str, cell: &At<TestCell>) -> CellResult {
    let span = cell.span.clone();
    match key {
        "measure" => case.measure = Some(measure(cell)?),
        "lower" => case.lower = Some(measure(cell)?),
        "upper" => case.upper = Some(measure(cell)?),
        "value" => case.value = Some(number(cell)?),
        "weight" => case.weight = Some(number(cell)?),
        "points" => case.points = Some(number(cell)?),
        "tolerance" => case.tolerance = Some(number(cell)?),
        "period" => case.period = Some(text(cell)?),
        "because" => case.because = Some(text(cell)?),
        "reason" => case.reason = Some(text(cell)?),
        "message" => case.message = Some(text(cell)?),
        "fires" => case.fires = Some(truth(cell)?),
        "error" => {
            let value =
                word::<ExpectedError>(&text(cell)?.value).ok_or("the name of an error, such as `script-failed`")?;
            case.error = Some(At { value, span });
        }
        _ => {
            let value = match &cell.value {
                TestCell::Truth(truth) => Some(MissingExpectation::Is(*truth)),
                TestCell::Text(policy) => MissingExpectation::by(policy),
                TestCell::Number(_) => None,
            };
            case.missing = Some(At { value: value.ok_or("true, false or a policy such as `neutral`")?, span });
        }
    }
    Ok(())
}

/// Sets a part of a piece of evidence. It begins as what all rows have in common, where that is known: `shared` says
/// whether both stand in the same file.
fn set_evidence(
    given: &mut EvidenceByName,
    shared: (bool, &EvidenceByName),
    (name, kind, slot): (&str, EvidenceKind, &EvidencePart),
    header: &At<String>,
    cell: &At<TestCell>,
) -> CellResult {
    let evidence = given.entry(name.to_owned()).or_insert_with(|| {
        let common = shared.1.get(name).filter(|_| shared.0).map(|common| common.value.clone());
        At { value: common.unwrap_or_default(), span: cell.span.clone() }
    });
    let evidence = &mut evidence.value;
    match slot {
        EvidencePart::Figure => set_figure(evidence, kind, cell),
        EvidencePart::Period(period) => {
            let period = At { value: period.clone(), span: header.span.clone() };
            kind.set_count(evidence, period, number(cell)?)
        }
        EvidencePart::Key(key) => set_evidence_key(evidence, key, cell),
    }
}

/// The figure itself; words that can't be one say why it is missing.
fn set_figure(evidence: &mut Evidence, kind: EvidenceKind, cell: &At<TestCell>) -> CellResult {
    let set = kind.key_in_tests().and_then(|key| set_evidence_key(evidence, key, cell));
    match (&cell.value, set) {
        (TestCell::Text(_), Err(_)) => set_evidence_key(evidence, MISSING, cell),
        (_, set) => set,
    }
}

fn set_evidence_key(evidence: &mut Evidence, key: &str, cell: &At<TestCell>) -> CellResult {
    match evidence.plain_key(key).ok_or("it under `given`: a column holds a number or a word")? {
        PlainKey::Number(slot) => *slot = Some(number(cell)?),
        PlainKey::Text(slot) => *slot = Some(text(cell)?),
        PlainKey::Truth(slot) => *slot = Some(truth(cell)?),
    }
    Ok(())
}
