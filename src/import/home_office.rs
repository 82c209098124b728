//! Police recorded crime by community safety partnership, as the Home Office publishes it: counts into series.
//!
//! A quarter without a row is absent and never nought; a withheld count takes its whole period out of the series.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::given::{Cited, Names, figure, financial_year, option, row as table_row};
use super::sheet::{self, Book, Figure, Row, Table, Wanted, words_of};
use super::{Account, EvidenceText, Import, id_of};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Problem, Problems};
use crate::files::Files;
use crate::words::listed;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct Options {
    /// The workbooks or CSV files.
    pub paths: Vec<String>,
    /// The partnership; its former parts too, where it was merged. They are added up.
    pub csp: Vec<String>,
    /// Which column makes a candidate.
    pub by: By,
    /// What a point of a series covers.
    pub every: Every,
    /// A CSV or workbook with `Area` and `Population`, the partnership's own included: peers.
    pub peers: Option<String>,
    /// The evidence name of the series.
    pub evidence: String,
    /// The document.
    pub cited: Cited,
}

/// Which column makes a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// `Offence Group`.
    Group,
    /// `Offence Subgroup`.
    Subgroup,
    /// `Offence Code`, with its description.
    Code,
}

/// What a point of a series covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// A financial year.
    Year,
    /// Three months.
    Quarter,
}

const SOURCE: &str = "home-office-csp";

pub(super) const COLUMNS: [Wanted; 9] = [
    Wanted { key: "csp", names: &["CSP Name", "Community Safety Partnership", "CSP"], needed: true },
    Wanted { key: "count", names: &["Offence Count", "Number of Offences", "Rec Crime"], needed: true },
    Wanted { key: "group", names: &["Offence Group"], needed: true },
    Wanted { key: "year", names: &["Financial Year"], needed: false },
    Wanted { key: "quarter", names: &["Financial Quarter"], needed: false },
    Wanted { key: "force", names: &["Force Name"], needed: false },
    Wanted { key: "description", names: &["Offence Description"], needed: false },
    Wanted { key: "subgroup", names: &["Offence Subgroup", "Offence Sub-group"], needed: false },
    Wanted { key: "code", names: &["Offence Code"], needed: false },
];

/// Reads the files and makes series of them.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &Options) -> Result<Import, Problems> {
    if options.csp.is_empty() {
        return Err(option("no partnership is named", "name it with `--csp`").into());
    }
    let mut reading = Reading::new(options);
    if let Some(path) = &options.peers {
        reading.peers = populations(files, path)?;
    }
    for path in &options.paths {
        let mut book = Book::open(files, path)?;
        for number in 0..book.names().len() {
            let sheet = book.sheet(number)?;
            reading.sheet(&sheet);
        }
    }
    reading.finish()
}

/// The counts of one candidate in one quarter (or year, as 0) of one area.
#[derive(Debug, Default, Clone)]
struct Cell {
    count: f64,
    rows: u64,
    withheld: bool,
}

/// By candidate, then year and quarter.
type Counts = BTreeMap<String, BTreeMap<(String, u32), Cell>>;

struct Reading<'a> {
    options: &'a Options,
    own: Names,
    /// Populations by the words of the area's name, with the name.
    peers: BTreeMap<String, (String, f64)>,
    account: Account,
    remarks: Vec<String>,
    problems: Problems,
    titles: BTreeMap<String, String>,
    counts: Counts,
    peer_counts: BTreeMap<String, Counts>,
    /// Rows of peers, and how many of them went into evidence.
    peer_rows: u64,
    peer_rows_used: u64,
    there: BTreeSet<String>,
    /// Which of the partnership's names have rows, by year.
    named: BTreeMap<String, BTreeSet<String>>,
    /// Rows by what makes them different, with their count and place.
    seen: BTreeMap<Vec<String>, (String, String)>,
    sheets: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    fn new(options: &'a Options) -> Self {
        Self {
            options,
            own: Names::new(&options.csp),
            peers: BTreeMap::new(),
            account: Account::new("rows of offence counts"),
            remarks: Vec::new(),
            problems: Problems::default(),
            titles: BTreeMap::new(),
            counts: BTreeMap::new(),
            peer_counts: BTreeMap::new(),
            peer_rows: 0,
            peer_rows_used: 0,
            there: BTreeSet::new(),
            named: BTreeMap::new(),
            seen: BTreeMap::new(),
            sheets: BTreeSet::new(),
        }
    }

    fn sheet(&mut self, sheet: &sheet::Sheet) {
        let rows = sheet.rows.len() as u64;
        let table = match Table::find(sheet, &COLUMNS) {
            Ok(Some(table)) => table,
            Ok(None) => {
                self.account.read(rows);
                self.account.set_aside("in a sheet without such a table", rows);
                return;
            }
            Err(problem) => return self.problems.push(problem),
        };
        if let Err(problem) = self.fits(&table) {
            return self.problems.push(problem);
        }
        self.sheets.insert(sheet.name.clone().unwrap_or_else(|| sheet.file.clone()));
        self.account.read(table.rows.len() as u64);
        for row in table.rows {
            if let Err(problem) = self.row(&table, row) {
                self.problems.push(problem);
            }
        }
    }

    /// Whether the columns are there that the options ask for.
    fn fits(&self, table: &Table<'_>) -> Result<(), Problem> {
        let (key, title) = match self.options.by {
            By::Group => ("group", "Offence Group"),
            By::Subgroup => ("subgroup", "Offence Subgroup"),
            By::Code => ("code", "Offence Code"),
        };
        let missing = |title: &str, help: &str| {
            Err(table.sheet.problem(Some(table.header), &format!("there is no column headed `{title}`"), help))
        };
        if table.column(key).is_none() {
            return missing(title, "ask for another `--by`");
        }
        if self.options.every == Every::Quarter && table.column("quarter").is_none() {
            return missing("Financial Quarter", "ask for `--every year`");
        }
        Ok(())
    }

    fn row(&mut self, table: &Table<'_>, row: &Row) -> Result<(), Problem> {
        let csp = table.text(row, "csp");
        if csp.is_empty() {
            self.account.set_aside("no partnership named", 1);
            return Ok(());
        }
        let own = self.own.has(&csp);
        let peer = self.peers.contains_key(&words_of(&csp));
        if !own && !peer {
            self.there.insert(csp);
            self.account.set_aside("other partnerships", 1);
            return Ok(());
        }
        let period = (year(table, row)?, quarter(table, row)?);
        let count = sheet::whole(table.get(row, "count"))
            .map_err(|(message, help)| table.problem(row, "count", &message, help))?;
        if count == Figure::Empty {
            return Err(table.problem(row, "count", "there is no count", "write the count, or how it is withheld"));
        }
        if self.again(table, row, &period)? {
            self.account.set_aside("the same row once more", 1);
            return Ok(());
        }
        let (id, title) = self.candidate(table, row)?;
        self.titles.insert(id.clone(), title);
        if own {
            self.named.entry(period.0.clone()).or_default().insert(csp.clone());
        }
        let counts = if own { &mut self.counts } else { self.peer_counts.entry(words_of(&csp)).or_default() };
        add(counts, &id, &period, &count);
        self.peer_rows += u64::from(!own);
        Ok(())
    }

    /// Whether this row was read before. Two counts for one thing stop the import.
    fn again(&mut self, table: &Table<'_>, row: &Row, period: &(String, u32)) -> Result<bool, Problem> {
        if table.column("code").is_none() && table.column("description").is_none() {
            return Ok(false);
        }
        let mut key = vec![period.0.clone(), period.1.to_string()];
        key.extend(
            ["force", "csp", "group", "subgroup", "code", "description"].map(|key| words_of(&table.text(row, key))),
        );
        let count = table.text(row, "count");
        let column = table.column("count").unwrap_or(0);
        let place = format!("{}, {}", table.sheet.file, table.sheet.place_of(row, column));
        match self.seen.get(&key) {
            Some((same, _)) if *same == count => Ok(true),
            Some((other, first)) => {
                let message = format!("{count} for what is {other} in {first}");
                Err(table.problem(row, "count", &message, "keep the later edition of the file only"))
            }
            None => {
                self.seen.insert(key, (count, place));
                Ok(false)
            }
        }
    }

    fn candidate(&self, table: &Table<'_>, row: &Row) -> Result<(String, String), Problem> {
        let (key, title) = match self.options.by {
            By::Group => ("group", table.text(row, "group")),
            By::Subgroup => ("subgroup", table.text(row, "subgroup")),
            By::Code => {
                let (code, description) = (table.text(row, "code"), table.text(row, "description"));
                let title = if description.is_empty() { code.clone() } else { format!("{description} ({code})") };
                ("code", title)
            }
        };
        let named = if key == "code" { format!("code {}", table.text(row, "code")) } else { title.clone() };
        match id_of(&named) {
            id if id.is_empty() || table.text(row, key).is_empty() => {
                Err(table.problem(row, key, "there is no offence named", "name the offence, or take the row out"))
            }
            id => Ok((id, title)),
        }
    }

    fn finish(mut self) -> Result<Import, Problems> {
        if self.problems.any_error() {
            return Err(self.problems);
        }
        let there: Vec<&str> = self.there.iter().map(String::as_str).collect();
        for problem in self.own.unmet("partnership", there) {
            self.problems.push(problem);
        }
        if self.problems.any_error() {
            return Err(self.problems);
        }
        self.tell_names();
        let mut text = EvidenceText::new(&format!(
            "Police recorded crime, {}: made by `prioritise import home-office-csp`.",
            listed(&self.options.csp)
        ));
        text.source(&self.options.cited.keys(
            SOURCE,
            "Police recorded crime, community safety partnership open data",
            "Home Office",
        )?);
        let counts = std::mem::take(&mut self.counts);
        let mut sheets: Vec<String> = self.sheets.iter().cloned().collect();
        sheets.sort();
        let place = format!("{}; {}", listed(&sheets), listed(&self.options.csp));
        let mut any = false;
        for (id, cells) in &counts {
            let title = self.titles.get(id).cloned().unwrap_or_default();
            let points = self.points(&title, cells);
            if points.is_empty() {
                continue;
            }
            any = true;
            text.candidate(id, &title, CandidateKind::Crime, "");
            let place = format!("{place}; {title}");
            text.evidence(
                &self.options.evidence,
                &[("series", Value::Array(points)), ("source", SOURCE.into()), ("where", place.as_str().into())],
            );
            self.peer_evidence(&mut text, id, &title, cells, &place);
        }
        if !any {
            return Err(option(
                "no period is whole, so that there is no series to write",
                "add the files of the missing quarters",
            )
            .into());
        }
        self.account.used(self.peer_rows_used);
        self.account.set_aside("of peers, outside the latest whole year", self.peer_rows - self.peer_rows_used);
        let files = vec![("evidence/home-office-csp.toml".to_owned(), text.finish())];
        Ok(Import { files, account: self.account, remarks: self.remarks })
    }

    /// The points of a series, oldest first. Rows of a period that can't be told whole are set aside.
    fn points(&mut self, title: &str, cells: &BTreeMap<(String, u32), Cell>) -> Vec<Value> {
        let mut points = Vec::new();
        for (period, parts) in self.periods(cells) {
            let rows = parts.iter().map(|(_, cell)| cell.rows).sum();
            let quarters: Vec<u32> = parts.iter().map(|(quarter, _)| *quarter).collect();
            if parts.iter().any(|(_, cell)| cell.withheld) {
                self.account.set_aside("in a period with a withheld count", rows);
                self.remarks.push(format!("{title}: {period} is left out, as a count in it is withheld."));
                continue;
            }
            let Some(written) = span(&period, &quarters) else {
                self.account.set_aside("in a year with quarters missing in its middle", rows);
                self.remarks.push(format!("{title}: {period} is left out, as quarters in its middle are missing."));
                continue;
            };
            if written != period && self.options.every == Every::Year {
                self.remarks.push(format!("{title}: of {period} there is {written} only."));
            }
            self.account.used(rows);
            let count = parts.iter().map(|(_, cell)| cell.count).sum();
            points.push(table_row([("period", written.into()), ("count", figure(count))]));
        }
        points
    }

    /// The cells of each point.
    fn periods<'c>(&self, cells: &'c BTreeMap<(String, u32), Cell>) -> Vec<(String, Vec<(u32, &'c Cell)>)> {
        let mut periods: Vec<(String, Vec<(u32, &Cell)>)> = Vec::new();
        for ((year, quarter), cell) in cells {
            match periods.last_mut() {
                Some((last, parts)) if last == year && self.options.every == Every::Year => {
                    parts.push((*quarter, cell));
                }
                _ => periods.push((year.clone(), vec![(*quarter, cell)])),
            }
        }
        periods
    }

    /// The latest whole year of this area beside its peers', where every peer has it.
    fn peer_evidence(
        &mut self,
        text: &mut EvidenceText,
        id: &str,
        title: &str,
        cells: &BTreeMap<(String, u32), Cell>,
        place: &str,
    ) {
        if self.peers.is_empty() {
            return;
        }
        let own: Vec<String> = self.options.csp.iter().map(|name| words_of(name)).collect();
        let people: f64 = own.iter().filter_map(|words| self.peers.get(words)).map(|(_, people)| people).sum();
        let Some((own_name, _)) = own.iter().find_map(|words| self.peers.get(words)).cloned() else { return };
        let latest = cells.keys().rev().find_map(|(year, _)| Some((year.clone(), year_count(cells, year)?.0)));
        let Some((year, own_count)) = latest else { return };
        let peer = |name: &str, count: f64, people: f64| {
            table_row([("area", name.into()), ("count", figure(count)), ("population", figure(people))])
        };
        let mut rows = vec![peer(&own_name, own_count, people)];
        let mut lacking = Vec::new();
        let mut peer_rows = 0;
        for (words, (name, people)) in self.peers.iter().filter(|(words, _)| !own.contains(words)) {
            let counts = self.peer_counts.get(words).and_then(|counts| counts.get(id));
            match counts.and_then(|cells| year_count(cells, &year)) {
                Some((count, used)) => {
                    rows.push(peer(name, count, *people));
                    peer_rows += used;
                }
                None => lacking.push(name.clone()),
            }
        }
        if !lacking.is_empty() {
            self.remarks
                .push(format!("{title}: {year} of {} is not whole, so they are no peers in it.", listed(&lacking)));
        }
        if rows.len() > 1 {
            self.peer_rows_used += peer_rows;
            text.evidence(
                "similar_areas",
                &[
                    ("peers", Value::Array(rows)),
                    ("area", own_name.into()),
                    ("period", year.into()),
                    ("source", SOURCE.into()),
                    ("where", place.into()),
                ],
            );
        }
    }

    /// Says where the partnership's rows are under other names in other years.
    fn tell_names(&mut self) {
        let sets: BTreeSet<&BTreeSet<String>> = self.named.values().collect();
        if sets.len() > 1 {
            let said: Vec<String> = self
                .named
                .iter()
                .map(|(year, names)| format!("{year}: {}", listed(&names.iter().cloned().collect::<Vec<_>>())))
                .collect();
            self.remarks
                .push(format!("The partnership's rows are not under the same names every year. {}.", said.join("; ")));
        }
    }
}

fn add(counts: &mut Counts, id: &str, period: &(String, u32), count: &Figure) {
    let cell = counts.entry(id.to_owned()).or_default().entry(period.clone()).or_default();
    cell.rows += 1;
    match count {
        Figure::Number(number) => cell.count += number,
        Figure::Withheld(_) | Figure::Empty => cell.withheld = true,
    }
}

/// The count of a whole year, and of how many rows; none where a quarter is missing or withheld.
fn year_count(cells: &BTreeMap<(String, u32), Cell>, year: &str) -> Option<(f64, u64)> {
    let parts: Vec<(u32, &Cell)> =
        cells.iter().filter(|((of, _), _)| of == year).map(|((_, quarter), cell)| (*quarter, cell)).collect();
    let quarters: Vec<u32> = parts.iter().map(|(quarter, _)| *quarter).collect();
    let whole = matches!(*quarters, [0] | [1, 2, 3, 4]) && parts.iter().all(|(_, cell)| !cell.withheld);
    let rows = parts.iter().map(|(_, cell)| cell.rows).sum();
    whole.then(|| (parts.iter().map(|(_, cell)| cell.count).sum(), rows))
}

/// The period that these quarters of a financial year are; none where they do not follow on each other.
fn span(year: &str, quarters: &[u32]) -> Option<String> {
    if matches!(quarters, [0] | [1, 2, 3, 4]) {
        return Some(year.to_owned());
    }
    let (first, last) = (*quarters.first()?, *quarters.last()?);
    let unbroken = quarters.iter().zip(first..).all(|(quarter, wanted)| *quarter == wanted) && first > 0;
    let start: u32 = year.get(..4)?.parse().ok()?;
    let month = |number: u32| format!("{}-{:02}", start + number / 12, number % 12 + 1);
    unbroken.then(|| format!("{}/{}", month(first * 3), month(last * 3 + 2)))
}

fn year(table: &Table<'_>, row: &Row) -> Result<String, Problem> {
    let text = table.text(row, "year");
    let written = if text.is_empty() { table.sheet.name.clone().unwrap_or_default() } else { text };
    financial_year(&written).ok_or_else(|| {
        let message = format!("`{written}` is no financial year");
        match table.column("year") {
            Some(_) => table.problem(row, "year", &message, "write `2018/19`"),
            None => table.sheet.problem(Some(row), &message, "name the sheet for its year: `2018_19`"),
        }
    })
}

/// 1 to 4, from April; 0 where the table has no quarters.
fn quarter(table: &Table<'_>, row: &Row) -> Result<u32, Problem> {
    if table.column("quarter").is_none() {
        return Ok(0);
    }
    let text = table.text(row, "quarter");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(number @ 1..=4) => Ok(number),
        _ => Err(table.problem(row, "quarter", &format!("`{text}` is no quarter"), "write 1 to 4; 1 is April to June")),
    }
}

/// Areas with their populations, by the words of their names.
fn populations(files: &dyn Files, path: &str) -> Result<BTreeMap<String, (String, f64)>, Problems> {
    let wanted = [
        Wanted { key: "area", names: &["Area", "Area name", "CSP Name", "Name"], needed: true },
        Wanted { key: "people", names: &["Population", "People", "Residents"], needed: true },
    ];
    let sheet = Book::open(files, path)?.sheet(0)?;
    let help = "give it a row of headers, `Area` and `Population`";
    let table =
        Table::find(&sheet, &wanted)?.ok_or_else(|| sheet.problem(None, "there is no table of populations", help))?;
    let mut areas = BTreeMap::new();
    for row in table.rows {
        let name = table.text(row, "area");
        let people = sheet::whole(table.get(row, "people"))
            .map_err(|(message, help)| table.problem(row, "people", &message, help))?;
        match people {
            Figure::Number(people) if people > 0.0 && !name.is_empty() => {
                areas.insert(words_of(&name), (name, people));
            }
            _ => {
                return Err(table
                    .problem(row, "people", "there is no population", "write how many people live there")
                    .into());
            }
        }
    }
    Ok(areas)
}
