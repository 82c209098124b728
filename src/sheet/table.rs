//! The table in a sheet: its header row is the one that has the wanted headers, wherever it stands.

use std::collections::BTreeMap;

use super::{CellValue, Sheet, SheetRow};
use crate::diagnostic::{Problem, did_you_mean};
use crate::words::listed;

/// How many rows may stand above the headers.
const MAX_ROWS_ABOVE: usize = 100;

/// A column that is looked for.
#[derive(Debug, Clone, Copy)]
pub struct WantedColumn {
    /// What the importer calls it.
    pub key: &'static str,
    /// The headers it can have; letters' size, blanks, marks of footnotes and years make no difference. One that ends
    /// in `*` is the beginning of a header.
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
}

impl<'a> SheetTable<'a> {
    /// The table in `sheet`, if there is one. A sheet with fewer than half of the needed headers in any row is none: it
    /// is notes, or about something else.
    ///
    /// # Errors
    /// A header that is missing where the others are, or that stands twice; a row of a text file that has other cells.
    pub fn find(sheet: &'a Sheet, wanted: &[WantedColumn]) -> Result<Option<Self>, Problem> {
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
        let mut placed = BTreeMap::new();
        for column in wanted {
            match *columns(header, column) {
                [] => {}
                [only] => {
                    placed.insert(column.key, only);
                }
                [first, second, ..] => return Err(twice(sheet, header, first, second)),
            }
        }
        if let Some(odd) = rows.iter().find(|row| row.width != header.width) {
            return Err(uneven(sheet, header, odd));
        }
        Ok(Some(Self { sheet, header, rows, columns: placed }))
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

fn digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `count1` without the mark of its footnote.
fn without_mark(word: &str) -> &str {
    let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if letters.len() >= 4 && word.len() - letters.len() <= 2 { letters } else { word }
}

fn columns(row: &SheetRow, wanted: &WantedColumn) -> Vec<u32> {
    for name in wanted.names {
        let (name, begins) = name.strip_suffix('*').map_or((*name, false), |name| (name, true));
        let name = header_words(name);
        let fits = |value: &CellValue| {
            let header = header_words(&value.text());
            header == name || begins && header.starts_with(&name)
        };
        let found: Vec<u32> = row.cells().filter(|(_, value)| fits(value)).map(|(column, _)| column).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn missing(sheet: &Sheet, header: &SheetRow, wanted: &[WantedColumn]) -> Problem {
    let headers: Vec<String> = header.cells().map(|(_, value)| value.text()).collect();
    let absent: Vec<&str> = wanted
        .iter()
        .filter(|column| column.needed && columns(header, column).is_empty())
        .filter_map(|column| column.names.first().copied())
        .collect();
    let quoted: Vec<String> = absent.iter().map(|name| format!("`{}`", name.trim_end_matches('*'))).collect();
    let help = did_you_mean(absent.first().copied().unwrap_or_default(), headers.iter().map(String::as_str));
    sheet.problem(Some(header), &format!("there is no column headed {}", listed(&quoted)), &help)
}

fn twice(sheet: &Sheet, header: &SheetRow, first: u32, second: u32) -> Problem {
    let message = format!("`{}` and `{}` are headers of the same column", header.text(first), header.text(second));
    sheet.problem(Some(header), &message, "rename the one that is not meant")
}

fn uneven(sheet: &Sheet, header: &SheetRow, row: &SheetRow) -> Problem {
    let message = format!("this row has {} cells, the header has {}", row.width, header.width);
    let help = "the file may be cut off here; put a cell that has a comma in double quotes, and close every quote";
    sheet.problem(Some(row), &message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
