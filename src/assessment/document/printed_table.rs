//! A table of a document: its cells as printed, found by the names of rows and columns.

use std::collections::BTreeMap;
use std::ops::Range;

use super::format::{Recompute, Table};
use crate::assessment::claim::{ClaimInput, PrintedNumber};
use crate::assessment::evidence::suppressed;
use crate::assessment::judging::{AS_PRINTED, needs, period};
use crate::assessment::period::Period;
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Place, Problem, did_you_mean};
use crate::toml_file::{At, Checker};

/// A table of a document, its rows named.
pub(super) struct PrintedTable<'a> {
    table: &'a Table,
    rows: &'a CsvFile,
    /// The column that names the rows.
    names: usize,
    /// As the file says, by the name of a row or column.
    periods: BTreeMap<&'a str, Period>,
    /// What each row covers, by the file or by its name.
    row_periods: Vec<Option<Period>>,
    /// What each column covers.
    column_periods: Vec<Option<Period>>,
}

impl<'a> PrintedTable<'a> {
    pub(super) fn new(check: &mut Checker<'_>, table: &'a Table, rows: &'a CsvFile) -> Option<Self> {
        let place = check.place(&table.row.span);
        let names = rows.column(&table.row.value, place, check.problems)?;
        let periods = BTreeMap::new();
        let mut grid = Self { table, rows, names, periods, row_periods: Vec::new(), column_periods: Vec::new() };
        for (name, text) in &table.period {
            if grid.find_row(name).is_none() && grid.find_column(name).is_none() {
                let message = format!("{} has no row or column `{name}`", table.name.value);
                check.problem(Code::UnknownId, &text.span, message, did_you_mean(name, grid.all_names()));
            }
            if let Some(period) = period(check, text) {
                grid.periods.insert(name, period);
            }
        }
        grid.row_periods = (0..grid.length()).map(|row| grid.period(grid.row_name(row))).collect();
        grid.column_periods = rows.headers.iter().map(|header| grid.period(header)).collect();
        grid.exponents(check);
        Some(grid)
    }

    /// Notes numbers that a spreadsheet wrote with an exponent: their digits as printed are lost.
    fn exponents(&self, check: &mut Checker<'_>) {
        for (row, column) in (0..self.length()).flat_map(|row| self.columns().map(move |column| (row, column))) {
            let cell = self.cell(row, column);
            if PrintedNumber::parse(cell).is_none() && cell.parse().is_ok_and(f64::is_finite) {
                let problem = Problem::new(Code::BadCell, format!("`{cell}` is not a number as printed"));
                check.problems.push(problem.at(self.place(row, column)).help(AS_PRINTED));
            }
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.table.name.value
    }

    pub(super) fn length(&self) -> usize {
        self.rows.length()
    }

    /// The columns beside the one that names the rows.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        (0..self.rows.headers.len()).filter(|column| *column != self.names)
    }

    /// Whether a column holds rates, percentages or changes: those are not added up.
    pub(super) fn is_worked_out(&self, column: usize) -> bool {
        let header = self.header(column);
        let names = |recompute: &Recompute| {
            [&recompute.rate, &recompute.percentage, &recompute.change]
                .into_iter()
                .flatten()
                .any(|of| of.value == header)
        };
        let percent = (0..self.length()).any(|row| self.cell(row, column).trim_end().ends_with('%'));
        percent || self.table.recompute.iter().any(|recompute| names(&recompute.value))
    }

    pub(super) fn header(&self, column: usize) -> &str {
        self.rows.headers.get(column).map_or("", String::as_str)
    }

    pub(super) fn row_name(&self, row: usize) -> &str {
        self.cell(row, self.names)
    }

    pub(super) fn place(&self, row: usize, column: usize) -> Place {
        self.rows.place(self.rows.row(row), column)
    }

    /// The number in a cell, as printed and worked out.
    pub(super) fn printed(&self, row: usize, column: usize) -> Option<PrintedNumber> {
        PrintedNumber::parse(self.cell(row, column)).map(|printed| PrintedNumber { count: false, ..printed })
    }

    /// The number in a cell as it goes into another; a suppressed one lies between two.
    pub(super) fn input(&self, row: usize, column: usize) -> Option<ClaimInput> {
        let text = self.cell(row, column);
        let of = |periods: &[Option<Period>], number: usize| periods.get(number).copied().flatten();
        let period = of(&self.row_periods, row).or_else(|| of(&self.column_periods, column));
        let (row, header) = (self.row_name(row), self.header(column));
        match suppressed(text) {
            Some(range) => {
                let (row, column) = (row.to_owned(), header.to_owned());
                Some(ClaimInput { text: text.to_owned(), range: range?, period, row, column })
            }
            None => PrintedNumber::parse(text).map(|printed| ClaimInput::from_printed(&printed, row, header, period)),
        }
    }

    /// What a row or column covers: as the file says, or as its name does.
    fn period(&self, name: &str) -> Option<Period> {
        self.periods.get(name).copied().or_else(|| Period::parse(name).ok())
    }

    pub(super) fn find_column(&self, header: &str) -> Option<usize> {
        self.rows.headers.iter().position(|name| name == header)
    }

    fn find_row(&self, name: &str) -> Option<usize> {
        (0..self.length()).find(|row| self.row_name(*row) == name)
    }

    /// The column with this header, or a problem.
    pub(super) fn column(&self, check: &mut Checker<'_>, header: &At<String>) -> Option<usize> {
        let place = check.place(&header.span);
        self.rows.column(&header.value, place, check.problems)
    }

    /// The column that a key names which must be there, or a problem.
    pub(super) fn needed(
        &self,
        check: &mut Checker<'_>,
        key: &str,
        header: Option<&At<String>>,
        span: &Range<usize>,
    ) -> Option<usize> {
        let header = needs(check, key, header, span)?;
        self.column(check, header)
    }

    /// The row with this name, or a problem.
    pub(super) fn row(&self, check: &mut Checker<'_>, name: &At<String>) -> Option<usize> {
        let found = self.find_row(&name.value);
        if found.is_none() {
            let message = format!("{} has no row or column `{}`", self.name(), name.value);
            check.problem(Code::UnknownId, &name.span, message, did_you_mean(&name.value, self.all_names()));
        }
        found
    }

    fn all_names(&self) -> Vec<&str> {
        let rows = (0..self.length()).map(|row| self.row_name(row));
        rows.chain(self.rows.headers.iter().map(String::as_str)).collect()
    }

    fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.row(row).get(column).unwrap_or_default()
    }
}
