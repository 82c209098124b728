//! A candidate's section as a template sees it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ListRow, Trend};

/// Everything about one candidate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CandidateSection {
    /// The candidate in a few cells.
    pub row: ListRow,
    /// Where it stands.
    pub standing: String,
    /// What that standing takes; none for the tier that takes the rest.
    pub rule: Option<String>,
    /// The line of its heading: the total, or that it is not ranked.
    pub total: String,
    /// What it covers.
    pub about: Option<String>,
    /// How sure its place is, in a few words; none where nothing says so.
    pub surety: Option<String>,
    /// What carries its total and what lowers it, in a sentence; empty without a total.
    pub why: String,
    /// The gates that fired; the first one decided.
    pub gates: Vec<PaperGate>,
    /// With whom it shares a band at a line; none where with nobody.
    pub at_the_line: Option<String>,
    /// What it is part of, what is part of it and what it shares evidence with; none where nothing overlaps with it.
    pub overlaps: Option<String>,
    /// How sure it is, in a sentence.
    pub sure: String,
    /// Why it is not in the first tier; none where it is.
    pub why_not: Option<String>,
    /// What is done about it now, or still done where it is not chosen; none where that is not said.
    pub meanwhile: Option<String>,
    /// Who is affected by it; none where that is not said.
    pub affected: Option<String>,
    /// What would change its place.
    pub would_change: Vec<WouldChange>,
    /// One for each question, with the bar of its points.
    pub questions: Vec<QuestionRow>,
    /// Scores that stand beside the total, each with its place; empty where none does.
    pub beside: Vec<String>,
    /// What vetoes between it and others change of the total; empty where the rules take none.
    pub vetoes: Vec<String>,
    /// The sums that make the total, to be done again by hand.
    pub sums: Vec<String>,
    /// Why a bar can end in an arrow; none where none does.
    pub over: Option<&'static str>,
    /// What its evidence shows over time.
    pub trends: Vec<Trend>,
    /// What the answers were read from.
    pub evidence: Vec<PaperEvidence>,
    /// What else is filed of it, and used for no points.
    pub kept: Vec<PaperEvidence>,
}

/// What would take it to another place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WouldChange {
    /// Where to.
    pub goal: String,
    /// What one weight, all weights and one answer would do, a sentence each.
    pub sentences: Vec<String>,
}

/// A gate that fired.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperGate {
    /// Its title.
    pub title: String,
    /// What it does.
    pub effect: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// One question and its answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionRow {
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// The answer with its interval and unit, or that it is missing.
    pub answer: String,
    /// The value; a dash where the question was left out.
    pub value: String,
    /// The weight.
    pub weight: String,
    /// The points, or the factor; a dash where there is no total without this answer.
    pub points: String,
    /// The sign of what they rest on.
    pub sign: &'static str,
    /// The class of what they rest on.
    pub class: &'static str,
    /// How long the bar of the points is, in per cent of the width.
    pub bar: String,
    /// How long the bar of the most that it could earn is; none where values have no end.
    pub room: Option<String>,
    /// Whether it earned more than the weight that the rules give the question.
    pub over: bool,
    /// The sentence; of a missing answer why it is missing.
    pub because: String,
    /// What stands in for the answer; none where there is one. The reason is with the rules.
    pub stand_in: Option<String>,
}

/// A piece of evidence.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperEvidence {
    /// What it is: its name, which the list of evidence explains.
    pub name: String,
    /// Whether the list of evidence explains it.
    pub is_explained: bool,
    /// The titles of the questions and gates that read it; empty where it is kept for the reader.
    pub used: String,
    /// What it says, a line each.
    pub figure: Vec<String>,
    /// The period that it covers, where that is said apart.
    pub period: Option<String>,
    /// The document's id; none for a judgement without one.
    pub source: Option<String>,
    /// The document's title.
    pub source_title: Option<String>,
    /// The place in the document.
    pub place: Option<String>,
    /// Who judged, when and why.
    pub judged: Option<JudgedNote>,
    /// What the source printed beside it.
    pub published: Vec<String>,
    /// What a reader should know before relying on it.
    pub notes: Vec<String>,
}

/// The making of a judgement.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JudgedNote {
    /// Whether it is made up: nobody judged so.
    pub made_up: bool,
    /// The roles.
    pub by: String,
    /// When.
    pub date: String,
    /// Why; none where the sentence of a question says so already.
    pub because: Option<String>,
}
