//! A CSV file as a sheet, with any line ends: in UTF-8 with commas between cells, or as spreadsheets of all countries
//! save it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::builder::SheetBuilder;
use super::{CellValue, Sheet, SheetRow};
use crate::csv_text;
use crate::diagnostic::{Code, Place, Problem, SourceFile};
use crate::files::decode_text;
use crate::text_encoding::{TextEncoding, decode_marked, decoded_remark};

/// What can stand between cells, by its name.
const MARKS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];
/// How many lines are looked at to see what stands between cells.
const LINES_SEEN: usize = 50;

/// The largest text whose columns are all kept, in bytes: what is not asked for helps to tell rows apart.
const WHOLE_UP_TO: usize = 32 << 20;

/// Which columns are kept from here on: asked after each row, until it says so.
pub type KeptColumns<'a> = &'a dyn Fn(&SheetRow) -> Option<BTreeSet<u32>>;

/// The cells of a text file in UTF-8 with commas between them.
pub(super) fn read(file: &str, bytes: Vec<u8>) -> Result<Sheet, Problem> {
    let source = decode_text(file, bytes)?;
    if let Some(problem) = no_csv(&source).or_else(|| other_mark(&source)) {
        return Err(problem);
    }
    cells(file, &source, b',', &|_| None)
}

/// The cells of a text file in UTF-8, UTF-16 or Windows-1252, with commas, semicolons, tabs or bars between them; and
/// what is to be told of how it was read.
pub(super) fn read_any(file: &str, bytes: &[u8], kept: KeptColumns<'_>) -> Result<(Sheet, Vec<String>), Problem> {
    let (text, encoding) = decode_marked(file, bytes)?;
    let mut told: Vec<String> = match encoding {
        TextEncoding::Utf8 => Vec::new(),
        TextEncoding::Windows1252 => decoded_remark(&[file.to_owned()]).into_iter().collect(),
        TextEncoding::Utf16 => vec![format!("`{file}` is read as UTF-16.")],
    };
    let source = Arc::new(SourceFile::new(file, text.into_owned()));
    if let Some(problem) = no_csv(&source) {
        return Err(problem);
    }
    let (mark, name) = mark_of(&source.text);
    told.extend((mark != b',').then(|| format!("The cells of `{file}` are separated by {name}.")));
    let all: KeptColumns<'_> = &|_| None;
    let kept = if source.text.len() > WHOLE_UP_TO { kept } else { all };
    Ok((cells(file, &source, mark, kept)?, told))
}

/// What stands between the cells: what most lines have as many of. Commas, where nothing else is as likely.
fn mark_of(text: &str) -> (u8, &'static str) {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES_SEEN).collect();
    let likely = |mark: u8| {
        let mut counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, mark)).collect();
        counts.retain(|count| *count > 0);
        let alike = |count: usize| counts.iter().filter(|other| **other == count).count();
        counts.iter().map(|count| (alike(*count), *count)).max().unwrap_or_default()
    };
    // Of equals the first: the order is turned round, because the last of equals is the greatest.
    MARKS.into_iter().rev().max_by_key(|(mark, _)| likely(*mark)).unwrap_or((b',', "commas"))
}

fn outside_quotes(line: &str, mark: u8) -> usize {
    let mut quoted = false;
    let outside = |byte: u8| {
        quoted ^= byte == b'"';
        byte == mark && !quoted
    };
    line.bytes().map(outside).filter(|found| *found).count()
}

fn cells(file: &str, source: &Arc<SourceFile>, mark: u8, kept: KeptColumns<'_>) -> Result<Sheet, Problem> {
    if let Some(problem) = csv_text::faults(source, mark).into_iter().next() {
        return Err(problem);
    }
    let mut growing = SheetBuilder::new(file, None, Some(Arc::clone(source)));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(mark).from_reader(source.text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut narrowed = false;
    while reader.read_record(&mut record).map_err(|error| damaged(source, &error))? {
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        let (start, skipped) = first_line(&source.text, start);
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        growing.row(u32::try_from(line).unwrap_or(u32::MAX), start, record.len());
        for (column, text) in (0..).zip(&record) {
            if growing.keeps(column) {
                let text = growing.shared(text)?;
                growing.cell(column, CellValue::Text(text))?;
            }
        }
        if !narrowed && let Some(columns) = growing.last_row().and_then(kept) {
            growing.keep(columns);
            narrowed = true;
        }
    }
    Ok(Sheet { mark, ..growing.finish() })
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

/// A file that can't be what was meant: empty, no text, or a web page.
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
    None
}

/// A file with other marks than commas between its cells.
fn other_mark(source: &Arc<SourceFile>) -> Option<Problem> {
    let first = Place::new(source, 0..source.text.lines().next().unwrap_or_default().len());
    let other = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let lines: Vec<&str> = source.text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let (_, name) = other.into_iter().find(|(mark, _)| {
        lines.iter().all(|line| !line.contains(',')) && lines.iter().filter(|line| line.contains(*mark)).count() > 1
            || lines.first().is_some_and(|line| line.matches(*mark).count() > line.matches(',').count() + 1)
    })?;
    let message = format!("the cells of `{}` are separated by {name}", source.name);
    Some(Problem::new(Code::BadCsv, message).at(first).help("save it as CSV with commas between cells"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_cells_is_seen() {
        for (text, mark) in [
            ("a,b\n1,2\n", b','),
            ("a;b;c\nx;1,5;2,5\ny;1,5;3\n", b';'),
            ("a\tb\nx, y\t2\n", b'\t'),
            ("a|b\n1|2", b'|'),
            ("Area,Count\n\"x;y;z\",2\n\"u;v;w\",3\n", b','),
            ("one column\n1\n", b','),
        ] {
            assert_eq!(mark_of(text).0, mark, "{text:?}");
        }
    }
}
