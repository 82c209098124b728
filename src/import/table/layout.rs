//! Where the columns stand that were named: in which sheets, below which row.

use std::collections::BTreeSet;

use super::headers::{Headed, by_letters, called, headed};
use super::times::{looks_like_time, may_be_time};
use super::{FiguresIn, TableOptions};
use crate::diagnostic::{Problem, Problems, quoted_list};
use crate::files::Files;
use crate::import::given::{nearest_or_first, option_problem};
use crate::sheet::{
    Book, CellValue, HiddenParts, PercentCells, Sheet, SheetRow, column_letters, plain_number, what_there_is,
};
use crate::words::{as_read, counted, listed};

/// How many rows may stand above the headers.
const MAX_ROWS_ABOVE: usize = 100;

/// A sheet whose columns were found.
pub(super) struct LaidOutSheet {
    pub(super) sheet: Sheet,
    /// The header row.
    pub(super) header: SheetRow,
    /// The first row below it, by its place among the sheet's rows.
    first: usize,
    pub(super) columns: TableColumns,
    /// What stands before a place in it, where there are several files.
    prefix: String,
}

/// The columns by what they are for.
#[derive(Debug, Clone, Default)]
pub(super) struct TableColumns {
    pub(super) id: Option<u32>,
    pub(super) title: Option<u32>,
    pub(super) population: Option<u32>,
    pub(super) edition: Option<u32>,
    pub(super) evidence_by: Option<u32>,
    pub(super) once: Option<u32>,
    pub(super) when: Vec<u32>,
    /// The columns with figures, in the order in which they were named, or stand.
    pub(super) values: Vec<u32>,
    /// The column of each condition.
    pub(super) conditions: Vec<u32>,
}

/// The sheets that have the columns, and what is to be told of how they were found.
///
/// # Errors
/// What stops a file from being read; a column that is not there, or there twice; several sheets that could be meant.
pub(super) fn read(
    files: &dyn Files,
    options: &TableOptions,
    remarks: &mut Vec<String>,
) -> Result<Vec<LaidOutSheet>, Problems> {
    let mut found = Vec::new();
    let mut unmet: BTreeSet<&String> = options.sheets.iter().collect();
    for path in &options.paths {
        let kept = |row: &SheetRow| kept(row, options);
        let mut book = Book::open_any(files, path, &kept)?;
        remarks.extend(book.told().iter().cloned());
        let sheets = of_book(&mut book, path, options, &mut unmet, remarks)?;
        for mut sheet in sheets {
            remarks.extend(of_another_period(&sheet, options)?);
            remarks.extend(hidden(files, path, &sheet)?);
            remarks.extend(percentages(files, path, &mut sheet)?);
            if options.figures == FiguresIn::Across {
                remarks.extend(beside_periods(&sheet)?);
            }
            found.push(sheet);
        }
    }
    match unmet.first() {
        Some(name) => Err(option_problem(
            format!("no file has a sheet `{name}`"),
            "write the name as it stands on the sheet's tab".to_owned(),
        )
        .into()),
        None => Ok(found),
    }
}

/// The sheets of a workbook that have the columns: those that were named, or the only one.
fn of_book<'o>(
    book: &mut Book,
    path: &str,
    options: &'o TableOptions,
    unmet: &mut BTreeSet<&'o String>,
    remarks: &mut Vec<String>,
) -> Result<Vec<LaidOutSheet>, Problems> {
    let names = book.names().to_vec();
    let is_named = |name: &String| options.sheets.iter().find(|wanted| as_read(wanted.trim()) == as_read(name.trim()));
    let (mut fit, mut other, mut closest): (Vec<LaidOutSheet>, Vec<String>, Option<Sheet>) = Default::default();
    for (number, name) in names.iter().enumerate() {
        if let Some(wanted) = is_named(name) {
            unmet.remove(wanted);
        } else if !options.sheets.is_empty() && names.len() > 1 {
            continue;
        }
        let sheet = book.sheet(number)?;
        let prefix = if options.paths.len() > 1 { format!("{path}, ") } else { String::new() };
        if let Some(header) = header_of(&sheet, options) {
            fit.push(lay_out(sheet, header, options, prefix)?);
            continue;
        }
        other.push(name.clone());
        if closest.as_ref().is_none_or(|best| most_found(&sheet, options) > most_found(best, options)) {
            closest = Some(sheet);
        }
    }
    if !options.sheets.is_empty() {
        if let (false, Some(sheet)) = (other.is_empty(), &closest) {
            return Err(absent(sheet, options).into());
        }
        return Ok(fit);
    }
    match (&*fit, closest) {
        ([], Some(sheet)) => Err(absent(&sheet, options).into()),
        ([_, _, ..], _) => {
            let names: Vec<&str> = fit.iter().filter_map(|fit| fit.sheet.name.as_deref()).collect();
            let message = format!("`{path}` has several sheets with these columns: {}", quoted_list(&names));
            Err(option_problem(message, "name the one that is meant with `--sheet`, or each of several").into())
        }
        (fitting, _) => {
            if let (false, Some(name)) = (other.is_empty(), fitting.first().and_then(|fit| fit.sheet.name.as_ref())) {
                remarks.push(format!("`{name}` is read. Without these columns, and not read: {}.", listed(&other)));
            }
            Ok(fit)
        }
    }
}

/// What the workbook hides of the rows and columns that are read: they are read like the others.
fn hidden(files: &dyn Files, path: &str, sheet: &LaidOutSheet) -> Result<Option<String>, Problem> {
    let Some(name) = &sheet.sheet.name else { return Ok(None) };
    let hidden = HiddenParts::of(files, path, name)?;
    let rows = sheet.rows().iter().filter(|row| hidden.row(row.number)).count();
    let columns = sheet.columns.values.iter().filter(|column| hidden.column(**column)).count();
    let parts = [(rows, "row", "rows"), (columns, "column of figures", "columns of figures")];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    let what = if parts.is_empty() && hidden.sheet { "itself".to_owned() } else { listed(&parts) };
    Ok((!what.is_empty()).then(|| format!("Sheet {name} hides {what}: that is read like the rest.")))
}

/// Writes figures of cells that are formatted as percentages as a reader sees them: 0.51 as `51%`.
fn percentages(files: &dyn Files, path: &str, sheet: &mut LaidOutSheet) -> Result<Option<String>, Problem> {
    let Some(name) = &sheet.sheet.name else { return Ok(None) };
    let cells = PercentCells::of(files, path, name, &sheet.columns.values)?;
    let (first, values) = (sheet.first, &sheet.columns.values);
    let mut shown: Option<(usize, u32, u32)> = None;
    for row in sheet.sheet.rows.iter_mut().skip(first) {
        let number = row.number;
        for column in values.iter().filter(|column| cells.has(number, **column)) {
            if row.show_as_percentage(*column) {
                let (count, ..) = shown.get_or_insert((0, number, *column));
                *count += 1;
            }
        }
    }
    let Some((count, row, column)) = shown else { return Ok(None) };
    let cells = counted(count, "cell is", "cells are");
    let first = if count > 1 { "the first " } else { "" };
    let place = format!("sheet {name}, cell {}{row}", column_letters(column));
    Ok(Some(format!("{cells} formatted as a percentage and read as shown, 0.5 as 50%: {first}{place}.")))
}

/// Columns of figures beside those of periods, whose headers are no periods: what is not read of the sheet.
///
/// # Errors
/// That a header looks like a period and can't be read as one.
fn beside_periods(sheet: &LaidOutSheet) -> Result<Option<String>, Problem> {
    let used = sheet.columns.all();
    let is_number = |value: &CellValue| match value {
        CellValue::Number(_) => true,
        CellValue::Text(text) => plain_number(text).is_some(),
        CellValue::Date(_) | CellValue::Fault(_) | CellValue::Uncalculated => false,
    };
    let cells = sheet.rows().iter().flat_map(SheetRow::cells);
    let numbers = cells.filter(|(column, value)| !used.contains(column) && is_number(value));
    let columns: BTreeSet<u32> = numbers.map(|(column, _)| column).collect();
    if let Some(column) = columns.iter().find(|column| looks_like_time(&sheet.header_text(**column))) {
        let message = "figures stand here, and the header looks like a period that can't be read";
        let help = "write it in the file as `2024-02`, `2024/25`, or `2024-04/2024-12` for a part of a year; where it is \
                    no period, head it with words alone";
        return Err(sheet.problem(&sheet.header, *column, message, help));
    }
    let beside: Vec<String> = columns.iter().map(|column| called(&sheet.header, *column)).collect();
    let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
    Ok((!beside.is_empty())
        .then(|| format!("Not read, because their headers are no periods: {}.", quoted_list(&beside))))
}

// --- Headers ----------------------------------------------------------------------------------------------------------

fn is_header(row: &SheetRow, options: &TableOptions) -> bool {
    match options.header_row {
        Some(number) => row.number == number,
        None => {
            options.named().all(|name| !matches!(headed(row, name), Headed::Nothing))
                && options.named().any(|name| by_letters(name).is_none())
                && (options.figures != FiguresIn::Across || times(row).next().is_some())
        }
    }
}

/// The header row of a sheet.
fn header_of(sheet: &Sheet, options: &TableOptions) -> Option<SheetRow> {
    // A row that is named may stand anywhere.
    let rows = if options.header_row.is_some() { sheet.rows.len() } else { MAX_ROWS_ABOVE };
    sheet.rows.iter().take(rows).find(|row| is_header(row, options)).cloned()
}

/// The columns that are headed by times.
fn times(row: &SheetRow) -> impl Iterator<Item = u32> {
    row.cells().filter(|(_, value)| may_be_time(&value.text())).map(|(column, _)| column)
}

/// The columns that are read, if this is the header row of a text file.
fn kept(row: &SheetRow, options: &TableOptions) -> Option<BTreeSet<u32>> {
    let one = |name: &String| match headed(row, name) {
        Headed::Once(column) => Some(column),
        Headed::Nothing | Headed::Twice(..) => None,
    };
    // What stands between periods and is none is told, and sums are sought in what is beside the figures.
    let all = options.figures == FiguresIn::Across || options.sum;
    let all = row.cells().map(|(column, _)| column).filter(|_| all);
    is_header(row, options).then(|| options.named().filter_map(one).chain(all).collect())
}

/// The most of the columns that a row has.
fn most_found(sheet: &Sheet, options: &TableOptions) -> usize {
    closest_row(sheet, options).map_or(0, |row| found(row, options))
}

fn found(row: &SheetRow, options: &TableOptions) -> usize {
    options.named().filter(|name| !matches!(headed(row, name), Headed::Nothing)).count()
}

/// The row that has most of the columns; of equals that with most texts, which is the first of those.
fn closest_row<'s>(sheet: &'s Sheet, options: &TableOptions) -> Option<&'s SheetRow> {
    let texts = |row: &SheetRow| row.cells().filter(|(_, value)| matches!(value, CellValue::Text(_))).count();
    let rank = |row: &&SheetRow| (found(row, options), texts(row), std::cmp::Reverse(row.number));
    sheet.rows.iter().take(MAX_ROWS_ABOVE).max_by_key(rank)
}

/// That a sheet has no such columns: the first that it lacks, and what it has.
fn absent(sheet: &Sheet, options: &TableOptions) -> Problem {
    let Some(row) = closest_row(sheet, options) else {
        return sheet.problem(None, "it is empty", "check that it is the file you meant");
    };
    if let Some(number) = options.header_row {
        let message = format!("there is nothing in row {number}");
        return sheet.problem(None, &message, "number the row of the headers from the top, from 1");
    }
    let lacking = |name: &&String| matches!(headed(row, name), Headed::Nothing);
    let Some(name) = options.named().find(lacking) else {
        let message = "no row has headers that are months, quarters or years";
        let help = "`--across` reads columns such as `202108`, `Aug-21` and `2021/22`; name others with `--value`";
        let by_letter = "say in which row the headers stand with `--header-row`";
        return match options.named().all(|name| by_letters(name).is_some()) {
            true => sheet.problem(Some(row), "the columns are named by their letters alone", by_letter),
            false => sheet.problem(Some(row), message, help),
        };
    };
    not_headed(sheet, row, name)
}

/// That no column has this header, with the one that may be meant.
fn not_headed(sheet: &Sheet, row: &SheetRow, name: &str) -> Problem {
    let headers: Vec<String> = row.cells().map(|(_, value)| value.text()).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let near = nearest_or_first(name, &headers);
    let help = if near.starts_with("did you mean") { near } else { what_there_is(row) };
    sheet.problem(Some(row), &format!("there is no column headed `{name}`"), &help)
}

/// That nothing says where the figures stand, with the headers of the first file.
///
/// # Errors
/// That, or what stops the file from being read.
pub(super) fn untold(files: &dyn Files, options: &TableOptions) -> Problem {
    let sheet = options.paths.first().map(|path| {
        let mut book = Book::open_any(files, path, &|_| None)?;
        let named = options.sheets.first().map_or(Ok(0), |name| book.number_of(name))?;
        book.sheet(named)
    });
    let help = "name the columns with figures with `--value`; or say `--across` where months or years stand across the \
                headers, or `--count-rows` where each row is one thing that happened; and what the candidates are with \
                `--id`";
    match sheet {
        Some(Ok(sheet)) => match closest_row(&sheet, options) {
            Some(row) => sheet.problem(
                Some(row),
                "nothing says where the figures stand",
                &format!("{}; {help}", what_there_is(row)),
            ),
            None => sheet.problem(None, "it is empty", "check that it is the file you meant"),
        },
        Some(Err(problem)) => problem,
        None => option_problem("no file is named", "name the file"),
    }
}

// --- Columns ----------------------------------------------------------------------------------------------------------

fn lay_out(sheet: Sheet, header: SheetRow, options: &TableOptions, prefix: String) -> Result<LaidOutSheet, Problem> {
    let columns = columns(&sheet, &header, options)?;
    let first = sheet.rows.partition_point(|row| row.number <= header.number);
    let laid_out = LaidOutSheet { sheet, header, first, columns, prefix };
    let width = laid_out.header.width();
    // A line with one cell is a note above or below the table.
    let odd = |row: &&SheetRow| row.width() > width || row.width() < width && row.width() > 1;
    match laid_out.rows().iter().find(odd) {
        Some(odd) => Err(laid_out.sheet.uneven(&laid_out.header, odd)),
        None => Ok(laid_out),
    }
}

/// Columns of figures whose headers name years, and none of `--period`.
///
/// # Errors
/// That such a header is a period, and another than that of `--period`.
fn of_another_period(sheet: &LaidOutSheet, options: &TableOptions) -> Result<Vec<String>, Problem> {
    let Some(said) = options.one_period()? else { return Ok(Vec::new()) };
    let mut told = Vec::new();
    for column in &sheet.columns.values {
        let header = sheet.header_text(*column);
        let read = super::times::read(std::slice::from_ref(&header), options.order).periods;
        if let Some(Ok(period)) = read.into_iter().next().filter(|read| read.as_ref().is_ok_and(|it| *it != said)) {
            let message = format!("`--period` says {said}, and the column is headed by {period}");
            let help = "correct `--period`, or name the column of that period with `--value`";
            return Err(sheet.problem(&sheet.header, *column, &message, help));
        }
        let years: Vec<i32> = header
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|digits| digits.len() == 4)
            .filter_map(|digits| digits.parse().ok())
            .filter(|year| (1900..2100).contains(year))
            .collect();
        let is_of_it = |year: &i32| (said.first_day().year()..=said.last_day().year()).contains(year);
        if !years.is_empty() && !years.iter().any(is_of_it) {
            told.push(format!("The figures under `{header}` are filed as of {said}, as you say."));
        }
    }
    Ok(told)
}

fn columns(sheet: &Sheet, row: &SheetRow, options: &TableOptions) -> Result<TableColumns, Problem> {
    let column = |name: &String| match headed(row, name) {
        Headed::Once(column) => Ok(column),
        Headed::Twice(first, second) => {
            let message = format!("two columns are headed `{name}`");
            let (first, second) = (column_letters(first), column_letters(second));
            let help = format!("name the one that is meant: `column {first}` or `column {second}`");
            Err(sheet.problem(Some(row), &message, &help))
        }
        Headed::Nothing => Err(not_headed(sheet, row, name)),
    };
    let optional = |name: &Option<String>| name.as_ref().map(column).transpose();
    Ok(TableColumns {
        id: optional(&options.id)?,
        title: optional(&options.title)?,
        population: optional(&options.population)?,
        edition: optional(&options.edition)?,
        evidence_by: optional(&options.evidence_by)?,
        once: optional(&options.once)?,
        when: options.when.iter().map(column).collect::<Result<_, _>>()?,
        values: match &options.figures {
            FiguresIn::Columns(names) => names.iter().map(column).collect::<Result<_, _>>()?,
            FiguresIn::Across => times(row).collect(),
            FiguresIn::Rows | FiguresIn::Untold => Vec::new(),
        },
        conditions: options.conditions.iter().map(|condition| column(&condition.column)).collect::<Result<_, _>>()?,
    })
}

impl TableColumns {
    /// Every column that is used for something.
    pub(super) fn all(&self) -> BTreeSet<u32> {
        let single = [self.id, self.title, self.population, self.edition, self.evidence_by, self.once];
        single
            .into_iter()
            .flatten()
            .chain([&self.when, &self.values, &self.conditions].into_iter().flatten().copied())
            .collect()
    }
}

impl LaidOutSheet {
    /// The rows below it.
    pub(super) fn rows(&self) -> &[SheetRow] {
        self.sheet.rows.get(self.first..).unwrap_or_default()
    }

    /// What stands above a header in the row before it, there or to the left, as of a cell that spans several columns.
    pub(super) fn above(&self, column: u32) -> Option<String> {
        let before = self.sheet.rows.iter().take(self.first).rev().find(|row| row.number < self.header.number)?;
        let cells = before.cells().filter(|(at, value)| *at <= column && !value.text().trim().is_empty());
        cells.last().map(|(_, value)| value.text())
    }

    /// Where a cell is, for people: a line with several figures does not say which.
    pub(super) fn place(&self, row: &SheetRow, column: u32) -> String {
        let place = format!("{}{}", self.prefix, self.sheet.place_of(row, column));
        match self.sheet.name.is_none() && self.columns.values.len() > 1 && self.columns.values.contains(&column) {
            true => format!("{place}, {}", self.header_text(column)),
            false => place,
        }
    }

    /// The header of a column.
    pub(super) fn header_text(&self, column: u32) -> String {
        self.header.text(column)
    }

    /// What is wrong with a cell.
    pub(super) fn problem(&self, row: &SheetRow, column: u32, message: &str, help: &str) -> Problem {
        let header = self.header_text(column);
        self.sheet.cell_problem(row, column, &format!("under `{header}`: {message}"), help)
    }
}
