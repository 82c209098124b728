//! A sheet while it is read: rows as they are found, within the limits of what a sheet may hold.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{CellValue, Sheet, SheetRow};
use crate::diagnostic::{Code, Problem, SourceFile};
use crate::words::{odd_in_words, odd_letter};

/// The most cells with something in them in one sheet: 10 million.
pub const CELL_LIMIT: usize = 10_000_000;
/// The most bytes of different texts in one sheet: 128 MiB.
pub const SHEET_TEXT_LIMIT: usize = 128 << 20;

/// Rows as they are found, within the limits.
pub(super) struct SheetBuilder {
    sheet: Sheet,
    texts: HashSet<Arc<str>>,
    text: usize,
    cells: usize,
    /// The columns that are kept, beside the first cell of each row; all unless told.
    kept: Option<BTreeSet<u32>>,
}

impl SheetBuilder {
    pub(super) fn new(file: &str, name: Option<&str>, source: Option<Arc<SourceFile>>) -> Self {
        let sheet =
            Sheet { file: file.to_owned(), name: name.map(str::to_owned), rows: Vec::new(), source, mark: b',' };
        Self { sheet, texts: HashSet::new(), text: 0, cells: 0, kept: None }
    }

    /// The same text once, without blanks at its ends.
    pub(super) fn shared(&mut self, text: &str) -> Result<Arc<str>, Problem> {
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

    /// Begins the row with this number: from 1, in a text file its line.
    pub(super) fn row(&mut self, number: u32, start: usize, width: usize) {
        if self.sheet.rows.last().is_none_or(|row| row.number != number) {
            self.sheet.rows.push(SheetRow { number, start, width, cells: Vec::new() });
        }
    }

    /// Of the rows that follow keeps these columns alone, and the first cell of each row, so that a row with something in
    /// it stays one.
    pub(super) fn keep(&mut self, columns: BTreeSet<u32>) {
        self.kept = Some(columns);
    }

    /// Whether a cell of this column would be kept in the row last begun.
    pub(super) fn keeps(&self, column: u32) -> bool {
        let is_first = || self.sheet.rows.last().is_none_or(|row| row.cells.is_empty());
        self.kept.as_ref().is_none_or(|kept| kept.contains(&column) || is_first())
    }

    /// The row last begun.
    pub(super) fn last_row(&self) -> Option<&SheetRow> {
        self.sheet.rows.last()
    }

    /// Adds a cell to the row last begun; text that is all blank is no cell. Characters that act on terminals, and
    /// those that no reader sees, are refused: names in cells become names of candidates.
    pub(super) fn cell(&mut self, column: u32, value: CellValue) -> Result<(), Problem> {
        if matches!(&value, CellValue::Text(text) if text.is_empty()) {
            return Ok(());
        }
        self.room(1)?;
        self.cells += 1;
        if let (CellValue::Text(text), Some(row)) = (&value, self.sheet.rows.last())
            && let Some(odd) = odd_letter(text)
        {
            let message = format!("this cell has {}", odd_in_words(odd));
            let help = if odd.is_control() { "take it out" } else { "take it out: write the words anew" };
            return Err(self.sheet.cell_problem(row, column, &message, help));
        }
        if let Some(row) = self.sheet.rows.last_mut() {
            row.cells.push((column, value));
        }
        Ok(())
    }

    /// Whether so many more cells may come: asked before they are made.
    pub(super) fn room(&self, cells: usize) -> Result<(), Problem> {
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
    pub(super) fn finish(mut self) -> Sheet {
        self.sheet.rows.retain(|row| !row.cells.is_empty());
        self.sheet.rows.sort_by_key(|row| row.number);
        for row in &mut self.sheet.rows {
            row.cells.sort_by_key(|(column, _)| *column);
            row.cells.dedup_by_key(|(column, _)| *column);
        }
        self.sheet
    }
}
