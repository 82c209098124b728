//! What is asked of the import.

use crate::assessment::CandidateKind;

/// How the sheet is read.
#[derive(Debug, Clone)]
pub struct MatrixOptions {
    /// The workbook or CSV file.
    pub path: String,
    /// The sheet; needed where several could be the one.
    pub sheet: Option<String>,
    /// The lowest and highest possible score; where the sheet does not say `scale: 1 to 5`.
    pub scale: Option<(f64, f64)>,
    /// What words stand for, as scores: `High` for 3.
    pub words: Vec<(String, f64)>,
    /// Which way the criteria run; seen from the weights where it is not said.
    pub criteria: Option<CriteriaRun>,
    /// How scores become a total; seen from the totals where it is not said.
    pub combine: Option<CombineScores>,
    /// How sections' weights and those of their criteria go together; seen from the totals where it is not said.
    pub sections: Option<SectionWeights>,
    /// Headers, labels, sections, `column F`, `row 7` or `rows 7 to 9` that are no part of it.
    pub leave_out: Vec<String>,
    /// Candidates, by name, `row 7` or `column F`, that look as if they were none.
    pub keep: Vec<String>,
    /// Whether hidden rows and columns are no part of it.
    pub leave_out_hidden: bool,
}

/// What the sheet does not say of itself, and whoever imports it does.
#[derive(Debug, Clone)]
pub struct MatrixDetails {
    /// The role of the person who scored.
    pub by: String,
    /// When it was scored, `2020-02-14`, or any form of a period.
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

/// Which way the criteria run over the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriteriaRun {
    /// A column for each criterion, a row for each candidate.
    Across,
    /// A row for each criterion, a column for each candidate.
    Down,
}

/// How scores become a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CombineScores {
    /// Weight × score, added up.
    Sum,
    /// Scores multiplied, as a risk register does with likelihood and impact.
    Product,
    /// Weight × score, added up in each section, and the sections' sums multiplied.
    Sections,
}

/// How sections' weights and those of their criteria go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionWeights {
    /// A section's weight is shared among its criteria.
    Shared,
    /// A criterion's weight is multiplied by its section's.
    Multiplied,
}
