//! Lines over time and lines of value as a template sees them.

use schemars::JsonSchema;
use serde::Serialize;

use super::Chart;

/// A series over time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Trend {
    /// The line.
    pub chart: Chart,
    /// What is counted.
    pub name: String,
    /// The same in numbers, so many periods abreast.
    pub tables: Vec<TrendTable>,
}

/// Some periods of a series, the oldest first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TrendTable {
    /// What no other table has for a name.
    pub id: String,
    /// What is counted, and which part of it this is where there are several.
    pub caption: String,
    /// The periods.
    pub periods: Vec<String>,
    /// The figure of each.
    pub figures: Vec<String>,
}

/// How the answers to one question become values.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Curve {
    /// The line, with everybody who has an answer.
    pub chart: Chart,
    /// The unit of the answers.
    pub unit: String,
    /// Everybody who has a sheet and an answer.
    pub rows: Vec<CurveRow>,
    /// Who has a sheet and no answer, listed; none where all have one.
    pub without: Option<String>,
}

/// The answer of one of the list and its value.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CurveRow {
    /// Its title.
    pub title: String,
    /// The answer with its interval.
    pub answer: String,
    /// The value, with the sign of what it rests on.
    pub value: String,
}
