//! Published harm weights into a list that a person can read, and counts of offences joined with them.
//!
//! A weight is of one edition, and the edition is told. A code that has several weights, and one that has none, is never
//! given one silently: such counts are listed and stay out.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::given::{
    CitedDocument, WantedNames, financial_year, option_problem, toml_number as number, toml_table as table_row,
};
use super::{EvidenceText, Import, RowAccount, id_of};
use crate::assessment::{CandidateKind, Period};
use crate::diagnostic::{Problem, Problems};
use crate::files::Files;
use crate::sheet::{self, Book, CellFigure, Sheet, SheetRow, SheetTable, WantedColumn, header_words};
use crate::words::listed;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct HarmOptions {
    /// The workbook or CSV file of weights.
    pub path: String,
    /// The only sheet that is read; every one that has weights unless told.
    pub sheet: Option<String>,
    /// Which edition it is; where the sheet does not say so above its headers.
    pub edition: Option<String>,
    /// What stands in for a code that has several weights; nothing unless told.
    pub several: Option<SeveralWeights>,
    /// Counts to be joined.
    pub counts: Option<CountsToJoin>,
    /// The document of the weights.
    pub cited: CitedDocument,
}

/// What stands in for a code that has several weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeveralWeights {
    /// The lowest of them.
    Lowest,
    /// The highest of them.
    Highest,
}

/// Counts to be joined with the weights.
#[derive(Debug, Clone)]
pub struct CountsToJoin {
    /// A table of `Offence Code` or `Offence` and `Count`, or the Home Office's counts by partnership.
    pub path: String,
    /// The period that the counts cover; of the Home Office's counts, the financial year.
    pub period: String,
    /// The partnership, for the Home Office's counts; added up where there are several.
    pub csp: Vec<String>,
    /// The title of the candidate, where the table has no `Offence Group`.
    pub title: String,
}

const SOURCE: &str = "harm-weights";
const COUNTS: &str = "offence-counts";

const WEIGHTS: [WantedColumn; 4] = [
    WantedColumn {
        key: "offence",
        names: &[
            "FULL_OFFENCE_TITLE",
            "Offence title",
            "Offence description",
            "Offence category",
            "Offence",
            "Offence name",
        ],
        needed: true,
    },
    WantedColumn {
        key: "harm",
        names: &[
            "CCHI Score",
            "Crime Severity Score weight*",
            "Severity weight*",
            "Severity score*",
            "Weight*",
            "Harm",
        ],
        needed: true,
    },
    WantedColumn {
        key: "code",
        names: &["HO_CODE", "Offence code", "Home Office code", "Home Office offence code", "Code"],
        needed: false,
    },
    WantedColumn { key: "sub", names: &["HO_SUB_CODE"], needed: false },
];

const COUNTED: [WantedColumn; 6] = [
    WantedColumn { key: "count", names: &["Count", "Offence Count", "Number of offences", "Offences"], needed: true },
    WantedColumn { key: "code", names: &["Offence Code", "HO_CODE", "Home Office code", "Code"], needed: false },
    WantedColumn {
        key: "description",
        names: &["Offence Description", "Offence", "FULL_OFFENCE_TITLE", "Offence title"],
        needed: false,
    },
    WantedColumn { key: "group", names: &["Offence Group"], needed: false },
    WantedColumn { key: "csp", names: &["CSP Name"], needed: false },
    WantedColumn { key: "year", names: &["Financial Year"], needed: false },
];

/// One line of the weights.
#[derive(Debug, Clone)]
struct HarmWeight {
    offence: String,
    code: String,
    sub: String,
    harm: f64,
}

/// Reads the weights, and joins counts with them where there are any.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &HarmOptions) -> Result<Import, Problems> {
    let mut account =
        RowAccount::new(if options.counts.is_some() { "rows of weights and counts" } else { "rows of weights" });
    let mut remarks = Vec::new();
    let (weights, edition) = weights(files, options, &mut account, &mut remarks)?;
    let mut written = vec![("harm-weights.csv".to_owned(), list(&weights, &edition)?)];
    if let Some(counts) = &options.counts {
        let text = join(files, options, counts, &weights, &edition, &mut account, &mut remarks)?;
        written.push(("evidence/harm.toml".to_owned(), text));
    }
    Ok(Import { files: written, account, remarks })
}

fn weights(
    files: &dyn Files,
    options: &HarmOptions,
    account: &mut RowAccount,
    remarks: &mut Vec<String>,
) -> Result<(Vec<HarmWeight>, String), Problems> {
    let mut book = Book::open(files, &options.path)?;
    let (mut weights, mut edition, mut problems) = (Vec::new(), options.edition.clone(), Problems::default());
    let only = options.sheet.as_ref().map(|name| book.number_of(name)).transpose()?;
    for at in 0..book.names().len() {
        if only.is_some_and(|only| only != at) {
            continue;
        }
        let sheet = book.sheet(at)?;
        let Some(table) = SheetTable::find(&sheet, &WEIGHTS)? else {
            remarks.push(format!("{} has no table of weights.", sheet.title()));
            continue;
        };
        edition = edition.or_else(|| stated_edition(&sheet));
        account.read(table.rows.len() as u64);
        for row in table.rows {
            match weight(&table, row) {
                Ok(Ok(weight)) => {
                    account.used(1);
                    weights.push(weight);
                }
                Ok(Err(reason)) => account.set_aside(reason, 1),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    if weights.is_empty() {
        let message = format!("`{}` has no weight", options.path);
        return Err(option_problem(
            message,
            "it needs columns for the offence and its weight, and best one for its code",
        )
        .into());
    }
    let edition = edition.ok_or_else(|| {
        option_problem(
            "nothing says which edition of the weights this is",
            "say so with `--edition`, such as `--edition 2020`",
        )
    })?;
    Ok((weights, edition))
}

/// A cell near the top that names an edition.
fn stated_edition(sheet: &Sheet) -> Option<String> {
    let names_it = |text: &String| {
        let words = header_words(text);
        text.chars().any(|letter| letter.is_ascii_digit())
            && words.split(' ').any(|word| matches!(word, "edition" | "version" | "updated" | "release"))
    };
    sheet.rows.iter().take(20).flat_map(SheetRow::cells).map(|(_, value)| value.text()).find(names_it)
}

/// A line of weights, or why it is none.
fn weight(table: &SheetTable<'_>, row: &SheetRow) -> Result<Result<HarmWeight, &'static str>, Problem> {
    let (offence, code) = (table.text(row, "offence"), table.text(row, "code"));
    if offence.is_empty() {
        return Ok(Err("without an offence"));
    }
    let harm =
        sheet::figure(table.get(row, "harm")).map_err(|(message, help)| table.problem(row, "harm", &message, help))?;
    match harm {
        CellFigure::Number(harm) if harm >= 0.0 => {
            Ok(Ok(HarmWeight { offence, code: plain_code(&code), sub: plain_code(&table.text(row, "sub")), harm }))
        }
        CellFigure::Number(harm) => {
            Err(table.problem(row, "harm", &format!("{harm} is below zero"), "correct the weight"))
        }
        CellFigure::Empty | CellFigure::Withheld(_) => Ok(Err("without a weight")),
    }
}

/// `028A` and `28a` are one code, as are `1` and `1.0`.
fn plain_code(code: &str) -> String {
    let code = code.trim().to_uppercase();
    let code = code.strip_suffix(".0").unwrap_or(&code).trim_start_matches('0');
    code.to_owned()
}

/// The weights as a list that a person can read.
fn list(weights: &[HarmWeight], edition: &str) -> Result<String, Problem> {
    let failed =
        |_| option_problem("the list of weights can't be written", "this is a fault in the engine: please report it");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["offence", "code", "subcode", "harm", "edition"]).map_err(failed)?;
    for weight in weights {
        let harm = weight.harm.to_string();
        writer.write_record([&weight.offence, &weight.code, &weight.sub, &harm, edition]).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|_| option_problem("the list can't be written", "this is a fault in the engine: please report it"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Offences of each candidate, by name.
type Joined = BTreeMap<String, BTreeMap<String, WeightedOffence>>;

/// An offence that has a weight.
#[derive(Default)]
struct WeightedOffence {
    count: f64,
    /// The harm of one.
    harm: f64,
    rows: u64,
}

#[derive(Default)]
struct LeftOutCounts {
    none: BTreeSet<String>,
    several: BTreeSet<String>,
    withheld: BTreeSet<String>,
    below: BTreeSet<String>,
}

fn join(
    files: &dyn Files,
    options: &HarmOptions,
    counts: &CountsToJoin,
    weights: &[HarmWeight],
    edition: &str,
    account: &mut RowAccount,
    remarks: &mut Vec<String>,
) -> Result<String, Problems> {
    Period::parse(&counts.period).map_err(|why| option_problem(why, "give `--period 2025/26`"))?;
    let mut joined = Joined::new();
    let mut missed = LeftOutCounts::default();
    let mut problems = Problems::default();
    let mut names = WantedNames::new(&counts.csp);
    let mut there = BTreeSet::new();
    let mut book = Book::open(files, &counts.path)?;
    let mut any = false;
    for at in 0..book.names().len() {
        let sheet = book.sheet(at)?;
        let Some(table) = SheetTable::find(&sheet, &COUNTED)? else { continue };
        any = true;
        account.read(table.rows.len() as u64);
        if table.column("csp").is_some() && counts.csp.is_empty() {
            return Err(option_problem("the counts are of several partnerships", "name yours with `--csp`").into());
        }
        if table.column("code").is_none() && table.column("description").is_none() {
            let help = "head one `Offence Code` or `Offence`";
            return Err(sheet.problem(Some(table.header), "there is no column of codes or offences", help).into());
        }
        for row in table.rows {
            let read = CountRow { table: &table, row, counts, weights, several: options.several };
            match read.read(&mut names, &mut there, &mut missed) {
                Ok(Ok((group, offence, count, harm))) => {
                    let cell = joined.entry(group).or_default().entry(offence).or_default();
                    (cell.count, cell.harm, cell.rows) = (cell.count + count, harm, cell.rows + 1);
                }
                Ok(Err(reason)) => account.set_aside(reason, 1),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if !any {
        return Err(option_problem(
            format!("`{}` has no column of counts", counts.path),
            "give it a column headed `Count`",
        )
        .into());
    }
    for problem in names.unmet("partnership", there.iter().map(String::as_str)) {
        problems.push(problem);
    }
    settle(&mut joined, account, &mut missed);
    if !problems.has_errors() && joined.is_empty() {
        problems.push(option_problem("no count matched a weight", "check that both files have the same codes"));
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let told = missed.sentences();
    remarks.extend(told.iter().cloned());
    Ok(evidence(options, counts, edition, joined, &told)?)
}

/// Counts the rows of each offence as used, but of those whose counts add up to less than zero, which stay out.
fn settle(joined: &mut Joined, account: &mut RowAccount, missed: &mut LeftOutCounts) {
    for offences in joined.values_mut() {
        offences.retain(|offence, cell| {
            let sound = cell.count >= 0.0;
            if sound {
                account.used(cell.rows);
            } else {
                account.set_aside("with counts that add up to less than zero", cell.rows);
                missed.below.insert(offence.clone());
            }
            sound
        });
    }
    joined.retain(|_, offences| !offences.is_empty());
}

impl LeftOutCounts {
    /// A sentence for each reason for which counts stay out.
    fn sentences(&self) -> Vec<String> {
        let all = |codes: &BTreeSet<String>| listed(&codes.iter().cloned().collect::<Vec<_>>());
        [
            (&self.none, "No weight matches"),
            (&self.several, "Several weights match, so none was used, for"),
            (&self.withheld, "The count is withheld of"),
            (&self.below, "Counts add up to less than zero for"),
        ]
        .into_iter()
        .filter(|(codes, _)| !codes.is_empty())
        .map(|(codes, what)| format!("{what} {}.", all(codes)))
        .collect()
    }
}

/// One row of counts.
struct CountRow<'a> {
    table: &'a SheetTable<'a>,
    row: &'a SheetRow,
    counts: &'a CountsToJoin,
    weights: &'a [HarmWeight],
    several: Option<SeveralWeights>,
}

/// Candidate, offence, count and harm of one; or why the row is set aside.
type JoinedRow = Result<(String, String, f64, f64), &'static str>;

impl CountRow<'_> {
    fn read(
        &self,
        names: &mut WantedNames,
        there: &mut BTreeSet<String>,
        missed: &mut LeftOutCounts,
    ) -> Result<JoinedRow, Problem> {
        if let Some(reason) = self.other(names, there) {
            return Ok(Err(reason));
        }
        let (code, description) = (self.text("code"), self.text("description"));
        let shown = match (code.is_empty(), description.is_empty()) {
            (true, true) => return Ok(Err("without a code or offence")),
            (false, false) => format!("{description} ({code})"),
            (false, true) => code.clone(),
            (true, false) => description.clone(),
        };
        let read = if self.table.column("csp").is_some() { sheet::whole_or_below } else { sheet::whole };
        let count = read(self.table.get(self.row, "count"))
            .map_err(|(message, help)| self.table.problem(self.row, "count", &message, help))?;
        let count = match count {
            CellFigure::Number(count) => count,
            CellFigure::Withheld(_) => {
                missed.withheld.insert(shown);
                return Ok(Err("with a withheld count"));
            }
            CellFigure::Empty => {
                return Err(self.table.problem(self.row, "count", "there is no count", "write the count"));
            }
        };
        let group = self.text("group");
        let group = if group.is_empty() { self.counts.title.clone() } else { group };
        let found = self.found(&code, &description);
        match (&*found, self.several) {
            ([], _) => {
                missed.none.insert(shown);
                Ok(Err("with a code that matches no weight"))
            }
            ([only], _) => Ok(Ok((group, shown, count, *only))),
            ([lowest, ..], Some(SeveralWeights::Lowest)) => Ok(Ok((group, shown, count, *lowest))),
            ([.., highest], Some(SeveralWeights::Highest)) => Ok(Ok((group, shown, count, *highest))),
            (_, None) => {
                missed.several.insert(shown);
                Ok(Err("with a code that has several weights"))
            }
        }
    }

    fn text(&self, key: &str) -> String {
        self.table.text(self.row, key)
    }

    /// Why a row of the Home Office's counts is about something else.
    fn other(&self, names: &mut WantedNames, there: &mut BTreeSet<String>) -> Option<&'static str> {
        let has = |key: &str| self.table.column(key).is_some();
        if has("csp") && !names.has(&self.text("csp")) {
            there.insert(self.text("csp"));
            return Some("of other partnerships");
        }
        let year = financial_year(&self.text("year"));
        (has("year") && year.as_deref() != Some(&*self.counts.period)).then_some("of other years")
    }

    /// The different weights that fit, ascending: by offence and code, by code and subcode, by code, by offence where
    /// one of the two has no code.
    fn found(&self, code: &str, description: &str) -> Vec<f64> {
        let (code, title) = (plain_code(code), header_words(description));
        let (main, sub) = code.split_once('/').map_or((&*code, None), |(main, sub)| (main, Some(plain_code(sub))));
        let by_sub = |weight: &&HarmWeight| sub.as_ref().is_some_and(|sub| weight.code == main && weight.sub == *sub);
        let by_both =
            |weight: &&HarmWeight| !title.is_empty() && weight.code == main && header_words(&weight.offence) == title;
        let by_code = |weight: &&HarmWeight| !main.is_empty() && sub.is_none() && weight.code == main;
        let by_title = |weight: &&HarmWeight| {
            (code.is_empty() || weight.code.is_empty()) && !title.is_empty() && header_words(&weight.offence) == title
        };
        let forms: [&dyn Fn(&&HarmWeight) -> bool; 4] = [&by_sub, &by_both, &by_code, &by_title];
        for form in forms {
            let mut found: Vec<f64> =
                self.weights.iter().filter(|weight| form(weight)).map(|weight| weight.harm).collect();
            found.sort_by(f64::total_cmp);
            found.dedup();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

fn evidence(
    options: &HarmOptions,
    counts: &CountsToJoin,
    edition: &str,
    joined: Joined,
    left_out: &[String],
) -> Result<String, Problem> {
    let mut text = EvidenceText::new("Offences with their harm weights: made by `prioritise import harm-index`.");
    let mut keys = options.cited.keys(SOURCE, "Harm weights", "")?;
    keys.push(("note", format!("Edition: {edition}").into()));
    text.source(&keys);
    text.source(&[("id", COUNTS.into()), ("title", format!("Counts of offences: {}", counts.path).into())]);
    for (title, offences) in joined {
        let rows = offences.into_iter().map(|(offence, WeightedOffence { count, harm, .. })| {
            table_row([("offence", offence.into()), ("count", number(count)), ("harm", number(harm))])
        });
        text.candidate(&id_of(&title), &title, CandidateKind::Crime, "");
        let mut keys = vec![
            ("offences", Value::Array(rows.collect())),
            ("period", counts.period.as_str().into()),
            ("source", COUNTS.into()),
            ("where", format!("{}; weights: {edition}", counts.path).into()),
        ];
        if !left_out.is_empty() {
            keys.push(("note", format!("Some offences are left out. {}", left_out.join(" ")).into()));
        }
        text.evidence("harms", &keys);
    }
    Ok(text.finish())
}
