//! Figures of the same candidate, evidence and period, and whether they may be added up. A figure that is withheld or
//! missing is never left out of a sum: the sum is.

use std::collections::BTreeMap;

use super::cells::{FigureMarks, Reading};
use super::layout::LaidOutSheet;
use super::rows::{At, Entry, ReadRows};
use super::{FiguresIn, TableOptions};
use crate::assessment::Period;
use crate::diagnostic::{Problem, Problems};
use crate::sheet::{SheetRow, column_letters};
use crate::words::{counted, listed};

/// How many columns are told in which two rows differ.
const COLUMNS_TOLD: usize = 5;

/// Which candidate and which evidence, by number.
pub(super) type About = (u32, u32);

/// The figures of one candidate, evidence and period, added up.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// What the numbers add up to.
    pub(super) total: f64,
    pub(super) marks: FigureMarks,
    /// How many rows, or cells, are in it.
    pub(super) rows: u64,
    /// Where the first of them stands.
    pub(super) first: At,
    /// Where the first stands that is in another file or sheet.
    pub(super) elsewhere: Option<At>,
    /// The first that is no number, and where it stands.
    pub(super) lacking: Option<(Reading, At)>,
}

impl Sum {
    pub(super) fn of(entry: &Entry) -> Self {
        let none = Self {
            total: 0.0,
            marks: FigureMarks::default(),
            rows: 0,
            first: entry.at,
            elsewhere: None,
            lacking: None,
        };
        none.with(entry)
    }

    pub(super) fn with(mut self, entry: &Entry) -> Self {
        self.rows += 1;
        if entry.at.sheet != self.first.sheet {
            self.elsewhere.get_or_insert(entry.at);
        }
        match &entry.reading {
            Reading::Number(number, marks) => {
                self.total += number;
                self.marks = self.marks.and(*marks);
            }
            other => self.lacking = self.lacking.or_else(|| Some((other.clone(), entry.at))),
        }
        self
    }

    /// With another sum.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.total += other.total;
        self.rows += other.rows;
        self.marks = self.marks.and(other.marks);
        self.lacking = self.lacking.or_else(|| other.lacking.clone());
        self
    }

    /// The one figure that is no number, where it is alone.
    pub(super) fn alone(&self) -> Option<&Reading> {
        self.lacking.as_ref().filter(|_| self.rows == 1).map(|(reading, _)| reading)
    }
}

/// The sums by candidate and evidence, and by period: none where the file has no times.
pub(super) type Sums = BTreeMap<About, BTreeMap<Option<Period>, Sum>>;

/// Puts the figures together, by the period of each that is given.
///
/// # Errors
/// Two figures of the same candidate, evidence and period, where nobody said that they are to be added up.
pub(super) fn sums(
    sheets: &[LaidOutSheet],
    rows: &ReadRows,
    periods: &[Option<Period>],
    options: &TableOptions,
) -> Result<Sums, Problems> {
    let adds_up = options.sum || options.figures == FiguresIn::Rows;
    let mut sums = Sums::new();
    let mut problems = Problems::default();
    for (entry, period) in rows.entries.iter().zip(periods) {
        let by_period = sums.entry((entry.candidate, entry.evidence)).or_default();
        match by_period.remove(period) {
            None => by_period.insert(*period, Sum::of(entry)),
            Some(sum) => {
                if !adds_up {
                    problems.push(twice(sheets, rows, entry, &sum, *period, options));
                }
                by_period.insert(*period, sum.with(entry))
            }
        };
    }
    if problems.has_errors() { Err(problems) } else { Ok(sums) }
}

/// That two columns of a row are of one period: they are figures of two things, and no parts of a sum.
pub(super) fn two_columns(sheets: &[LaidOutSheet], rows: &ReadRows, periods: &[Option<Period>]) -> Option<Problem> {
    let mut before: BTreeMap<Option<Period>, At> = BTreeMap::new();
    let mut current = None;
    for (entry, period) in rows.entries.iter().zip(periods) {
        if current.replace((entry.at.sheet, entry.at.row)) != Some((entry.at.sheet, entry.at.row)) {
            before.clear();
        }
        if let (Some(first), Some(period)) = (before.insert(*period, entry.at), period) {
            let (sheet, _) = row(sheets, entry.at)?;
            let columns = [first, entry.at].map(|at| column_letters(at.column));
            let above = [first, entry.at].map(|at| sheet.above(at.column).filter(|text| !text.trim().is_empty()));
            let above = match &above {
                [Some(one), Some(other)] if one != other => {
                    format!("; above them stand `{one}` and `{other}`, so the headers have two rows")
                }
                _ => String::new(),
            };
            let [one, other] = columns;
            let message = format!("columns {one} and {other} are both of {period}{above}");
            let help = "they are figures of two things: keep the columns of one of them in the file and import it, then \
                        the other with a name of its own, `--evidence`";
            return Some(sheet.problem(&sheet.header, entry.at.column, &message, help));
        }
    }
    None
}

/// That figures of several files are added up, which may be the same twice.
pub(super) fn across_files(sheets: &[LaidOutSheet], sums: &Sums) -> Option<String> {
    let all = sums.values().flatten().filter_map(|(period, sum)| Some((period, sum.first, sum.elsewhere?)));
    let all: Vec<_> = all.collect();
    let (period, one, other) = *all.first()?;
    let of = period.map_or_else(String::new, |period| format!(" for {}", period.written()));
    let places = [one, other].map(|at| place(sheets, at).unwrap_or_default()).join("; ");
    Some(format!(
        "{} of several files or sheets, such as one{of} ({places}). Where the files overlap, what is in both counts \
         twice: choose with `--from`, `--to`, `--where` or `--once`.",
        counted(all.len(), "figure adds up rows", "figures add up rows")
    ))
}

fn twice(
    sheets: &[LaidOutSheet],
    rows: &ReadRows,
    entry: &Entry,
    sum: &Sum,
    period: Option<Period>,
    options: &TableOptions,
) -> Problem {
    let candidate = rows.candidates.get(entry.candidate).map(|named| named.text.as_str()).unwrap_or_default();
    let of = period.map_or_else(String::new, |period| format!(" for {period}"));
    let evidence = match &options.evidence_by {
        Some(_) => rows.evidence.get(entry.evidence).map_or_else(String::new, |named| format!(", `{}`", named.text)),
        None => String::new(),
    };
    let first = place(sheets, sum.first).unwrap_or_default();
    let message = format!("`{candidate}`{evidence} has a figure{of} already, in {first}");
    let help = "choose one of the rows with `--where`; or, where they are parts of a whole, add them up with `--sum`";
    match row(sheets, entry.at) {
        Some((sheet, other)) => {
            let differ = row(sheets, sum.first).map(|(_, first)| unlike(sheet, first, other)).unwrap_or_default();
            sheet.problem(other, entry.at.column, &format!("{message}{differ}"), help)
        }
        None => crate::import::given::option_problem(message, help),
    }
}

/// The columns in which two rows differ, but for their figures.
fn unlike(sheet: &LaidOutSheet, one: &SheetRow, other: &SheetRow) -> String {
    let columns: Vec<String> = sheet
        .header
        .cells()
        .filter(|(column, _)| !sheet.columns.values.contains(column) && one.text(*column) != other.text(*column))
        .map(|(_, header)| format!("`{}`", header.text()))
        .take(COLUMNS_TOLD)
        .collect();
    if columns.is_empty() { String::new() } else { format!("; the two differ under {}", listed(&columns)) }
}

/// The row that a figure stands in.
pub(super) fn row(sheets: &[LaidOutSheet], at: At) -> Option<(&LaidOutSheet, &SheetRow)> {
    let sheet = sheets.get(usize::try_from(at.sheet).ok()?)?;
    if at.row == sheet.header.number {
        return Some((sheet, &sheet.header));
    }
    let found = sheet.rows().binary_search_by_key(&at.row, |row| row.number).ok()?;
    Some((sheet, sheet.rows().get(found)?))
}

/// Where a figure stands, for people.
pub(super) fn place(sheets: &[LaidOutSheet], at: At) -> Option<String> {
    row(sheets, at).map(|(sheet, row)| sheet.place(row, at.column))
}
