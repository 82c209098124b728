//! Police recorded crime by community safety partnership, as the Home Office publishes it: counts into series.
//!
//! A quarter without a row is absent and never zero; a withheld count takes its whole period out of the series.
//! A count below zero takes back what an earlier row has, and is added as it stands.

mod read;
mod write;

use std::collections::BTreeMap;

use super::Import;
use super::given::{Cited, option};
use crate::diagnostic::Problems;
use crate::files::Files;
use crate::sheet::Wanted;

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

const COLUMNS: [Wanted; 9] = [
    Wanted { key: "csp", names: &["CSP Name", "Community Safety Partnership", "CSP"], needed: true },
    Wanted { key: "count", names: &["Offence Count", "Number of Offences", "Rec Crime"], needed: true },
    Wanted { key: "group", names: &["Offence Group"], needed: true },
    Wanted { key: "year", names: &["Financial Year"], needed: false },
    Wanted { key: "quarter", names: &["Financial Quarter"], needed: false },
    Wanted { key: "force", names: &["Police Force", "Force Name"], needed: false },
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
    write::series(options, read::counts(files, options)?)
}

/// The counts of one candidate in one quarter (or year, as 0) of one area.
#[derive(Debug, Default, Clone)]
struct Cell {
    count: f64,
    rows: u64,
    withheld: bool,
}

/// The cells of one candidate by year and quarter.
type Cells = BTreeMap<(String, u32), Cell>;
/// By candidate.
type Counts = BTreeMap<String, Cells>;
