//! Public health figures from Fingertips: rates and percentages with their published intervals, counts, and peers.
//!
//! One row is one figure. Where several rows fit (by sex, age or category), none is taken until the person says which.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::given::{
    CitedDocument, WantedNames, financial_year, option_problem, toml_number as number, toml_table as table_row,
};
use super::{EvidenceText, Import, RowAccount, id_of};
use crate::assessment::{CandidateKind, Period};
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::files::Files;
use crate::sheet::{self, Book, CellFigure, SheetRow, SheetTable, WantedColumn, header_words};

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

/// What values are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueUnit {
    /// A rate per so many people.
    Rate(f64),
    /// A percentage, 0 to 100.
    Percentage,
    /// Any other figure.
    Number,
}

const SOURCE: &str = "fingertips";

const COLUMNS: [WantedColumn; 18] = [
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
    WantedColumn { key: "parent", names: &["Parent Name"], needed: false },
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
    value: f64,
    interval: Option<(f64, f64)>,
    count: Option<f64>,
    denominator: Option<f64>,
    note: String,
    place: String,
}

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
        let mut book = Book::open(files, path)?;
        for at in 0..book.names().len() {
            reading.sheet(&book.sheet(at)?, path);
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
    fn sheet(&mut self, sheet: &sheet::Sheet, path: &str) {
        match SheetTable::find(sheet, &COLUMNS) {
            Ok(Some(table)) => {
                self.account.read(table.rows.len() as u64);
                for row in table.rows {
                    if let Err(problem) = self.row(&table, row) {
                        self.problems.push(problem);
                    }
                }
            }
            Ok(None) => {
                let message = format!("`{path}` is not a Fingertips file: there is no column headed `Indicator ID`");
                self.problems.push(Problem::new(Code::BadCsv, message).help("download the data of the profile as CSV"));
            }
            Err(problem) => self.problems.push(problem),
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
        let cell = |key: &str| -> Result<Option<f64>, Problem> {
            match sheet::figure(table.get(row, key)) {
                Ok(CellFigure::Number(number)) => Ok(Some(number)),
                Ok(_) => Ok(None),
                Err((message, help)) => Err(table.problem(row, key, &message, help)),
            }
        };
        let Some(value) = cell("value")? else {
            self.account.set_aside("without a value", 1);
            return Ok(());
        };
        let line = FigureRow {
            name: text("name"),
            area: text("area"),
            own,
            kind: text("type"),
            sex: text("sex"),
            age: text("age"),
            period: text("period"),
            sortable: text("sortable"),
            value,
            interval: cell("lower")?.zip(cell("upper")?),
            count: cell("count")?.filter(|count| count.fract() == 0.0 && *count >= 0.0),
            denominator: cell("denominator")?.filter(|people| people.fract() == 0.0 && *people > 0.0),
            note: text("note"),
            place: table.sheet.place_of(row, table.column("value").unwrap_or(0)),
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
                Ok(Some((own, peers))) => {
                    let plain = id_of(&own.name);
                    let id = if plain.is_empty() || !ids.insert(plain.clone()) {
                        format!("{plain}-{indicator}")
                    } else {
                        plain
                    };
                    any = true;
                    match self.evidence(&mut text, &id, &indicator, &own, &peers) {
                        Ok(()) => {}
                        Err(problem) => self.problems.push(problem),
                    }
                }
                Ok(None) => {}
                Err(problem) => self.problems.push(problem),
            }
        }
        if !any && !self.problems.has_errors() {
            self.problems
                .push(option_problem("no row matches what is asked for", "leave out `--sex`, `--age` or `--period`"));
        }
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let files = vec![("evidence/fingertips.toml".to_owned(), text.finish())];
        Ok(Import { files, account: self.account, remarks: self.remarks })
    }

    /// The figure of the area and of its peers, in its latest period; each row that is neither is set aside.
    fn chosen(
        &mut self,
        indicator: &str,
        lines: Vec<FigureRow>,
    ) -> Result<Option<(FigureRow, Vec<FigureRow>)>, Problem> {
        let lines = self.of_one_sex(lines);
        let sexes: BTreeSet<&str> = lines.iter().filter(|line| line.own).map(|line| line.sex.as_str()).collect();
        if sexes.len() > 1 {
            let sexes: Vec<&str> = sexes.into_iter().collect();
            let message = format!("indicator {indicator} has several sexes: {}", quoted_list(&sexes));
            return Err(option_problem(message, "choose one with `--sex`, and import the indicators one by one"));
        }
        let ages: BTreeSet<&str> = lines.iter().filter(|line| line.own).map(|line| line.age.as_str()).collect();
        if ages.len() > 1 {
            let ages: Vec<&str> = ages.into_iter().collect();
            let message = format!("indicator {indicator} has several ages: {}", quoted_list(&ages));
            return Err(option_problem(message, "choose one with `--age`, and import the indicators one by one"));
        }
        let Some(latest) = lines.iter().filter(|line| line.own).max_by_key(|line| line.when()).cloned() else {
            self.account.set_aside("of indicators without a value for the area", lines.len() as u64);
            self.remarks.push(format!("Indicator {indicator} has no value for {}.", self.options.area));
            return Ok(None);
        };
        let mut fit: BTreeMap<String, FigureRow> = BTreeMap::new();
        for line in lines {
            if line.period != latest.period {
                self.account.set_aside("of other periods", 1);
            } else if line.kind != latest.kind {
                self.account.set_aside("of another type of area", 1);
            } else if line.age != latest.age || line.sex != latest.sex {
                self.account.set_aside("of other ages or sexes", 1);
            } else if let Some(other) = fit.get(&line.area) {
                if (other.value, other.interval) != (line.value, line.interval) {
                    let message = format!(
                        "indicator {indicator}: {} has two values in {}, {} and {}",
                        line.area, line.period, other.value, line.value
                    );
                    return Err(option_problem(message, "choose with `--sex`, `--age` or `--period`"));
                }
                self.account.set_aside("the same figure once more", 1);
            } else {
                self.account.used(1);
                fit.insert(line.area.clone(), line);
            }
        }
        let own = fit.values().find(|line| line.own).cloned().unwrap_or(latest);
        let peers = fit.into_values().filter(|line| !line.own).collect();
        Ok(Some((own, peers)))
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

    fn evidence(
        &mut self,
        text: &mut EvidenceText,
        id: &str,
        indicator: &str,
        own: &FigureRow,
        peers: &[FigureRow],
    ) -> Result<(), Problem> {
        let Some(unit) = self.options.unit.or_else(|| unit_of(&own.name)) else {
            let message = format!("nothing says what the values of indicator {indicator}, `{}`, are", own.name);
            return Err(option_problem(message, "say so with `--unit`: percentage, number, or per-1000"));
        };
        let about = format!("Indicator {indicator}: {}, {}.", own.sex, own.age);
        text.candidate(id, &own.name, self.options.kind, &about);
        let place =
            format!("Indicator {indicator}, {}, {}, {}, {} ({})", own.area, own.sex, own.age, own.period, own.place);
        let period = period_of(&own.period);
        let mut keys: Vec<(&str, Value)> = match unit {
            ValueUnit::Rate(per) => vec![("rate", number(own.value)), ("per", number(per))],
            ValueUnit::Percentage => vec![("percentage", number(own.value))],
            ValueUnit::Number => vec![("number", number(own.value))],
        };
        if let Some((lower, upper)) = own.interval {
            keys.extend([("lower", number(lower)), ("upper", number(upper))]);
        }
        let cited = |keys: &mut Vec<(&str, Value)>| {
            keys.extend(period.clone().map(|period| ("period", period.into())));
            keys.extend([("source", SOURCE.into()), ("where", place.as_str().into())]);
            if !own.note.is_empty() {
                keys.push(("note", own.note.as_str().into()));
            }
        };
        cited(&mut keys);
        text.evidence("published", &keys);
        if let (Some(count), Some(_)) = (own.count, &period) {
            let mut keys = vec![("count", number(count))];
            keys.extend(own.denominator.map(|people| ("population", number(people))));
            cited(&mut keys);
            text.evidence("recorded", &keys);
        } else if let Some(count) = own.count {
            self.remarks.push(format!(
                "{}: the count {count} is left out, because `{}` is not a single period.",
                own.name, own.period
            ));
        }
        if !peers.is_empty() && unit != ValueUnit::Number {
            let row = |line: &FigureRow| table_row([("area", line.area.as_str().into()), ("rate", number(line.value))]);
            let rows = std::iter::once(own).chain(peers).map(row).collect();
            let mut keys = vec![("peers", Value::Array(rows)), ("area", own.area.as_str().into())];
            cited(&mut keys);
            text.evidence("similar_areas", &keys);
        }
        Ok(())
    }
}

impl FigureRow {
    fn when(&self) -> (String, String) {
        (self.sortable.clone(), self.period.clone())
    }
}

/// What the indicator's name says its values are.
fn unit_of(name: &str) -> Option<ValueUnit> {
    let small = name.to_lowercase();
    if let Some((_, rest)) = small.split_once("per ") {
        let digits: String = rest
            .chars()
            .take_while(|letter| letter.is_ascii_digit() || *letter == ',')
            .filter(char::is_ascii_digit)
            .collect();
        if let Ok(per) = digits.parse::<f64>() {
            return (per > 0.0).then_some(ValueUnit::Rate(per));
        }
    }
    ["percentage", "(%)", "proportion", "per cent"]
        .iter()
        .any(|word| small.contains(word))
        .then_some(ValueUnit::Percentage)
}

/// A period as evidence writes it; none where the print is none of its forms.
fn period_of(text: &str) -> Option<String> {
    let plain = text.trim();
    if let Some(year) = financial_year(plain).filter(|year| year == plain) {
        return Some(year);
    }
    // `2019 - 21`: three calendar years.
    if let Some((first, last)) = plain.split_once(" - ") {
        let century = first.get(..2)?;
        let last = if last.len() == 2 { format!("{century}{last}") } else { last.to_owned() };
        return (first.len() == 4)
            .then(|| format!("{first}-01/{last}-12"))
            .filter(|period| Period::parse(period).is_ok());
    }
    Period::parse(plain).is_ok().then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_printed() {
        for (text, period) in [
            ("2018/19", Some("2018/19")),
            ("2020", Some("2020")),
            ("2019 - 21", Some("2019-01/2021-12")),
            ("2019 Q3", None),
            ("2021/22 - 23/24", None),
        ] {
            assert_eq!(period_of(text).as_deref(), period, "{text}");
        }
    }

    #[test]
    fn units_are_read_off_names_only_where_they_say_so() {
        assert_eq!(
            unit_of("Admissions for alcohol, directly standardised rate per 100,000"),
            Some(ValueUnit::Rate(100_000.0))
        );
        assert_eq!(unit_of("Violent crime - offences per 1,000 population"), Some(ValueUnit::Rate(1000.0)));
        assert_eq!(unit_of("Percentage of re-offenders"), Some(ValueUnit::Percentage));
        assert_eq!(unit_of("Average number of attempts"), None);
    }
}
