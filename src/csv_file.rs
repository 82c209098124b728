//! CSV files as read: headers and rows, each cell with its place.

use std::sync::Arc;

use crate::csv_text;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::words::{whole, with_noun};

/// The most rows of a table: twice what the largest list of candidates has.
const MOST_ROWS: usize = 1_000_000;
/// The longest cell, in bytes.
const LONGEST_CELL: usize = 32_000;

/// A CSV file as read: headers and, per row, where it starts and its cells.
pub(crate) struct CsvFile {
    pub source: Arc<SourceFile>,
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
pub(crate) struct CsvRow<'a> {
    rows: &'a CsvFile,
    number: usize,
}

impl<'a> CsvRow<'a> {
    /// The text of cell number `column`.
    pub(crate) fn get(self, column: usize) -> Option<&'a str> {
        let columns = self.rows.headers.len();
        let cell = (column < columns).then_some(self.number * columns + column)?;
        let start = cell.checked_sub(1).map_or(Some(0), |before| self.rows.ends.get(before).copied())?;
        self.rows.text.get(start..*self.rows.ends.get(cell)?)
    }
}

impl CsvFile {
    /// Reads `source`; every row must have as many cells as there are headers.
    pub(crate) fn read(source: &Arc<SourceFile>, problems: &mut Problems) -> Option<Self> {
        let faults = csv_text::faults(source, b',');
        if !faults.is_empty() {
            problems.extend(faults.into());
            return None;
        }
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
    pub(crate) fn row(&self, number: usize) -> CsvRow<'_> {
        CsvRow { rows: self, number }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = CsvRow<'_>> {
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
    pub(crate) fn problem(&self, row: CsvRow<'_>, column: usize, code: Code, message: String, help: &str) -> Problem {
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
    pub(crate) fn place(&self, row: CsvRow<'_>, column: usize) -> Place {
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

fn too_long(source: &Arc<SourceFile>, record: &csv::StringRecord, longest: usize) -> Problem {
    let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let (start, line) = line_from(&source.text, start);
    let end = start + line.find(['\r', '\n']).unwrap_or(line.len());
    let message = format!("this row has a cell of {} bytes, and {} is the most", whole(longest), whole(LONGEST_CELL));
    Problem::new(Code::BadCsv, message)
        .at(Place::new(source, start..end))
        .help("check that every quote is closed")
        .one_of("", "rows")
}

/// A file that can't be what was meant: empty, or with other marks than commas between its cells.
fn no_csv(source: &Arc<SourceFile>, headers: &[String]) -> Option<Problem> {
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
            problem(format!("the cells of `{}` are separated by {name}", source.name))
                .help("save it as CSV with commas between cells"),
        ),
        _ => None,
    }
}

fn csv_problem(source: &Arc<SourceFile>, error: &csv::Error) -> Problem {
    let at = |position: Option<&csv::Position>| {
        let start = position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let (start, line) = line_from(&source.text, start);
        Place::new(source, start..start + line.find(['\r', '\n']).unwrap_or(line.len()))
    };
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => Problem::new(
            Code::BadCsv,
            format!("this row has {}, the header has {expected_len}", with_noun(&len.to_string(), "cell", "cells")),
        )
        .at(at(pos.as_ref()))
        .help("add or take out cells; put a cell that has a comma in double quotes, and close every quote")
        .one_of("", "rows"),
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
}
