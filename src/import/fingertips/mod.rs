//! Public health figures from Fingertips: rates and percentages with their published intervals, counts, and peers.
//!
//! One row is one figure. Where several rows fit (by sex, age or category), none is taken until the person says which.

mod period;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use unit::{Follows, Share, is_adjusted, unit_of};

use super::given::{
    CitedDocument, WantedNames, open_book, option_problem, tell_passed_over, toml_number as number,
    toml_table as table_row, why_nothing,
};
use super::{EvidenceText, Import, RowAccount};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Place, Problem, Problems, quoted_list};
use crate::files::Files;
use crate::sheet::{self, CellFigure, SheetRow, SheetTable, WantedColumn, header_words};
use crate::words::id_of;
use crate::words::{self, counted, listed};

pub use unit::ValueUnit;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct FingertipsOptions {
    /// The CSV files, as Fingertips exports them.
    pub paths: Vec<String>,
    /// The area, by name or code.
    pub area: String,
    /// The indicators, by id; all unless told.
    pub indicators: Vec<String>,
    /// `Persons` unless told.
    pub sex: Option<String>,
    /// Needed where an indicator has several.
    pub age: Option<String>,
    /// The period as printed; the latest unless told.
    pub period: Option<String>,
    /// What the values are, where the indicator's name does not say so.
    pub unit: Option<ValueUnit>,
    /// What each candidate is.
    pub kind: CandidateKind,
    /// The document that the evidence cites.
    pub cited: CitedDocument,
}

const SOURCE: &str = "fingertips";

const COLUMNS: [WantedColumn; 19] = [
    WantedColumn { key: "id", names: &["Indicator ID"], needed: true },
    WantedColumn { key: "name", names: &["Indicator Name"], needed: true },
    WantedColumn { key: "area_code", names: &["Area Code"], needed: true },
    WantedColumn { key: "area", names: &["Area Name"], needed: true },
    WantedColumn { key: "type", names: &["Area Type"], needed: true },
    WantedColumn { key: "sex", names: &["Sex"], needed: true },
    WantedColumn { key: "age", names: &["Age"], needed: true },
    WantedColumn { key: "category_type", names: &["Category Type"], needed: false },
    WantedColumn { key: "category", names: &["Category"], needed: false },
    WantedColumn { key: "period", names: &["Time period"], needed: true },
    WantedColumn { key: "sortable", names: &["Time period Sortable"], needed: false },
    WantedColumn { key: "value", names: &["Value"], needed: true },
    WantedColumn { key: "lower", names: &["Lower CI 95.0 limit"], needed: true },
    WantedColumn { key: "upper", names: &["Upper CI 95.0 limit"], needed: true },
    WantedColumn { key: "count", names: &["Count"], needed: false },
    WantedColumn { key: "denominator", names: &["Denominator"], needed: false },
    WantedColumn { key: "note", names: &["Value note"], needed: false },
    WantedColumn { key: "range", names: &["Time period range"], needed: false },
    WantedColumn { key: "unit", names: &["Unit", "Value type"], needed: false },
];

/// One row that could be the figure.
#[derive(Debug, Clone, PartialEq)]
struct FigureRow {
    name: String,
    area: String,
    own: bool,
    kind: String,
    sex: String,
    age: String,
    period: String,
    sortable: String,
    range: String,
    unit: String,
    value: CellFigure,
    /// How many decimals the value is printed with.
    decimals: u32,
    interval: Option<(f64, f64)>,
    count: CellFigure,
    denominator: Option<f64>,
    note: String,
    place: String,
    /// The cell of the value, where the row is of the area.
    at: Option<Place>,
}

/// The most areas that are named one by one.
const MAX_TOLD: usize = 5;

/// Reads the files and makes a candidate of each indicator.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &FingertipsOptions) -> Result<Import, Problems> {
    let mut reading = FingertipsReader {
        area: WantedNames::new(std::slice::from_ref(&options.area)),
        wanted: WantedNames::new(&options.indicators),
        options,
        account: RowAccount::new("rows of figures"),
        lines: BTreeMap::new(),
        areas: BTreeSet::new(),
        indicators: BTreeSet::new(),
        problems: Problems::default(),
        remarks: Vec::new(),
    };
    for path in &options.paths {
        let mut book = open_book(files, path, &mut reading.remarks)?;
        for at in 0..book.names().len() {
            reading.sheet(&book.sheet(at)?);
        }
    }
    reading.finish()
}

struct FingertipsReader<'a> {
    options: &'a FingertipsOptions,
    area: WantedNames,
    wanted: WantedNames,
    account: RowAccount,
    /// The rows that could be the figure, by the indicator's id.
    lines: BTreeMap<String, Vec<FigureRow>>,
    areas: BTreeSet<String>,
    indicators: BTreeSet<String>,
    problems: Problems,
    remarks: Vec<String>,
}

impl FingertipsReader<'_> {
    fn sheet(&mut self, sheet: &sheet::Sheet) {
        let table = match SheetTable::find_ragged(sheet, &COLUMNS, stands_right) {
            Ok(Some(table)) => table,
            Ok(None) => return self.problems.push(SheetTable::absent(sheet, &COLUMNS)),
            Err(problem) => return self.problems.push(problem),
        };
        tell_passed_over(&table, &mut self.remarks);
        if table.short_rows() > 0 {
            self.remarks.push(format!(
                "{} fewer cells than the header has. Their cells stand under their headers as far as `Time period \
                 Sortable`, and no column behind it decides a figure.",
                counted(table.short_rows(), "row has", "rows have")
            ));
        }
        self.account.read(table.rows.len() as u64);
        for row in table.rows {
            if let Err(problem) = self.row(&table, row) {
                self.problems.push(problem);
            }
        }
    }

    fn row(&mut self, table: &SheetTable<'_>, row: &SheetRow) -> Result<(), Problem> {
        let text = |key: &str| table.text(row, key);
        let own = self.area.has(&text("area")) | self.area.has(&text("area_code"));
        self.areas.insert(text("area"));
        let id = text("id");
        self.indicators.insert(id.clone());
        if !self.wanted.is_empty() && !self.wanted.has(&id) {
            self.account.set_aside("other indicators", 1);
            return Ok(());
        }
        if let Some(reason) = self.other(&text) {
            self.account.set_aside(reason, 1);
            return Ok(());
        }
        let cell = |key: &str| -> Result<CellFigure, Problem> {
            sheet::figure(table.get(row, key)).map_err(|(message, help)| table.problem(row, key, &message, help))
        };
        let figure = |key: &str| -> Result<Option<f64>, Problem> { Ok(plain(&cell(key)?)) };
        let line = FigureRow {
            name: text("name"),
            area: text("area"),
            own,
            kind: text("type"),
            sex: text("sex"),
            age: text("age"),
            period: text("period"),
            sortable: text("sortable"),
            range: text("range"),
            unit: text("unit"),
            value: cell("value")?,
            decimals: text("value").split_once('.').map_or(0, |(_, digits)| digits.len().try_into().unwrap_or(15)),
            interval: figure("lower")?.zip(figure("upper")?),
            count: cell("count")?,
            denominator: figure("denominator")?.filter(|people| *people > 0.0),
            note: text("note"),
            place: table.sheet.place_of(row, table.column("value").unwrap_or(0)),
            at: own.then(|| table.problem(row, "value", "", "").place).flatten(),
        };
        self.lines.entry(id).or_default().push(line);
        Ok(())
    }

    /// Why a row is about something else than what is asked.
    fn other(&self, text: &impl Fn(&str) -> String) -> Option<&'static str> {
        let is = |key: &str, wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| header_words(&text(key)) == header_words(wanted))
        };
        if !text("category_type").is_empty() || !text("category").is_empty() {
            return Some("by category, such as deprivation deciles");
        }
        if !is("sex", &self.options.sex) {
            return Some("of the other sex, or of both");
        }
        if !is("age", &self.options.age) {
            return Some("of other ages");
        }
        (!is("period", &self.options.period)).then_some("of other periods")
    }

    fn finish(mut self) -> Result<Import, Problems> {
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let areas: Vec<&str> = self.areas.iter().map(String::as_str).collect();
        for problem in self.area.unmet("area", areas) {
            self.problems.push(problem);
        }
        let indicators: Vec<&str> = self.indicators.iter().map(String::as_str).collect();
        for problem in self.wanted.unmet("indicator", indicators) {
            self.problems.push(problem);
        }
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let mut text = EvidenceText::new("Public health figures: made by `prioritise import fingertips`.");
        text.source(&self.options.cited.keys(SOURCE, "Fingertips public health profiles", "")?);
        let (mut ids, mut any) = (BTreeSet::new(), false);
        for (indicator, lines) in std::mem::take(&mut self.lines) {
            match self.chosen(&indicator, lines) {
                Ok(Some(chosen)) => {
                    let plain = id_of(&chosen.own.name);
                    let id = if plain.is_empty() || !ids.insert(plain.clone()) {
                        format!("{plain}-{indicator}")
                    } else {
                        plain
                    };
                    any = true;
                    if let Err(problem) = self.evidence(&mut text, &id, &indicator, &chosen) {
                        self.problems.push(problem);
                    }
                }
                Ok(None) => {}
                Err(problem) => self.problems.push(problem),
            }
        }
        if !any && !self.problems.has_errors() {
            let help = format!("leave out `--sex`, `--age` or `--period`; {}", why_nothing(&self.account));
            self.problems.push(option_problem("no row matches what is asked for", help));
        }
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let files = vec![("evidence/fingertips.toml".to_owned(), text.finish())];
        Ok(Import { files, account: self.account, remarks: self.remarks })
    }

    /// The figure of the area and of its peers, in its latest period; each row that is neither is set aside.
    fn chosen(&mut self, indicator: &str, lines: Vec<FigureRow>) -> Result<Option<Chosen>, Problem> {
        let lines = self.of_one_sex(lines);
        let valued: Vec<&FigureRow> = lines.iter().filter(|line| line.own && plain(&line.value).is_some()).collect();
        let own: Vec<&FigureRow> =
            if valued.is_empty() { lines.iter().filter(|line| line.own).collect() } else { valued };
        of_one_kind(indicator, "sexes", "--sex", own.iter().map(|line| line.sex.as_str()))?;
        of_one_kind(indicator, "ages", "--age", own.iter().map(|line| line.age.as_str()))?;
        let Some(latest) = own.iter().max_by_key(|line| line.when()).map(|line| (*line).clone()) else {
            self.account.set_aside("of indicators without a row for the area", lines.len() as u64);
            self.remarks.push(format!("Indicator {indicator} has no row for {}.", self.options.area));
            return Ok(None);
        };
        self.tell_later(indicator, &latest, &lines);
        let mut fit: BTreeMap<String, FigureRow> = BTreeMap::new();
        let mut lacking = Vec::new();
        for line in lines {
            if line.period != latest.period {
                self.account.set_aside("of other periods", 1);
            } else if line.kind != latest.kind {
                self.account.set_aside("of another type of area", 1);
            } else if line.age != latest.age || line.sex != latest.sex {
                self.account.set_aside("of other ages or sexes", 1);
            } else if !line.own && plain(&line.value).is_none() {
                self.account.set_aside("of other areas without a value", 1);
                lacking.push(format!("{}{}", line.area, line.said("(", ")")));
            } else if let Some(other) = fit.get(&line.area) {
                if (&other.value, other.interval) != (&line.value, line.interval) {
                    let message = format!(
                        "indicator {indicator}: {} has two values in {}, {} and {}",
                        line.area,
                        line.period,
                        other.shown(),
                        line.shown()
                    );
                    let problem = option_problem(message, "choose with `--sex`, `--age` or `--period`");
                    return Err(line.at.clone().map_or(problem.clone(), |place| problem.at(place)));
                }
                self.account.set_aside("the same figure once more", 1);
            } else {
                fit.insert(line.area.clone(), line);
            }
        }
        let own = fit.values().find(|line| line.own).cloned().unwrap_or(latest);
        let peers: Vec<FigureRow> = fit.into_values().filter(|line| !line.own).collect();
        self.account.used(1);
        Ok(Some(Chosen { own, peers, lacking }))
    }

    /// Says where later periods of the area have no value.
    fn tell_later(&mut self, indicator: &str, latest: &FigureRow, lines: &[FigureRow]) {
        if plain(&latest.value).is_none() {
            return;
        }
        let same = |line: &&FigureRow| line.own && (&line.age, &line.sex) == (&latest.age, &latest.sex);
        let later = lines.iter().filter(same).filter(|line| line.when() > latest.when());
        let without: Vec<String> = later.map(|line| format!("{}{}", line.period, line.said("(", ")"))).collect();
        if !without.is_empty() {
            self.remarks.push(format!(
                "Indicator {indicator}: {} has no value for {}, so {} is taken.",
                latest.area,
                listed(&without),
                latest.period
            ));
        }
    }

    /// `Persons` where no sex is asked for and there are persons.
    fn of_one_sex(&mut self, lines: Vec<FigureRow>) -> Vec<FigureRow> {
        let persons = lines.iter().any(|line| line.own && line.sex == "Persons");
        if self.options.sex.is_some() || !persons {
            return lines;
        }
        let (fit, other): (Vec<FigureRow>, Vec<FigureRow>) = lines.into_iter().partition(|line| line.sex == "Persons");
        self.account.set_aside("of the other sex, or of both", other.len() as u64);
        fit
    }

    fn evidence(&mut self, text: &mut EvidenceText, id: &str, indicator: &str, chosen: &Chosen) -> Result<(), Problem> {
        let own = &chosen.own;
        let about = format!("Indicator {indicator}: {}, {}.", own.sex, own.age);
        let place =
            format!("Indicator {indicator}, {}, {}, {}, {} ({})", own.area, own.sex, own.age, own.period, own.place);
        let Some(value) = plain(&own.value) else {
            self.no_value(text, id, chosen, &about, &place);
            return Ok(());
        };
        let period = period::read(&own.period, &own.range);
        let years = period.as_ref().map_or(1, |period| period.years);
        let unit = self.unit(indicator, own, years)?;
        text.candidate(id, &own.name, self.options.kind, &about);
        let written = period.map(|period| period.written);
        let mut keys: Vec<(&str, Value)> = match unit {
            ValueUnit::Rate(per) => vec![("rate", number(value)), ("per", number(per))],
            ValueUnit::Percentage => vec![("percentage", number(value))],
            ValueUnit::Number => vec![("number", number(value))],
        };
        match own.interval {
            Some((lower, upper)) if lower <= value && value <= upper => {
                keys.extend([("lower", number(lower)), ("upper", number(upper))]);
            }
            Some((lower, upper)) => self.remarks.push(format!(
                "{}: the value {value} is not between its limits {lower} and {upper} ({}), so they are left out.",
                own.name, own.place
            )),
            None => {}
        }
        let cited = |keys: &mut Vec<(&str, Value)>, notes: &[String]| {
            keys.extend(written.clone().map(|period| ("period", period.into())));
            keys.extend([("source", SOURCE.into()), ("where", place.as_str().into())]);
            if !notes.is_empty() {
                keys.push(("note", notes.join(" ").into()));
            }
        };
        let noted: Vec<String> = own.note_sentence().into_iter().collect();
        cited(&mut keys, &noted);
        text.evidence("published", &keys);
        if let Some((mut keys, note)) = self.count(own, unit, years, written.is_some()) {
            let notes: Vec<String> = noted.iter().cloned().chain(note).collect();
            cited(&mut keys, &notes);
            text.evidence("recorded", &keys);
        }
        if unit == ValueUnit::Number {
            self.account.set_aside("of other areas, which are compared by rates alone", chosen.peers.len() as u64);
        } else {
            self.account.used(chosen.peers.len() as u64);
            if !chosen.peers.is_empty() {
                let rows = std::iter::once(own).chain(&chosen.peers).filter_map(FigureRow::peer).collect();
                let mut keys = vec![("peers", Value::Array(rows)), ("area", own.area.as_str().into())];
                let notes =
                    chosen.peers.iter().filter_map(|peer| Some(format!("{}: {}", peer.area, peer.note_sentence()?)));
                let notes: Vec<String> = noted.iter().cloned().chain(notes.take(MAX_TOLD)).collect();
                cited(&mut keys, &notes);
                text.evidence("similar_areas", &keys);
            }
        }
        self.tell_peers(chosen, unit, years);
        Ok(())
    }

    /// A candidate whose figure is missing, with why.
    fn no_value(&mut self, text: &mut EvidenceText, id: &str, chosen: &Chosen, about: &str, place: &str) {
        let own = &chosen.own;
        let why = format!("No value for {} in {}{}.", own.area, own.period, own.said("(", ")"));
        text.candidate(id, &own.name, self.options.kind, about);
        let keys = [("missing", why.as_str().into()), ("source", SOURCE.into()), ("where", place.into())];
        text.evidence("published", &keys);
        self.remarks.push(format!("{}: {why} It is filed as missing.", own.name));
        self.account.set_aside("of other areas, where ours has no value", chosen.peers.len() as u64);
    }

    /// What the values are: what is asked, or what the file says. A name that the figures contradict is refused.
    fn unit(&self, indicator: &str, own: &FigureRow, years: u32) -> Result<ValueUnit, Problem> {
        if let Some(unit) = self.options.unit {
            return Ok(unit);
        }
        let share = own.share(years);
        let said = unit_of(&own.unit).or_else(|| unit_of(&own.name));
        let other =
            share.filter(|share| said.and_then(ValueUnit::per).is_none_or(|per| share.follows(per) == Follows::Not));
        let other = other.and_then(|share| share.other_unit(said.and_then(ValueUnit::per)));
        let (message, help) = match (said, other) {
            (Some(said), Some(other)) if !is_adjusted(&own.name) => (
                format!(
                    "indicator {indicator}, `{}`, says {}, and its value {} is count over denominator as {}",
                    own.name,
                    said.option(),
                    own.shown(),
                    other.option()
                ),
                format!("say which it is with `--unit {}` or `--unit {}`", other.option(), said.option()),
            ),
            (Some(said), _) => return Ok(said),
            (None, other) => (
                format!("nothing says what the values of indicator {indicator}, `{}`, are", own.name),
                match other {
                    Some(other) => format!(
                        "its value {} is count over denominator as {}: say so with `--unit {}`",
                        own.shown(),
                        other.option(),
                        other.option()
                    ),
                    None => "say so with `--unit`: percentage, number, per-1000, per-10000 or per-100000".to_owned(),
                },
            ),
        };
        let problem = option_problem(message, help);
        Err(own.at.clone().map_or(problem.clone(), |place| problem.at(place)))
    }

    /// The count with what it is set against, so that its rate a year is the published one; with a note on it. None
    /// where there is no count that can be filed.
    fn count(&mut self, own: &FigureRow, unit: ValueUnit, years: u32, dated: bool) -> Option<NotedKeys> {
        let count = match &own.count {
            CellFigure::Number(count) if count.fract() == 0.0 && *count >= 0.0 => ("count", number(*count)),
            CellFigure::Number(count) => {
                self.remarks.push(format!("{}: the count {count} is no whole number, so it is left out.", own.name));
                return None;
            }
            CellFigure::Withheld(mark) => ("suppressed", mark.as_str().into()),
            CellFigure::Empty => return None,
        };
        if !dated {
            self.remarks.push(format!(
                "{}: the count {} is left out, because `{}` is not a single period.",
                own.name,
                count.1.to_string().trim_matches('"'),
                own.period
            ));
            return None;
        }
        let mut keys = vec![count];
        if own.denominator.is_none() {
            return Some((keys, None));
        }
        let (people, note) = self.denominator(own, unit, years)?;
        keys.push(("population", number(people)));
        Some((keys, note))
    }

    /// How many people a year the count is of, with a note. Of pooled years the published value shows whether the
    /// denominator is of one year or of all together; where it does not, the count has no rate that could be told.
    fn denominator(&mut self, own: &FigureRow, unit: ValueUnit, years: u32) -> Option<(f64, Option<String>)> {
        let denominator = own.denominator?;
        let share = own.share(years).zip(unit.per());
        let mut follows = share.map(|(share, per)| share.follows(per));
        if let (Some(Follows::Not), Some((share, per))) = (follows, share) {
            let adjusted = is_adjusted(&own.name);
            self.remarks.push(format!(
                "{}: the value {} is not its count over its denominator, which is {}{} ({}).",
                own.name,
                own.shown(),
                share.in_words(unit),
                if adjusted { "; it is adjusted, so that may be" } else { "" },
                own.place
            ));
            follows = Some(share.is_near(per)).filter(|_| adjusted);
        }
        let people = match (years, follows) {
            (1, _) | (_, Some(Follows::OverOne)) => denominator,
            (years, Some(Follows::OverAll)) => denominator / f64::from(years),
            _ => {
                self.remarks.push(format!(
                    "{}: nothing shows whether the denominator {denominator} is of one year or of all {years}, so the \
                     count is left out.",
                    own.name
                ));
                return None;
            }
        };
        let whole = people.round();
        if whole < 1.0 || (whole - people).abs() > people * 0.001 {
            self.remarks.push(format!(
                "{}: the denominator {denominator} is too small to be filed as a whole number, so the count is left out.",
                own.name
            ));
            return None;
        }
        let note = (follows == Some(Follows::OverAll) && years > 1).then(|| {
            format!("The denominator {denominator} is of {years} years together; the population is that of one.")
        });
        Some((whole, note))
    }

    /// Says which other areas have no value, and whose values don't follow from their counts.
    fn tell_peers(&mut self, chosen: &Chosen, unit: ValueUnit, years: u32) {
        let name = &chosen.own.name;
        if !chosen.lacking.is_empty() {
            let first = chosen.lacking.get(..MAX_TOLD).unwrap_or(&chosen.lacking);
            let more = match chosen.lacking.len() - first.len() {
                0 => String::new(),
                more => format!("; {more} more"),
            };
            self.remarks.push(format!("{name}: not compared, without a value: {}{more}.", first.join("; ")));
        }
        let (Some(per), false) = (unit.per(), is_adjusted(name)) else { return };
        let odd = |peer: &&FigureRow| peer.share(years).is_some_and(|share| share.follows(per) == Follows::Not);
        let odd: Vec<String> =
            chosen.peers.iter().filter(odd).map(|peer| format!("{} ({})", peer.area, peer.place)).collect();
        if !odd.is_empty() {
            let first = odd.get(..MAX_TOLD).unwrap_or(&odd);
            self.remarks.push(format!(
                "{name}: the values of {} of {} other areas are not count over denominator: {}{}.",
                odd.len(),
                chosen.peers.len(),
                listed(first),
                if odd.len() > first.len() { " and more" } else { "" }
            ));
        }
    }
}

/// Refuses an indicator whose rows of the area are of several sexes or ages.
fn of_one_kind<'l>(
    indicator: &str,
    what: &str,
    option: &str,
    values: impl Iterator<Item = &'l str>,
) -> Result<(), Problem> {
    let different: BTreeSet<&str> = values.collect();
    if different.len() < 2 {
        return Ok(());
    }
    let different: Vec<&str> = different.into_iter().collect();
    let message = format!("indicator {indicator} has several {what}: {}", quoted_list(&different));
    Err(option_problem(message, format!("choose one with `{option}`, and import the indicators one by one")))
}

/// The keys of a count as evidence has them, and a note on them.
type NotedKeys = (Vec<(&'static str, Value)>, Option<String>);

/// The figure of an indicator for the area, with those of others.
struct Chosen {
    own: FigureRow,
    peers: Vec<FigureRow>,
    /// Other areas without a value, each with what is said of it.
    lacking: Vec<String>,
}

/// Whether the cells of a row that is shorter than the header stand under their headers: what stands under `Time period
/// Sortable`, which is behind all that is read, is a time such as `20150000`.
fn stands_right(table: &SheetTable<'_>, row: &SheetRow) -> bool {
    let time = table.text(row, "sortable");
    time.len() == 8 && time.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that a cell holds; none where it is empty or withheld.
fn plain(figure: &CellFigure) -> Option<f64> {
    match figure {
        CellFigure::Number(number) => Some(*number),
        CellFigure::Empty | CellFigure::Withheld(_) => None,
    }
}

impl FigureRow {
    fn when(&self) -> (String, String) {
        (self.sortable.clone(), self.period.clone())
    }
    /// The value beside its count and denominator, where it has them.
    fn share(&self, years: u32) -> Option<Share> {
        let (value, count, denominator) = (plain(&self.value)?, plain(&self.count)?, self.denominator?);
        Some(Share { value, decimals: self.decimals, count, denominator, years })
    }

    /// The value in words.
    fn shown(&self) -> String {
        match &self.value {
            CellFigure::Number(value) => words::number(*value, 4),
            CellFigure::Withheld(mark) => mark.clone(),
            CellFigure::Empty => "nothing".to_owned(),
        }
    }

    fn peer(&self) -> Option<Value> {
        Some(table_row([("area", self.area.as_str().into()), ("rate", number(plain(&self.value)?))]))
    }

    /// What the file says of a value, between two marks: how it is withheld, and its note.
    fn said(&self, before: &str, after: &str) -> String {
        let mark = match &self.value {
            CellFigure::Withheld(mark) => Some(format!("withheld as `{mark}`")),
            CellFigure::Number(_) | CellFigure::Empty => None,
        };
        let said: Vec<String> = mark.into_iter().chain((!self.note.is_empty()).then(|| self.note.clone())).collect();
        if said.is_empty() { String::new() } else { format!(" {before}{}{after}", said.join("; ")) }
    }

    /// The note of the value, with a full stop.
    fn note_sentence(&self) -> Option<String> {
        let note = self.note.trim_end_matches('.');
        (!note.is_empty()).then(|| format!("{note}."))
    }
}
