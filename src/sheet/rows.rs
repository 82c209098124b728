//! A sheet as rows of cells, each with its place for people: file, sheet and cell, or line.

use std::sync::Arc;

use super::span::cell_span;
use crate::diagnostic::{Code, Place, Problem, SourceFile};
use crate::words::with_noun;

/// What a column has many of.
const CELLS: &str = "cells of this column";

/// What a cell holds; a cell that holds nothing is not there.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Text, without blanks at its ends.
    Text(Arc<str>),
    /// A number, as the file keeps it: a percentage of a workbook is a fraction.
    Number(f64),
    /// A day, `2019-03-31`, perhaps with a time behind it.
    Date(Arc<str>),
    /// An error of the spreadsheet: `#REF!`.
    Fault(Arc<str>),
    /// A formula whose answer the file does not keep.
    Uncalculated,
}

impl CellValue {
    /// As a reader sees it.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Fault(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Uncalculated => "a formula that was never calculated".to_owned(),
        }
    }
}

/// A row that has something in it.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// Its number in the sheet, or its line in the file, from 1.
    pub number: u32,
    /// Where it begins in a text file, in bytes.
    pub(super) start: usize,
    /// How many cells a text file has here, empty ones included.
    pub(super) width: usize,
    /// By column from 0, ascending.
    pub(super) cells: Vec<(u32, CellValue)>,
}

impl SheetRow {
    /// How many cells a text file has here, empty ones included; 0 in a workbook.
    pub fn width(&self) -> usize {
        self.width
    }

    /// What stands in a column, counted from 0.
    pub fn get(&self, column: u32) -> Option<&CellValue> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        self.cells.get(at).map(|(_, value)| value)
    }

    /// What is shown in a column; empty where nothing is.
    pub fn text(&self, column: u32) -> String {
        self.get(column).map(CellValue::text).unwrap_or_default()
    }

    /// Makes the text of a number of it that is formatted as a percentage: 0.51 becomes `51%`. Whether there is one.
    pub(crate) fn show_as_percentage(&mut self, column: u32) -> bool {
        let Ok(at) = self.cells.binary_search_by_key(&column, |(column, _)| *column) else { return false };
        let Some((_, value)) = self.cells.get_mut(at) else { return false };
        let CellValue::Number(number) = *value else { return false };
        // Twelve digits, so that 0.285 is 28.5 and no fraction more.
        let shown = format!("{:.11e}", number * 100.0).parse().unwrap_or(number * 100.0);
        *value = CellValue::Text(format!("{shown}%").into());
        true
    }

    /// The cells that hold something, by column.
    pub fn cells(&self) -> impl Iterator<Item = (u32, &CellValue)> {
        self.cells.iter().map(|(column, value)| (*column, value))
    }
}

/// One sheet of a workbook, or a whole CSV file.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The file, as the person named it.
    pub file: String,
    /// The sheet's name; none for a CSV file.
    pub name: Option<String>,
    /// The rows that have something in them, from the top.
    pub rows: Vec<SheetRow>,
    pub(super) source: Option<Arc<SourceFile>>,
    /// What stands between the cells of a text file.
    pub(super) mark: u8,
}

impl Sheet {
    /// Where it is, for citations: ``sheet `2018_19` ``, or the file's name.
    pub fn title(&self) -> String {
        self.name.as_ref().map_or_else(|| self.file.clone(), |name| format!("sheet `{name}`"))
    }

    /// Where a cell is, for people: `sheet 2018_19, cell B7`, or `line 7`.
    pub fn place_of(&self, row: &SheetRow, column: u32) -> String {
        match &self.name {
            Some(name) => format!("sheet {name}, cell {}", address(row.number, column)),
            None => format!("line {}", row.number),
        }
    }

    /// What is wrong with a cell; of a column that is wrong throughout the first few are told, and how many more.
    pub fn cell_problem(&self, row: &SheetRow, column: u32, message: &str, help: &str) -> Problem {
        let problem = match &self.name {
            Some(_) => format!("`{}`, {}: {message}", self.file, self.place_of(row, column)),
            None => message.to_owned(),
        };
        let group = format!("{}, {}, {column}", self.file, self.title());
        self.at_cell(Problem::new(Code::BadCell, problem), row, column).help(help).one_of(group, CELLS)
    }

    /// What is wrong with a row, or with the whole sheet where no row is to blame.
    pub fn problem(&self, row: Option<&SheetRow>, message: &str, help: &str) -> Problem {
        let (code, message) = match (&self.name, row) {
            (Some(name), Some(row)) => {
                (Code::BadWorkbook, format!("`{}`, sheet {name}, row {}: {message}", self.file, row.number))
            }
            (Some(name), None) => (Code::BadWorkbook, format!("`{}`, sheet {name}: {message}", self.file)),
            (None, Some(_)) => (Code::BadCsv, message.to_owned()),
            (None, None) => (Code::BadCsv, format!("`{}`: {message}", self.file)),
        };
        let problem = Problem::new(code, message).help(help);
        match row {
            Some(row) => self.at_row(problem, row),
            None => problem,
        }
    }

    /// That a row of a text file has other cells than its header.
    pub(crate) fn uneven(&self, header: &SheetRow, row: &SheetRow) -> Problem {
        let message = format!(
            "this row has {}, the header has {}",
            with_noun(&row.width.to_string(), "cell", "cells"),
            header.width
        );
        let help = "the file may be cut off here; put a cell that has a comma in double quotes, and close every quote";
        self.problem(Some(row), &message, help)
    }

    /// The same problem, at a cell of a text file.
    pub(super) fn at_cell(&self, problem: Problem, row: &SheetRow, column: u32) -> Problem {
        let Some(source) = &self.source else { return problem };
        problem.at(Place::new(source, cell_span(&source.text, row.start, column, self.mark)))
    }

    fn at_row(&self, problem: Problem, row: &SheetRow) -> Problem {
        let Some(source) = &self.source else { return problem };
        let line = source.text.get(row.start..).unwrap_or_default();
        let length = line.find(['\r', '\n']).unwrap_or(line.len());
        problem.at(Place::new(source, row.start..row.start + length))
    }
}

/// `B7`: the column counted from 0, the row from 1.
fn address(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// `F` for the column 5, counted from 0.
pub fn column_letters(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters
}

/// 5 for the column `F`, counted from 0; none where these are no letters of a column.
pub fn column_number(letters: &str) -> Option<u32> {
    let number = letters.bytes().try_fold(0_u32, |number, letter| {
        let value = letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        number.checked_mul(26)?.checked_add(value)
    })?;
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (row, column, name) in [(7, 1, "B7"), (1, 25, "Z1"), (1, 26, "AA1"), (9, 701, "ZZ9"), (1, 16_383, "XFD1")] {
            assert_eq!(address(row, column), name);
        }
    }
}
