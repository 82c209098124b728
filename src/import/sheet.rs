//! Workbooks and CSV files as sheets of cells, each cell with its place: file, sheet and cell, or line.
//!
//! Nothing is guessed here. A formula that was never calculated, an error such as `#REF!` and an empty cell are three
//! things, and none of them is nought. How much a file may unfold to is bounded before it is parsed. This room knows
//! nothing of crime, and never touches a disk: bytes come from [`Files`].

mod cell;
mod guard;
mod lines;
mod ods;
mod table;
mod xlsx;

use std::collections::HashSet;
use std::sync::Arc;

pub use cell::{Figure, figure, whole, whole_or_below};
pub use table::{Table, Wanted, same_words, words_of};

use crate::diagnostic::{Code, Place, Problem, Source, did_you_mean};
use crate::files::{Files, TABLE_LIMIT, describe};

/// The largest workbook read, as it lies on the disk: 128 MiB.
pub const BOOK_LIMIT: u64 = 128 << 20;
/// The most that the parts of a workbook may unfold to, together: 4 GiB. Sheets are read as a stream, and the Home
/// Office's counts by partnership unfold to more than 1 GiB.
pub const UNFOLDED_LIMIT: u64 = 4 << 30;
/// The most that a part other than a sheet may unfold to: 64 MiB.
pub const PART_LIMIT: u64 = 64 << 20;
/// The most cells with something in them in one sheet: 10 million.
pub const CELL_LIMIT: usize = 10_000_000;
/// The most bytes of different texts in one sheet: 128 MiB.
pub const SHEET_TEXT_LIMIT: usize = 128 << 20;

/// What a column has many of.
const CELLS: &str = "cells of this column";

/// What a cell holds; a cell that holds nothing is not there.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
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

impl Value {
    /// As a reader sees it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Fault(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Uncalculated => "a formula that was never calculated".to_owned(),
        }
    }
}

/// A row that has something in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number in the sheet, or its line in the file, from 1.
    pub number: u32,
    /// Where it begins in a text file, in bytes.
    start: usize,
    /// How many cells a text file has here, empty ones included.
    width: usize,
    /// By column from 0, ascending.
    cells: Vec<(u32, Value)>,
}

impl Row {
    /// What stands in a column, counted from 0.
    pub fn get(&self, column: u32) -> Option<&Value> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        self.cells.get(at).map(|(_, value)| value)
    }

    /// What is shown in a column; empty where nothing is.
    pub fn text(&self, column: u32) -> String {
        self.get(column).map(Value::shown).unwrap_or_default()
    }

    /// The cells that hold something, by column.
    pub fn cells(&self) -> impl Iterator<Item = (u32, &Value)> {
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
    pub rows: Vec<Row>,
    source: Option<Arc<Source>>,
}

impl Sheet {
    /// Where it is, for citations: ``sheet `2018_19` ``, or the file's name.
    pub fn title(&self) -> String {
        self.name.as_ref().map_or_else(|| self.file.clone(), |name| format!("sheet `{name}`"))
    }

    /// Where a cell is, for people: `sheet 2018_19, cell B7`, or `line 7`.
    pub fn place_of(&self, row: &Row, column: u32) -> String {
        match &self.name {
            Some(name) => format!("sheet {name}, cell {}", address(row.number, column)),
            None => format!("line {}", row.number),
        }
    }

    /// What is wrong with a cell; of a column that is wrong throughout the first few are told, and how many more.
    pub fn cell_problem(&self, row: &Row, column: u32, message: &str, help: &str) -> Problem {
        let problem = match &self.name {
            Some(_) => format!("`{}`, {}: {message}", self.file, self.place_of(row, column)),
            None => message.to_owned(),
        };
        let group = format!("{}, {}, {column}", self.file, self.title());
        self.at_row(Problem::new(Code::BadCell, problem), row).help(help).one_of(group, CELLS)
    }

    /// What is wrong with a row, or with the whole sheet where no row is to blame.
    pub fn problem(&self, row: Option<&Row>, message: &str, help: &str) -> Problem {
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

    fn at_row(&self, problem: Problem, row: &Row) -> Problem {
        let Some(source) = &self.source else { return problem };
        let line = source.text.get(row.start..).unwrap_or_default();
        let length = line.find(['\r', '\n']).unwrap_or(line.len());
        problem.at(Place::new(source, row.start..row.start + length))
    }
}

/// A file of sheets, read one at a time.
pub struct Book {
    file: String,
    names: Vec<String>,
    content: Content,
}

enum Content {
    Xlsx(Box<xlsx::Reader>),
    /// Sheets that were read with the file, until they are asked for.
    Read(Vec<Option<Sheet>>),
}

impl Book {
    /// Opens the workbook or CSV file at `path`. What it is is seen from its content, not from its name.
    ///
    /// # Errors
    /// One problem that says why it can't be read.
    pub fn open(files: &dyn Files, path: &str) -> Result<Self, Problem> {
        let bytes = files.read(path, TABLE_LIMIT).map_err(|error| describe(path, TABLE_LIMIT, &error))?;
        match guard::kind(path, &bytes)? {
            guard::Kind::Text => {
                let sheet = lines::read(path, bytes)?;
                Ok(Self {
                    file: path.to_owned(),
                    names: vec![path.to_owned()],
                    content: Content::Read(vec![Some(sheet)]),
                })
            }
            guard::Kind::Ods => {
                let sheets = ods::read(path, bytes)?;
                let names = sheets.iter().filter_map(|sheet| sheet.name.clone()).collect();
                Ok(Self {
                    file: path.to_owned(),
                    names,
                    content: Content::Read(sheets.into_iter().map(Some).collect()),
                })
            }
            guard::Kind::Xlsx => {
                let (reader, names) = xlsx::open(path, bytes)?;
                Ok(Self { file: path.to_owned(), names, content: Content::Xlsx(Box::new(reader)) })
            }
        }
    }

    /// The sheets' names, in the order of the tabs; a CSV file has one sheet with the file's name.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of the sheet of this name.
    ///
    /// # Errors
    /// That there is none, with what there is.
    pub fn number_of(&self, name: &str) -> Result<usize, Problem> {
        let same = |known: &String| known.trim().to_lowercase() == name.trim().to_lowercase();
        self.names.iter().position(same).ok_or_else(|| {
            let message = format!("`{}` has no sheet `{name}`", self.file);
            Problem::new(Code::NotInFile, message).help(did_you_mean(name, self.names.iter().map(String::as_str)))
        })
    }

    /// The next sheets, in the order of the tabs; each is read when it is asked for.
    ///
    /// # Errors
    /// What stops the sheet from being read.
    pub fn sheet(&mut self, number: usize) -> Result<Sheet, Problem> {
        let name = self.names.get(number).cloned().unwrap_or_default();
        match &mut self.content {
            Content::Xlsx(reader) => xlsx::sheet(reader, &self.file, &name),
            Content::Read(sheets) => sheets
                .get_mut(number)
                .and_then(Option::take)
                .ok_or_else(|| broken(&self.file, &format!("sheet `{name}` is not there")).help("check the file")),
        }
    }
}

/// Rows as they are found, within the limits.
struct Growing {
    sheet: Sheet,
    texts: HashSet<Arc<str>>,
    text: usize,
    cells: usize,
}

impl Growing {
    fn new(file: &str, name: Option<&str>, source: Option<Arc<Source>>) -> Self {
        let sheet = Sheet { file: file.to_owned(), name: name.map(str::to_owned), rows: Vec::new(), source };
        Self { sheet, texts: HashSet::new(), text: 0, cells: 0 }
    }

    /// The same text once, without blanks at its ends.
    fn shared(&mut self, text: &str) -> Result<Arc<str>, Problem> {
        let text = text.trim();
        if let Some(known) = self.texts.get(text) {
            return Ok(Arc::clone(known));
        }
        self.text += text.len();
        if self.text > SHEET_TEXT_LIMIT {
            return Err(self.too_large("more than 128 MiB of text"));
        }
        let text: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&text));
        Ok(text)
    }

    /// Begins a row.
    fn row(&mut self, number: u32, start: usize, width: usize) {
        if self.sheet.rows.last().is_none_or(|row| row.number != number) {
            self.sheet.rows.push(Row { number, start, width, cells: Vec::new() });
        }
    }

    /// Adds a cell to the row last begun; text that is all blank is no cell.
    fn cell(&mut self, column: u32, value: Value) -> Result<(), Problem> {
        if matches!(&value, Value::Text(text) if text.is_empty()) {
            return Ok(());
        }
        self.room(1)?;
        self.cells += 1;
        if let Some(row) = self.sheet.rows.last_mut() {
            row.cells.push((column, value));
        }
        Ok(())
    }

    /// Whether so many more cells may come: asked before they are made.
    fn room(&self, cells: usize) -> Result<(), Problem> {
        match self.cells.saturating_add(cells) <= CELL_LIMIT {
            true => Ok(()),
            false => Err(self.too_large("more than 10 million cells")),
        }
    }

    fn too_large(&self, what: &str) -> Problem {
        let message = format!("`{}`, {} has {what}", self.sheet.file, self.sheet.title());
        Problem::new(Code::FileTooLarge, message).help("check that it is the file you meant; keep the sheets you need")
    }

    /// Rows and cells in order, whatever order the file had them in; of a cell that stands twice, the first.
    fn finish(mut self) -> Sheet {
        self.sheet.rows.retain(|row| !row.cells.is_empty());
        self.sheet.rows.sort_by_key(|row| row.number);
        for row in &mut self.sheet.rows {
            row.cells.sort_by_key(|(column, _)| *column);
            row.cells.dedup_by_key(|(column, _)| *column);
        }
        self.sheet
    }
}

/// `B7`: the column counted from 0, the row from 1.
fn address(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

fn broken(file: &str, why: &str) -> Problem {
    Problem::new(Code::BadWorkbook, format!("`{file}` can't be read as a workbook: {why}"))
        .help("open it in a spreadsheet and save it again; if it was downloaded, download it again")
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
