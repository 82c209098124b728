//! Evidence in CSV tables: one column of figures for many candidates, kept as numbers rather than as text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::evidence::{Among, Count, Evidence, Figure, Judgement, Origin, Percentage, Rate, Score, Unit};
use super::format::ColumnKind;
use super::{Period, Shared};
use crate::diagnostic::{Code, Place, Problem, Problems, Source, did_you_mean};
use crate::stats::{Estimate, count_interval};
use crate::words::whole;

/// One column of evidence from a table, as long as the list of candidates.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// What the cells are.
    pub kind: ColumnKind,
    /// A figure per candidate; not a number where there is none. 1 and 0 for yes and no.
    pub figures: Vec<f64>,
    /// What the cells have in common.
    pub common: Common,
    /// What each candidate's count is set against, where the table says; not a number where it does not know.
    pub among: Option<(Unit, Vec<f64>)>,
    /// Suppressed cells: between which numbers they lie; nothing where even that is unknown.
    pub suppressed: BTreeMap<usize, Option<(f64, f64)>>,
    /// Where `assessment.toml` describes the column.
    pub place: Place,
}

/// What the cells of a column have in common.
#[derive(Debug, Clone)]
pub struct Common {
    /// The period of counts.
    pub period: Option<Period>,
    /// The denominator of rates.
    pub per: f64,
    /// The scale of judgements.
    pub scale: (f64, f64),
    /// Who judged.
    pub by: Shared,
    /// Where the figures come from.
    pub origin: Arc<Origin>,
    /// What every count is set against, unless the table says it row by row.
    pub among: Option<Among>,
}

impl Common {
    fn because(&self) -> Shared {
        self.origin.judged.as_ref().map_or("", |judged| &judged.because).into()
    }
}

impl TableColumn {
    /// The evidence about candidate number `candidate`.
    pub fn get(&self, candidate: usize) -> Option<Evidence> {
        let figure = self.figure_of(candidate)?;
        Some(Evidence { figure, origin: Arc::clone(&self.common.origin), place: self.place.clone() })
    }

    /// The figure about candidate number `candidate`.
    pub fn figure_of(&self, candidate: usize) -> Option<Figure> {
        match self.cell(candidate)? {
            Figured::Number(figure) => self.figure(figure, None, candidate),
            Figured::Between(middle, ends) => self.figure(middle, Some(ends), candidate),
            Figured::Withheld => Some(Figure::Missing("its publisher withheld it".into())),
        }
    }

    /// The number that stands for candidate number `candidate` in [`Self::headline`].
    #[inline]
    pub fn headline_number(&self, candidate: usize) -> Option<f64> {
        match self.cell(candidate)? {
            _ if self.kind == ColumnKind::Answer => None,
            Figured::Number(figure) | Figured::Between(figure, _) => Some(figure),
            Figured::Withheld => None,
        }
    }

    /// The headline figure about candidate number `candidate`, as its [`Figure::headline`] has it.
    pub fn headline(&self, candidate: usize) -> Option<Estimate> {
        let estimate = self.headline_number(candidate)?;
        let interval = match (self.kind, self.cell(candidate)?) {
            // What one person thinks has no interval.
            (ColumnKind::Judgement, _) => None,
            (_, Figured::Between(_, ends)) => Some(ends),
            (ColumnKind::Count, _) => Some(count_interval(estimate)),
            _ => None,
        };
        Some(Estimate { estimate, interval })
    }

    #[inline]
    fn cell(&self, candidate: usize) -> Option<Figured> {
        let figure = *self.figures.get(candidate)?;
        if !figure.is_nan() {
            return Some(Figured::Number(figure));
        }
        // Suppressed cells have no number of their own, and they are few.
        Some(match *self.suppressed.get(&candidate)? {
            Some((lower, upper)) => Figured::Between(lower + (upper - lower) / 2.0, (lower, upper)),
            None => Figured::Withheld,
        })
    }

    fn figure(&self, figure: f64, between: Option<(f64, f64)>, candidate: usize) -> Option<Figure> {
        let estimate = Estimate { estimate: figure, interval: between };
        Some(match self.kind {
            ColumnKind::Count => Figure::Count(Count {
                count: figure,
                suppressed: between,
                period: self.common.period?,
                among: self.among(candidate),
                breaks: None,
            }),
            ColumnKind::Rate => Figure::Rate(Rate { rate: estimate, per: self.common.per, period: self.common.period }),
            ColumnKind::Percentage => Figure::Percentage(Percentage { percentage: estimate, base: None }),
            ColumnKind::Number => Figure::Number(estimate),
            ColumnKind::Judgement => Figure::Judgement(Judgement {
                scores: Arc::new([Score { by: Arc::clone(&self.common.by), score: figure }]),
                scale: self.common.scale,
                because: self.common.because(),
            }),
            ColumnKind::Answer => Figure::Answer(figure > 0.0),
        })
    }

    fn among(&self, candidate: usize) -> Option<Among> {
        let Some((unit, numbers)) = &self.among else { return self.common.among };
        let number = numbers.get(candidate).copied().filter(|number| !number.is_nan())?;
        Some(Among { number, unit: *unit })
    }

    /// Every cell that has a figure, in the order of the candidates.
    pub fn has_any(&self) -> bool {
        !self.suppressed.is_empty() || self.figures.iter().any(|figure| !figure.is_nan())
    }
}

/// What a cell says, where it says something.
enum Figured {
    Number(f64),
    /// The middle of what a suppressed number can be, and the ends.
    Between(f64, (f64, f64)),
    Withheld,
}

/// The most rows of a table: twice what the largest list of candidates has.
const MOST_ROWS: usize = 1_000_000;
/// The longest cell, in bytes.
const LONGEST_CELL: usize = 32_000;

/// A CSV file as read: headers and, per row, where it starts and its cells.
pub(crate) struct Rows {
    pub source: Arc<Source>,
    pub headers: Vec<String>,
    /// All cells, one after the other: there can be millions, and text of its own for each would take longest of all.
    text: String,
    /// Where each cell ends in the text, row by row.
    ends: Vec<usize>,
    /// Where each row starts in the file.
    starts: Vec<usize>,
}

/// A row of a CSV file, each of its cells without the space round it.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    rows: &'a Rows,
    number: usize,
}

impl<'a> Row<'a> {
    /// The text of cell number `column`.
    pub(crate) fn get(self, column: usize) -> Option<&'a str> {
        let columns = self.rows.headers.len();
        let cell = (column < columns).then_some(self.number * columns + column)?;
        let start = cell.checked_sub(1).map_or(Some(0), |before| self.rows.ends.get(before).copied())?;
        self.rows.text.get(start..*self.rows.ends.get(cell)?)
    }
}

impl Rows {
    /// Reads `source`; every row must have as many cells as there are headers.
    pub(crate) fn read(source: &Arc<Source>, problems: &mut Problems) -> Option<Self> {
        let mut reader = csv::Reader::from_reader(source.text.as_bytes());
        let headers: Vec<String> = match reader.headers() {
            Ok(headers) => headers.iter().map(|header| header.trim().to_owned()).collect(),
            Err(error) => {
                problems.push(csv_problem(source, &error));
                return None;
            }
        };
        if let Some(problem) = no_csv(source, &headers) {
            problems.push(problem);
            return None;
        }
        let text = String::with_capacity(source.text.len());
        let mut rows = Self { source: Arc::clone(source), headers, text, ends: Vec::new(), starts: Vec::new() };
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) if rows.length() == MOST_ROWS => {
                    let message = format!("`{}` has more than {} rows", source.name, whole(MOST_ROWS));
                    problems
                        .push(Problem::new(Code::FileTooLarge, message).help("check that it is the file you meant"));
                    return None;
                }
                Ok(true) => match record.iter().map(str::len).max().filter(|longest| *longest > LONGEST_CELL) {
                    Some(longest) => problems.push(too_long(source, &record, longest)),
                    None => rows.push(&record),
                },
                Ok(false) => return Some(rows),
                Err(error) => problems.push(csv_problem(source, &error)),
            }
        }
    }

    fn push(&mut self, record: &csv::StringRecord) {
        for cell in record {
            self.text.push_str(cell.trim());
            self.ends.push(self.text.len());
        }
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok());
        self.starts.push(start.unwrap_or_default());
    }

    /// How many rows there are below the headers.
    pub(crate) fn length(&self) -> usize {
        self.starts.len()
    }

    /// Row number `number`; it has no cells where there is no such row.
    pub(crate) fn row(&self, number: usize) -> Row<'_> {
        Row { rows: self, number }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.length()).map(|number| self.row(number))
    }

    /// The number of the column with this header; `place` names it in `assessment.toml`.
    pub(crate) fn column(&self, header: &str, place: Place, problems: &mut Problems) -> Option<usize> {
        let mut found = self.headers.iter().enumerate().filter(|(_, name)| *name == header);
        match (found.next(), found.next()) {
            (Some((column, _)), None) => Some(column),
            (Some(_), Some(_)) => {
                let message = format!("`{}` has two columns headed `{header}`", self.source.name);
                problems.push(Problem::new(Code::BadCsv, message).at(place).help("rename one of the two"));
                None
            }
            (None, _) => {
                let message = format!("`{}` has no column headed `{header}`", self.source.name);
                let help = did_you_mean(header, self.headers.iter().map(String::as_str));
                problems.push(Problem::new(Code::BadCsv, message).at(place).help(help));
                None
            }
        }
    }

    /// What is wrong with a cell; of a column that is wrong throughout the first few are told, and how many more.
    pub(crate) fn problem(&self, row: Row<'_>, column: usize, code: Code, message: String, help: &str) -> Problem {
        let problem = Problem::new(code, message).at(self.place(row, column)).help(help);
        problem.one_of(column.to_string(), "cells of this column")
    }

    /// Where the header of this column stands in the file.
    pub(crate) fn header_place(&self, column: usize) -> Place {
        let (start, line) = line_from(&self.source.text, 0);
        let (from, to) = cell_span(line, column);
        Place::new(&self.source, start + from..start + to)
    }

    /// Where the cell in this row and column stands in the file.
    pub(crate) fn place(&self, row: Row<'_>, column: usize) -> Place {
        let start = self.starts.get(row.number).copied().unwrap_or_default();
        let (start, line) = line_from(&self.source.text, start);
        let (from, to) = cell_span(line, column);
        Place::new(&self.source, start + from..start + to)
    }
}

/// The bytes of cell number `column` in the row that `text` starts with, its quotes included.
fn cell_span(text: &str, column: usize) -> (usize, usize) {
    let (mut cell, mut start, mut quoted) = (0, 0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ',' | '\n' | '\r' if !quoted => {
                if cell == column || letter != ',' {
                    return (start, at);
                }
                cell += 1;
                start = at + 1;
            }
            _ => {}
        }
    }
    (start, text.len())
}

fn too_long(source: &Arc<Source>, record: &csv::StringRecord, longest: usize) -> Problem {
    let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let (start, line) = line_from(&source.text, start);
    let end = start + line.find(['\r', '\n']).unwrap_or(line.len());
    let message = format!("this row has a cell of {} bytes, and {} is the most", whole(longest), whole(LONGEST_CELL));
    Problem::new(Code::BadCsv, message)
        .at(Place::new(source, start..end))
        .help("see whether a quote is not closed")
        .one_of("", "rows")
}

/// A file that can't be what was meant: empty, or with other marks than commas between its cells.
fn no_csv(source: &Arc<Source>, headers: &[String]) -> Option<Problem> {
    let first = source.text.lines().next().unwrap_or_default();
    let place = Place::new(source, 0..first.len());
    let problem = |message: String| Problem::new(Code::BadCsv, message).at(place.clone());
    if source.text.trim().is_empty() {
        return Some(
            problem(format!("`{}` is empty", source.name)).help("add a header row and a row for each candidate"),
        );
    }
    let other =
        [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")].into_iter().find(|(mark, _)| first.contains(*mark));
    match (headers, other) {
        ([_], Some((_, name))) => Some(
            problem(format!("the cells of `{}` are parted by {name}", source.name))
                .help("save it as CSV with commas between cells"),
        ),
        _ => None,
    }
}

fn csv_problem(source: &Arc<Source>, error: &csv::Error) -> Problem {
    let at = |position: Option<&csv::Position>| {
        let start = position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let (start, line) = line_from(&source.text, start);
        Place::new(source, start..start + line.find(['\r', '\n']).unwrap_or(line.len()))
    };
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            Problem::new(Code::BadCsv, format!("this row has {len} cells, the header has {expected_len}"))
                .at(at(pos.as_ref()))
                .help("add or take out cells; a cell that holds a comma stands in double quotes, and a quote is closed")
                .one_of("", "rows")
        }
        _ => Problem::new(Code::BadCsv, format!("`{}` can't be read as CSV: {error}", source.name))
            .at(at(error.position()))
            .help("save it as CSV with commas between cells, in UTF-8"),
    }
}

/// The line that begins at byte `start`, or the next one that is not empty: where it begins, and the rest of the text.
fn line_from(text: &str, start: usize) -> (usize, &str) {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.trim_start_matches(['\r', '\n']);
    (start + rest.len() - line.len(), line)
}

/// What a cell says.
pub(super) enum Cell {
    Empty,
    Figure(f64),
    /// Between which numbers it lies, if that is known.
    Suppressed(Option<(f64, f64)>),
}

/// Reads a cell of figures; `<5` is 0 to 4, and `*`, `c`, `..` and `-` are withheld, never zero.
///
/// # Errors
/// Says how to mend it.
pub(super) fn read_cell(text: &str, kind: ColumnKind) -> Result<Cell, &'static str> {
    if text.is_empty() {
        return Ok(Cell::Empty);
    }
    if kind == ColumnKind::Answer {
        return match text {
            "yes" | "true" => Ok(Cell::Figure(1.0)),
            "no" | "false" => Ok(Cell::Figure(0.0)),
            _ => Err("write `yes` or `no`"),
        };
    }
    if let Some(bounds) = suppressed(text) {
        return Ok(Cell::Suppressed(bounds));
    }
    match text.parse::<f64>() {
        Ok(figure) if figure.is_finite() => Ok(Cell::Figure(figure)),
        _ if text.contains(',') => Err("write the number without thousands separators"),
        _ if text.ends_with('%') => Err("write the number without `%`"),
        _ => Err("write a number, `<5` for a suppressed one, or nothing where there is none"),
    }
}

/// How publishers withhold a figure: between which numbers it lies, if that is said. `None` where it is no such mark.
pub(crate) fn suppressed(text: &str) -> Option<Option<(f64, f64)>> {
    if matches!(text, "*" | "c" | ".." | "-") {
        return Some(None);
    }
    let below: f64 = text.strip_prefix('<')?.trim().parse().ok()?;
    // Above 2^53 no number is told from its neighbours.
    ((1.0..=9e15).contains(&below) && below.fract() == 0.0).then_some(Some((0.0, below - 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_inside_quotes() {
        let text = "a,\"b,\"\"c\",d\r\nx";
        assert_eq!(cell_span(text, 0), (0, 1));
        assert_eq!(text.get(2..9), Some("\"b,\"\"c\""));
        assert_eq!(cell_span(text, 1), (2, 9));
        assert_eq!(cell_span(text, 2), (10, 11));
    }

    #[test]
    fn suppressed_values_are_never_zero() {
        assert_eq!(suppressed("<5"), Some(Some((0.0, 4.0))));
        for mark in ["*", "c", "..", "-"] {
            assert_eq!(suppressed(mark), Some(None), "{mark}");
        }
        assert_eq!(suppressed("5"), None);
        assert_eq!(suppressed("<-3"), None);
        for beyond in ["<1e300", "<inf", "<nan", "<99999999999999999999"] {
            assert_eq!(suppressed(beyond), None, "{beyond}");
        }
    }
}
