//! What an assessment must contain beside the list: statements and results of last year's plan, each with its place in
//! a document. No rule reads them, and nothing is scored by them.

pub use super::format::Heading;

/// Something that the assessment says beside the list, read off a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub under: Heading,
    /// The statement in the partnership's own words.
    pub text: String,
    /// The document and place that it is from.
    pub cited: DocumentPlace,
}

/// What became of one measure of last year's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanResult {
    /// The plan's priority.
    pub priority: String,
    /// What was measured.
    pub measure: String,
    /// The figure before, as printed.
    pub baseline: String,
    /// The latest figure, as printed.
    pub latest: String,
    /// Whether the plan's aim was achieved; none where the document doesn't say.
    pub achieved: Option<bool>,
    /// The document and place that it is from.
    pub cited: DocumentPlace,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPlace {
    /// The document's id.
    pub source: String,
    /// The place in the document.
    pub place: String,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}
