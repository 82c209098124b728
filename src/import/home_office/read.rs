//! The tables into counts by candidate, year and quarter: which rows count, and which are set aside.

use std::collections::{BTreeMap, BTreeSet};

use super::{CandidateColumn, HomeOfficeOptions, YearOrQuarter};
use crate::diagnostic::{Problem, Problems};
use crate::files::Files;
use crate::import::given::{WantedNames, financial_year};
use crate::import::{RowAccount, id_of};
use crate::sheet::{self, Book, CellFigure, Sheet, SheetRow, SheetTable, WantedColumn, header_words};
use crate::words::{counted, listed};

const COLUMNS: [WantedColumn; 9] = [
    WantedColumn { key: "csp", names: &["CSP Name", "Community Safety Partnership", "CSP"], needed: true },
    WantedColumn { key: "count", names: &["Offence Count", "Number of Offences", "Rec Crime"], needed: true },
    WantedColumn { key: "group", names: &["Offence Group"], needed: true },
    WantedColumn { key: "year", names: &["Financial Year"], needed: false },
    WantedColumn { key: "quarter", names: &["Financial Quarter"], needed: false },
    WantedColumn { key: "force", names: &["Police Force", "Force Name"], needed: false },
    WantedColumn { key: "description", names: &["Offence Description"], needed: false },
    WantedColumn { key: "subgroup", names: &["Offence Subgroup", "Offence Sub-group"], needed: false },
    WantedColumn { key: "code", names: &["Offence Code"], needed: false },
];

/// The counts of one candidate in one quarter (or year, as 0) of one area.
#[derive(Debug, Default, Clone)]
pub(super) struct QuarterCount {
    pub(super) count: f64,
    pub(super) rows: u64,
    pub(super) withheld: bool,
}

/// The cells of one candidate by year and quarter.
pub(super) type QuarterCounts = BTreeMap<(String, u32), QuarterCount>;
/// The counts of every candidate, by its id.
pub(super) type CandidateCounts = BTreeMap<String, QuarterCounts>;

/// What the files say.
pub(super) struct CountsRead {
    /// Titles by candidate.
    pub titles: BTreeMap<String, String>,
    pub counts: CandidateCounts,
    /// Populations by the words of the area's name, with the name.
    pub peers: BTreeMap<String, (String, f64)>,
    /// By the words of the area's name.
    pub peer_counts: BTreeMap<String, CandidateCounts>,
    /// How many rows are of peers.
    pub peer_rows: u64,
    /// The sheets that have such tables, or the files that are no workbooks.
    pub sheets: BTreeSet<String>,
    /// Without the rows that count, which are used or set aside when they are written.
    pub account: RowAccount,
    pub remarks: Vec<String>,
}

/// Reads every file.
///
/// # Errors
/// Every cell that stops it, and every partnership that is not there.
pub(super) fn counts(files: &dyn Files, options: &HomeOfficeOptions) -> Result<CountsRead, Problems> {
    let mut reading = HomeOfficeReader::new(options);
    if let Some(path) = &options.peers {
        reading.read.peers = populations(files, path)?;
    }
    for path in &options.paths {
        let mut book = Book::open(files, path)?;
        for number in 0..book.names().len() {
            reading.sheet(&book.sheet(number)?);
        }
    }
    reading.finish()
}

struct HomeOfficeReader<'a> {
    options: &'a HomeOfficeOptions,
    own: WantedNames,
    read: CountsRead,
    problems: Problems,
    there: BTreeSet<String>,
    /// Which of the partnership's names have rows, by year.
    named: BTreeMap<String, BTreeSet<String>>,
    /// Rows by what makes them different, with their count and place.
    seen: BTreeMap<Vec<String>, (String, String)>,
    /// How many of the partnership's counts are below zero.
    taken_back: usize,
}

impl<'a> HomeOfficeReader<'a> {
    fn new(options: &'a HomeOfficeOptions) -> Self {
        let read = CountsRead {
            titles: BTreeMap::new(),
            counts: BTreeMap::new(),
            peers: BTreeMap::new(),
            peer_counts: BTreeMap::new(),
            peer_rows: 0,
            sheets: BTreeSet::new(),
            account: RowAccount::new("rows of offence counts"),
            remarks: Vec::new(),
        };
        Self {
            options,
            own: WantedNames::new(&options.csp),
            read,
            problems: Problems::default(),
            there: BTreeSet::new(),
            named: BTreeMap::new(),
            seen: BTreeMap::new(),
            taken_back: 0,
        }
    }

    fn sheet(&mut self, sheet: &Sheet) {
        let rows = sheet.rows.len() as u64;
        let table = match SheetTable::find(sheet, &COLUMNS) {
            Ok(Some(table)) => table,
            Ok(None) => {
                self.read.account.read(rows);
                self.read.account.set_aside("in a sheet without such a table", rows);
                return;
            }
            Err(problem) => return self.problems.push(problem),
        };
        if let Err(problem) = self.fits(&table) {
            return self.problems.push(problem);
        }
        self.read.sheets.insert(sheet.name.clone().unwrap_or_else(|| sheet.file.clone()));
        self.read.account.read(table.rows.len() as u64);
        for row in table.rows {
            if let Err(problem) = self.row(&table, row) {
                self.problems.push(problem);
            }
        }
    }

    /// Whether the columns are there that the options ask for.
    fn fits(&self, table: &SheetTable<'_>) -> Result<(), Problem> {
        let (key, title) = match self.options.by {
            CandidateColumn::Group => ("group", "Offence Group"),
            CandidateColumn::Subgroup => ("subgroup", "Offence Subgroup"),
            CandidateColumn::Code => ("code", "Offence Code"),
        };
        let missing = |title: &str, help: &str| {
            Err(table.sheet.problem(Some(table.header), &format!("there is no column headed `{title}`"), help))
        };
        if table.column(key).is_none() {
            return missing(title, "ask for another `--by`");
        }
        if self.options.every == YearOrQuarter::Quarter && table.column("quarter").is_none() {
            return missing("Financial Quarter", "ask for `--every year`");
        }
        Ok(())
    }

    fn row(&mut self, table: &SheetTable<'_>, row: &SheetRow) -> Result<(), Problem> {
        let csp = table.text(row, "csp");
        if csp.is_empty() {
            self.read.account.set_aside("no partnership named", 1);
            return Ok(());
        }
        let own = self.own.has(&csp);
        let peer = self.read.peers.contains_key(&header_words(&csp));
        if !own && !peer {
            self.there.insert(csp);
            self.read.account.set_aside("other partnerships", 1);
            return Ok(());
        }
        let period = (year(table, row)?, quarter(table, row)?);
        let count = sheet::whole_or_below(table.get(row, "count"))
            .map_err(|(message, help)| table.problem(row, "count", &message, help))?;
        if count == CellFigure::Empty {
            return Err(table.problem(row, "count", "there is no count", "write the count, or how it is withheld"));
        }
        if self.again(table, row, &period)? {
            self.read.account.set_aside("the same row once more", 1);
            return Ok(());
        }
        let (id, title) = self.candidate(table, row)?;
        self.read.titles.insert(id.clone(), title);
        if own {
            self.taken_back += usize::from(matches!(count, CellFigure::Number(number) if number < 0.0));
            self.named.entry(period.0.clone()).or_default().insert(csp.clone());
        }
        let counts =
            if own { &mut self.read.counts } else { self.read.peer_counts.entry(header_words(&csp)).or_default() };
        add(counts, &id, &period, &count);
        self.read.peer_rows += u64::from(!own);
        Ok(())
    }

    /// Whether this row was read before. Two counts for one thing stop the import.
    fn again(&mut self, table: &SheetTable<'_>, row: &SheetRow, period: &(String, u32)) -> Result<bool, Problem> {
        if table.column("code").is_none() && table.column("description").is_none() {
            return Ok(false);
        }
        let mut key = vec![period.0.clone(), period.1.to_string()];
        key.extend(
            ["force", "csp", "group", "subgroup", "code", "description"].map(|key| header_words(&table.text(row, key))),
        );
        let count = table.text(row, "count");
        let column = table.column("count").unwrap_or(0);
        let place = format!("{}, {}", table.sheet.file, table.sheet.place_of(row, column));
        match self.seen.get(&key) {
            Some((same, _)) if *same == count => Ok(true),
            Some((other, first)) => {
                let message = format!("{count} for what is {other} in {first}");
                Err(table.problem(row, "count", &message, "keep only the later edition of the file"))
            }
            None => {
                self.seen.insert(key, (count, place));
                Ok(false)
            }
        }
    }

    fn candidate(&self, table: &SheetTable<'_>, row: &SheetRow) -> Result<(String, String), Problem> {
        let (key, title) = match self.options.by {
            CandidateColumn::Group => ("group", table.text(row, "group")),
            CandidateColumn::Subgroup => ("subgroup", table.text(row, "subgroup")),
            CandidateColumn::Code => {
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

    fn finish(mut self) -> Result<CountsRead, Problems> {
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let there: Vec<&str> = self.there.iter().map(String::as_str).collect();
        for problem in self.own.unmet("partnership", there) {
            self.problems.push(problem);
        }
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        self.tell_names();
        if self.taken_back > 0 {
            let counts = counted(self.taken_back, "count is", "counts are");
            let remark =
                format!("{counts} below zero, as a force takes earlier ones back. They are added as they stand.");
            self.read.remarks.push(remark);
        }
        Ok(self.read)
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
            self.read
                .remarks
                .push(format!("The partnership's rows are not under the same names every year. {}.", said.join("; ")));
        }
    }
}

fn add(counts: &mut CandidateCounts, id: &str, period: &(String, u32), count: &CellFigure) {
    let cell = counts.entry(id.to_owned()).or_default().entry(period.clone()).or_default();
    cell.rows += 1;
    match count {
        CellFigure::Number(number) => cell.count += number,
        CellFigure::Withheld(_) | CellFigure::Empty => cell.withheld = true,
    }
}

fn year(table: &SheetTable<'_>, row: &SheetRow) -> Result<String, Problem> {
    let text = table.text(row, "year");
    let written = if text.is_empty() { table.sheet.name.clone().unwrap_or_default() } else { text };
    financial_year(&written).ok_or_else(|| {
        let message = format!("`{written}` is not a financial year");
        match table.column("year") {
            Some(_) => table.problem(row, "year", &message, "write `2018/19`"),
            None => table.sheet.problem(Some(row), &message, "name the sheet for its year: `2018_19`"),
        }
    })
}

/// 1 to 4, from April; 0 where the table has no quarters.
fn quarter(table: &SheetTable<'_>, row: &SheetRow) -> Result<u32, Problem> {
    if table.column("quarter").is_none() {
        return Ok(0);
    }
    let text = table.text(row, "quarter");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(number @ 1..=4) => Ok(number),
        _ => Err(table.problem(
            row,
            "quarter",
            &format!("`{text}` is not a quarter"),
            "write 1 to 4; 1 is April to June",
        )),
    }
}

/// Areas with their populations, by the words of their names.
fn populations(files: &dyn Files, path: &str) -> Result<BTreeMap<String, (String, f64)>, Problems> {
    let wanted = [
        WantedColumn { key: "area", names: &["Area", "Area name", "CSP Name", "Name"], needed: true },
        WantedColumn { key: "people", names: &["Population", "People", "Residents"], needed: true },
    ];
    let sheet = Book::open(files, path)?.sheet(0)?;
    let help = "give it a row of headers, `Area` and `Population`";
    let table = SheetTable::find(&sheet, &wanted)?
        .ok_or_else(|| sheet.problem(None, "there is no table of populations", help))?;
    let mut areas = BTreeMap::new();
    for row in table.rows {
        let name = table.text(row, "area");
        let people = sheet::whole(table.get(row, "people"))
            .map_err(|(message, help)| table.problem(row, "people", &message, help))?;
        match people {
            CellFigure::Number(people) if people > 0.0 && !name.is_empty() => {
                areas.insert(header_words(&name), (name, people));
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
