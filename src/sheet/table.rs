//! The table in a sheet: its header row is the one that has the wanted headers, wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::{CellValue, Sheet, SheetRow};
use crate::diagnostic::{Problem, did_you_mean, quoted_list};

/// How many rows may stand above the headers.
const MAX_ROWS_ABOVE: usize = 100;
/// How many headers are told of a row that lacks others.
const MAX_TOLD_HEADERS: usize = 10;
/// How the names of months begin.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A column that is looked for.
#[derive(Debug, Clone, Copy)]
pub struct WantedColumn {
    /// What the importer calls it.
    pub key: &'static str,
    /// The headers it can have; letters' size, blanks, marks of footnotes and years make no difference. One that ends
    /// in `*` is the beginning of a header, and `#` stands for a digit: `WD##NM` is `WD24NM`.
    pub names: &'static [&'static str],
    /// Whether there is no table without it.
    pub needed: bool,
}

/// The rows below a header row, with their columns by key.
#[derive(Debug)]
pub struct SheetTable<'a> {
    /// The sheet that the table is in.
    pub sheet: &'a Sheet,
    /// The header row.
    pub header: &'a SheetRow,
    /// The rows below it.
    pub rows: &'a [SheetRow],
    columns: BTreeMap<&'static str, u32>,
    /// Columns that could have been read instead: the one that is read, and the other.
    passed_over: Vec<(u32, u32)>,
}

impl<'a> SheetTable<'a> {
    /// The table in `sheet`, if there is one. A sheet with fewer than half of the needed headers in any row is none: it
    /// is notes, or about something else.
    ///
    /// # Errors
    /// A header that is missing where the others are, or that stands twice; a row of a text file that has other cells.
    pub fn find(sheet: &'a Sheet, wanted: &[WantedColumn]) -> Result<Option<Self>, Problem> {
        Self::find_ragged(sheet, wanted, |_, _| false)
    }

    /// The table in `sheet`, as [`SheetTable::find`]; rows of a text file may have fewer cells than the header where
    /// `stands_right` sees in such a row that its cells stand under their headers.
    ///
    /// # Errors
    /// As [`SheetTable::find`].
    pub fn find_ragged(
        sheet: &'a Sheet,
        wanted: &[WantedColumn],
        stands_right: impl Fn(&Self, &SheetRow) -> bool,
    ) -> Result<Option<Self>, Problem> {
        let needed = wanted.iter().filter(|column| column.needed).count();
        let mut best: Option<(usize, usize)> = None;
        for (at, row) in sheet.rows.iter().take(MAX_ROWS_ABOVE).enumerate() {
            let found = wanted.iter().filter(|column| column.needed && !columns(row, column).is_empty()).count();
            if best.is_none_or(|(most, _)| found > most) {
                best = Some((found, at));
            }
            if found == needed {
                break;
            }
        }
        let Some((found, at)) = best.filter(|(found, _)| *found > 0 && found * 2 >= needed) else { return Ok(None) };
        let (Some(header), Some(rows)) = (sheet.rows.get(at), sheet.rows.get(at + 1..)) else { return Ok(None) };
        if found < needed {
            return Err(missing(sheet, header, wanted));
        }
        let (mut placed, mut passed_over) = (BTreeMap::new(), Vec::new());
        for column in wanted {
            match &*columns(header, column) {
                [] => {}
                [only] => {
                    placed.insert(column.key, *only);
                    let others = others(header, column, *only);
                    passed_over.extend(others.into_iter().map(|other| (*only, other)));
                }
                [first, second, ..] => return Err(twice(sheet, header, *first, *second)),
            }
        }
        passed_over.retain(|(_, other)| !placed.values().any(|column| column == other));
        let table = Self { sheet, header, rows, columns: placed, passed_over };
        let odd = |row: &&SheetRow| row.width > header.width || row.width < header.width && !stands_right(&table, row);
        match rows.iter().find(odd) {
            Some(odd) => Err(sheet.uneven(header, odd)),
            None => Ok(Some(table)),
        }
    }

    /// That there is no such table in `sheet`: which headers it needs, and what stands there instead.
    pub fn absent(sheet: &Sheet, wanted: &[WantedColumn]) -> Problem {
        let needed: Vec<&str> = wanted.iter().filter(|column| column.needed).filter_map(first_name).collect();
        let header = sheet.rows.iter().take(MAX_ROWS_ABOVE).max_by_key(|row| {
            let texts = row.cells().filter(|(_, value)| matches!(value, CellValue::Text(_))).count();
            (texts, std::cmp::Reverse(row.number))
        });
        let message = format!("no row has the headers that are needed: {}", quoted_list(&needed));
        let help = header.map_or_else(|| "it is empty".to_owned(), |header| what_else(sheet, header));
        sheet.problem(header, &message, &help)
    }

    /// Columns that are not read, because another one has what was looked for: its header, and that of the other.
    pub fn passed_over(&self) -> impl Iterator<Item = (String, String)> {
        self.passed_over.iter().map(|(read, other)| (self.header.text(*read), self.header.text(*other)))
    }

    /// How many rows have fewer cells than the header.
    pub fn short_rows(&self) -> usize {
        self.rows.iter().filter(|row| row.width < self.header.width).count()
    }

    /// The column of this key, if the table has it.
    pub fn column(&self, key: &str) -> Option<u32> {
        self.columns.get(key).copied()
    }

    /// What stands in this row in the column of this key.
    pub fn get<'r>(&self, row: &'r SheetRow, key: &str) -> Option<&'r CellValue> {
        row.get(self.column(key)?)
    }

    /// What is shown in this row in the column of this key; empty where nothing is.
    pub fn text(&self, row: &SheetRow, key: &str) -> String {
        self.column(key).map(|column| row.text(column)).unwrap_or_default()
    }

    /// What is wrong in this row in the column of this key.
    pub fn problem(&self, row: &SheetRow, key: &str, message: &str, help: &str) -> Problem {
        let column = self.column(key).unwrap_or(0);
        let header = self.header.text(column);
        self.sheet.cell_problem(row, column, &format!("under `{header}`: {message}"), help)
    }
}

/// The words of a header in small letters, without footnotes and years: `LSOA code (2021) [note 1]` is `lsoa code`.
pub fn header_words(header: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for letter in header.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => {}
            '&' => plain.push_str(" and "),
            letter if letter.is_alphabetic() || letter.is_ascii_digit() => plain.extend(letter.to_lowercase()),
            '\'' | '’' => {}
            _ => plain.push(' '),
        }
    }
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && digits(word);
    let words: Vec<&str> = plain.split_whitespace().filter(|word| !is_year(word)).map(without_mark).collect();
    words.join(" ")
}

/// Whether two headers or names are the same but for the size of letters, blanks, marks, footnotes and years.
pub fn same_words(one: &str, other: &str) -> bool {
    header_words(one) == header_words(other)
}

/// Whether a header is the one that a person named: the same words, and where the name has a year or a `%`, the same.
pub fn is_named(header: &str, name: &str) -> bool {
    let years = |text: &str| -> Vec<String> {
        let numbers = text.split(|letter: char| !letter.is_ascii_digit());
        numbers.filter(|number| number.len() == 4).map(str::to_owned).collect()
    };
    let same_year = years(name).is_empty() || years(name) == years(header);
    same_words(header, name) && same_year && header.contains('%') == name.contains('%')
}

fn digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `count1` without the mark of its footnote.
fn without_mark(word: &str) -> &str {
    let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if letters.len() >= 4 && word.len() - letters.len() <= 2 { letters } else { word }
}

/// The columns of the first of the names that heads one.
fn columns(row: &SheetRow, wanted: &WantedColumn) -> Vec<u32> {
    wanted.names.iter().map(|name| headed(row, name)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The columns that have one of the names of `wanted`, but for the one that is read.
fn others(row: &SheetRow, wanted: &WantedColumn, read: u32) -> Vec<u32> {
    let found: BTreeSet<u32> = wanted.names.iter().flat_map(|name| headed(row, name)).collect();
    found.into_iter().filter(|column| *column != read).collect()
}

/// The columns that have this name; one that ends in `*` is the beginning of a header.
fn headed(row: &SheetRow, name: &str) -> Vec<u32> {
    let (name, begins) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
    let words = header_words(name);
    let fits = |value: &CellValue| {
        let header = value.text();
        if name.contains('#') {
            return has_form(header.trim(), name);
        }
        // `Count (%)` is no count.
        let same_unit = header.contains('%') == name.contains('%');
        let header = header_words(&header);
        header == words && same_unit || begins && header.starts_with(&words)
    };
    row.cells().filter(|(_, value)| fits(value)).map(|(column, _)| column).collect()
}

/// Whether a header is `form` but for the size of letters, with a digit for each `#`.
fn has_form(header: &str, form: &str) -> bool {
    let same = |(letter, wanted): (u8, u8)| match wanted {
        b'#' => letter.is_ascii_digit(),
        wanted => letter.eq_ignore_ascii_case(&wanted),
    };
    header.len() == form.len() && header.bytes().zip(form.bytes()).all(same)
}

fn first_name(column: &WantedColumn) -> Option<&'static str> {
    column.names.first().map(|name| name.trim_end_matches('*'))
}

fn missing(sheet: &Sheet, header: &SheetRow, wanted: &[WantedColumn]) -> Problem {
    let absent: Vec<&str> = wanted
        .iter()
        .filter(|column| column.needed && columns(header, column).is_empty())
        .filter_map(first_name)
        .collect();
    let headers: Vec<String> = header.cells().map(|(_, value)| value.text()).collect();
    let near = did_you_mean(absent.first().copied().unwrap_or_default(), headers.iter().map(String::as_str));
    let help = if near.starts_with("did you mean") { near } else { what_else(sheet, header) };
    sheet.problem(Some(header), &format!("there is no column headed {}", quoted_list(&absent)), &help)
}

/// The headers of a row; where periods stand side by side, the command that reads them.
fn what_else(sheet: &Sheet, header: &SheetRow) -> String {
    let there = what_there_is(header);
    let headers: Vec<String> = header.cells().map(|(_, value)| value.text()).collect();
    let several = headers.iter().filter(|text| is_period(text)).count() > 1;
    match headers.iter().find(|text| !is_period(text)).filter(|_| several) {
        Some(id) => format!("{there}: `prioritise import table {} --across --id \"{id}\"` reads these", sheet.file),
        None => there,
    }
}

/// The headers of a row; of periods that stand side by side, from when to when.
pub(crate) fn what_there_is(header: &SheetRow) -> String {
    let headers: Vec<String> = header.cells().map(|(_, value)| value.text()).collect();
    let (periods, plain): (Vec<&str>, Vec<&str>) = headers.iter().map(String::as_str).partition(|text| is_period(text));
    let first = plain.get(..MAX_TOLD_HEADERS).unwrap_or(&plain);
    let more = match plain.len() - first.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    match &*periods {
        [first_period, .., last] => format!(
            "there is {}{more}, and a column for each of {} periods, `{first_period}` to `{last}`",
            quoted_list(first),
            periods.len()
        ),
        _ => format!("there is {}{more}", quoted_list(first)),
    }
}

/// Whether a header is a month or a year: `202108`, `2021-08`, `Aug-21`, `2021/22`.
fn is_period(header: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let is_month = |word: &str| MONTHS.iter().any(|month| word.len() >= 3 && word.to_lowercase().starts_with(month));
    let words: Vec<&str> = header.split(|letter: char| !letter.is_alphanumeric()).collect();
    let year = words
        .iter()
        .any(|word| digits(word) && (is_year(word) || word.len() == 6 && word.get(..4).is_some_and(is_year)));
    let month = words.iter().any(|word| is_month(word));
    let short = |word: &&str| digits(word) && matches!(word.len(), 1 | 2 | 4 | 6);
    (year || month && words.iter().any(short)) && words.iter().all(|word| short(word) || is_month(word))
}

fn twice(sheet: &Sheet, header: &SheetRow, first: u32, second: u32) -> Problem {
    let message = format!("`{}` and `{}` are headers of the same column", header.text(first), header.text(second));
    sheet.at_cell(sheet.problem(Some(header), &message, "rename the one that is not meant"), header, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_year_is_of_that_year() {
        for (header, name) in [("Harm 2024", "harm 2024"), ("Harm (2024) [note 1]", "Harm 2024"), ("Harm 2024", "Harm")]
        {
            assert!(is_named(header, name), "{header}, {name}");
        }
        for (header, name) in [("Harm 2023", "Harm 2024"), ("Harm %", "Harm"), ("Harm", "Harm 2024")] {
            assert!(!is_named(header, name), "{header}, {name}");
        }
    }

    #[test]
    fn headers_are_the_same_but_for_size_blanks_and_footnotes() {
        for (one, other) in [
            ("Offence Count", " offence  count1"),
            ("LSOA code (2021)", "LSOA CODE (2011) [note 2]"),
            ("HO_SUB_CODE", "HO sub code"),
            ("Buckinghamshire & Milton Keynes", "Buckinghamshire and Milton Keynes"),
            ("King's Lynn", "Kings Lynn"),
        ] {
            assert!(same_words(one, other), "{one} / {other}");
        }
        assert!(!same_words("HO_CODE", "HO_SUB_CODE"));
        assert!(!same_words("Upper CI 95.0 limit", "Upper CI 99.8 limit"));
    }

    #[test]
    fn headers_of_the_ons_carry_a_year() {
        assert!(has_form("WD24NM", "WD##NM") && has_form("lsoa11cd", "LSOA##CD"));
        assert!(!has_form("WD24NMW", "WD##NM") && !has_form("WDxxNM", "WD##NM"));
    }

    #[test]
    fn headers_that_are_periods() {
        for header in ["202108", "2021-08", "Aug-21", "August 2021", "2021/22", "2021", "2021_22"] {
            assert!(is_period(header), "{header}");
        }
        for header in ["Offence", "12", "Value 2019", "Marketing", "CSP Name", "", "2019 rate"] {
            assert!(!is_period(header), "{header}");
        }
    }
}
