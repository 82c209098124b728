//! The candidates and the evidence of CSV tables, judged cell by cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::figure::unread_keys;
use super::origin::{caveats, names, roles};
use crate::assessment::column::Column;
use crate::assessment::denominator::Unit;
use crate::assessment::evidence::{
    Cell, EvidenceKind, Figure, JudgedBy, Origin, Voucher, format as written, number_in,
};
use crate::assessment::format::{self, CandidateKind};
use crate::assessment::judging::period;
use crate::assessment::model::Candidate;
use crate::assessment::period::Period;
use crate::assessment::references::{References, set_against_both};
use crate::assessment::table_column::{TableColumn, TableDenominators};
use crate::csv_file::{CsvFile, CsvRow};
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::toml_file::{At, Checker, is_id, not_an_id};
use crate::words::thousands_with_a_point;

pub(super) fn candidates(
    table: &format::Table,
    rows: &CsvFile,
    source: &Arc<SourceFile>,
    problems: &mut Problems,
    found: &mut BTreeMap<String, Candidate>,
) {
    let place = |at: &At<String>| Place::new(source, at.span.clone());
    let id_column = rows.column(&table.id.value, place(&table.id), problems);
    let title_column = table.title.as_ref().and_then(|title| rows.column(&title.value, place(title), problems));
    let area_column = table.area.as_ref().map(|area| rows.column(&area.value, place(area), problems));
    let Some(id_column) = id_column else { return };
    let area_column = match area_column {
        Some(None) => return,
        Some(found) => found,
        None => None,
    };
    if rows.iter().next().is_none() {
        let message = format!("`{}` has a header and no rows", rows.source.name);
        problems.push(
            Problem::new(Code::NoCandidates, message).at(place(&table.file)).help("add a row for each candidate"),
        );
    }
    let mut read: Vec<(String, Candidate)> = Vec::new();
    for (row, again) in rows.iter().zip(repeated(rows, id_column)) {
        let id = row.get(id_column).unwrap_or_default();
        let area = area_column.map(|column| row.get(column).unwrap_or_default());
        if let (Some(column), Some((code, message, help))) = (area_column, area.and_then(area_fault)) {
            problems.push(rows.problem(row, column, code, message, &help));
            continue;
        }
        if let Some((code, message, help)) = id_fault(id, again) {
            problems.push(rows.problem(row, id_column, code, message, &help));
            continue;
        }
        let title = title_column.and_then(|column| row.get(column)).unwrap_or_default();
        let kind = table.kind.as_ref().map(|kind| kind.value);
        let candidate = candidate_of_row(id, title, kind, area);
        read.push((id.to_owned(), candidate));
    }
    // All at once, because one by one half a million are looked up. What was found before stays.
    let mut all: BTreeMap<String, Candidate> = read.into_iter().collect();
    if !found.is_empty() {
        all.append(found);
    }
    *found = all;
}

/// What is wrong with the id of a row, and how to mend it; `again` where a row before has it.
pub(super) fn id_fault(id: &str, again: bool) -> Option<(Code, String, String)> {
    if id.is_empty() {
        return Some((
            Code::BadId,
            "this row has no id".to_owned(),
            "write the candidate's id in this cell".to_owned(),
        ));
    }
    if !is_id(id) {
        let (message, help) = not_an_id(id);
        return Some((Code::BadId, message, help));
    }
    let message = || format!("there is already a row for `{id}`");
    again.then(|| (Code::DuplicateId, message(), "take one of the two out".to_owned()))
}

/// What is wrong with the code of an area in a row, and how to mend it.
pub(super) fn area_fault(area: &str) -> Option<(Code, String, String)> {
    let (message, help) = match area {
        "" => ("this row has no area".to_owned(), "write the code of the candidate's area in this cell".to_owned()),
        _ if is_id(area) => return None,
        _ => not_an_id(area),
    };
    Some((Code::BadId, message, help))
}

/// The candidate of a row; its id serves where it has no title.
pub(super) fn candidate_of_row(id: &str, title: &str, kind: Option<CandidateKind>, area: Option<&str>) -> Candidate {
    // An id has no blanks in it.
    let words = |title: &str| title.split_whitespace().collect::<Vec<_>>().join(" ");
    Candidate {
        id: id.to_owned(),
        title: if title.is_empty() { id.to_owned() } else { words(title) },
        kind,
        area: area.map(str::to_owned),
        about: None,
        meanwhile: None,
        affected: None,
        formerly: Vec::new(),
        part_of: None,
        shares_evidence_with: Vec::new(),
    }
}

/// Where the row of this candidate has its id.
pub(super) fn place_of(table: &format::Table, rows: &CsvFile, id: &str) -> Option<Place> {
    let column = rows.headers.iter().position(|header| *header == table.id.value)?;
    let row = rows.iter().find(|row| row.get(column) == Some(id))?;
    Some(rows.place(row, column))
}

/// For each row, whether one before it has the same text in this column.
fn repeated(rows: &CsvFile, column: usize) -> Vec<bool> {
    let mut cells: Vec<(&str, usize)> =
        rows.iter().enumerate().map(|(number, row)| (row.get(column).unwrap_or_default(), number)).collect();
    let mut repeated = vec![false; cells.len()];
    cells.sort_unstable();
    for ((before, _), (text, number)) in cells.iter().zip(cells.iter().skip(1)) {
        if let Some(repeated) = repeated.get_mut(*number) {
            *repeated = before == text;
        }
    }
    repeated
}

/// The candidate of each row. Most rows follow each other as the candidates do, so that is tried before looking it up.
fn candidates_of(
    rows: &CsvFile,
    column: usize,
    candidates: &[Candidate],
    numbers: &BTreeMap<&str, usize>,
) -> Vec<Option<usize>> {
    let mut next = 0;
    let number_of = |row: CsvRow<'_>| {
        let id = row.get(column)?;
        let follows = candidates.get(next).is_some_and(|candidate| candidate.id == id);
        let number = if follows { next } else { *numbers.get(id)? };
        next = number + 1;
        Some(number)
    };
    rows.iter().map(number_of).collect()
}

pub(super) fn evidence(
    check: &mut Checker<'_>,
    references: &References<'_>,
    table: &format::Table,
    rows: &CsvFile,
    candidates: &[Candidate],
    numbers: &BTreeMap<&str, usize>,
    columns: &mut BTreeMap<String, Column>,
) {
    let Some(id_column) = rows.headers.iter().position(|header| *header == table.id.value) else { return };
    let of_row = candidates_of(rows, id_column, candidates, numbers);
    for (name, column) in &table.column {
        let common = common(check, references, column);
        let cells = rows.column(&column.header.value, check.place(&column.header.span), check.problems);
        let own_among = among_column(check, rows, column);
        let (Some((figure, origin)), Some(cells)) = (common, cells) else { continue };
        let nothing = || vec![f64::NAN; numbers.len()];
        let mut read = TableColumn {
            numbers: nothing(),
            figure,
            origin: Arc::new(origin),
            among: match own_among {
                Some((unit, _)) => TableDenominators::Each(unit, nothing()),
                None => TableDenominators::Common(references.denominator()),
            },
            suppressed: BTreeMap::new(),
            words: Arc::default(),
            place: check.place(&column.header.span),
        };
        for (row, number) in rows.iter().zip(&of_row) {
            let Some(number) = *number else { continue };
            read_figure(check.problems, rows, row, cells, number, &mut read);
            if let Some((_, column)) = own_among {
                read_among(check.problems, rows, row, column, number, &mut read.among);
            }
        }
        let found = columns.entry(name.clone()).or_default();
        let twice = (0..numbers.len())
            .filter_map(|number| found.get(number).map(|first| (number, first.place.clone())))
            .find(|(number, _)| read.get(*number).is_some());
        match twice
            .and_then(|(number, first)| numbers.iter().find(|(_, other)| **other == number).map(|(id, _)| (id, first)))
        {
            Some((id, first)) => {
                check.duplicate(&column.header.span, &format!("evidence `{name}` for"), id, Some(&first));
            }
            None => found.tables.push(read),
        }
    }
}

/// The column that says what each count is set against, and whether it is people or households.
fn among_column(check: &mut Checker<'_>, rows: &CsvFile, column: &written::Column) -> Option<(Unit, usize)> {
    let (unit, header) = match (&column.population, &column.households) {
        (None, None) => return None,
        (Some(header), None) => (Unit::People, header),
        (None, Some(header)) => (Unit::Households, header),
        (Some(_), Some(header)) => {
            set_against_both(check, &header.span);
            return None;
        }
    };
    rows.column(&header.value, check.place(&header.span), check.problems).map(|found| (unit, found))
}

/// What the cells of a column share: the figure but for its number, and where they come from.
pub(super) fn common(
    check: &mut Checker<'_>,
    references: &References<'_>,
    column: &written::Column,
) -> Option<(Figure, Origin)> {
    let kind = EvidenceKind::from(column.kind.value);
    if let Some(source) = &column.source {
        references.known(check, source);
    }
    if let Some(key) = kind.keys().first() {
        let beside = format!("beside the kind `{}`", kind.word());
        unread_keys(check, &column.keys(), key, &beside, "kind of column");
    }
    if kind.voucher(column.is_judged()) == Voucher::Document && (column.source.is_none() || column.place.is_none()) {
        let message = "this column has no source: every figure names its document and the place in it";
        check.problem(Code::NoSource, &column.header.span, message, "add `source = \"…\"` and `where = \"…\"`");
    }
    let covered = match &column.period {
        Some(text) => Some(period(check, text)?),
        None => None,
    };
    let figure = kind.judge_column(check, column, covered)?;
    let origin = origin(check, column, covered, &figure);
    Some((figure, origin))
}

fn origin(check: &mut Checker<'_>, column: &written::Column, covered: Option<Period>, figure: &Figure) -> Origin {
    let is_judged = figure.kind().is_some_and(|kind| kind.voucher(column.is_judged()) == Voucher::People);
    let because = column.because.as_ref().filter(|_| is_judged);
    let because = because.and_then(|because| check.text(because, "the reason")).unwrap_or_default();
    Origin {
        source: column.source.as_ref().map(|source| source.value.clone()),
        place: column.place.as_ref().map(|place| place.value.clone()),
        judged: is_judged.then(|| JudgedBy {
            by: roles(figure),
            date: column.date.as_ref().map(|date| date.value.clone()).unwrap_or_default(),
            because,
        }),
        illustration: column.illustration,
        context: column.context,
        note: column.note.clone(),
        caveats: caveats(check, column.caveats.as_deref()),
        corroborated_by: names(column.corroborated_by.as_deref()),
        contradicted_by: names(column.contradicted_by.as_deref()),
        breaks: Vec::new(),
        published: Vec::new(),
        period: covered,
        points: Vec::new(),
    }
}

fn read_figure(
    problems: &mut Problems,
    rows: &CsvFile,
    row: CsvRow<'_>,
    column: usize,
    number: usize,
    read: &mut TableColumn,
) {
    let text = row.get(column).unwrap_or_default();
    match read.figure.read_cell(text) {
        Ok(Cell::Empty) => {}
        Ok(Cell::Suppressed(between)) => {
            read.suppressed.insert(number, between);
        }
        Ok(Cell::Word) => {
            // A word with other blanks in it is the same word.
            let word = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let figure = Arc::make_mut(&mut read.words).number_of(&word, || rows.place(row, column));
            if let Some(slot) = read.numbers.get_mut(number) {
                *slot = figure;
            }
        }
        Ok(Cell::Figure(figure)) => {
            if let Some(slot) = read.numbers.get_mut(number) {
                *slot = figure;
            }
        }
        Err((code, help)) => {
            let message =
                format!("`{text}` can't stand in the column `{}`", rows.headers.get(column).map_or("", |name| name));
            problems.push(rows.problem(row, column, code, message, help));
        }
    }
}

fn read_among(
    problems: &mut Problems,
    rows: &CsvFile,
    row: CsvRow<'_>,
    column: usize,
    number: usize,
    read: &mut TableDenominators,
) {
    let TableDenominators::Each(unit, numbers) = read else { return };
    let text = row.get(column).unwrap_or_default();
    match number_in(text) {
        Ok(Cell::Empty | Cell::Suppressed(_)) => {}
        Ok(Cell::Figure(many)) if many > 0.0 && many.fract() == 0.0 && thousands_with_a_point(text).is_none() => {
            if let Some(slot) = numbers.get_mut(number) {
                *slot = many;
            }
        }
        _ => {
            let message = format!("`{text}` is not a number of {unit}");
            let help = "write a whole number above 0, or nothing where it is not known";
            problems.push(rows.problem(row, column, Code::BadCell, message, help));
        }
    }
}
