//! What a template is given: plain data, every number already in words. `docs/paper.md` lists every name.
//!
//! These are the names that a partnership's own templates use: renaming one breaks those templates.

mod agreement;
mod basis_side;
mod candidate;
mod chart;
mod decision_side;
mod front;
mod list_row;
mod list_side;
mod method;
mod often;
mod parts;
mod points_side;
mod transparency;
mod trend;

use schemars::JsonSchema;
use serde::Serialize;

pub use agreement::{PaperAgreement, PaperLead, PaperLedTheme, PaperTheme};
pub use basis_side::{BasisSide, CaveatRow, JudgedRow, MissingRow, PrintedRow};
pub use candidate::{CandidateSection, JudgedNote, PaperEvidence, PaperGate, QuestionRow, WouldChange};
pub use chart::{Chart, KeyMark};
pub use decision_side::{CheckBox, CommitteeRow, DecisionRow, DecisionSide, LawRow};
pub use front::{Ask, Asks, Fact, FrontSide, RuleDecision, StatusBox, StatusPart, SureGroup, SureMember};
pub use list_row::ListRow;
pub use list_side::{AxisMark, DotBand, DotRow, ListSide, Versus};
pub use method::{EvidenceMeaning, GateRule, PaperCriterion, PaperMethod, PaperParameter, TierRule};
pub use often::{Often, OftenRow};
pub use parts::Parts;
pub use points_side::{BasisMark, PointsBar, PointsLine, PointsSide, QuestionColumn, WeightEnd, WeightRow};
pub use transparency::{PaperTransparency, TransparencyField, TransparencySection};
pub use trend::{Curve, CurveRow, Trend, TrendTable};

/// The paper of five sides, and what only the annex has.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Paper {
    /// Which of the two documents the file has.
    pub parts: Parts,
    /// Who may see it: `OFFICIAL`, `OFFICIAL-SENSITIVE` or `PUBLIC`; none where that is not declared.
    pub handling: Option<&'static str>,
    /// What a public edition leaves out, in a sentence or two; none where it is the full edition.
    pub withheld: Option<String>,
    /// The assessment's title.
    pub title: String,
    /// The same as it stands at the head of every printed page: letters, digits and plain signs alone.
    pub running_title: String,
    /// Who files it.
    pub partnership: String,
    /// The period it is about, in words.
    pub period: String,
    /// The engine's version.
    pub engine: String,
    /// The first side: what is asked, how sure the answer is, and what rules decided.
    pub front: FrontSide,
    /// The second side: everybody on one chart, first against second, and the line.
    pub list: ListSide,
    /// The third side: points by question, and what other weights would do.
    pub makeup: PointsSide,
    /// The fourth side: whose judgement counts, what was not known, and figures to read with care.
    pub basis: BasisSide,
    /// The fifth side: what is to be carried out by whom, what a committee expects, and how to check.
    pub decision: DecisionSide,
    /// What was found, in one sentence.
    pub headline: String,
    /// How sure that is, a sentence each.
    pub sureness: Vec<String>,
    /// What gates did, a sentence each.
    pub gates: Vec<String>,
    /// How sure the intervals of answers are: `95%`.
    pub confidence: String,
    /// What a reader should know before relying on it, a sentence each.
    pub warnings: Vec<String>,
    /// What the board decided; none where no decision is filed.
    pub board: Option<PaperBoard>,
    /// What members say of each theme, and who leads; none where the assessment has no members.
    pub agreement: Option<PaperAgreement>,
    /// What is best to do by the plan; none where no plan has actions to choose from.
    pub chosen: Option<PaperChosen>,
    /// The list: the standings that anybody has, best first.
    pub tiers: Vec<PaperTier>,
    /// The lists by scores that no total is made of.
    pub beside: Vec<PaperListBeside>,
    /// What the totals are made of.
    pub points: PointsSection,
    /// Everything outside the first tier that has no sheet of its own, in the order of the list.
    pub not_chosen: Vec<NotChosen>,
    /// What happens to the list when weights or evidence move, a sentence each.
    pub sensitivity: Vec<String>,
    /// How often each is among the first; none where nothing was drawn.
    pub often: Option<Often>,
    /// What holds for several sheets and is said once.
    pub said_once: Vec<SaidOnce>,
    /// What was missing.
    pub gaps: GapsSection,
    /// What the partnership states under the headings of a strategic assessment.
    pub statements: Statements,
    /// What became of the measures of last year's plan.
    pub last_plan: Vec<PaperPlanResult>,
    /// What became of the measures of the plans that are reviewed.
    pub outcomes: Vec<PaperOutcome>,
    /// How far the actions of those plans are.
    pub done: Vec<PaperDone>,
    /// The candidates, each in its own section, in the order of the list.
    pub candidates: Vec<CandidateSection>,
    /// Why not every candidate has a section; none where each has.
    pub left_out: Option<String>,
    /// Printed figures that do not follow from the numbers beside them.
    pub recomputed: RecomputedSection,
    /// How the list was made.
    pub method: PaperMethod,
    /// The people whom counts are set against.
    pub population: Option<PaperPopulation>,
    /// The documents cited.
    pub sources: Vec<PaperSource>,
    /// The digests of what the list was made from.
    pub digests: Digests,
    /// What is known of people with each of the nine protected characteristics; empty where nothing is filed of any.
    pub characteristics: Vec<CharacteristicRow>,
    /// A draft of the record that a standard for algorithmic tools asks for.
    pub transparency: PaperTransparency,
}

/// A protected characteristic.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CharacteristicRow {
    /// Its name, as the Equality Act 2010 has it.
    pub title: &'static str,
    /// What is known; none where nothing is filed.
    pub known: Option<String>,
}

/// A sentence that holds for several sheets.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SaidOnce {
    /// Its number, as sheets name it.
    pub number: usize,
    /// The sentence.
    pub sentence: String,
    /// For whom it holds: their titles, or that it is all.
    pub of: String,
}

/// Another list beside the ranked one: by a score that no total is made of, or without what is made up.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperListBeside {
    /// What it shows.
    pub caption: String,
    /// Who has the score, the highest first.
    pub rows: Vec<PaperPlaceBeside>,
}

/// A candidate in such a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperPlaceBeside {
    /// Its place by the score.
    pub rank: String,
    /// Its title.
    pub title: String,
    /// The score.
    pub score: String,
}

/// What the board decided, beside what the engine found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperBoard {
    /// The meeting.
    pub meeting: String,
    /// Its day.
    pub date: String,
    /// Whether and where the board overruled the rules, in a sentence.
    pub summary: String,
    /// The board's own list of priorities, in its order.
    pub list: Vec<String>,
    /// What was decided, one by one.
    pub decisions: Vec<PaperDecision>,
    /// Those in the first tier on whom no decision is recorded.
    pub undecided: Vec<String>,
}

/// What is best to do by a plan, for what there is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperChosen {
    /// What the best set is, in a sentence; only that it stands in the table of decisions where it does.
    pub in_short: String,
    /// The plan's title and the year, or why nothing can be chosen.
    pub title: String,
    /// What is best, what it assumes and uses, which set comes next, and what the board chose instead: a sentence or two each.
    pub sentences: Vec<String>,
    /// What the chosen actions cost, and how much of it serves places that are open, a sentence each; empty where nothing can be
    /// chosen.
    pub money: Vec<String>,
    /// The actions of the best set and those that the board chose.
    pub actions: Vec<PaperAction>,
}

/// An action of the best set, or one that the board chose.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperAction {
    /// Its id in the plan.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it costs of each resource, listed.
    pub costs: String,
    /// Whether it is in the best set: `yes` or `no`.
    pub best: &'static str,
    /// Whether the board chose it: `yes` or `no`; none where the board chose no set.
    pub board: Option<&'static str>,
    /// The role that leads it.
    pub lead: Option<String>,
    /// The day by which it is due.
    pub due: Option<String>,
    /// Why it is in the best set, or is not.
    pub because: String,
}

/// One decision of the board.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperDecision {
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
pub struct PaperTier {
    /// Its name.
    pub title: String,
    /// What it takes, in words; none for the tier that takes the rest.
    pub rule: Option<String>,
    /// Who is in it, in order.
    pub candidates: Vec<ListRow>,
}

/// The points of every candidate with a section, question by question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointsSection {
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
    pub cells: Vec<PointsCell>,
    /// The total; a dash where there is none.
    pub total: String,
}

/// The points that one question earned.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointsCell {
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
    pub row: ListRow,
    /// Where it stands.
    pub standing: String,
    /// One sentence that says why.
    pub why_not: String,
    /// What is still done about it, where said.
    pub meanwhile: Option<String>,
}

/// What was missing over the whole list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GapsSection {
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
    pub levels: Vec<PaperStatement>,
    /// Changes since the last assessment, and why.
    pub changes: Vec<PaperStatement>,
    /// What should be prioritised.
    pub priorities: Vec<PaperStatement>,
    /// How far last year's plan was carried out.
    pub last_plan: Vec<PaperStatement>,
    /// What the community thinks.
    pub community: Vec<PaperStatement>,
}

/// Something stated.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperStatement {
    /// The words.
    pub text: String,
    /// Who says so and where.
    pub from: String,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// What became of one measure of last year's plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperPlanResult {
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

/// What became of a measure of a plan, worked out from its figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperOutcome {
    /// The plan's title and period.
    pub plan: String,
    /// What was measured.
    pub measure: String,
    /// Whose plan it is of, where that is somebody else's.
    pub regard: Option<String>,
    /// The figure before, as printed.
    pub before: String,
    /// The figure now, as printed.
    pub now: String,
    /// The change, with its per cent.
    pub change: String,
    /// `achieved`, `not achieved`, `on course`, `off course` or `can’t be told`.
    pub outcome: &'static str,
    /// Why, in a sentence.
    pub because: String,
    /// Whether chance could explain the change.
    pub chance: &'static str,
    /// Who says so and where.
    pub from: String,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// How far an action of a plan is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperDone {
    /// The plan's title and period.
    pub plan: String,
    /// What is done.
    pub action: String,
    /// How much of it, such as `60%`; none where that is not filed.
    pub done: Option<String>,
    /// The day by which it is due; none where that is the last day of the plan.
    pub due: Option<String>,
    /// The role of the person who leads it.
    pub lead: Option<String>,
    /// `achieved`, `not achieved`, `on course`, `off course` or `can’t be told`.
    pub outcome: &'static str,
    /// Why, in a sentence.
    pub because: String,
}

/// Printed figures that were worked out again.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecomputedSection {
    /// How many, and how many do not hold, in a sentence.
    pub sentence: String,
    /// What does not hold.
    pub findings: Vec<DiscrepancyRow>,
}

/// A printed figure that does not hold.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DiscrepancyRow {
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
pub struct PaperPopulation {
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
pub struct PaperSource {
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
