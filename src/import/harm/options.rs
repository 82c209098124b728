//! What is asked of the import.

use crate::import::CitedDocument;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct HarmOptions {
    /// The workbook or CSV file of weights.
    pub path: String,
    /// The only sheet that is read; every one that has weights unless told.
    pub sheet: Option<String>,
    /// The header of the column of codes; seen from the codes of the counts unless told.
    pub code: Option<String>,
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
