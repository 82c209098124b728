//! The counts to be joined: rows of the partnership and year that are asked for, with every column of codes.

use std::collections::BTreeSet;

use super::code::{OffenceCode, possible_columns};
use super::options::CountsToJoin;
use crate::assessment::Period;
use crate::diagnostic::{Problem, Problems, quoted_list};
use crate::files::Files;
use crate::import::RowAccount;
use crate::import::given::{WantedNames, financial_year, open_book, option_problem, tell_passed_over};
use crate::sheet::{self, CellFigure, SheetRow, SheetTable, WantedColumn};

const COUNTED: [WantedColumn; 8] = [
    WantedColumn { key: "count", names: &["Count", "Offence Count", "Number of offences", "Offences"], needed: true },
    WantedColumn { key: "classification_code", names: &["CLASSIFICATION_CODE"], needed: false },
    WantedColumn { key: "code", names: &["Offence Code", "Code"], needed: false },
    WantedColumn { key: "ho_code", names: &["HO_CODE", "Home Office code"], needed: false },
    WantedColumn {
        key: "description",
        names: &["Offence Description", "Offence", "FULL_OFFENCE_TITLE", "Offence title"],
        needed: false,
    },
    WantedColumn { key: "group", names: &["Offence Group"], needed: false },
    WantedColumn { key: "csp", names: &["CSP Name"], needed: false },
    WantedColumn { key: "year", names: &["Financial Year"], needed: false },
];

/// The keys of columns that can have the code that a count is filed by.
const CODES: [&str; 3] = ["classification_code", "code", "ho_code"];

/// One row of counts.
#[derive(Debug, Clone)]
pub(super) struct CountedRow {
    pub(super) group: String,
    /// The header of each column, the code as written and as read.
    pub(super) codes: Vec<(String, String, OffenceCode)>,
    pub(super) description: String,
    /// None where it is withheld.
    pub(super) count: Option<f64>,
}

/// The rows that are asked for; what is about something else is set aside.
///
/// # Errors
/// Every cell that stops it; a partnership that is not there.
pub(super) fn read(
    files: &dyn Files,
    counts: &CountsToJoin,
    account: &mut RowAccount,
    remarks: &mut Vec<String>,
) -> Result<Vec<CountedRow>, Problems> {
    Period::parse(&counts.period).map_err(|why| option_problem(why.message, why.help))?;
    let mut reader = CountsReader {
        counts,
        names: WantedNames::new(&counts.csp),
        there: BTreeSet::new(),
        years: BTreeSet::new(),
        rows: Vec::new(),
        problems: Problems::default(),
    };
    let mut book = open_book(files, &counts.path, remarks)?;
    let (mut any, mut absent) = (false, None);
    for at in 0..book.names().len() {
        let sheet = book.sheet(at)?;
        let Some(table) = SheetTable::find(&sheet, &COUNTED)? else {
            absent = absent.or_else(|| Some(SheetTable::absent(&sheet, &COUNTED)));
            continue;
        };
        any = true;
        tell_passed_over(&table, remarks);
        reader.table(&table, account)?;
    }
    match absent {
        Some(problem) if !any => Err(problem.into()),
        _ => reader.finish(),
    }
}

struct CountsReader<'a> {
    counts: &'a CountsToJoin,
    names: WantedNames,
    /// The partnerships that are not asked for.
    there: BTreeSet<String>,
    /// The years that are not asked for.
    years: BTreeSet<String>,
    rows: Vec<CountedRow>,
    problems: Problems,
}

impl CountsReader<'_> {
    fn table(&mut self, table: &SheetTable<'_>, account: &mut RowAccount) -> Result<(), Problem> {
        if table.column("csp").is_some() && self.counts.csp.is_empty() {
            return Err(option_problem("the counts are of several partnerships", "name yours with `--csp`"));
        }
        let columns = possible_columns(table, &CODES);
        if columns.is_empty() && table.column("description").is_none() {
            let help = "head one `Offence Code` or `Offence`";
            return Err(table.sheet.problem(Some(table.header), "there is no column of codes or offences", help));
        }
        account.read(table.rows.len() as u64);
        for row in table.rows {
            match self.row(table, row, &columns) {
                Ok(Ok(row)) => self.rows.push(row),
                Ok(Err(reason)) => account.set_aside(reason, 1),
                Err(problem) => self.problems.push(problem),
            }
        }
        Ok(())
    }

    /// A row, or why it is set aside.
    fn row(
        &mut self,
        table: &SheetTable<'_>,
        row: &SheetRow,
        columns: &[u32],
    ) -> Result<Result<CountedRow, &'static str>, Problem> {
        let text = |key: &str| table.text(row, key);
        if let Some(reason) = self.other(table, &text) {
            return Ok(Err(reason));
        }
        let code = |column: &u32| {
            let code = row.text(*column);
            let read = OffenceCode::new(&code, "");
            (table.header.text(*column), code, read)
        };
        let codes: Vec<(String, String, OffenceCode)> = columns.iter().map(code).collect();
        let description = text("description");
        if description.is_empty() && codes.iter().all(|(_, code, _)| code.is_empty()) {
            return Ok(Err("without a code or offence"));
        }
        let read = if table.column("csp").is_some() { sheet::whole_or_below } else { sheet::whole };
        let count =
            read(table.get(row, "count")).map_err(|(message, help)| table.problem(row, "count", &message, help))?;
        let count = match count {
            CellFigure::Number(count) => Some(count),
            CellFigure::Withheld(_) => None,
            CellFigure::Empty => return Err(table.problem(row, "count", "there is no count", "write the count")),
        };
        let group = text("group");
        let group = if group.is_empty() { self.counts.title.clone() } else { group };
        Ok(Ok(CountedRow { group, codes, description, count }))
    }

    /// Why a row of the Home Office's counts is about something else.
    fn other(&mut self, table: &SheetTable<'_>, text: &impl Fn(&str) -> String) -> Option<&'static str> {
        let has = |key: &str| table.column(key).is_some();
        if has("csp") && !self.names.has(&text("csp")) {
            self.there.insert(text("csp"));
            return Some("of other partnerships");
        }
        let year = financial_year(&text("year"));
        let wanted = financial_year(&self.counts.period);
        let other = has("year") && (wanted.is_none() || year != wanted);
        if other {
            self.years.insert(year.unwrap_or_else(|| text("year")));
        }
        other.then_some("of other years")
    }

    fn finish(mut self) -> Result<Vec<CountedRow>, Problems> {
        for problem in self.names.unmet("partnership", self.there.iter().map(String::as_str)) {
            self.problems.push(problem);
        }
        if self.rows.is_empty() && !self.years.is_empty() && !self.problems.has_errors() {
            let years: Vec<&str> = self.years.iter().map(String::as_str).collect();
            let message = format!("no count is of {}", self.counts.period);
            self.problems.push(option_problem(message, format!("there is {}", quoted_list(&years))));
        }
        if self.problems.has_errors() { Err(self.problems) } else { Ok(self.rows) }
    }
}
