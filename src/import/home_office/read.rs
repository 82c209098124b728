//! The tables into counts by candidate, year and quarter: which rows count, and which are set aside.

use std::collections::{BTreeMap, BTreeSet};

use super::names::NameYears;
use super::{CandidateColumn, HomeOfficeOptions, YearOrQuarter};
use crate::diagnostic::{Place, Problem, Problems};
use crate::files::Files;
use crate::import::RowAccount;
use crate::import::given::{WantedNames, financial_year, open_book, tell_passed_over};
use crate::sheet::{self, CellFigure, Sheet, SheetRow, SheetTable, WantedColumn, header_words};
use crate::words::counted;
use crate::words::id_of;

const COLUMNS: [WantedColumn; 9] = [
    WantedColumn { key: "csp", names: &["CSP Name", "Community Safety Partnership", "CSP"], needed: true },
    WantedColumn { key: "count", names: &["Offence Count", "Number of Offences", "Rec Crime"], needed: true },
    WantedColumn { key: "group", names: &["Offence Group"], needed: true },
    WantedColumn { key: "year", names: &["Financial Year"], needed: false },
    WantedColumn { key: "quarter", names: &["Financial Quarter"], needed: false },
    WantedColumn { key: "force", names: &["Police Force", "Force Name", "Police Force Area", "Force"], needed: false },
    WantedColumn { key: "description", names: &["Offence Description"], needed: false },
    WantedColumn { key: "subgroup", names: &["Offence Subgroup", "Offence Sub-group"], needed: false },
    WantedColumn { key: "code", names: &["Offence Code"], needed: false },
];

/// The counts of one candidate in one quarter (or year, as 0) of one area.
#[derive(Debug, Default, Clone)]
pub(super) struct QuarterCount {
    pub(super) count: f64,
    pub(super) rows: u64,
    /// The mark and place of a count that is withheld.
    pub(super) withheld: Option<String>,
}

/// The cells of one candidate by year and quarter.
pub(super) type QuarterCounts = BTreeMap<(String, u32), QuarterCount>;
/// The counts of every candidate, by its id.
pub(super) type CandidateCounts = BTreeMap<String, QuarterCounts>;

/// What the files say.
pub(super) struct CountsRead {
    /// Titles by candidate.
    pub titles: BTreeMap<String, String>,
    /// Notes by candidate, on what was joined in it.
    pub notes: BTreeMap<String, String>,
    pub counts: CandidateCounts,
    /// Populations by the words of the area's name, with the name.
    pub peers: BTreeMap<String, (String, f64)>,
    /// By the words of the area's name.
    pub peer_counts: BTreeMap<String, CandidateCounts>,
    /// How many rows are of peers.
    pub peer_rows: u64,
    /// The first of the partnership's counts that is withheld.
    pub withheld_at: Option<Place>,
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
        reading.read.peers = populations(files, path, &mut reading.read.remarks)?;
    }
    for path in &options.paths {
        let mut book = open_book(files, path, &mut reading.read.remarks)?;
        let (mut any, mut first) = (false, None);
        for number in 0..book.names().len() {
            let sheet = book.sheet(number)?;
            let found = reading.sheet(&sheet);
            any |= found;
            first = first.or_else(|| (!found).then_some(sheet));
        }
        if let Some(sheet) = first.filter(|_| !any) {
            reading.problems.push(no_such_table(&sheet));
        }
    }
    reading.finish()
}

/// That a file has no sheet of this kind, with the headers that it needs.
fn no_such_table(sheet: &Sheet) -> Problem {
    let needed = COLUMNS.map(|column| WantedColumn { needed: column.needed || column.key == "year", ..column });
    SheetTable::absent(sheet, &needed)
}

/// How to mend a file that is by police force area.
const BY_FORCE: &str = "this file is by police force area, and a force is no partnership: take the file of recorded crime \
                        by community safety partnership, which has `CSP Name`";

/// Whether a sheet has everything but partnerships, and forces instead.
fn is_by_force(sheet: &Sheet) -> bool {
    let wanted = COLUMNS.map(|column| match column.key {
        "csp" => WantedColumn { needed: false, ..column },
        "force" => WantedColumn { needed: true, ..column },
        _ => column,
    });
    SheetTable::find(sheet, &wanted).is_ok_and(|found| found.is_some_and(|table| table.column("csp").is_none()))
}

struct HomeOfficeReader<'a> {
    options: &'a HomeOfficeOptions,
    own: WantedNames,
    read: CountsRead,
    problems: Problems,
    names: NameYears,
    /// The name under which what has this name is counted, by its words, and the names that were asked for.
    join: BTreeMap<String, String>,
    to_join: WantedNames,
    /// Rows by what makes them different, with their count and place.
    seen: BTreeMap<Vec<String>, (String, String)>,
    /// How many of the partnership's counts are below zero.
    taken_back: usize,
}

impl<'a> HomeOfficeReader<'a> {
    fn new(options: &'a HomeOfficeOptions) -> Self {
        let read = CountsRead {
            titles: BTreeMap::new(),
            notes: BTreeMap::new(),
            counts: BTreeMap::new(),
            peers: BTreeMap::new(),
            peer_counts: BTreeMap::new(),
            peer_rows: 0,
            withheld_at: None,
            sheets: BTreeSet::new(),
            account: RowAccount::new("rows of offence counts"),
            remarks: Vec::new(),
        };
        let joined: Vec<String> = options.join.iter().flat_map(|(old, new)| [old.clone(), new.clone()]).collect();
        Self {
            options,
            own: WantedNames::new(&options.csp),
            read,
            problems: Problems::default(),
            names: NameYears::default(),
            join: options.join.iter().map(|(old, new)| (header_words(old), new.clone())).collect(),
            to_join: WantedNames::new(&joined),
            seen: BTreeMap::new(),
            taken_back: 0,
        }
    }

    /// Reads a sheet; whether it has such a table, or what was meant to be one.
    fn sheet(&mut self, sheet: &Sheet) -> bool {
        let rows = sheet.rows.len() as u64;
        let table = match SheetTable::find(sheet, &COLUMNS) {
            Ok(Some(table)) => table,
            Ok(None) => {
                self.read.account.read(rows);
                self.read.account.set_aside("in a sheet without such a table", rows);
                return false;
            }
            Err(problem) => {
                self.problems.push(if is_by_force(sheet) { problem.help(BY_FORCE) } else { problem });
                return true;
            }
        };
        if let Err(problem) = self.fits(&table) {
            self.problems.push(problem);
            return true;
        }
        tell_passed_over(&table, &mut self.read.remarks);
        self.read.sheets.insert(sheet.name.clone().unwrap_or_else(|| sheet.file.clone()));
        self.read.account.read(table.rows.len() as u64);
        for row in table.rows {
            if let Err(problem) = self.row(&table, row) {
                self.problems.push(problem);
            }
        }
        true
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
            return missing(title, "ask for another `--as`");
        }
        let by_sheet = table.sheet.name.as_deref().is_some_and(|name| financial_year(name).is_some());
        if table.column("year").is_none() && !by_sheet {
            return missing("Financial Year", "add it; in a workbook the sheet can be named for its year, `2018_19`");
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
            if let Ok(year) = year(table, row) {
                self.names.other(&csp, &table.text(row, "force"), &year);
            }
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
        let (id, title, written) = self.candidate(table, row)?;
        self.read.titles.insert(id.clone(), title.clone());
        if own {
            self.taken_back += usize::from(matches!(count, CellFigure::Number(number) if number < 0.0));
            self.names.own(&csp, &table.text(row, "force"), &period.0);
            let by_code = self.options.by != CandidateColumn::Code && table.column("code").is_some();
            let offence = table.text(row, if by_code { "code" } else { "description" });
            self.names.series(&id, &title, &written, &offence, &period.0);
        }
        let withheld = match &count {
            CellFigure::Withheld(mark) => {
                let place = table.problem(row, "count", "", "").place;
                self.read.withheld_at = self.read.withheld_at.take().or(place.filter(|_| own));
                let column = table.column("count").unwrap_or(0);
                Some(format!("`{mark}`, {}", table.sheet.place_of(row, column)))
            }
            _ => None,
        };
        let counts =
            if own { &mut self.read.counts } else { self.read.peer_counts.entry(header_words(&csp)).or_default() };
        add(counts, &id, &period, &count, withheld);
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

    /// The id and title under which a row is counted, and the name that it has in the file.
    fn candidate(&mut self, table: &SheetTable<'_>, row: &SheetRow) -> Result<(String, String, String), Problem> {
        let key = match self.options.by {
            CandidateColumn::Group => "group",
            CandidateColumn::Subgroup => "subgroup",
            CandidateColumn::Code => "code",
        };
        let written = table.text(row, key);
        self.to_join.has(&written);
        let name = self.join.get(&header_words(&written)).unwrap_or(&written).clone();
        let description = table.text(row, "description");
        let (id, title) = match self.options.by {
            CandidateColumn::Group | CandidateColumn::Subgroup => (id_of(&name), name.clone()),
            CandidateColumn::Code if description.is_empty() => (id_of(&format!("code {name}")), name.clone()),
            CandidateColumn::Code => (id_of(&format!("code {name}")), format!("{description} ({name})")),
        };
        if id.is_empty() || written.is_empty() {
            return Err(table.problem(row, key, "there is no offence named", "name the offence, or take the row out"));
        }
        Ok((id, title, written))
    }

    fn finish(mut self) -> Result<CountsRead, Problems> {
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        for problem in self.own.unmet("partnership", self.names.others()) {
            self.problems.push(problem);
        }
        for problem in self.to_join.unmet(self.options.by.what(), self.names.written()) {
            self.problems.push(problem);
        }
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        self.read.remarks.extend(self.names.remarks(self.options));
        self.read.notes = self.names.notes();
        if self.taken_back > 0 {
            let counts = counted(self.taken_back, "count is", "counts are");
            let remark =
                format!("{counts} below zero, as a force takes earlier ones back. They are added as they stand.");
            self.read.remarks.push(remark);
        }
        Ok(self.read)
    }
}

fn add(counts: &mut CandidateCounts, id: &str, period: &(String, u32), count: &CellFigure, withheld: Option<String>) {
    let cell = counts.entry(id.to_owned()).or_default().entry(period.clone()).or_default();
    cell.rows += 1;
    if let CellFigure::Number(number) = count {
        cell.count += number;
    }
    cell.withheld = cell.withheld.take().or(withheld);
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
fn populations(
    files: &dyn Files,
    path: &str,
    remarks: &mut Vec<String>,
) -> Result<BTreeMap<String, (String, f64)>, Problems> {
    let wanted = [
        WantedColumn { key: "area", names: &["Area", "Area name", "CSP Name", "Name"], needed: true },
        WantedColumn { key: "people", names: &["Population", "People", "Residents"], needed: true },
    ];
    let sheet = open_book(files, path, remarks)?.sheet(0)?;
    let table = SheetTable::find(&sheet, &wanted)?.ok_or_else(|| SheetTable::absent(&sheet, &wanted))?;
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
