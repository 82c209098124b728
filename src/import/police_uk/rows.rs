//! One file, row by row: what counts, what is set aside, and why. Nothing is known here of other files.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::cells::{CsvRow, LineCells, next_line};
use super::duplicates::Identified;
use super::folder::PoliceFile;
use super::kind::{CountForm, MonthColumn, PlaceColumns, Repeated};
use super::month::Month;
use super::options::PoliceUkOptions;
use crate::diagnostic::{Code, Place, Problem, SourceFile, did_you_mean, nearest};
use crate::text_encoding::{TextEncoding, decode_any};
use crate::toml_file::is_id;
use crate::words::counted;

/// Why a row is set aside. A row for which several hold goes under the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetAsideReason {
    Malformed,
    TransportPolice,
    OtherMonth,
    NoPlace,
    NoCategory,
    UnknownCategory,
    UnknownPoint,
    Outside,
    NotInLookup,
    Duplicate,
}

impl SetAsideReason {
    pub(super) const ALL: [Self; 10] = [
        Self::Malformed,
        Self::TransportPolice,
        Self::OtherMonth,
        Self::NoPlace,
        Self::NoCategory,
        Self::UnknownCategory,
        Self::UnknownPoint,
        Self::Outside,
        Self::NotInLookup,
        Self::Duplicate,
    ];

    /// Whether such rows are to be expected: they are counted, and nobody need look at one.
    fn is_as_it_should_be(self) -> bool {
        !matches!(self, Self::Malformed | Self::OtherMonth | Self::UnknownCategory)
    }

    pub(super) fn words(self, form: &CountForm) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Malformed => "row that can't be read",
            Self::TransportPolice => "British Transport Police, not counted for any area",
            Self::OtherMonth => "not the month of its file",
            Self::NoPlace => match form.headers.place {
                PlaceColumns::Neighbourhood(..) => "no neighbourhood",
                PlaceColumns::Point(..) => "no location",
            },
            Self::NoCategory => return format!("no {}", form.category.0).into(),
            Self::UnknownCategory => return format!("unknown {}", form.category.0).into(),
            Self::UnknownPoint => "at a point that no table of points has",
            Self::Outside => "outside the area",
            Self::NotInLookup => "in a neighbourhood that is not in the lookup",
            Self::Duplicate => match form.repeated {
                Repeated::IdMonthAndCategory(_) => "Crime ID, month and outcome that an earlier row has",
                Repeated::Id(_) | Repeated::Never => "Crime ID that an earlier row has",
            },
        })
    }
}

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct FileCounts {
    /// Code and name of each area with a row that counts, in the order met.
    pub areas: Vec<(String, String)>,
    /// The categories: all of the kind, or those of the rows, in the order met.
    pub categories: Vec<String>,
    /// For each area [`CountForm::width`] counts, one for each category.
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
/// What the transport police are called in rows, and in the names of files.
const TRANSPORT_POLICE: (&[u8], &str) = (b"British Transport Police", "btp");

/// Which column holds what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    all: usize,
    id: Option<usize>,
    month: usize,
    police: Option<(usize, usize)>,
    place: PlaceAt,
    category: usize,
}

/// Where a row says where it was.
#[derive(Debug, Clone, Copy)]
enum PlaceAt {
    Neighbourhood {
        code: usize,
        name: usize,
    },
    Point {
        longitude: usize,
        latitude: usize,
    },
    /// It says nothing that can be used: it counts for the force of its file.
    Force,
}

/// What is known of the code of a neighbourhood.
#[derive(Debug, Clone, Copy)]
enum KnownArea {
    /// Its number among the areas.
    Wanted(u32),
    Unwanted,
    NotInLookup,
    NoCode,
}

/// Reads a file.
///
/// # Errors
/// What makes the whole file unfit: it is no CSV of this kind, or a part of it is gone.
pub(super) fn read(file: &PoliceFile, bytes: &[u8], options: &PoliceUkOptions) -> Result<FileCounts, Problem> {
    let (text, encoding) = decode_any(&file.path, bytes)?;
    let mut rest = text.as_bytes();
    let header = next_line(&mut rest).map(|(line, _)| line).unwrap_or_default();
    let mut reader = RowReader::new(file, options, columns(file, header, options)?);
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
    if reader.counts.categories.len() > reader.form.width() {
        return Err(too_many_categories(reader.form, &file.path));
    }
    reader.tell_other_month();
    let mut counts = reader.counts;
    counts.decoded = encoding == TextEncoding::Windows1252;
    counts.identified.sort_unstable();
    counts.identified.shrink_to_fit();
    Ok(counts)
}

/// That what stands in a column is no category.
pub(super) fn too_many_categories(form: &CountForm, place: &str) -> Problem {
    let message =
        format!("`{place}` has more than {} {} under `{}`", form.width(), form.category.1, form.headers.category);
    Problem::new(Code::BadCsv, message).help("check that the file is as it was published")
}

struct RowReader<'a> {
    file: &'a PoliceFile,
    options: &'a PoliceUkOptions,
    form: &'static CountForm,
    columns: Columns,
    month: String,
    of_transport_police: bool,
    known: HashMap<Box<[u8]>, KnownArea>,
    /// The number of each category met, where the kind does not list them.
    met: HashMap<Box<[u8]>, u32>,
    /// What is compared with other rows, where that is more than an id.
    identity: Vec<u8>,
    counts: FileCounts,
}

impl<'a> RowReader<'a> {
    fn new(file: &'a PoliceFile, options: &'a PoliceUkOptions, columns: Columns) -> Self {
        let form = options.count.form();
        let categories = form.categories.iter().map(|name| (*name).to_owned()).collect();
        Self {
            file,
            options,
            form,
            columns,
            month: file.month.to_string(),
            of_transport_police: form.headers.police.is_none() && file.force == TRANSPORT_POLICE.1,
            known: HashMap::new(),
            met: HashMap::new(),
            identity: Vec::new(),
            counts: FileCounts { categories, ..FileCounts::default() },
        }
    }

    #[inline]
    fn row(&mut self, row: CsvRow<'_>, number: u32, line: &[u8]) {
        self.counts.read += 1;
        match self.cell_of(row) {
            Ok(cell) => self.count(cell, row, number),
            Err(reason) => self.set_aside(reason, row, number, line),
        }
    }

    fn count(&mut self, cell: u32, row: CsvRow<'_>, number: u32) {
        let at = usize::try_from(cell).unwrap_or(usize::MAX);
        if let Some(count) = self.counts.counts.get_mut(at) {
            *count += 1;
            self.counts.used += 1;
        }
        let Some(id) = self.columns.id.map(|column| row.cell(column)).filter(|id| !id.is_empty()) else { return };
        if self.options.keep_duplicates {
            return;
        }
        let identified = match self.form.repeated {
            Repeated::IdMonthAndCategory(_) => {
                self.identity.clear();
                for part in [id, b" ", self.month.as_bytes(), b" ", row.cell(self.columns.category)] {
                    self.identity.extend_from_slice(part);
                }
                Identified::new(&self.identity, number, cell)
            }
            Repeated::Id(_) | Repeated::Never => Identified::new(id, number, cell),
        };
        self.counts.identified.push(identified);
    }

    /// Which count the row adds to.
    fn cell_of(&mut self, row: CsvRow<'_>) -> Result<u32, SetAsideReason> {
        let columns = self.columns;
        if row.len() != columns.all {
            return Err(SetAsideReason::Malformed);
        }
        let transport = |column| row.cell(column) == TRANSPORT_POLICE.0;
        if self.of_transport_police || columns.police.is_some_and(|(by, within)| transport(by) || transport(within)) {
            return Err(SetAsideReason::TransportPolice);
        }
        let month = row.cell(columns.month);
        if month != self.month.as_bytes() && !self.is_its_month(month) {
            return Err(SetAsideReason::OtherMonth);
        }
        self.counts.has_month = true;
        match columns.place {
            PlaceAt::Neighbourhood { code, name } => {
                let code = row.cell(code);
                if code.is_empty() {
                    return Err(SetAsideReason::NoPlace);
                }
                let category = self.category_of(row)?;
                self.cell(code, category, row.cell(name))
            }
            PlaceAt::Point { longitude, latitude } => {
                let at = (row.cell(longitude), row.cell(latitude));
                if at.0.is_empty() || at.1.is_empty() {
                    return Err(SetAsideReason::NoPlace);
                }
                let category = self.category_of(row)?;
                let points = self.options.points.as_ref();
                let (code, name) = points.and_then(|points| points.area(at)).ok_or(SetAsideReason::UnknownPoint)?;
                self.cell(code.as_bytes(), category, name.as_bytes())
            }
            PlaceAt::Force => {
                let category = self.category_of(row)?;
                let force = &self.file.force;
                self.cell(force.as_bytes(), category, force.as_bytes())
            }
        }
    }

    /// The number of the row's category.
    #[inline]
    fn category_of(&mut self, row: CsvRow<'_>) -> Result<u32, SetAsideReason> {
        let category = row.cell(self.columns.category);
        if !self.form.categories.is_empty() {
            let known = (0..).zip(self.form.categories).find(|(_, name)| name.as_bytes() == category);
            return known.map(|(number, _)| number).ok_or(SetAsideReason::UnknownCategory);
        }
        if let Some(number) = self.met.get(category) {
            return Ok(*number);
        }
        let name = String::from_utf8_lossy(category).trim().to_owned();
        if name.is_empty() {
            return Err(SetAsideReason::NoCategory);
        }
        let place = self.counts.categories.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.counts.categories.push(name);
            self.counts.categories.len() - 1
        });
        // One beyond the width has no count of its own: the file is refused when all of it is read.
        let number = u32::try_from(place.min(self.form.width() - 1)).unwrap_or(0);
        if self.met.len() <= self.form.width() {
            self.met.insert(category.into(), number);
        }
        Ok(number)
    }

    /// The count of a category in the neighbourhood with this code.
    #[inline]
    fn cell(&mut self, code: &[u8], category: u32, name: &[u8]) -> Result<u32, SetAsideReason> {
        let known = match self.known.get(code) {
            Some(known) => *known,
            None => self.meet(code, name),
        };
        match known {
            KnownArea::Wanted(area) => Ok(area * u32::try_from(self.form.width()).unwrap_or(0) + category),
            KnownArea::Unwanted => Err(SetAsideReason::Outside),
            KnownArea::NotInLookup => Err(SetAsideReason::NotInLookup),
            KnownArea::NoCode => Err(SetAsideReason::Malformed),
        }
    }

    /// Whether `written` is the file's month in other words. Those of a row are mostly those of the row before.
    fn is_its_month(&mut self, written: &[u8]) -> bool {
        if self.counts.month_written.as_ref().is_some_and(|known| known.as_bytes() == written) {
            return true;
        }
        let Ok(text) = std::str::from_utf8(written) else { return false };
        let (same, published) = match self.form.headers.month {
            MonthColumn::Month(_) => (Month::parse_any(text) == Some(self.file.month), false),
            MonthColumn::Time(_) => {
                let published = self.file.month.has_time(text);
                (published || self.file.month.has_day_as_typed(text), published)
            }
        };
        // Of times the first is shown: no two are alike.
        let shown =
            published || matches!(self.form.headers.month, MonthColumn::Time(_)) && self.counts.month_written.is_some();
        if same && !shown {
            self.counts.month_written = Some(text.to_owned());
        }
        same
    }

    /// Where no row is of the month in the file's name, that is told once, rather than of each row.
    fn tell_other_month(&mut self) {
        let words = SetAsideReason::OtherMonth.words(self.form);
        let rows = self.counts.aside.get(SetAsideReason::OtherMonth as usize).copied().unwrap_or(0);
        let is_other_month = |problem: &Problem| problem.message.ends_with(&*words);
        let Some(mut first) = self.counts.warnings.iter().find(|problem| is_other_month(problem)).cloned() else {
            return;
        };
        if self.counts.has_month {
            return;
        }
        let why = first.message.trim_start_matches("this row").to_owned();
        first.message = match rows {
            1 => format!("no row is of the month in the name of its file: the only one{why}"),
            rows => format!("no row is of the month in the name of its file: the first of {rows}{why}"),
        };
        self.counts.warnings.retain(|problem| !is_other_month(problem));
        self.counts.warnings.insert(0, first);
        self.counts.to_tell = self.counts.to_tell.saturating_sub(rows) + 1;
    }

    /// An area met for the first time in this file.
    fn meet(&mut self, code: &[u8], name: &[u8]) -> KnownArea {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (code, name) = (text(code), text(name));
        let known = match (is_id(&code), self.options.wants(&code, &name)) {
            (false, _) => KnownArea::NoCode,
            (true, false) => {
                self.counts.elsewhere.insert(district(&name).to_owned());
                KnownArea::Unwanted
            }
            (true, true) => {
                let Some(area) = self.options.area_of(&code, name) else {
                    self.known.insert(code.into_bytes().into(), KnownArea::NotInLookup);
                    return KnownArea::NotInLookup;
                };
                let number = u32::try_from(self.counts.areas.len()).unwrap_or(u32::MAX);
                self.counts.areas.push(area);
                self.counts.counts.resize(self.counts.counts.len() + self.form.width(), 0);
                KnownArea::Wanted(number)
            }
        };
        self.known.insert(code.into_bytes().into(), known);
        known
    }

    fn code_cell(&self, row: CsvRow<'_>) -> String {
        match self.columns.place {
            PlaceAt::Neighbourhood { code, .. } => String::from_utf8_lossy(row.cell(code)).into_owned(),
            PlaceAt::Point { .. } | PlaceAt::Force => String::new(),
        }
    }

    fn set_aside(&mut self, reason: SetAsideReason, row: CsvRow<'_>, number: u32, line: &[u8]) {
        let Some(rows) = self.counts.aside.get_mut(reason as usize) else { return };
        *rows += 1;
        if reason.is_as_it_should_be() {
            return;
        }
        self.counts.to_tell += 1;
        let words = reason.words(self.form);
        let told = self.counts.warnings.iter().filter(|problem| problem.message.ends_with(&*words)).count();
        if told >= MAX_TOLD_PER_REASON {
            return;
        }
        let cell = |column| String::from_utf8_lossy(row.cell(column)).into_owned();
        let columns = &self.columns;
        let (message, help) = match reason {
            SetAsideReason::Malformed if row.len() != columns.all => (
                format!("this row has {}, the header has {}", counted(row.len(), "cell", "cells"), columns.all),
                "get the file again; a cell that has a comma must be in double quotes".to_owned(),
            ),
            SetAsideReason::Malformed => (
                format!("`{}` is not an LSOA code", self.code_cell(row)),
                "a code has letters and digits, such as `E01017944`".to_owned(),
            ),
            SetAsideReason::OtherMonth => (
                format!("this row is for `{}`, its file for `{}`", cell(columns.month), self.month),
                "check that the file has the name it was published under".to_owned(),
            ),
            SetAsideReason::UnknownCategory => {
                let written = cell(columns.category);
                let help = nearest(&written, self.form.categories.iter().copied())
                    .map_or_else(|| self.form.unknown.to_owned(), |near| format!("did you mean `{near}`?"));
                (format!("`{written}` is not a {} of data.police.uk", self.form.category.0), help)
            }
            _ => return,
        };
        let message = format!("{message}; set aside: {words}");
        let wrong = match reason {
            SetAsideReason::Malformed if row.len() == columns.all => self.code_cell(row),
            SetAsideReason::OtherMonth => cell(columns.month),
            SetAsideReason::UnknownCategory => cell(columns.category),
            _ => String::new(),
        };
        let place = cell_place(&self.file.path, number, line, &wrong);
        self.counts.warnings.push(Problem::new(Code::RowSetAside, message).at(place).help(help));
    }
}

/// What stands before the last word of an area's name: `Huntingdonshire` of `Huntingdonshire 001A`.
fn district(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(district, _)| district)
}

fn columns(file: &PoliceFile, header: &[u8], options: &PoliceUkOptions) -> Result<Columns, Problem> {
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
    let headers = &options.count.form().headers;
    let (MonthColumn::Month(month) | MonthColumn::Time(month)) = headers.month;
    let police = match headers.police {
        Some((by, within)) => Some((column(by)?, column(within)?)),
        None => None,
    };
    Ok(Columns {
        all: names.len(),
        id: options.count.form().repeated.id().map(column).transpose()?,
        month: column(month)?,
        police,
        place: match headers.place {
            PlaceColumns::Neighbourhood(code, name) => {
                PlaceAt::Neighbourhood { code: column(code)?, name: column(name)? }
            }
            PlaceColumns::Point(..) if options.points.is_none() => PlaceAt::Force,
            PlaceColumns::Point(longitude, latitude) => {
                PlaceAt::Point { longitude: column(longitude)?, latitude: column(latitude)? }
            }
        },
        category: column(headers.category)?,
    })
}

fn unclosed(file: &PoliceFile, number: u32, line: &[u8]) -> Problem {
    Problem::new(Code::BadCsv, "a quote in this row is not closed, so it is not clear where the row ends")
        .at(line_place(&file.path, number, line))
        .help("get the file again, or close the quote")
}

fn cut_short(file: &PoliceFile, number: u32, line: &[u8]) -> Problem {
    Problem::new(Code::BadCsv, format!("`{}` ends in the middle of this row: rows are lost", file.path))
        .at(line_place(&file.path, number, line))
        .help("get the file again: this copy is cut short")
}

/// A line of a file that is too large to keep: blank lines stand for those before it.
/// The cell with this text in a line, where it stands there once; else the line.
fn cell_place(path: &str, number: u32, line: &[u8], text: &str) -> Place {
    let mut place = line_place(path, number, line);
    let line = String::from_utf8_lossy(line);
    let mut found = line.match_indices(text);
    if let (false, Some((at, _)), None) = (text.is_empty(), found.next(), found.next()) {
        let start = place.span.start + at;
        place.span = start..start + text.len();
    }
    place
}

fn line_place(path: &str, number: u32, line: &[u8]) -> Place {
    let before = usize::try_from(number).unwrap_or(1).saturating_sub(1);
    let line = String::from_utf8_lossy(line);
    let source = SourceFile::new(path, format!("{}{line}", "\n".repeat(before)));
    Place::new(&Arc::new(source), before..before + line.len())
}
