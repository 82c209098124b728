//! Counts into files: evidence for people to read, or a table for programs. A gap is written as one, and told of.

use std::collections::BTreeSet;

use rayon::prelude::*;
use toml::Value;

use super::count::CountedFiles;
use super::kind::CountForm;
use super::month::{Month, PointSpan, from_to};
use super::options::{OutputKind, PlaceKind, PoliceUkOptions};
use super::tally::{Category, CountTally, CountedArea, ForceMonths};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Code, Problem};
use crate::files::TEXT_LIMIT;
use crate::import::account::grouped;
use crate::import::given::toml_table as table_row;
use crate::import::{EvidenceText, Import, RowAccount};
use crate::sheet::inert;
use crate::text_encoding::decoded_remark;
use crate::words::{counted, listed, upper_first};
use crate::words::{id_of, name_of};

/// How many areas without a row are told by name.
const MAX_TOLD_AREAS: usize = 5;

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
        OutputKind::Type => ("types.toml", maker.by_type(&remarks)),
        OutputKind::Area => ("areas.toml", maker.by_area(&remarks)),
        OutputKind::Table => ("counts.csv", maker.table()),
    };
    let name = format!("{}-{name}", maker.form.stem);
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    if options.by != OutputKind::Table && size > TEXT_LIMIT {
        let message = format!("`{name}` would have {} MiB; at most {} are read", size >> 20, TEXT_LIMIT >> 20);
        return Err(Problem::new(Code::FileTooLarge, message).help("name an area with `--area`, or use `--as table`"));
    }
    Ok(Import { files: vec![(name, text)], account: maker.account, remarks })
}

struct ImportWriter<'a> {
    counted: &'a CountedFiles,
    tally: &'a CountTally,
    present: &'a ForceMonths,
    options: &'a PoliceUkOptions,
    form: &'static CountForm,
    /// Every month of the import, those without a file too.
    months: Vec<Month>,
    /// What the points of the series cover.
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
        let form = options.count.form();
        let mut maker = Self { counted, tally, present, options, form, months, points: Vec::new(), account };
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
            (OutputKind::Area, _) => match self.options.places() {
                PlaceKind::Area => "in an area with a gap",
                PlaceKind::Neighbourhood => "in a neighbourhood with a gap",
                PlaceKind::Force => "of a force with a gap",
            },
            (OutputKind::Table, _) => "in a gap of the neighbourhood's force",
        }
    }

    // --- What a reader should know -----------------------------------------------------------------------------------

    fn remarks(&self) -> Vec<String> {
        let homes = self.tally.homes();
        let mut remarks: Vec<String> = self.counted.months_written.remark().into_iter().collect();
        remarks.extend(decoded_remark(&self.counted.decoded));
        let forces: Vec<String> = homes.iter().map(|force| self.present.name(*force).to_owned()).collect();
        let (_, places) = self.options.places().words();
        let forces = format!("{}: {}", counted(forces.len(), "force", "forces"), listed(&forces));
        remarks.push(match self.options.places() {
            PlaceKind::Force => format!(
                "{} have no neighbourhoods, so they are counted by force. Counted: {forces}. A force without a file is \
                 missing, not without stops.",
                upper_first(self.form.files.1)
            ),
            PlaceKind::Neighbourhood | PlaceKind::Area => format!(
                "These {places} are in the files of {forces}. A force without a file is missing, not without crime."
            ),
        });
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
        let made = format!("{} from data.police.uk, made by `prioritise import police-uk`.", self.form.title);
        let remarks: Vec<String> = remarks.iter().map(|remark| textwrap::fill(remark, 100)).collect();
        let mut text = EvidenceText::new(&format!("{made}\n\n{}\n{}", self.account, remarks.join("\n")));
        text.source(&[
            ("id", self.form.stem.into()),
            ("title", self.form.title.into()),
            ("publisher", "data.police.uk".into()),
            ("note", self.form.note.into()),
        ]);
        text
    }

    /// A candidate for each category, with a series.
    fn by_type(&self, remarks: &[String]) -> String {
        let mut text = self.begin(remarks);
        let gap = self.not_whole();
        for category in &self.tally.categories {
            let title = self.form.candidate_title(&category.name);
            text.candidate(&id_of(&title), &title, self.form.candidate, "");
            let points: Vec<Value> =
                self.points.iter().filter(|point| point.whole).map(|point| self.point(point, category)).collect();
            text.evidence(&self.options.evidence, &self.series(&category.name, points, gap.as_deref()));
        }
        text.finish()
    }

    fn point(&self, point: &SeriesPoint, category: &Category) -> Value {
        let of_month =
            |month: &usize| self.tally.areas.iter().map(|area| area.count(*month, category)).map(u64::from).sum();
        let counts = point.months.iter().map(of_month);
        table_row([("period", point.period.as_str().into()), ("count", sum(counts))])
    }

    fn series(&self, title: &str, points: Vec<Value>, gap: Option<&str>) -> Vec<(&'static str, Value)> {
        if points.is_empty() {
            return vec![("missing", gap.unwrap_or_default().into())];
        }
        let mut keys = vec![
            ("series", Value::Array(points)),
            ("source", self.form.stem.into()),
            ("where", format!("{}, `{title}`, {}", upper_first(self.form.files.1), self.area_in_words()).into()),
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
                format!("There is no complete count for {gaps}: {} are missing. A gap, not zero.", self.form.files.1)
            }
            _ => format!("There is no count for years with months missing: {gaps}. A gap, not zero."),
        })
    }

    fn area_in_words(&self) -> String {
        let (one, many) = self.options.places().words();
        let places = counted(self.tally.areas.len(), one, many);
        let forces = || self.tally.areas.iter().map(|area| area.name.clone()).collect();
        let named: Vec<String> = match self.options.places() {
            PlaceKind::Force => forces(),
            PlaceKind::Neighbourhood | PlaceKind::Area => self.options.areas.clone(),
        };
        if named.is_empty() { places } else { format!("{places}: {}", listed(&named)) }
    }

    /// A candidate for each place, with a count of the whole time for each category.
    fn by_area(&self, remarks: &[String]) -> String {
        let mut text = self.begin(remarks);
        let period = match (self.months.first(), self.months.last()) {
            (Some(first), Some(last)) => from_to(*first, *last),
            _ => String::new(),
        };
        for area in &self.tally.areas {
            text.candidate(&area.code, area.title(), CandidateKind::Place, "");
            let gaps = area.home().map(|force| self.absent(force)).unwrap_or_default();
            for category in &self.tally.categories {
                let keys = if gaps.is_empty() {
                    self.count(area, category, &period)
                } else {
                    let why = format!("There are no {} for {}.", self.form.files.1, listed(&gaps));
                    vec![("missing", why.into())]
                };
                text.evidence(&name_of(&format!("{} {}", self.form.prefix, category.name)), &keys);
            }
        }
        text.finish()
    }

    fn count(&self, area: &CountedArea, category: &Category, period: &str) -> Vec<(&'static str, Value)> {
        let files = upper_first(self.form.files.1);
        vec![
            ("count", sum((0..self.tally.months.len()).map(|month| u64::from(area.count(month, category))))),
            ("period", period.into()),
            ("source", self.form.stem.into()),
            ("where", format!("{files}, `{}`, {}", category.name, area.code).into()),
        ]
    }

    // --- Table -------------------------------------------------------------------------------------------------------

    /// A row for each place and category, a column for each month; a gap is an empty cell.
    fn table(&self) -> String {
        let months: Vec<String> = self.months.iter().map(Month::to_string).collect();
        let place = match self.options.places() {
            PlaceKind::Neighbourhood => "LSOA code,LSOA name",
            PlaceKind::Area => "Area id,Area",
            PlaceKind::Force => "Force id,Force",
        };
        let mut parts = vec![format!("{place},{},{}\n", self.form.headers.category, months.join(","))];
        let titles: Vec<String> = self.tally.categories.iter().map(|category| quoted(&category.name)).collect();
        let rows =
            |areas: &[CountedArea]| areas.iter().map(|area| self.rows(area, &titles)).collect::<Vec<_>>().concat();
        let rows: Vec<String> = self.tally.areas.par_chunks(256).map(rows).collect();
        parts.extend(rows);
        parts.concat()
    }

    fn rows(&self, area: &CountedArea, titles: &[String]) -> String {
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
        let mut text = String::with_capacity(self.tally.categories.len() * (60 + 2 * numbers.len()));
        for (category, title) in self.tally.categories.iter().zip(titles) {
            text.extend([&*area.code, ",", &name, ",", title]);
            for number in &numbers {
                text.push(',');
                if let Some(number) = number {
                    push_number(&mut text, area.count(*number, category));
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

fn sum(counts: impl Iterator<Item = u64>) -> Value {
    Value::Integer(i64::try_from(counts.sum::<u64>()).unwrap_or(i64::MAX))
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
