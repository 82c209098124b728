//! Where the columns stand that were named: in which sheets, below which row.

use std::collections::BTreeSet;

use super::times::may_be_time;
use super::{FiguresIn, TableOptions};
use crate::diagnostic::{Problem, Problems, did_you_mean, quoted_list};
use crate::files::Files;
use crate::import::given::option_problem;
use crate::sheet::{Book, CellValue, HiddenParts, Sheet, SheetRow, column_letters, header_words, what_there_is};
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
        for sheet in &sheets {
            remarks.extend(hidden(files, path, sheet)?);
        }
        found.extend(sheets);
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

// --- Headers ----------------------------------------------------------------------------------------------------------

/// What a row has under a name.
enum Headed {
    Nothing,
    Once(u32),
    Twice(u32, u32),
}

/// The column that is called so: by its header, or as `column F`.
fn headed(row: &SheetRow, name: &str) -> Headed {
    if let Some(column) = by_letters(name) {
        return Headed::Once(column);
    }
    let alike = |one: &str, other: &str| plain(one) == plain(other);
    let same_words = |one: &str, other: &str| header_words(one) == header_words(other);
    let columns = |same: &dyn Fn(&str, &str) -> bool| -> Vec<u32> {
        row.cells().filter(|(_, value)| same(&value.text(), name)).map(|(column, _)| column).collect()
    };
    let mut found = columns(&alike);
    if found.is_empty() && !header_words(name).is_empty() {
        found = columns(&same_words);
    }
    match *found {
        [] => Headed::Nothing,
        [only] => Headed::Once(only),
        [first, second, ..] => Headed::Twice(first, second),
    }
}

/// The column of `column F`, counted from 0.
fn by_letters(name: &str) -> Option<u32> {
    let letters = name.trim().strip_prefix("column ")?.trim();
    let is_name = matches!(letters.len(), 1..=3) && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then(|| {
        let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        letters.bytes().fold(0, |number, letter| number * 26 + value(letter)) - 1
    })
}

/// A name as readers take it for the same: without the size of letters, and with one blank between words.
pub(super) fn plain(name: &str) -> String {
    as_read(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

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
    let across = (options.figures == FiguresIn::Across).then(|| times(row)).into_iter().flatten();
    is_header(row, options).then(|| options.named().filter_map(one).chain(across).collect())
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
    let headers: Vec<String> = row.cells().map(|(_, value)| value.text()).collect();
    let near = did_you_mean(name, headers.iter().map(String::as_str));
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

fn columns(sheet: &Sheet, row: &SheetRow, options: &TableOptions) -> Result<TableColumns, Problem> {
    let column = |name: &String| match headed(row, name) {
        Headed::Once(column) => Ok(column),
        Headed::Twice(first, second) => {
            let message = format!("two columns are headed `{name}`");
            let (first, second) = (column_letters(first), column_letters(second));
            let help = format!("name the one that is meant: `column {first}` or `column {second}`");
            Err(sheet.problem(Some(row), &message, &help))
        }
        Headed::Nothing => {
            let message = format!("there is no column headed `{name}`");
            Err(sheet.problem(Some(row), &message, &what_there_is(row)))
        }
    };
    let optional = |name: &Option<String>| name.as_ref().map(column).transpose();
    Ok(TableColumns {
        id: optional(&options.id)?,
        title: optional(&options.title)?,
        population: optional(&options.population)?,
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

impl LaidOutSheet {
    /// The rows below it.
    pub(super) fn rows(&self) -> &[SheetRow] {
        self.sheet.rows.get(self.first..).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_letters() {
        for (name, column) in [("column A", Some(0)), ("column aa", Some(26)), ("column XFD", Some(16_383))] {
            assert_eq!(by_letters(name), column);
        }
        for name in ["Column", "column 3", "column", "A", "column abcd"] {
            assert_eq!(by_letters(name), None, "{name}");
        }
    }
}
