//! What is asked of the import.

use crate::assessment::CandidateKind;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct MatrixOptions {
    /// The workbook or CSV file.
    pub path: String,
    /// The sheet; needed where several have weights.
    pub sheet: Option<String>,
    /// The lowest and highest possible score; where the sheet does not say `scale: 1 to 5`.
    pub scale: Option<(f64, f64)>,
    /// The role of the person who scored.
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
