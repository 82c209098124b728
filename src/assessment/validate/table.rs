//! The candidates and the evidence of CSV tables, judged cell by cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::origin::{caveats, names};
use super::{Facts, known_source, needs, period, set_against_both};
use crate::assessment::evidence::{Judged, Origin};
use crate::assessment::format::{self, ColumnKind};
use crate::assessment::table::{Cell, Common, Row, Rows, TableColumn, read_cell};
use crate::assessment::{Candidate, Column, Unit};
use crate::diagnostic::{Code, Place, Problem, Problems, Source};
use crate::toml_file::{At, Checker, is_id};

pub(super) fn candidates(
    table: &format::Table,
    rows: &Rows,
    source: &Arc<Source>,
    problems: &mut Problems,
    found: &mut BTreeMap<String, Candidate>,
) {
    let place = |at: &At<String>| Place::new(source, at.span.clone());
    let id_column = rows.column(&table.id.value, place(&table.id), problems);
    let title_column = table.title.as_ref().and_then(|title| rows.column(&title.value, place(title), problems));
    let Some(id_column) = id_column else { return };
    if rows.iter().next().is_none() {
        let message = format!("`{}` has a header and no rows", rows.source.name);
        problems.push(
            Problem::new(Code::NoCandidates, message).at(place(&table.file)).help("add a row for each candidate"),
        );
    }
    let mut read: Vec<(String, Candidate)> = Vec::new();
    for (row, again) in rows.iter().zip(repeated(rows, id_column)) {
        let id = row.get(id_column).unwrap_or_default();
        let problem = if id.is_empty() {
            Some((Code::BadId, "this row has no id".to_owned(), "write the candidate's id in this cell"))
        } else if !is_id(id) {
            Some((Code::BadId, format!("`{id}` can't be an id"), "use letters, digits, `-`, `_` and `.`"))
        } else if again {
            Some((Code::DuplicateId, format!("there is already a row for `{id}`"), "take one of the two out"))
        } else {
            None
        };
        if let Some((code, message, help)) = problem {
            problems.push(rows.problem(row, id_column, code, message, help));
            continue;
        }
        let title = title_column.and_then(|column| row.get(column)).filter(|title| !title.is_empty()).unwrap_or(id);
        let kind = table.kind.as_ref().map(|kind| kind.value);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let (about, meanwhile, formerly) = (None, None, Vec::new());
        read.push((id.to_owned(), Candidate { id: id.to_owned(), title, kind, about, meanwhile, formerly }));
    }
    // All at once, because one by one half a million are looked up. What was found before stays.
    let mut all: BTreeMap<String, Candidate> = read.into_iter().collect();
    all.append(found);
    *found = all;
}

/// For each row, whether one before it has the same text in this column.
fn repeated(rows: &Rows, column: usize) -> Vec<bool> {
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
    rows: &Rows,
    column: usize,
    candidates: &[Candidate],
    numbers: &BTreeMap<&str, usize>,
) -> Vec<Option<usize>> {
    let mut next = 0;
    let number_of = |row: Row<'_>| {
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
    facts: &Facts<'_>,
    table: &format::Table,
    rows: &Rows,
    candidates: &[Candidate],
    numbers: &BTreeMap<&str, usize>,
    columns: &mut BTreeMap<String, Column>,
) {
    let Some(id_column) = rows.headers.iter().position(|header| *header == table.id.value) else { return };
    let of_row = candidates_of(rows, id_column, candidates, numbers);
    for (name, column) in &table.column {
        let common = common(check, facts, column);
        let cells = rows.column(&column.header.value, check.place(&column.header.span), check.problems);
        let among = among_column(check, rows, column);
        let (Some(common), Some(cells)) = (common, cells) else { continue };
        let mut read = TableColumn {
            kind: column.kind.value,
            figures: vec![f64::NAN; numbers.len()],
            common,
            among: among.map(|(unit, _)| (unit, vec![f64::NAN; numbers.len()])),
            suppressed: BTreeMap::new(),
            place: check.place(&column.header.span),
        };
        for (row, number) in rows.iter().zip(&of_row) {
            let Some(number) = *number else { continue };
            read_figure(check.problems, rows, row, cells, number, &mut read);
            if let Some((_, column)) = among {
                read_among(check.problems, rows, row, column, number, &mut read);
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
fn among_column(check: &mut Checker<'_>, rows: &Rows, column: &format::Column) -> Option<(Unit, usize)> {
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

/// Notes keys that nothing reads beside this kind of column.
fn unread_keys(check: &mut Checker<'_>, column: &format::Column) {
    let (kind, read): (&str, &[&str]) = match column.kind.value {
        ColumnKind::Count => ("count", &["period", "population", "households"]),
        ColumnKind::Rate => ("rate", &["per", "period"]),
        ColumnKind::Percentage => ("percentage", &["period"]),
        ColumnKind::Number => ("number", &["period"]),
        ColumnKind::Judgement => ("judgement", &["scale", "by", "date", "because"]),
        ColumnKind::Answer => ("answer", &[]),
    };
    let of = |text: &Option<At<String>>| text.as_ref().map(|text| text.span.clone());
    let given = [
        ("period", of(&column.period)),
        ("population", of(&column.population)),
        ("households", of(&column.households)),
        ("per", column.per.as_ref().map(|per| per.span.clone())),
        ("scale", column.scale.as_ref().map(|scale| scale.span.clone())),
        ("by", of(&column.by)),
        ("date", of(&column.date)),
        ("because", of(&column.because)),
    ];
    for (key, span) in given {
        if let Some(span) = span.filter(|_| !read.contains(&key)) {
            let help = "take it out; docs/evidence.md says which keys belong to which kind of column";
            check.problem(Code::UnknownKey, &span, format!("nothing reads `{key}` beside the kind `{kind}`"), help);
        }
    }
}

/// What the cells of a column share.
fn common(check: &mut Checker<'_>, facts: &Facts<'_>, column: &format::Column) -> Option<Common> {
    let span = &column.header.span;
    if let Some(source) = &column.source {
        known_source(check, source, facts);
    }
    unread_keys(check, column);
    let judged = column.kind.value == ColumnKind::Judgement;
    if !judged && (column.source.is_none() || column.place.is_none()) {
        let message = "this column has no source: every figure names its document and the place in it";
        check.problem(Code::NoSource, span, message, "add `source = \"…\"` and `where = \"…\"`");
    }
    let mut covered = None;
    if let Some(text) = &column.period {
        covered = Some(period(check, text)?);
    }
    if column.kind.value == ColumnKind::Count {
        needs(check, "period", column.period.as_ref(), span)?;
    }
    let mut per = 1.0;
    if column.kind.value == ColumnKind::Rate {
        per = needs(check, "per", column.per.as_ref(), span).and_then(|per| check.positive(per, "`per`"))?;
    }
    let (mut scale, mut by, mut because) = ((0.0, 1.0), String::new(), String::new());
    if judged {
        scale = needs(check, "scale", column.scale.as_ref(), span).and_then(|scale| check.scale(scale))?;
        by = needs(check, "by", column.by.as_ref(), span).and_then(|by| check.text(by, "the role"))?;
        because =
            needs(check, "because", column.because.as_ref(), span).and_then(|text| check.text(text, "the reason"))?;
        let date = needs(check, "date", column.date.as_ref(), span)?;
        period(check, date)?;
    }
    let origin = Origin {
        source: column.source.as_ref().map(|source| source.value.clone()),
        place: column.place.as_ref().map(|place| place.value.clone()),
        judged: judged.then(|| Judged {
            by: vec![by.clone()],
            date: column.date.as_ref().map(|date| date.value.clone()).unwrap_or_default(),
            because,
        }),
        illustration: column.illustration,
        context: column.context,
        note: column.note.clone(),
        caveats: caveats(check, column.caveats.as_deref()),
        corroborated_by: names(column.corroborated_by.as_deref()),
        breaks: Vec::new(),
        published: Vec::new(),
        period: covered.map(|period| period.to_string()),
        points: Vec::new(),
    };
    Some(Common { period: covered, per, scale, by: by.into(), origin: Arc::new(origin), among: facts.among() })
}

fn read_figure(
    problems: &mut Problems,
    rows: &Rows,
    row: Row<'_>,
    column: usize,
    number: usize,
    read: &mut TableColumn,
) {
    let text = row.get(column).unwrap_or_default();
    let wrong = match read_cell(text, read.kind) {
        Ok(Cell::Empty) => None,
        Ok(Cell::Suppressed(between)) => {
            read.suppressed.insert(number, between);
            None
        }
        Ok(Cell::Figure(figure)) => {
            let wrong = out_of_range(figure, read.kind, read.common.scale);
            if let (None, Some(slot)) = (wrong, read.figures.get_mut(number)) {
                *slot = figure;
            }
            wrong
        }
        Err(help) => Some((Code::BadCell, help)),
    };
    if let Some((code, help)) = wrong {
        let message =
            format!("`{text}` can't stand in the column `{}`", rows.headers.get(column).map_or("", |name| name));
        problems.push(rows.problem(row, column, code, message, help));
    }
}

fn out_of_range(figure: f64, kind: ColumnKind, scale: (f64, f64)) -> Option<(Code, &'static str)> {
    match kind {
        ColumnKind::Count if figure < 0.0 => Some((Code::Negative, "a count is a whole number from 0 up")),
        ColumnKind::Count if figure.fract() != 0.0 => Some((Code::NotWhole, "a count is a whole number from 0 up")),
        ColumnKind::Rate if figure < 0.0 => Some((Code::Negative, "a rate is a number from 0 up")),
        ColumnKind::Percentage if !(0.0..=100.0).contains(&figure) => {
            Some((Code::PercentageOutOfRange, "a percentage is a number from 0 to 100"))
        }
        ColumnKind::Judgement if !(scale.0..=scale.1).contains(&figure) => {
            Some((Code::BadValue, "give a score on the column's `scale`"))
        }
        _ => None,
    }
}

fn read_among(
    problems: &mut Problems,
    rows: &Rows,
    row: Row<'_>,
    column: usize,
    number: usize,
    read: &mut TableColumn,
) {
    let Some((unit, numbers)) = &mut read.among else { return };
    let text = row.get(column).unwrap_or_default();
    match read_cell(text, ColumnKind::Count) {
        Ok(Cell::Empty | Cell::Suppressed(_)) => {}
        Ok(Cell::Figure(many)) if many > 0.0 && many.fract() == 0.0 => {
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
