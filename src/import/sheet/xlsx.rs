//! Sheets of an `.xlsx`, cell by cell: a cell far off costs no more than a near one.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxCellFormulaMetadataRecord, XlsxError};

use super::{Growing, Sheet, Value, broken};
use crate::diagnostic::Problem;

pub(super) type Reader = Xlsx<Cursor<Vec<u8>>>;

/// Opens a workbook: what reads it, and the names of its sheets.
pub(super) fn open(file: &str, bytes: Vec<u8>) -> Result<(Reader, Vec<String>), Problem> {
    let reader = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(file, &error.to_string()))?;
    let names = reader.sheet_names();
    Ok((reader, names))
}

/// The sheet of this name; a sheet that is a chart has no cells.
pub(super) fn sheet(reader: &mut Reader, file: &str, name: &str) -> Result<Sheet, Problem> {
    let failed = |error: &XlsxError| broken(file, &format!("sheet `{name}`: {error}"));
    let mut growing = Growing::new(file, Some(name), None);
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
    for area in merged {
        fill_down(&mut sheet, area.start, area.end);
    }
    Ok(sheet)
}

fn value(growing: &mut Growing, record: XlsxCellFormulaMetadataRecord<'_>) -> Result<Option<Value>, Problem> {
    let has_formula = record.formula.is_some();
    Ok(match record.value {
        DataRef::Empty => has_formula.then_some(Value::Uncalculated),
        DataRef::SharedString(text) => Some(Value::Text(growing.shared(text)?)),
        DataRef::String(text) if text.is_empty() && has_formula => Some(Value::Uncalculated),
        value => plain(growing, value.into())?,
    })
}

fn plain(growing: &mut Growing, value: Data) -> Result<Option<Value>, Problem> {
    Ok(Some(match value {
        Data::Empty => return Ok(None),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet keeps no more digits")]
        Data::Int(number) => Value::Number(number as f64),
        Data::Float(number) => Value::Number(number),
        Data::String(text) | Data::DurationIso(text) => Value::Text(growing.shared(&text)?),
        Data::Bool(answer) => Value::Text(growing.shared(if answer { "TRUE" } else { "FALSE" })?),
        Data::DateTimeIso(text) => Value::Date(growing.shared(&text)?),
        Data::DateTime(date) if date.is_duration() => Value::Number(date.as_f64()),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let mut text = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) != (0, 0, 0) {
                text.push_str(&format!("T{hour:02}:{minute:02}:{second:02}"));
            }
            Value::Date(growing.shared(&text)?)
        }
        Data::Error(error) => Value::Fault(growing.shared(&error.to_string())?),
    }))
}

/// Text in a cell merged downwards stands for every row that it covers. A number does not: it would count twice.
fn fill_down(sheet: &mut Sheet, (top, column): (u32, u32), (bottom, _): (u32, u32)) {
    let first = sheet.rows.iter().position(|row| row.number == top + 1);
    let text = first.and_then(|at| sheet.rows.get(at)).and_then(|row| row.get(column)).cloned();
    let Some(value @ Value::Text(_)) = text else { return };
    for row in sheet.rows.iter_mut().filter(|row| (top + 2..=bottom.saturating_add(1)).contains(&row.number)) {
        if let Err(at) = row.cells.binary_search_by_key(&column, |(column, _)| *column) {
            row.cells.insert(at, (column, value.clone()));
        }
    }
}
