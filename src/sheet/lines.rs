//! A CSV file as a sheet: UTF-8, commas between cells, any line ends.

use std::sync::Arc;

use super::builder::SheetBuilder;
use super::{CellValue, Sheet};
use crate::csv_text;
use crate::diagnostic::{Code, Place, Problem, SourceFile};
use crate::files::decode_text;

/// The cells of a text file.
pub(super) fn read(file: &str, bytes: Vec<u8>) -> Result<Sheet, Problem> {
    let source = decode_text(file, bytes)?;
    if let Some(problem) = no_csv(&source) {
        return Err(problem);
    }
    if let Some(problem) = csv_text::faults(&source).into_iter().next() {
        return Err(problem);
    }
    let mut growing = SheetBuilder::new(file, None, Some(Arc::clone(&source)));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(source.text.as_bytes());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| damaged(&source, &error))? {
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        let (start, skipped) = first_line(&source.text, start);
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        growing.row(u32::try_from(line).unwrap_or(u32::MAX), start, record.len());
        for (column, text) in (0..).zip(&record) {
            let text = growing.shared(text)?;
            growing.cell(column, CellValue::Text(text))?;
        }
    }
    Ok(growing.finish())
}

/// Where the first line from `start` on that is not empty begins, and how many empty ones were passed.
fn first_line(text: &str, start: usize) -> (usize, u64) {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.trim_start_matches(['\r', '\n']);
    let skipped = rest.get(..rest.len() - line.len()).unwrap_or_default();
    (start + skipped.len(), skipped.matches('\n').count() as u64)
}

fn damaged(source: &Arc<SourceFile>, error: &csv::Error) -> Problem {
    let start = error.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0)).min(source.text.len());
    Problem::new(Code::BadCsv, format!("`{}` can't be read as CSV: {error}", source.name))
        .at(Place::new(source, start..start))
        .help("save it as CSV with commas between cells, in UTF-8")
}

/// A file that can't be what was meant: empty, no text, or with other marks than commas between its cells.
fn no_csv(source: &Arc<SourceFile>) -> Option<Problem> {
    let problem = |place: Place, message: String| Problem::new(Code::BadCsv, message).at(place);
    let first = Place::new(source, 0..source.text.lines().next().unwrap_or_default().len());
    if source.text.trim().is_empty() {
        return Some(problem(first, format!("`{}` is empty", source.name)).help("check that it is the file you meant"));
    }
    if let Some(at) = source.text.find('\0') {
        let message = format!("`{}` is not text: it has a zero byte", source.name);
        return Some(problem(Place::new(source, at..at), message).help("save it as CSV in UTF-8"));
    }
    if source.text.trim_start().starts_with("<!") || source.text.trim_start().starts_with("<html") {
        let message = format!("`{}` is a web page, not a table", source.name);
        return Some(problem(first, message).help("download the file itself, not the page that shows it"));
    }
    let other = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let lines: Vec<&str> = source.text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let (_, name) = other.into_iter().find(|(mark, _)| {
        lines.iter().all(|line| !line.contains(',')) && lines.iter().filter(|line| line.contains(*mark)).count() > 1
            || lines.first().is_some_and(|line| line.matches(*mark).count() > line.matches(',').count() + 1)
    })?;
    let message = format!("the cells of `{}` are separated by {name}", source.name);
    Some(problem(first, message).help("save it as CSV with commas between cells"))
}
