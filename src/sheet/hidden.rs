//! What a workbook hides: sheets, rows and columns. Formulas reckon with hidden cells, so they are read like any
//! others, and whoever reads them can say so.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};
use std::ops::RangeInclusive;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::guard::{self, broken};
use crate::diagnostic::Problem;
use crate::files::{Files, TABLE_LIMIT, read_problem};

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
        let bytes = files.read(path, TABLE_LIMIT).map_err(|error| read_problem(path, TABLE_LIMIT, &error))?;
        let kind = guard::kind(path, &bytes)?;
        let failed = |error: &dyn std::fmt::Display| broken(path, &error.to_string());
        match kind {
            guard::FileKind::Text => Ok(Self::default()),
            guard::FileKind::Xlsx => {
                let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| failed(&error))?;
                of_xlsx(&mut archive, name).map_err(|why| broken(path, &why))
            }
            guard::FileKind::Ods => {
                let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| failed(&error))?;
                of_ods(&mut archive, name).map_err(|why| broken(path, &why))
            }
        }
    }
}

pub(super) type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// Calls `seen` with every opening tag of a part, by its name without a prefix, until it says that it has seen enough.
pub(super) fn tags(
    archive: &mut Archive,
    part: &str,
    mut seen: impl FnMut(&str, &BytesStart<'_>) -> Result<bool, String>,
) -> Result<(), String> {
    let part = archive.by_name(part).map_err(|error| error.to_string())?;
    let mut xml = Reader::from_reader(BufReader::new(Box::new(part) as Box<dyn Read + '_>));
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name();
                let name = name.0.rsplit(':').next().unwrap_or(name.0);
                if !seen(name, &element)? {
                    return Ok(());
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

/// The text of an attribute, whatever prefix its name has.
pub(super) fn attribute(element: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.0.rsplit(':').next() == Some(key))?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

pub(super) fn number(element: &BytesStart<'_>, key: &str) -> Option<u32> {
    attribute(element, key)?.parse().ok()
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

/// The part of an `.xlsx` that has the cells of a sheet, and the state that the workbook gives it.
pub(super) fn sheet_part(archive: &mut Archive, wanted: &str) -> Result<(Option<String>, Option<String>), String> {
    let (mut id, mut state) = (None, None);
    tags(archive, "xl/workbook.xml", |name, element| {
        if name == "sheet" && attribute(element, "name").as_deref() == Some(wanted) {
            state = attribute(element, "state");
            // `r:id` is the relation; `sheetId` is another attribute.
            id = attribute(element, "id");
        }
        Ok(id.is_none())
    })?;
    let mut target = None;
    tags(archive, "xl/_rels/workbook.xml.rels", |name, element| {
        if name == "Relationship" && id.is_some() && attribute(element, "Id") == id {
            target = attribute(element, "Target");
        }
        Ok(target.is_none())
    })?;
    let part = target.map(|target| target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned));
    Ok((part, state))
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
