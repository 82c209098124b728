//! What a workbook hides: sheets, rows and columns. Formulas reckon with hidden cells, so they are read like any
//! others, and whoever reads them can say so.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use quick_xml::events::BytesStart;

use super::parts::{self, Archive, attribute, number, sheet_part, tags};
use crate::diagnostic::Problem;
use crate::files::Files;

/// What is hidden of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HiddenParts {
    /// Whether the sheet itself is.
    pub sheet: bool,
    /// Rows by number, from 1.
    rows: BTreeSet<u32>,
    /// Columns from 0; a range can run to the last column there is.
    columns: Vec<RangeInclusive<u32>>,
}

impl HiddenParts {
    /// Whether the row with this number, from 1, is hidden.
    pub fn row(&self, number: u32) -> bool {
        self.rows.contains(&number)
    }

    /// Whether the column, from 0, is hidden.
    pub fn column(&self, number: u32) -> bool {
        self.columns.iter().any(|range| range.contains(&number))
    }

    /// What is hidden of the sheet `name` in the file at `path`; nothing in a CSV file.
    ///
    /// # Errors
    /// That the file can't be read.
    pub fn of(files: &dyn Files, path: &str, name: &str) -> Result<Self, Problem> {
        parts::found(files, path, |archive| of_xlsx(archive, name), |archive| of_ods(archive, name))
    }
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "hidden").is_some_and(|text| text == "1" || text == "true")
}

fn of_xlsx(archive: &mut Archive, wanted: &str) -> Result<HiddenParts, String> {
    let mut hidden = HiddenParts::default();
    let (part, state) = sheet_part(archive, wanted)?;
    hidden.sheet = state.is_some_and(|state| state != "visible");
    let Some(part) = part else { return Ok(hidden) };
    tags(archive, &part, |name, element| {
        match name {
            "col" if is_hidden(element) => {
                if let Some((first, last)) = number(element, "min").zip(number(element, "max")) {
                    hidden.columns.push(first.saturating_sub(1)..=last.saturating_sub(1));
                }
            }
            "row" if is_hidden(element) => hidden.rows.extend(number(element, "r")),
            _ => {}
        }
        Ok(true)
    })?;
    Ok(hidden)
}

fn of_ods(archive: &mut Archive, wanted: &str) -> Result<HiddenParts, String> {
    let mut hidden = HiddenParts::default();
    let (mut inside, mut row, mut column) = (false, 0_u32, 0_u32);
    tags(archive, "content.xml", |name, element| {
        let repeats = |key: &str| number(element, key).unwrap_or(1).max(1);
        let is_hidden = || attribute(element, "visibility").is_some_and(|text| text != "visible");
        match name {
            "table" => {
                let done = inside;
                inside = attribute(element, "name").as_deref() == Some(wanted);
                return Ok(!done);
            }
            "table-row" if inside => {
                let last = row.saturating_add(repeats("number-rows-repeated"));
                // A million rows below the last one that is filled are hidden or not: no matter.
                if is_hidden() && last - row <= 100_000 {
                    hidden.rows.extend(row + 1..=last);
                }
                row = last;
            }
            "table-column" if inside => {
                let next = column.saturating_add(repeats("number-columns-repeated"));
                if is_hidden() {
                    hidden.columns.push(column..=next - 1);
                }
                column = next;
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(hidden)
}
