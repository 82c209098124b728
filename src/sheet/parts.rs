//! The parts of a workbook as they are packed: what the reader of cells does not tell of them is read here, tag by tag.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::guard::{self, FileKind, broken};
use crate::diagnostic::Problem;
use crate::files::{Files, TABLE_LIMIT, read_problem};

pub(super) type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// What `of_xlsx` or `of_ods` finds in the workbook at `path`; nothing in a CSV file.
///
/// # Errors
/// That the file can't be read.
pub(super) fn found<T: Default>(
    files: &dyn Files,
    path: &str,
    of_xlsx: impl FnOnce(&mut Archive) -> Result<T, String>,
    of_ods: impl FnOnce(&mut Archive) -> Result<T, String>,
) -> Result<T, Problem> {
    let bytes = files.read(path, TABLE_LIMIT).map_err(|error| read_problem(path, TABLE_LIMIT, &error))?;
    let kind = guard::kind(path, &bytes)?;
    if kind == FileKind::Text {
        return Ok(T::default());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(path, &error.to_string()))?;
    let found = if kind == FileKind::Xlsx { of_xlsx(&mut archive) } else { of_ods(&mut archive) };
    found.map_err(|why| broken(path, &why))
}

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
