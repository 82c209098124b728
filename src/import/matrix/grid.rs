//! A sheet as lines and crosses: a line for each candidate, whichever way the sheet has them, and a note for each cell
//! of what became of it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::CriteriaRun;
use crate::diagnostic::Problem;
use crate::import::RowAccount;
use crate::sheet::{CellValue, HiddenParts, Sheet, SheetRow, column_letters, header_words};

/// What is said of cells that are no part of the table.
const BESIDE: &str = "beside the table";

/// A row of the sheet, or a column of it where criteria run down.
pub(super) struct GridLine {
    /// Its row from 1, or its column from 0.
    pub(super) number: u32,
    pub(super) cells: BTreeMap<u32, CellValue>,
}

impl GridLine {
    pub(super) fn get(&self, cross: u32) -> Option<&CellValue> {
        self.cells.get(&cross)
    }

    /// The texts in it, in order.
    pub(super) fn texts(&self) -> Vec<String> {
        self.cells.values().filter(|value| matches!(value, CellValue::Text(_))).map(CellValue::text).collect()
    }

    /// What is shown; empty where nothing is.
    pub(super) fn text(&self, cross: u32) -> String {
        self.get(cross).map(CellValue::text).unwrap_or_default()
    }
}

/// A sheet with its candidates as lines.
pub(super) struct Grid {
    pub(super) sheet: Sheet,
    pub(super) hidden: HiddenParts,
    pub(super) run: CriteriaRun,
    pub(super) lines: Vec<GridLine>,
    /// What became of cells, by line number and cross.
    fates: RefCell<BTreeMap<(u32, u32), Option<&'static str>>>,
}

impl Grid {
    pub(super) fn new(sheet: Sheet, hidden: HiddenParts, run: CriteriaRun) -> Self {
        let mut lines: BTreeMap<u32, BTreeMap<u32, CellValue>> = BTreeMap::new();
        for row in &sheet.rows {
            for (column, value) in row.cells() {
                let (line, cross) = match run {
                    CriteriaRun::Across => (row.number, column),
                    CriteriaRun::Down => (column, row.number),
                };
                lines.entry(line).or_default().insert(cross, value.clone());
            }
        }
        let lines = lines.into_iter().map(|(number, cells)| GridLine { number, cells }).collect();
        Self { sheet, hidden, run, lines, fates: RefCell::default() }
    }

    /// Takes away lines and crosses that a person leaves out: their cells are told as such.
    pub(super) fn leave_out(&mut self, lines: &[u32], crosses: &[u32], reason: &'static str) {
        for line in &mut self.lines {
            let whole = lines.contains(&line.number);
            let gone: Vec<u32> = line.cells.keys().copied().filter(|cross| whole || crosses.contains(cross)).collect();
            for cross in gone {
                line.cells.remove(&cross);
                self.fates.borrow_mut().insert((line.number, cross), Some(reason));
            }
        }
        self.lines.retain(|line| !line.cells.is_empty());
    }

    /// Lines and crosses that the sheet hides and that have something in them.
    pub(super) fn hidden_parts(&self) -> (Vec<u32>, Vec<u32>) {
        let (row, column) = (|number: u32| self.hidden.row(number), |number: u32| self.hidden.column(number));
        let mut crosses: Vec<u32> = self.lines.iter().flat_map(|line| line.cells.keys().copied()).collect();
        crosses.sort_unstable();
        crosses.dedup();
        let lines = self.lines.iter().map(|line| line.number);
        match self.run {
            CriteriaRun::Across => {
                (lines.filter(|number| row(*number)).collect(), crosses.into_iter().filter(|it| column(*it)).collect())
            }
            CriteriaRun::Down => {
                (lines.filter(|number| column(*number)).collect(), crosses.into_iter().filter(|it| row(*it)).collect())
            }
        }
    }

    /// Lines and crosses by a name that a person gave: `column F`, `row 7`, `rows 7 to 9`.
    pub(super) fn named(&self, name: &str) -> (Vec<u32>, Vec<u32>) {
        let words = header_words(name);
        let mut words = words.split(' ');
        let is_column = match words.next() {
            Some("column" | "columns") => true,
            Some("row" | "rows" | "line" | "lines") => false,
            _ => return (Vec::new(), Vec::new()),
        };
        let number = |word: &str| if is_column { column_number(word) } else { word.parse().ok() };
        let ends = match (words.next().and_then(number), words.next(), words.next().map(number), words.next()) {
            (Some(one), None, None, None) => Some((one, one)),
            (Some(first), Some("to"), Some(Some(last)), None) => Some((first, last)),
            _ => None,
        };
        let Some((first, last)) = ends else { return (Vec::new(), Vec::new()) };
        match is_column == (self.run == CriteriaRun::Across) {
            true => {
                let mut crosses: Vec<u32> = self.lines.iter().flat_map(|line| line.cells.keys().copied()).collect();
                crosses.sort_unstable();
                crosses.dedup();
                (Vec::new(), within(crosses, first, last))
            }
            false => (within(self.lines.iter().map(|line| line.number).collect(), first, last), Vec::new()),
        }
    }

    pub(super) fn used(&self, line: &GridLine, cross: u32) {
        self.fate(line, cross, None);
    }

    pub(super) fn set_aside(&self, line: &GridLine, cross: u32, reason: &'static str) {
        self.fate(line, cross, Some(reason));
    }

    /// What is already said of a cell stays.
    fn fate(&self, line: &GridLine, cross: u32, fate: Option<&'static str>) {
        if line.get(cross).is_some() {
            self.fates.borrow_mut().entry((line.number, cross)).or_insert(fate);
        }
    }

    pub(super) fn set_line_aside(&self, line: &GridLine, reason: &'static str) {
        line.cells.keys().for_each(|cross| self.set_aside(line, *cross, reason));
    }

    /// Every cell of the sheet: used, or set aside for a reason.
    pub(super) fn account(&self) -> RowAccount {
        let mut account = RowAccount::new("cells of the sheet");
        let fates = self.fates.borrow();
        for row in &self.sheet.rows {
            for (column, _) in row.cells() {
                account.read(1);
                let at = match self.run {
                    CriteriaRun::Across => (row.number, column),
                    CriteriaRun::Down => (column, row.number),
                };
                match fates.get(&at) {
                    Some(None) => account.used(1),
                    Some(Some(reason)) => account.set_aside(reason, 1),
                    None => account.set_aside(BESIDE, 1),
                }
            }
        }
        account
    }

    /// Where a cell is, for people.
    pub(super) fn place(&self, line: &GridLine, cross: u32) -> String {
        let (number, column) = self.address(line, cross);
        match self.row(number) {
            Some(row) => self.sheet.place_of(row, column),
            None => self.sheet.title(),
        }
    }

    /// What is wrong with a cell, or with its line where it is empty.
    pub(super) fn problem(&self, line: &GridLine, cross: u32, message: &str, help: &str) -> Problem {
        let (number, column) = self.address(line, cross);
        let message = match self.hidden_at(number, column) {
            Some(what) => format!("{message}; {what} is hidden in the workbook"),
            None => message.to_owned(),
        };
        match self.row(number) {
            Some(row) => self.sheet.cell_problem(row, column, &message, help),
            None => self.sheet.problem(None, &message, help),
        }
    }

    /// The row of the sheet with this number; rows stand in order.
    fn row(&self, number: u32) -> Option<&SheetRow> {
        let at = self.sheet.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.sheet.rows.get(at)
    }

    /// What hides a cell, if anything does.
    fn hidden_at(&self, row: u32, column: u32) -> Option<String> {
        match () {
            () if self.hidden.sheet => Some("the sheet".to_owned()),
            () if self.hidden.column(column) => Some(format!("column {}", column_letters(column))),
            () if self.hidden.row(row) => Some(self.row_name(row)),
            () => None,
        }
    }

    /// Row from 1 and column from 0.
    fn address(&self, line: &GridLine, cross: u32) -> (u32, u32) {
        match self.run {
            CriteriaRun::Across => (line.number, cross),
            CriteriaRun::Down => (cross, line.number),
        }
    }

    /// A line's number as people write it: `7`, or `F`.
    pub(super) fn number_in_words(&self, number: u32) -> String {
        match self.run {
            CriteriaRun::Across => number.to_string(),
            CriteriaRun::Down => column_letters(number),
        }
    }

    /// What a line is in the sheet: `row` or `column`.
    pub(super) fn word_of_line(&self) -> &'static str {
        match self.run {
            CriteriaRun::Across => "row",
            CriteriaRun::Down => "column",
        }
    }

    /// `row 7` or `column F`.
    pub(super) fn name_of_line(&self, number: u32) -> String {
        match self.run {
            CriteriaRun::Across => self.row_name(number),
            CriteriaRun::Down => format!("column {}", column_letters(number)),
        }
    }

    pub(super) fn name_of_cross(&self, number: u32) -> String {
        match self.run {
            CriteriaRun::Across => format!("column {}", column_letters(number)),
            CriteriaRun::Down => self.row_name(number),
        }
    }

    fn row_name(&self, number: u32) -> String {
        let what = if self.sheet.name.is_some() { "row" } else { "line" };
        format!("{what} {number}")
    }
}

/// Those from the first to the last; a single one also where nothing is.
fn within(numbers: Vec<u32>, first: u32, last: u32) -> Vec<u32> {
    match first == last {
        true => vec![first],
        false => numbers.into_iter().filter(|number| (first..=last).contains(number)).collect(),
    }
}

/// 5 for `f`.
fn column_number(letters: &str) -> Option<u32> {
    let fits = (1..=3).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    fits.then(|| letters.bytes().fold(0, |number, letter| number * 26 + u32::from(letter - b'a') + 1) - 1)
}
