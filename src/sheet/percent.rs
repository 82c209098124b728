//! Which cells of a workbook are formatted as percentages: they hold fractions, and readers see a hundred times as much.

use std::collections::BTreeSet;

use super::parts::{self, Archive, attribute, number, sheet_part, tags};
use super::rows::column_number;
use crate::diagnostic::Problem;
use crate::files::Files;

/// `0%` and `0.00%`, which have no text of their own in a workbook.
const BUILT_IN: [u32; 2] = [9, 10];

/// The cells of some columns of a sheet that are formatted as percentages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PercentCells {
    /// Row by number from 1, and column from 0.
    cells: BTreeSet<(u32, u32)>,
}

impl PercentCells {
    /// Whether a cell is one, by the row's number from 1 and the column from 0.
    pub fn has(&self, row: u32, column: u32) -> bool {
        self.cells.contains(&(row, column))
    }

    /// Those of the sheet `name` in the file at `path`, in these columns; none in a CSV file.
    ///
    /// # Errors
    /// That the file can't be read.
    pub fn of(files: &dyn Files, path: &str, name: &str, columns: &[u32]) -> Result<Self, Problem> {
        let of_xlsx = |archive: &mut Archive| of_xlsx(archive, name, columns);
        let cells = parts::found(files, path, of_xlsx, |archive| of_ods(archive, name, columns))?;
        Ok(Self { cells })
    }
}

fn of_xlsx(archive: &mut Archive, name: &str, columns: &[u32]) -> Result<BTreeSet<(u32, u32)>, String> {
    let mut found = BTreeSet::new();
    let styles = if archive.index_for_name("xl/styles.xml").is_some() { styles(archive)? } else { BTreeSet::new() };
    let (Some(part), _) = sheet_part(archive, name)? else { return Ok(found) };
    if styles.is_empty() {
        return Ok(found);
    }
    tags(archive, &part, |name, element| {
        if name == "c" && number(element, "s").is_some_and(|style| styles.contains(&style)) {
            let cell = attribute(element, "r").and_then(|address| at(&address));
            found.extend(cell.filter(|(_, column)| columns.contains(column)));
        }
        Ok(true)
    })?;
    Ok(found)
}

/// The styles of cells, by number, that show percentages.
fn styles(archive: &mut Archive) -> Result<BTreeSet<u32>, String> {
    let mut formats: BTreeSet<u32> = BUILT_IN.into_iter().collect();
    let (mut styles, mut next, mut of_cells) = (BTreeSet::new(), 0, false);
    tags(archive, "xl/styles.xml", |name, element| {
        match name {
            "numFmt" if attribute(element, "formatCode").is_some_and(|code| shows_percent(&code)) => {
                formats.extend(number(element, "numFmtId"));
            }
            "cellXfs" => of_cells = true,
            "cellStyles" | "dxfs" | "cellStyleXfs" => of_cells = false,
            "xf" if of_cells => {
                if number(element, "numFmtId").is_some_and(|format| formats.contains(&format)) {
                    styles.insert(next);
                }
                next += 1;
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(styles)
}

/// Whether a format has a `%` that multiplies: outside quotes, and not as a letter.
fn shows_percent(code: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    code.chars().any(|letter| {
        let counts = letter == '%' && !quoted && !escaped;
        quoted ^= letter == '"' && !escaped;
        escaped = matches!(letter, '\\' | '_' | '*') && !escaped && !quoted;
        counts
    })
}

/// `B7` as the row 7 and the column 1.
fn at(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = (address.get(..digits)?, address.get(digits..)?);
    Some((row.parse().ok()?, column_number(letters)?))
}

fn of_ods(archive: &mut Archive, wanted: &str, columns: &[u32]) -> Result<BTreeSet<(u32, u32)>, String> {
    let mut found = BTreeSet::new();
    let (mut inside, mut first, mut last, mut column) = (false, 1_u32, 0_u32, 0_u32);
    tags(archive, "content.xml", |name, element| {
        let repeats = |key: &str| number(element, key).unwrap_or(1).max(1);
        match name {
            "table" => {
                let done = inside;
                inside = attribute(element, "name").as_deref() == Some(wanted);
                return Ok(!done);
            }
            "table-row" if inside => {
                first = last.saturating_add(1);
                last = last.saturating_add(repeats("number-rows-repeated"));
                column = 0;
            }
            "table-cell" | "covered-table-cell" if inside => {
                let next = column.saturating_add(repeats("number-columns-repeated"));
                if attribute(element, "value-type").as_deref() == Some("percentage") {
                    let these = columns.iter().filter(|wanted| (column..next).contains(*wanted));
                    // More rows that are alike are below the last one that is filled.
                    let rows = first..=last.min(first.saturating_add(100_000));
                    found.extend(these.flat_map(|column| rows.clone().map(move |row| (row, *column))));
                }
                column = next;
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_percentages() {
        for code in ["0%", "0.0%", "#,##0.0 %;[Red]-0.0%"] {
            assert!(shows_percent(code), "{code}");
        }
        for code in ["0", "General", "0\"%\"", "0\\%", "yyyy-mm-dd"] {
            assert!(!shows_percent(code), "{code}");
        }
    }

    #[test]
    fn addresses_are_read() {
        assert_eq!(at("B7"), Some((7, 1)));
        assert_eq!(at("AA1"), Some((1, 26)));
        assert_eq!(at("7"), None);
        assert_eq!(at("ZZZZZZZZ1"), None);
    }
}
