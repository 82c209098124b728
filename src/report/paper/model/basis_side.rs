//! The fourth side: whose judgement counts, what was not known, and figures to read with care.

use schemars::JsonSchema;
use serde::Serialize;

/// The fourth side of the paper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BasisSide {
    /// How far people agreed and how much rests on their judgement, a sentence each.
    pub judged_about: Vec<String>,
    /// Whose judgement, and when.
    pub judged: Vec<JudgedRow>,
    /// How many answers are missing, in a sentence.
    pub missing_about: String,
    /// What was not known.
    pub missing: Vec<MissingRow>,
    /// Whom one missing answer could bring to a place; none where none could.
    pub one_answer: Option<String>,
    /// How many printed figures were worked out again, in a sentence.
    pub printed_about: String,
    /// Printed figures that do not hold, those first on which most rests.
    pub printed: Vec<PrintedRow>,
    /// How many more are in the annex; none where all are here.
    pub printed_more: Option<String>,
    /// What is filed as a caveat of the figures behind those with a place or at the line, those first on which most points rest.
    pub caveats: Vec<CaveatRow>,
    /// How many more of them there are.
    pub more_caveats: usize,
}

/// What one role judged on one day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JudgedRow {
    /// The role.
    pub who: String,
    /// The day.
    pub day: String,
    /// On what, and of how many.
    pub what: String,
    /// Whether alone or with others.
    pub with: String,
    /// That it is made up; none where nothing of it is.
    pub made_up: Option<&'static str>,
}

/// A question that went without an answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MissingRow {
    /// Its title.
    pub title: String,
    /// Of how many it is missing.
    pub count: String,
    /// What stood in.
    pub stand_in: String,
    /// Of whom.
    pub whom: String,
    /// How many points an answer could add at most; none where there is no most.
    pub adds: Option<String>,
    /// Whom to ask; none where the rules do not say.
    pub ask: Option<String>,
}

/// What a reader should know of a figure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CaveatRow {
    /// What to know, as filed.
    pub caveat: String,
    /// Whose answers rest on such figures, with their points.
    pub rests: String,
}

/// A printed figure that does not hold.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PrintedRow {
    /// What is printed.
    pub printed: String,
    /// The place in the document.
    pub place: String,
    /// What follows instead, and the likely cause.
    pub wrong: String,
    /// What of the list rests on it.
    pub rests: String,
}
