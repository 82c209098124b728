//! The third side: points by question, what counts twice, and the weights that would change the list.

use schemars::JsonSchema;
use serde::Serialize;

/// The third side of the paper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointsSide {
    /// The finding, as a heading.
    pub heading: String,
    /// What the questions are and which weighs most, a sentence each.
    pub sentences: Vec<String>,
    /// What the bars rest on.
    pub key: Vec<BasisMark>,
    /// The questions, in the order of the rules.
    pub questions: Vec<QuestionColumn>,
    /// How wide their columns are where a row is a grid, as a style sheet has it.
    pub grid: String,
    /// Everybody with a total, best first.
    pub rows: Vec<PointsLine>,
    /// What a bar that ends in an arrow means; none where there is none.
    pub over: Option<String>,
    /// What counts in more than one place, a sentence each.
    pub twice: Vec<String>,
    /// What weights would change, as a heading.
    pub weights_heading: String,
    /// Whose the weights are and how widely they were moved, a sentence each.
    pub weights_about: Vec<String>,
    /// How far each weight must move; empty where that was not worked out.
    pub weights: Vec<WeightRow>,
}

/// What a bar rests on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BasisMark {
    /// Its class in the style sheet.
    pub class: &'static str,
    /// The sign behind its figures; empty for published figures.
    pub sign: &'static str,
    /// What it rests on.
    pub words: &'static str,
}

/// A question as a column.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionColumn {
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// Its weight.
    pub weight: String,
    /// How wide its column is, in per cent of all of them.
    pub width: String,
    /// The same in per cent of the table.
    pub column: String,
}

/// The points of one of the list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointsLine {
    /// Its title.
    pub title: String,
    /// Whether it is the first under the line.
    pub below: bool,
    /// Its points, question by question.
    pub cells: Vec<PointsBar>,
    /// Its total.
    pub total: String,
}

/// The points that one question earned.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointsBar {
    /// The points; a dash where the question was left out.
    pub points: String,
    /// The sign of what they rest on.
    pub sign: &'static str,
    /// The class of what they rest on.
    pub class: &'static str,
    /// How long the bar is, in per cent of the question's weight.
    pub width: String,
    /// Whether it earned more than the question's weight.
    pub over: bool,
}

/// How far a weight must move, the others in proportion.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WeightRow {
    /// Whose weight.
    pub title: String,
    /// The weight now.
    pub now: String,
    /// The nearest weight at which somebody else is first, and who; none where there is none.
    pub first: Option<WeightEnd>,
    /// The nearest weight at which others have a place, and who comes or goes; none where there is none.
    pub top: Option<WeightEnd>,
}

/// A weight that changes the list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WeightEnd {
    /// The weight.
    pub at: String,
    /// What changes there.
    pub what: String,
}
