//! Sheets of an `.ods`, streamed: a cell said to be repeated a million times is counted before it is kept.

use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::builder::SheetBuilder;
use super::guard::broken;
use super::{CellValue, Sheet};
use crate::diagnostic::Problem;

/// The most rows and columns that spreadsheets have.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// Every sheet of the workbook.
pub(super) fn read(file: &str, bytes: Vec<u8>) -> Result<Vec<Sheet>, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, &error.to_string()))?;
    let part = archive.by_name("content.xml").map_err(|error| broken(file, &error.to_string()))?;
    let mut xml = Reader::from_reader(BufReader::new(part));
    xml.config_mut().expand_empty_elements = true;
    let mut state = OdsReader { file, sheets: Vec::new(), table: None, skip: 0 };
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).map_err(|error| broken(file, &error.to_string()))? {
            Event::Start(element) => state.start(&element)?,
            Event::Text(text) => state.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten();
                state.text(&letter.map_or_else(|| entity(&reference).to_owned(), String::from));
            }
            Event::End(element) => state.end(element.name().0)?,
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    match state.table {
        None => Ok(state.sheets),
        Some(_) => Err(broken(file, "it ends in the middle of a sheet")),
    }
}

fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "apos" => "'",
        "quot" => "\"",
        _ => "",
    }
}

/// Where the reading stands.
struct OdsReader<'a> {
    file: &'a str,
    sheets: Vec<Sheet>,
    table: Option<OpenSheet>,
    /// How deep inside notes and records of changes, which are no cells.
    skip: usize,
}

/// The sheet being read.
struct OpenSheet {
    growing: SheetBuilder,
    /// The row's number from 1, and for how many rows it stands.
    row: u32,
    row_repeats: u32,
    column: u32,
    /// The row's cells, until it ends.
    cells: Vec<(u32, CellValue)>,
    cell: Option<OpenCell>,
    /// Text in merged cells: column, how many rows are left below, the text.
    down: Vec<(u32, u32, CellValue)>,
}

/// The cell being read.
#[derive(Default)]
struct OpenCell {
    repeats: u32,
    rows: u32,
    kind: String,
    value: Option<String>,
    formula: bool,
    fault: bool,
    covered: bool,
    text: String,
    paragraphs: usize,
}

impl OdsReader<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Problem> {
        let name = element.name();
        if self.skip > 0 || matches!(name.0, "office:annotation" | "table:tracked-changes" | "table:shapes") {
            self.skip += 1;
            return Ok(());
        }
        let attribute = |key: &str| attribute(self.file, element, key);
        let number =
            |key: &str| Ok::<u32, Problem>(attribute(key)?.and_then(|text| text.parse().ok()).unwrap_or(1).max(1));
        match (name.0, &mut self.table) {
            ("table:table", None) => {
                let name = attribute("table:name")?.unwrap_or_default();
                let growing = SheetBuilder::new(self.file, Some(&name), None);
                self.table = Some(OpenSheet {
                    growing,
                    row: 1,
                    row_repeats: 1,
                    column: 0,
                    cells: Vec::new(),
                    cell: None,
                    down: Vec::new(),
                });
            }
            ("table:table-row", Some(open)) => {
                open.row_repeats = number("table:number-rows-repeated")?;
                open.column = 0;
            }
            ("table:table-cell" | "table:covered-table-cell", Some(open)) => {
                let mut cell = OpenCell {
                    repeats: number("table:number-columns-repeated")?,
                    rows: number("table:number-rows-spanned")?,
                    kind: attribute("office:value-type")?.unwrap_or_default(),
                    formula: attribute("table:formula")?.is_some(),
                    fault: attribute("calcext:value-type")?.as_deref() == Some("error"),
                    covered: name.0 == "table:covered-table-cell",
                    ..OpenCell::default()
                };
                for key in ["office:value", "office:date-value", "office:string-value", "office:boolean-value"] {
                    cell.value = cell.value.or(attribute(key)?);
                }
                open.cell = Some(cell);
            }
            ("text:p", Some(OpenSheet { cell: Some(cell), .. })) => {
                if cell.paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
            }
            ("text:s" | "text:tab" | "text:line-break", Some(OpenSheet { cell: Some(cell), .. })) => {
                cell.text.push(' ');
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(OpenSheet { cell: Some(cell), .. }) = &mut self.table
            && self.skip == 0
            && cell.paragraphs > 0
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Problem> {
        if self.skip > 0 {
            self.skip -= 1;
            return Ok(());
        }
        let Some(open) = &mut self.table else { return Ok(()) };
        match name {
            "table:table-cell" | "table:covered-table-cell" => open.end_cell(),
            "table:table-row" => open.end_row(),
            "table:table" => {
                self.sheets.extend(self.table.take().map(|open| open.growing.finish()));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl OpenSheet {
    fn end_cell(&mut self) -> Result<(), Problem> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let first = self.column;
        self.column = self.column.saturating_add(cell.repeats).min(MAX_COLUMNS);
        let Some(value) = cell.read(&mut self.growing)? else { return Ok(()) };
        if cell.rows > 1 && matches!(value, CellValue::Text(_)) {
            self.down.push((first, cell.rows.min(MAX_ROWS), value.clone()));
        }
        self.cells.extend((first..self.column).map(|column| (column, value.clone())));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Problem> {
        let mut cells = std::mem::take(&mut self.cells);
        let has_own = !cells.is_empty();
        // A row's own cells ascend by column.
        let own = cells.len();
        for (column, left, value) in &mut self.down {
            let has = |cells: &[(u32, CellValue)]| cells.binary_search_by_key(column, |(column, _)| *column).is_ok();
            if has_own && !cells.get(..own).is_some_and(has) {
                cells.push((*column, value.clone()));
            }
            *left = left.saturating_sub(self.row_repeats);
        }
        self.down.retain(|(_, left, _)| *left > 0);
        let rows = if has_own { self.row_repeats.min(MAX_ROWS.saturating_sub(self.row) + 1) } else { 0 };
        self.growing.room(cells.len().saturating_mul(usize::try_from(rows).unwrap_or(usize::MAX)))?;
        for row in 0..rows {
            self.growing.row(self.row + row, 0, 0);
            for (column, value) in &cells {
                self.growing.cell(*column, value.clone())?;
            }
        }
        self.row = self.row.saturating_add(self.row_repeats).min(MAX_ROWS);
        Ok(())
    }
}

impl OpenCell {
    fn read(&self, growing: &mut SheetBuilder) -> Result<Option<CellValue>, Problem> {
        if self.covered && !self.formula {
            return Ok(None);
        }
        let value = self.value.as_deref().unwrap_or_default();
        if self.fault || self.text.starts_with('#') && self.formula {
            return Ok(Some(CellValue::Fault(growing.shared(&self.text)?)));
        }
        Ok(match &*self.kind {
            "float" | "percentage" | "currency" => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => Some(CellValue::Number(number)),
                _ => Some(CellValue::Text(growing.shared(&self.text)?)),
            },
            "date" => Some(CellValue::Date(growing.shared(value.trim_end_matches("T00:00:00"))?)),
            "boolean" => Some(CellValue::Text(growing.shared(&value.to_uppercase())?)),
            "" if self.formula && self.text.is_empty() => Some(CellValue::Uncalculated),
            _ if self.text.is_empty() && !value.is_empty() => Some(CellValue::Text(growing.shared(value)?)),
            _ if self.text.trim().is_empty() => None,
            _ => Some(CellValue::Text(growing.shared(&self.text)?)),
        })
    }
}

fn attribute(file: &str, element: &BytesStart<'_>, key: &str) -> Result<Option<String>, Problem> {
    let failed = |why: String| broken(file, &why);
    match element.try_get_attribute(key).map_err(|error| failed(error.to_string()))? {
        None => Ok(None),
        Some(attribute) => match quick_xml::escape::unescape(&attribute.value) {
            Ok(text) => Ok(Some(text.into_owned())),
            Err(error) => Err(failed(error.to_string())),
        },
    }
}
