//! One street file, row by row: what counts, what is set aside, and why. Nothing is known here of other files.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Month;
use super::cells::{CsvRow, LineCells, next_line};
use super::duplicates::Identified;
use super::folder::StreetFile;
use super::options::PoliceUkOptions;
use crate::diagnostic::{Code, Place, Problem, SourceFile, did_you_mean, nearest};
use crate::text_encoding::{TextEncoding, decode_any};
use crate::toml_file::is_id;

/// The crime types of data.police.uk since 2013.
pub const CRIME_TYPES: [&str; 14] = [
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
];

/// Why a row is set aside. A row for which several hold goes under the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetAsideReason {
    Malformed,
    TransportPolice,
    OtherMonth,
    NoArea,
    UnknownType,
    Outside,
    NotInLookup,
    Duplicate,
}

impl SetAsideReason {
    pub(super) const ALL: [Self; 8] = [
        Self::Malformed,
        Self::TransportPolice,
        Self::OtherMonth,
        Self::NoArea,
        Self::UnknownType,
        Self::Outside,
        Self::NotInLookup,
        Self::Duplicate,
    ];

    /// Whether such rows are to be expected: they are counted, and nobody need look at one.
    fn is_as_it_should_be(self) -> bool {
        matches!(self, Self::TransportPolice | Self::NoArea | Self::Outside | Self::NotInLookup | Self::Duplicate)
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Malformed => "row that can't be read",
            Self::TransportPolice => "British Transport Police, not counted for any area",
            Self::OtherMonth => "not the month of its file",
            Self::NoArea => "no neighbourhood",
            Self::UnknownType => "unknown crime type",
            Self::Outside => "outside the area",
            Self::NotInLookup => "in a neighbourhood that is not in the lookup",
            Self::Duplicate => "Crime ID that an earlier row has",
        }
    }
}

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct StreetCounts {
    /// Code and name of each area with a row that counts, in the order met.
    pub areas: Vec<(String, String)>,
    /// For each area a count for each crime type.
    pub counts: Vec<u32>,
    /// The rows that count and have a Crime ID, in order; their cell is a place in `counts`.
    pub identified: Vec<Identified>,
    /// The districts of areas that are not wanted, for a hint where nothing is.
    pub elsewhere: BTreeSet<String>,
    pub read: u64,
    pub used: u64,
    /// How many rows are set aside, as many as there are reasons.
    pub aside: [u64; SetAsideReason::ALL.len()],
    /// What a reader should know of rows set aside: of each reason the first few.
    pub warnings: Vec<Problem>,
    /// How many rows there are to know of.
    pub to_tell: u64,
    /// Whether a row is of the file's month. A file without one says nothing of it.
    pub has_month: bool,
    /// How the month is written, where that is not as it is published.
    pub month_written: Option<String>,
    /// Whether its letters were decoded from Windows-1252.
    pub decoded: bool,
}

/// The most rows of one file that are told of for each reason.
const MAX_TOLD_PER_REASON: usize = 3;
const TRANSPORT_POLICE: &[u8] = b"British Transport Police";

/// Which column holds what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    all: usize,
    id: usize,
    month: usize,
    reported_by: usize,
    falls_within: usize,
    code: usize,
    name: usize,
    crime_type: usize,
}

/// What is known of an area code.
#[derive(Debug, Clone, Copy)]
enum KnownArea {
    /// Its number among the areas.
    Wanted(u32),
    Unwanted,
    NotInLookup,
    NoCode,
}

/// Reads a street file.
///
/// # Errors
/// What makes the whole file unfit: it is no CSV of this kind, or a part of it is gone.
pub(super) fn read(file: &StreetFile, bytes: &[u8], options: &PoliceUkOptions) -> Result<StreetCounts, Problem> {
    let (text, encoding) = decode_any(&file.path, bytes)?;
    let mut rest = text.as_bytes();
    let header = next_line(&mut rest).map(|(line, _)| line).unwrap_or_default();
    let columns = columns(file, header)?;
    let month = file.month.to_string();
    let mut reader =
        StreetReader { file, options, columns, month, known: HashMap::new(), street: StreetCounts::default() };
    let mut cells = LineCells::default();
    let mut number = 1;
    while let Some((line, ended)) = next_line(&mut rest) {
        number += 1;
        if line.is_empty() {
            continue;
        }
        let Ok(row) = cells.split(line) else { return Err(unclosed(file, number, line)) };
        if !ended && row.len() < reader.columns.all {
            return Err(cut_short(file, number, line));
        }
        reader.row(row, number, line);
    }
    reader.tell_other_month();
    let mut street = reader.street;
    street.decoded = encoding == TextEncoding::Windows1252;
    street.identified.sort_unstable();
    street.identified.shrink_to_fit();
    Ok(street)
}

struct StreetReader<'a> {
    file: &'a StreetFile,
    options: &'a PoliceUkOptions,
    columns: Columns,
    month: String,
    known: HashMap<Box<[u8]>, KnownArea>,
    street: StreetCounts,
}

impl StreetReader<'_> {
    #[inline]
    fn row(&mut self, row: CsvRow<'_>, number: u32, line: &[u8]) {
        self.street.read += 1;
        match self.cell_of(row) {
            Ok(cell) => self.count(cell, row, number),
            Err(reason) => self.set_aside(reason, row, number, line),
        }
    }

    fn count(&mut self, cell: u32, row: CsvRow<'_>, number: u32) {
        let at = usize::try_from(cell).unwrap_or(usize::MAX);
        if let Some(count) = self.street.counts.get_mut(at) {
            *count += 1;
            self.street.used += 1;
        }
        let id = row.cell(self.columns.id);
        if !id.is_empty() && !self.options.keep_duplicates {
            self.street.identified.push(Identified::new(id, number, cell));
        }
    }

    /// Which count the row adds to.
    fn cell_of(&mut self, row: CsvRow<'_>) -> Result<u32, SetAsideReason> {
        let columns = self.columns;
        if row.len() != columns.all {
            return Err(SetAsideReason::Malformed);
        }
        if row.cell(columns.reported_by) == TRANSPORT_POLICE || row.cell(columns.falls_within) == TRANSPORT_POLICE {
            return Err(SetAsideReason::TransportPolice);
        }
        let month = row.cell(columns.month);
        if month != self.month.as_bytes() && !self.is_its_month(month) {
            return Err(SetAsideReason::OtherMonth);
        }
        self.street.has_month = true;
        let (code, crime_type) = (row.cell(columns.code), row.cell(columns.crime_type));
        if code.is_empty() {
            return Err(SetAsideReason::NoArea);
        }
        let Some(crime_type) = (0..).zip(CRIME_TYPES).find(|(_, name)| name.as_bytes() == crime_type) else {
            return Err(SetAsideReason::UnknownType);
        };
        let known = match self.known.get(code) {
            Some(known) => *known,
            None => self.meet(code, row.cell(columns.name)),
        };
        match known {
            KnownArea::Wanted(area) => Ok(area * CRIME_TYPE_COUNT + crime_type.0),
            KnownArea::Unwanted => Err(SetAsideReason::Outside),
            KnownArea::NotInLookup => Err(SetAsideReason::NotInLookup),
            KnownArea::NoCode => Err(SetAsideReason::Malformed),
        }
    }

    /// Whether `written` is the file's month in other words. Those of a row are mostly those of the row before.
    fn is_its_month(&mut self, written: &[u8]) -> bool {
        if self.street.month_written.as_ref().is_some_and(|known| known.as_bytes() == written) {
            return true;
        }
        let Ok(text) = std::str::from_utf8(written) else { return false };
        let same = Month::parse_any(text) == Some(self.file.month);
        if same {
            self.street.month_written = Some(text.to_owned());
        }
        same
    }

    /// Where no row is of the month in the file's name, that is told once, rather than of each row.
    fn tell_other_month(&mut self) {
        let words = SetAsideReason::OtherMonth.words();
        let rows = self.street.aside.get(SetAsideReason::OtherMonth as usize).copied().unwrap_or(0);
        let is_other_month = |problem: &Problem| problem.message.ends_with(words);
        let Some(mut first) = self.street.warnings.iter().find(|problem| is_other_month(problem)).cloned() else {
            return;
        };
        if self.street.has_month {
            return;
        }
        let why = first.message.trim_start_matches("this row").to_owned();
        first.message = match rows {
            1 => format!("no row is of the month in the name of its file: the only one{why}"),
            rows => format!("no row is of the month in the name of its file: the first of {rows}{why}"),
        };
        self.street.warnings.retain(|problem| !is_other_month(problem));
        self.street.warnings.insert(0, first);
        self.street.to_tell = self.street.to_tell.saturating_sub(rows) + 1;
    }

    /// An area met for the first time in this file.
    fn meet(&mut self, code: &[u8], name: &[u8]) -> KnownArea {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (code, name) = (text(code), text(name));
        let known = match (is_id(&code), self.options.wants(&code, &name)) {
            (false, _) => KnownArea::NoCode,
            (true, false) => {
                self.street.elsewhere.insert(district(&name).to_owned());
                KnownArea::Unwanted
            }
            (true, true) => {
                let Some(area) = self.options.area_of(&code, name) else {
                    self.known.insert(code.into_bytes().into(), KnownArea::NotInLookup);
                    return KnownArea::NotInLookup;
                };
                let number = u32::try_from(self.street.areas.len()).unwrap_or(u32::MAX);
                self.street.areas.push(area);
                self.street.counts.resize(self.street.counts.len() + CRIME_TYPES.len(), 0);
                KnownArea::Wanted(number)
            }
        };
        self.known.insert(code.into_bytes().into(), known);
        known
    }

    fn set_aside(&mut self, reason: SetAsideReason, row: CsvRow<'_>, number: u32, line: &[u8]) {
        let Some(rows) = self.street.aside.get_mut(reason as usize) else { return };
        *rows += 1;
        if reason.is_as_it_should_be() {
            return;
        }
        self.street.to_tell += 1;
        let told = self.street.warnings.iter().filter(|problem| problem.message.ends_with(reason.words())).count();
        if told >= MAX_TOLD_PER_REASON {
            return;
        }
        let cell = |column| String::from_utf8_lossy(row.cell(column)).into_owned();
        let columns = &self.columns;
        let (message, help) = match reason {
            SetAsideReason::Malformed if row.len() != columns.all => (
                format!("this row has {} cells, the header has {}", row.len(), columns.all),
                "get the file again; a cell that has a comma must be in double quotes".to_owned(),
            ),
            SetAsideReason::Malformed => (
                format!("`{}` is not an LSOA code", cell(columns.code)),
                "a code has letters and digits, such as `E01017944`".to_owned(),
            ),
            SetAsideReason::OtherMonth => (
                format!("this row is for `{}`, its file for `{}`", cell(columns.month), self.month),
                "check that the file has the name it was published under".to_owned(),
            ),
            SetAsideReason::UnknownType => {
                let written = cell(columns.crime_type);
                let help = nearest(&written, CRIME_TYPES).map_or_else(
                    || "data.police.uk had other types before 2013".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                (format!("`{written}` is not a crime type of data.police.uk"), help)
            }
            SetAsideReason::TransportPolice
            | SetAsideReason::NoArea
            | SetAsideReason::Outside
            | SetAsideReason::NotInLookup
            | SetAsideReason::Duplicate => return,
        };
        let message = format!("{message}; set aside: {}", reason.words());
        let place = line_place(&self.file.path, number, line);
        self.street.warnings.push(Problem::new(Code::RowSetAside, message).at(place).help(help));
    }
}

/// How many crime types there are.
const CRIME_TYPE_COUNT: u32 = 14;

/// What stands before the last word of an area's name: `Huntingdonshire` of `Huntingdonshire 001A`.
fn district(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(district, _)| district)
}

fn columns(file: &StreetFile, header: &[u8]) -> Result<Columns, Problem> {
    let text = String::from_utf8_lossy(header);
    let wrong = |message: String, help: &str| {
        Problem::new(Code::BadCsv, message).at(line_place(&file.path, 1, header)).help(help)
    };
    if text.trim().is_empty() {
        return Err(wrong(
            format!("`{}` is empty", file.path),
            "get the file again: even a month without rows has headers",
        ));
    }
    if text.contains('\r') {
        let help = "save it with the line endings of Windows or Unix";
        return Err(wrong(format!("the lines of `{}` end as they did on old Macs", file.path), help));
    }
    let mut cells = LineCells::default();
    let Ok(row) = cells.split(header) else { return Err(unclosed(file, 1, header)) };
    let names: Vec<String> = (0..row.len()).map(|at| String::from_utf8_lossy(row.cell(at)).trim().to_owned()).collect();
    let other = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")].into_iter().find(|(mark, _)| text.contains(*mark));
    if let ([_], Some((_, marks))) = (&*names, other) {
        let help = "save it as CSV with commas between cells";
        return Err(wrong(format!("the cells of `{}` are separated by {marks}", file.path), help));
    }
    let column = |header: &str| {
        let mut found = names.iter().enumerate().filter(|(_, name)| *name == header);
        match (found.next(), found.next()) {
            (Some((column, _)), None) => Ok(column),
            (Some(_), Some(_)) => {
                Err(wrong(format!("`{}` has two columns headed `{header}`", file.path), "get the file again"))
            }
            (None, _) => {
                let help = did_you_mean(header, names.iter().map(String::as_str));
                Err(wrong(format!("`{}` has no column headed `{header}`", file.path), &help))
            }
        }
    };
    Ok(Columns {
        all: names.len(),
        id: column("Crime ID")?,
        month: column("Month")?,
        reported_by: column("Reported by")?,
        falls_within: column("Falls within")?,
        code: column("LSOA code")?,
        name: column("LSOA name")?,
        crime_type: column("Crime type")?,
    })
}

fn unclosed(file: &StreetFile, number: u32, line: &[u8]) -> Problem {
    Problem::new(Code::BadCsv, "a quote in this row is not closed, so it is not clear where the row ends")
        .at(line_place(&file.path, number, line))
        .help("get the file again, or close the quote")
}

fn cut_short(file: &StreetFile, number: u32, line: &[u8]) -> Problem {
    Problem::new(Code::BadCsv, format!("`{}` ends in the middle of this row: rows are lost", file.path))
        .at(line_place(&file.path, number, line))
        .help("get the file again: this copy is cut short")
}

/// A line of a file that is too large to keep: blank lines stand for those before it.
fn line_place(path: &str, number: u32, line: &[u8]) -> Place {
    let before = usize::try_from(number).unwrap_or(1).saturating_sub(1);
    let line = String::from_utf8_lossy(line);
    let source = SourceFile { name: path.to_owned(), text: format!("{}{line}", "\n".repeat(before)) };
    Place::new(&Arc::new(source), before..before + line.len())
}
