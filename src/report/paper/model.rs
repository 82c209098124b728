//! What a template is given: plain data, every number already in words. `docs/paper.md` lists every name.
//!
//! These are the names that a partnership's own templates use: renaming one breaks those templates.

mod candidate;
mod chart;
mod method;
mod row;

use schemars::JsonSchema;
use serde::Serialize;

pub use candidate::{Candidate, Evidence, Gap, Gate, Judged, Question, Reason, WouldChange};
pub use chart::{Chart, Mark};
pub use method::{Criterion, GateRule, Method, Parameter, TierRule};
pub use row::Row;

/// The whole paper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Paper {
    /// The assessment's title.
    pub title: String,
    /// Who files it.
    pub partnership: String,
    /// The period it is about, in words.
    pub period: String,
    /// The engine's version.
    pub engine: String,
    /// What was found, in one sentence.
    pub headline: String,
    /// How sure that is, a sentence each.
    pub sureness: Vec<String>,
    /// What gates did, a sentence each.
    pub gates: Vec<String>,
    /// What a reader should know before relying on it, a sentence each.
    pub warnings: Vec<String>,
    /// What the board decided; none where no decision is filed.
    pub board: Option<Board>,
    /// The list: the standings that anybody has, best first.
    pub tiers: Vec<Tier>,
    /// The totals as a chart; none where nobody has a total.
    pub totals_chart: Option<Chart>,
    /// What the totals are made of.
    pub points: Points,
    /// Everything outside the first tier, in the order of the list.
    pub not_chosen: Vec<NotChosen>,
    /// What happens to the list when weights or evidence move, a sentence each.
    pub sensitivity: Vec<String>,
    /// What was missing.
    pub gaps: Gaps,
    /// What the partnership states under the headings of a strategic assessment.
    pub statements: Statements,
    /// What became of the measures of last year's plan.
    pub last_plan: Vec<PlanResult>,
    /// The candidates, each in its own section, in the order of the list.
    pub candidates: Vec<Candidate>,
    /// Why not every candidate has a section; none where each has.
    pub left_out: Option<String>,
    /// Printed figures that do not follow from the numbers beside them.
    pub recomputed: Recomputed,
    /// How the list was made.
    pub method: Method,
    /// The people whom counts are set against.
    pub population: Option<Population>,
    /// The documents cited.
    pub sources: Vec<Source>,
    /// The digests of what the list was made from.
    pub digests: Digests,
}

/// What the board decided, beside what the engine found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Board {
    /// The meeting.
    pub meeting: String,
    /// Its day.
    pub date: String,
    /// Whether and where the board overruled the rules, in a sentence.
    pub summary: String,
    /// The board's own list of priorities, in its order.
    pub list: Vec<String>,
    /// What was decided, one by one.
    pub decisions: Vec<Decision>,
    /// Those in the first tier on whom no decision is recorded.
    pub undecided: Vec<String>,
}

/// One decision of the board.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Decision {
    /// The candidate's title.
    pub candidate: String,
    /// Where the engine has it.
    pub engine: String,
    /// What the board decided.
    pub board: String,
    /// How that overruled the rules, in a sentence; none where it followed them.
    pub overruled: Option<String>,
    /// Why.
    pub reason: String,
    /// Who decided, by role.
    pub by: String,
    /// When.
    pub date: String,
}

/// A tier, or a standing outside all tiers, with its candidates.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Tier {
    /// Its name.
    pub title: String,
    /// What it takes, in words; none for the tier that takes the rest.
    pub rule: Option<String>,
    /// Who is in it, in order.
    pub candidates: Vec<Row>,
}

/// The points of every candidate with a section, question by question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Points {
    /// `points`, or `factor` where the total is a product.
    pub earned: &'static str,
    /// Of what the bars show the share, in words.
    pub most: &'static str,
    /// The finding, as a title.
    pub title: String,
    /// Tables of so many questions as fit on a page, side by side in the order of the rules.
    pub tables: Vec<PointsTable>,
}

/// The points for some of the questions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointsTable {
    /// The questions' titles.
    pub questions: Vec<String>,
    /// One for each candidate.
    pub rows: Vec<PointsRow>,
}

/// The points of one candidate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointsRow {
    /// The candidate's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One for each question.
    pub cells: Vec<Cell>,
    /// The total; a dash where there is none.
    pub total: String,
}

/// The points that one question earned.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cell {
    /// The points.
    pub points: String,
    /// The share of what it could earn, in per cent, for a bar.
    pub share: String,
    /// Whether something stood in for a missing answer.
    pub stood_in: bool,
}

/// A candidate outside the first tier.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NotChosen {
    /// The candidate.
    pub row: Row,
    /// Where it stands.
    pub standing: String,
    /// One sentence that says why.
    pub why_not: String,
    /// What is still done about it, where said.
    pub meanwhile: Option<String>,
}

/// What was missing over the whole list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Gaps {
    /// How many answers are missing, in a sentence.
    pub sentence: String,
    /// The questions that went without an answer for somebody.
    pub questions: Vec<QuestionGap>,
}

/// A question that went without an answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionGap {
    /// Its title.
    pub title: String,
    /// For how many.
    pub count: String,
    /// For whom, of those with a section.
    pub candidates: String,
    /// What stood in.
    pub stand_in: String,
}

/// What the partnership states under each heading of a strategic assessment.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Statements {
    /// The levels and patterns.
    pub levels: Vec<Statement>,
    /// Changes since the last assessment, and why.
    pub changes: Vec<Statement>,
    /// What should be prioritised.
    pub priorities: Vec<Statement>,
    /// How far last year's plan was carried out.
    pub last_plan: Vec<Statement>,
    /// What the community thinks.
    pub community: Vec<Statement>,
}

/// Something stated.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Statement {
    /// The words.
    pub text: String,
    /// Who says so and where.
    pub from: String,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// What became of one measure of last year's plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanResult {
    /// The plan's priority.
    pub priority: String,
    /// What was measured.
    pub measure: String,
    /// The figure before.
    pub baseline: String,
    /// The latest figure.
    pub latest: String,
    /// `achieved`, `not achieved` or `not said`.
    pub achieved: &'static str,
    /// Who says so and where.
    pub from: String,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// Printed figures that were worked out again.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Recomputed {
    /// How many, and how many do not hold, in a sentence.
    pub sentence: String,
    /// What does not hold.
    pub findings: Vec<Finding>,
}

/// A printed figure that does not hold.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// The document's id, where named.
    pub source: Option<String>,
    /// The place in the document.
    pub place: String,
    /// What is printed.
    pub printed: String,
    /// What follows instead; a dash where there is nothing to compute.
    pub recomputed: String,
    /// How, and the likely cause.
    pub how: String,
}

/// How many people, and who says so.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Population {
    /// How many.
    pub people: String,
    /// The document's id.
    pub source: String,
    /// The place in the document.
    pub place: String,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// A document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it, when, and what a reader should know of it.
    pub about: Vec<String>,
}

/// The digests of what the list was made from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Digests {
    /// Of the assessment.
    pub assessment: String,
    /// Of the rule set.
    pub rules: String,
}
