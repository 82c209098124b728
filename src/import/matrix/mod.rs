//! A partnership's own scoring spreadsheet into an assessment and a rule set that give its order.
//!
//! Scores become judgements, and nothing about them is invented: who judged, when and why is told by the person who
//! imports. A score that is not there stays missing, where the spreadsheet adds it up as zero.

mod read;
mod write;

use super::{Account, Import};
use crate::assessment::CandidateKind;
use crate::diagnostic::Problems;
use crate::files::Files;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct Options {
    /// The workbook or CSV file.
    pub path: String,
    /// The sheet; needed where several have weights.
    pub sheet: Option<String>,
    /// The lowest and highest possible score; where the sheet does not say `scale: 1 to 5`.
    pub scale: Option<(f64, f64)>,
    /// The role of whoever scored.
    pub by: String,
    /// When it was scored, `2020-02-14`.
    pub date: String,
    /// Why it was scored so, in a sentence; the same for all.
    pub because: String,
    /// The assessment's title.
    pub title: String,
    /// The partnership.
    pub partnership: String,
    /// The period of the assessment.
    pub period: String,
    /// What each candidate is.
    pub kind: CandidateKind,
    /// How many candidates can be priorities, if that is known.
    pub places: Option<u32>,
}

/// Reads the sheet and writes the folder.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &Options) -> Result<Import, Problems> {
    Ok(write::folder(read::matrix(files, options)?, options))
}

/// One question of the spreadsheet.
struct Criterion {
    id: String,
    title: String,
    weight: f64,
    column: u32,
}

/// One row of the spreadsheet.
struct Candidate {
    id: String,
    title: String,
    /// As many as there are criteria.
    scores: Vec<Option<f64>>,
    /// Their cells.
    places: Vec<String>,
    /// The total that the spreadsheet has, and its cell.
    total: Option<(f64, String)>,
}

/// What was read.
struct Matrix {
    criteria: Vec<Criterion>,
    candidates: Vec<Candidate>,
    scale: (f64, f64),
    account: Account,
    remarks: Vec<String>,
}
