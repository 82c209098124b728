//! Counts into files: evidence for people to read, or a table for programs. A gap is written as one, and told of.

use std::collections::BTreeSet;

use rayon::prelude::*;
use toml::Value;

use super::count::CountedFiles;
use super::month::from_to;
use super::tally::{CountTally, CountedArea, ForceMonths};
use super::{CRIME_TYPES, Month, OutputKind, PointSpan, PoliceUkOptions};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Code, Problem};
use crate::files::TEXT_LIMIT;
use crate::import::account::grouped;
use crate::import::given::toml_table as table_row;
use crate::import::{EvidenceText, Import, RowAccount, id_of, name_of};
use crate::sheet::inert;
use crate::text_encoding::decoded_remark;
use crate::words::{counted, listed};

/// How many areas without a row are told by name.
const MAX_TOLD_AREAS: usize = 5;
/// The id of the document that all figures name.
const SOURCE: &str = "police-uk";
/// What stands in every file, so that files of several imports can stand side by side.
const NOTE: &str = "Locations are snap points near the real ones, so counts of small areas are not exact. Anti-social \
                    behaviour has no Crime ID: what is in twice counts twice.";

/// The files that are wanted, with the account and what a reader should know: `remarks`, and what the counts show.
///
/// # Errors
/// Says that a file would be too large for the engine to read.
pub(super) fn files(
    counted: &CountedFiles,
    options: &PoliceUkOptions,
    mut remarks: Vec<String>,
) -> Result<Import, Problem> {
    let maker = ImportWriter::new(counted, options);
    remarks.extend(maker.remarks());
    let (name, text) = match options.by {
        OutputKind::Type => ("police-uk-types.toml", maker.by_type(&remarks)),
        OutputKind::Area => ("police-uk-areas.toml", maker.by_area(&remarks)),
        OutputKind::Table => ("police-uk-counts.csv", maker.table()),
    };
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    if options.by != OutputKind::Table && size > TEXT_LIMIT {
        let message = format!("`{name}` would have {} MiB; at most {} are read", size >> 20, TEXT_LIMIT >> 20);
        return Err(Problem::new(Code::FileTooLarge, message).help("name an area with `--area`, or use `--by table`"));
    }
    Ok(Import { files: vec![(name.to_owned(), text)], account: maker.account, remarks })
}

struct ImportWriter<'a> {
    counted: &'a CountedFiles,
    tally: &'a CountTally,
    present: &'a ForceMonths,
    options: &'a PoliceUkOptions,
    /// Every month of the import, those without a file too.
    months: Vec<Month>,
    /// What the points of the series of crime types cover.
    points: Vec<SeriesPoint>,
    account: RowAccount,
}

/// A stretch of months, whole or not.
struct SeriesPoint {
    period: String,
    /// Its months in which every force of the area has rows, by their number in the tally.
    months: Vec<usize>,
    whole: bool,
}

impl<'a> ImportWriter<'a> {
    fn new(counted: &'a CountedFiles, options: &'a PoliceUkOptions) -> Self {
        let (tally, present) = (&counted.tally, &counted.present);
        let first = options.from.or(tally.months.first().copied());
        let last = options.to.or(tally.months.last().copied());
        let months = first.zip(last).map(|(first, last)| first.through(last).collect()).unwrap_or_default();
        let account = counted.account.clone();
        let mut maker = Self { counted, tally, present, options, months, points: Vec::new(), account };
        maker.points = maker.points();
        maker.account.take_back(maker.reason(), maker.left_out());
        maker
    }

    /// The months put together, oldest first.
    fn points(&self) -> Vec<SeriesPoint> {
        let every = self.options.every;
        let homes = self.tally.homes();
        let mut points: Vec<SeriesPoint> = Vec::new();
        for month in &self.months {
            let period = every.period(*month);
            if points.last().is_none_or(|point| point.period != period) {
                points.push(SeriesPoint { period, months: Vec::new(), whole: false });
            }
            let known = homes.iter().all(|force| self.present.has(*force, *month));
            if let (Some(point), Ok(number)) = (points.last_mut(), self.tally.months.binary_search(month))
                && known
            {
                point.months.push(number);
                point.whole = point.months.len() == every.months();
            }
        }
        points
    }

    /// How many rows that count are in nothing that is written: there is no whole count to put them into.
    fn left_out(&self) -> u64 {
        let whole = self.points.iter().filter(|point| point.whole);
        let in_a_point: BTreeSet<usize> = whole.flat_map(|point| point.months.iter().copied()).collect();
        let left_out = |area: &CountedArea| -> u64 {
            let home = area.home();
            let gap = |month: &Month| home.is_none_or(|force| !self.present.has(force, *month));
            let has_gap = self.options.by == OutputKind::Area && self.months.iter().any(gap);
            let months = (0..).zip(&self.tally.months).filter(|(number, month)| match self.options.by {
                OutputKind::Type => !in_a_point.contains(number),
                OutputKind::Area => has_gap,
                OutputKind::Table => gap(month),
            });
            months.map(|(number, _)| area.rows_in(number)).sum()
        };
        self.tally.areas.iter().map(left_out).sum()
    }

    /// Why such rows are set aside.
    fn reason(&self) -> &'static str {
        match (self.options.by, self.options.every) {
            (OutputKind::Type, PointSpan::Month) => "in a month that is not whole",
            (OutputKind::Type, PointSpan::Year | PointSpan::FinancialYear) => "in a year that is not whole",
            (OutputKind::Area, _) if self.options.lookup.is_some() => "in an area with a gap",
            (OutputKind::Area, _) => "in a neighbourhood with a gap",
            (OutputKind::Table, _) => "in a gap of the neighbourhood's force",
        }
    }

    // --- What a reader should know -----------------------------------------------------------------------------------

    fn remarks(&self) -> Vec<String> {
        let homes = self.tally.homes();
        let mut remarks: Vec<String> = self.counted.months_written.remark().into_iter().collect();
        remarks.extend(decoded_remark(&self.counted.decoded));
        let forces: Vec<String> = homes.iter().map(|force| self.present.name(*force).to_owned()).collect();
        remarks.push(format!(
            "These {} are in the files of {}: {}. A force without a file is missing, not without crime.",
            if self.options.lookup.is_some() { "areas" } else { "neighbourhoods" },
            counted(forces.len(), "force", "forces"),
            listed(&forces)
        ));
        for force in &homes {
            let absent = self.absent(*force);
            if !absent.is_empty() {
                let name = self.present.name(*force);
                remarks.push(format!("There are no rows of {name} for {}: a gap, not zero.", listed(&absent)));
            }
        }
        let met = |code: &&String| {
            self.options.lookup.is_some() || self.tally.areas.binary_search_by(|area| area.code.cmp(code)).is_ok()
        };
        let unmet: Vec<String> = self.options.codes.iter().filter(|code| !met(code)).cloned().collect();
        if !unmet.is_empty() {
            let codes = counted(unmet.len(), "code has", "codes have");
            remarks.push(format!("{codes} no row, which may be a mistake: {}.", listed(&unmet)));
        }
        remarks.extend(self.areas_without_a_row());
        if let Some(gap) = self.not_whole().filter(|_| self.options.every != PointSpan::Month) {
            remarks.push(gap);
        }
        if self.counted.untold > 0 {
            let rows = if self.counted.untold == 1 { "row is" } else { "rows are" };
            remarks.push(format!("{} more {rows} set aside like those that are shown.", grouped(self.counted.untold)));
        }
        remarks
    }

    /// The areas of the lookup in which no row counts: nothing shows that files cover them, so that is no zero.
    fn areas_without_a_row(&self) -> Option<String> {
        let met: BTreeSet<&str> = self.tally.areas.iter().map(|area| &*area.name).collect();
        let all: BTreeSet<&String> = self.options.lookup.iter().flat_map(|lookup| lookup.values()).collect();
        let mut unmet: Vec<String> = all.into_iter().filter(|area| !met.contains(&***area)).cloned().collect();
        let areas = counted(unmet.len(), "area", "areas");
        let more = unmet.len().saturating_sub(MAX_TOLD_AREAS);
        unmet.truncate(MAX_TOLD_AREAS);
        let names = if more > 0 { format!("{} and {more} more", unmet.join(", ")) } else { listed(&unmet) };
        (!unmet.is_empty())
            .then(|| format!("Not written, because no row counts there: {areas} of the lookup, {names}."))
    }

    /// The months for which a force has no rows.
    fn absent(&self, force: usize) -> Vec<String> {
        let absent = self.months.iter().filter(|month| !self.present.has(force, **month));
        absent.map(Month::to_string).collect()
    }

    // --- Evidence ----------------------------------------------------------------------------------------------------

    fn begin(&self, remarks: &[String]) -> EvidenceText {
        let made = "Street-level crime from data.police.uk, made by `prioritise import police-uk`.";
        let remarks: Vec<String> = remarks.iter().map(|remark| textwrap::fill(remark, 100)).collect();
        let mut text = EvidenceText::new(&format!("{made}\n\n{}\n{}", self.account, remarks.join("\n")));
        text.source(&[
            ("id", SOURCE.into()),
            ("title", "Street-level crime".into()),
            ("publisher", "data.police.uk".into()),
            ("note", NOTE.into()),
        ]);
        text
    }

    /// A candidate for each crime type, with a series.
    fn by_type(&self, remarks: &[String]) -> String {
        let mut text = self.begin(remarks);
        let gap = self.not_whole();
        for (kind, title) in CRIME_TYPES.iter().enumerate() {
            text.candidate(&id_of(title), title, CandidateKind::Crime, "");
            let points: Vec<Value> =
                self.points.iter().filter(|point| point.whole).map(|point| self.point(point, kind)).collect();
            text.evidence(&self.options.evidence, &self.series(title, points, gap.as_deref()));
        }
        text.finish()
    }

    fn point(&self, point: &SeriesPoint, kind: usize) -> Value {
        let counts = point.months.iter().flat_map(|month| self.tally.areas.iter().map(|area| area.count(*month, kind)));
        table_row([("period", point.period.as_str().into()), ("count", sum(counts))])
    }

    fn series(&self, title: &str, points: Vec<Value>, gap: Option<&str>) -> Vec<(&'static str, Value)> {
        if points.is_empty() {
            return vec![("missing", gap.unwrap_or_default().into())];
        }
        let mut keys = vec![
            ("series", Value::Array(points)),
            ("source", SOURCE.into()),
            ("where", format!("Street files, `{title}`, {}", self.area_in_words()).into()),
        ];
        keys.extend(gap.map(|gap| ("note", gap.into())));
        keys
    }

    /// Which periods have no point, and why; none where all have one.
    fn not_whole(&self) -> Option<String> {
        let every = self.options.every;
        let partly = |point: &SeriesPoint| match every {
            PointSpan::Month => point.period.clone(),
            every => format!("{} ({} of {})", point.period, point.months.len(), every.months()),
        };
        let gaps: Vec<String> = self.points.iter().filter(|point| !point.whole).map(partly).collect();
        let gaps = Some(listed(&gaps)).filter(|_| !gaps.is_empty())?;
        Some(match every {
            PointSpan::Month => {
                format!("There is no complete count for {gaps}: street files are missing. A gap, not zero.")
            }
            _ => format!("There is no count for years with months missing: {gaps}. A gap, not zero."),
        })
    }

    fn area_in_words(&self) -> String {
        let (one, many) =
            if self.options.lookup.is_some() { ("area", "areas") } else { ("neighbourhood", "neighbourhoods") };
        let neighbourhoods = counted(self.tally.areas.len(), one, many);
        match &*self.options.areas {
            [] => neighbourhoods,
            areas => format!("{neighbourhoods}: {}", listed(areas)),
        }
    }

    /// A candidate for each neighbourhood, with a count of the whole time for each crime type.
    fn by_area(&self, remarks: &[String]) -> String {
        let mut text = self.begin(remarks);
        let period = match (self.months.first(), self.months.last()) {
            (Some(first), Some(last)) => from_to(*first, *last),
            _ => String::new(),
        };
        for area in &self.tally.areas {
            text.candidate(&area.code, area.title(), CandidateKind::Place, "");
            let gaps = area.home().map(|force| self.absent(force)).unwrap_or_default();
            for (kind, title) in CRIME_TYPES.iter().enumerate() {
                let keys = match gaps.is_empty() {
                    true => self.count(area, kind, &period),
                    false => vec![("missing", format!("There are no street files for {}.", listed(&gaps)).into())],
                };
                text.evidence(&name_of(title), &keys);
            }
        }
        text.finish()
    }

    fn count(&self, area: &CountedArea, kind: usize, period: &str) -> Vec<(&'static str, Value)> {
        let title = CRIME_TYPES.get(kind).copied().unwrap_or_default();
        vec![
            ("count", sum((0..self.tally.months.len()).map(|month| area.count(month, kind)))),
            ("period", period.into()),
            ("source", SOURCE.into()),
            ("where", format!("Street files, `{title}`, {}", area.code).into()),
        ]
    }

    // --- Table -------------------------------------------------------------------------------------------------------

    /// A row for each neighbourhood and crime type, a column for each month; a gap is an empty cell.
    fn table(&self) -> String {
        let months: Vec<String> = self.months.iter().map(Month::to_string).collect();
        let area = if self.options.lookup.is_some() { "Area id,Area" } else { "LSOA code,LSOA name" };
        let mut parts = vec![format!("{area},Crime type,{}\n", months.join(","))];
        let rows = |areas: &[CountedArea]| areas.iter().map(|area| self.rows(area)).collect::<Vec<_>>().concat();
        let rows: Vec<String> = self.tally.areas.par_chunks(256).map(rows).collect();
        parts.extend(rows);
        parts.concat()
    }

    fn rows(&self, area: &CountedArea) -> String {
        let home = area.home();
        let numbers: Vec<Option<usize>> = self
            .months
            .iter()
            .map(|month| {
                let known = home.is_some_and(|force| self.present.has(force, *month));
                self.tally.months.binary_search(month).ok().filter(|_| known)
            })
            .collect();
        let name = quoted(area.title());
        let mut text = String::with_capacity(CRIME_TYPES.len() * (60 + 2 * numbers.len()));
        for (kind, title) in CRIME_TYPES.iter().enumerate() {
            text.extend([&*area.code, ",", &name, ",", title]);
            for number in &numbers {
                text.push(',');
                if let Some(number) = number {
                    push_number(&mut text, area.count(*number, kind));
                }
            }
            text.push('\n');
        }
        text
    }
}

impl CountedArea {
    fn title(&self) -> &str {
        if self.name.trim().is_empty() { &self.code } else { &self.name }
    }
}

fn sum(counts: impl Iterator<Item = u32>) -> Value {
    Value::Integer(counts.map(i64::from).sum())
}

/// Most counts of a neighbourhood have one digit.
fn push_number(text: &mut String, count: u32) {
    match char::from_digit(count, 10) {
        Some(digit) => text.push(digit),
        None => text.push_str(&count.to_string()),
    }
}

/// Text as a cell of CSV: in quotes where it has a comma, a quote or a line end.
fn quoted(text: &str) -> String {
    let text = inert(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
