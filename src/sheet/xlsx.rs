//! Sheets of an `.xlsx`, cell by cell: a cell far off costs no more than a near one.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxCellFormulaMetadataRecord, XlsxError};

use super::builder::{CELL_LIMIT, SheetBuilder};
use super::guard::broken;
use super::{CellValue, Sheet};
use crate::diagnostic::Problem;

pub(super) type XlsxReader = Xlsx<Cursor<Vec<u8>>>;

/// Opens a workbook: what reads it, and the names of its sheets.
pub(super) fn open(file: &str, bytes: Vec<u8>) -> Result<(XlsxReader, Vec<String>), Problem> {
    let reader = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(file, &error.to_string()))?;
    let names = reader.sheet_names();
    Ok((reader, names))
}

/// The sheet of this name; a sheet that is a chart has no cells.
pub(super) fn sheet(reader: &mut XlsxReader, file: &str, name: &str) -> Result<Sheet, Problem> {
    let failed = |error: &XlsxError| broken(file, &format!("sheet `{name}`: {error}"));
    let mut growing = SheetBuilder::new(file, Some(name), None);
    {
        let mut cells = match reader.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(growing.finish()),
            Err(error) => return Err(failed(&error)),
        };
        while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|error| failed(&error))? {
            let (row, column) = record.pos;
            if let Some(value) = value(&mut growing, record)? {
                growing.row(row + 1, 0, 0);
                growing.cell(column, value)?;
            }
        }
    }
    let merged = reader.merge_cells_by_sheet_name(name).map_err(|error| failed(&error))?;
    let mut sheet = growing.finish();
    let mut left = CELL_LIMIT;
    for area in merged {
        if !fill_down(&mut sheet, area.start, area.end, &mut left) {
            return Err(broken(file, &format!("sheet `{name}` has more merged cells than can be")));
        }
    }
    Ok(sheet)
}

fn value(growing: &mut SheetBuilder, record: XlsxCellFormulaMetadataRecord<'_>) -> Result<Option<CellValue>, Problem> {
    let has_formula = record.formula.is_some();
    Ok(match record.value {
        DataRef::Empty => has_formula.then_some(CellValue::Uncalculated),
        DataRef::SharedString(text) => Some(CellValue::Text(growing.shared(text)?)),
        DataRef::String(text) if text.is_empty() && has_formula => Some(CellValue::Uncalculated),
        value => plain(growing, value.into())?,
    })
}

fn plain(growing: &mut SheetBuilder, value: Data) -> Result<Option<CellValue>, Problem> {
    Ok(Some(match value {
        Data::Empty => return Ok(None),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet keeps no more digits")]
        Data::Int(number) => CellValue::Number(number as f64),
        Data::Float(number) => CellValue::Number(number),
        Data::String(text) | Data::DurationIso(text) => CellValue::Text(growing.shared(&text)?),
        Data::Bool(answer) => CellValue::Text(growing.shared(if answer { "TRUE" } else { "FALSE" })?),
        Data::DateTimeIso(text) => CellValue::Date(growing.shared(&text)?),
        Data::DateTime(date) if date.is_duration() => CellValue::Number(date.as_f64()),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let mut text = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) != (0, 0, 0) {
                text.push_str(&format!("T{hour:02}:{minute:02}:{second:02}"));
            }
            CellValue::Date(growing.shared(&text)?)
        }
        Data::Error(error) => CellValue::Fault(growing.shared(&error.to_string())?),
    }))
}

/// Text in a cell merged downwards stands for every row that it covers. A number does not: it would count twice.
/// Takes the rows that it looks at off `left`; says whether there were enough.
fn fill_down(sheet: &mut Sheet, (top, column): (u32, u32), (bottom, _): (u32, u32), left: &mut usize) -> bool {
    let first = sheet.rows.partition_point(|row| row.number <= top);
    let end = sheet.rows.partition_point(|row| row.number <= bottom.saturating_add(1));
    let Some(([head, below @ ..], enough)) = sheet.rows.get_mut(first..end).map(|rows| {
        let enough = rows.len() <= *left;
        *left = left.saturating_sub(rows.len());
        (rows, enough)
    }) else {
        return true;
    };
    let text = head.get(column).filter(|_| head.number == top + 1).cloned();
    let Some(value @ CellValue::Text(_)) = text.filter(|_| enough) else { return enough };
    for row in below {
        if let Err(at) = row.cells.binary_search_by_key(&column, |(column, _)| *column) {
            row.cells.insert(at, (column, value.clone()));
        }
    }
    true
}
