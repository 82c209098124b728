//! An action exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::{At, WrittenNumber};

/// What could be done: it serves candidates and costs resources. Where nobody has costed actions, it is a candidate itself,
/// taken up whole.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Action {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit. That of `candidate` unless told.
    pub id: Option<At<String>>,
    /// What a reader sees: the title of `candidate` unless told.
    pub title: Option<At<String>>,
    /// The candidate that is taken up whole by it, in place of `serves`.
    pub candidate: Option<At<String>>,
    /// The group that conditions can name it by.
    pub group: Option<At<String>>,
    /// What it costs, a table for each resource; `[]` where it costs nothing. Needed where the plan has resources.
    pub costs: Option<Vec<At<Cost>>>,
    /// Which candidates it serves.
    #[serde(default)]
    pub serves: Vec<At<Serves>>,
    /// The role of the person who leads it.
    pub lead: Option<At<String>>,
    /// The day by which it is due, `2014-03-31`.
    pub due: Option<At<String>>,
    /// How much of it is done by which day, oldest first.
    #[serde(default)]
    pub progress: Vec<At<ActionProgress>>,
    /// The ids under which it stood in earlier plans.
    #[serde(default)]
    pub formerly: Vec<At<String>>,
    /// The source's id, where a document has its costs and shares.
    pub source: Option<At<String>>,
    /// The place in the source: table, section, page.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// The role of the person who judged its costs and shares.
    pub by: Option<At<String>>,
    /// When they were judged, `2026-04-20`.
    pub date: Option<At<String>>,
    /// Why they are as they are, in a sentence.
    pub because: Option<At<String>>,
    /// Whether it is made up to show what could be done.
    pub illustration: Option<bool>,
    /// What a reader should know before relying on it.
    pub note: Option<At<String>>,
}

/// How much of an action is done.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { date = \"2025-06-30\", percent = 25 }")]
pub struct ActionProgress {
    /// By which day, `2025-06-30`.
    pub date: At<String>,
    /// How much of it, in per cent: 100 once it is done.
    pub percent: At<WrittenNumber>,
    /// What was done, in a few words.
    pub note: Option<At<String>>,
}

/// What an action costs of a resource.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { resource = \"grant\", amount = 24000 }")]
pub struct Cost {
    /// The resource's id.
    pub resource: At<String>,
    /// How much, from zero: digits, and decimals where there are some.
    pub amount: At<WrittenNumber>,
    /// The least that it may turn out to be.
    pub lower: Option<At<WrittenNumber>>,
    /// The most that it may turn out to be.
    pub upper: Option<At<WrittenNumber>>,
    /// What it is counted in: that of the resource unless told, and never another.
    pub unit: Option<At<String>>,
}

/// How much of a candidate an action would reach.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { candidate = \"burglary\", share = 0.15 }")]
pub struct Serves {
    /// The candidate's id.
    pub candidate: At<String>,
    /// The share of it that would be reached, from 0 to 1. Either this or `scores`.
    pub share: Option<At<WrittenNumber>>,
    /// The least that the share may be.
    pub lower: Option<At<WrittenNumber>>,
    /// The most that the share may be.
    pub upper: Option<At<WrittenNumber>>,
    /// The shares that several people judged. Their mean counts, to four decimals; `lower` and `upper` are the ends of them
    /// unless told.
    pub scores: Option<At<Vec<At<ReachScore>>>>,
    /// The role of the person who judged it, where that is another than the action's.
    pub by: Option<At<String>>,
    /// When, `2026-04-20`, where that is another day than the action's.
    pub date: Option<At<String>>,
    /// Why it is so much, in a sentence.
    pub because: Option<At<String>>,
}

/// The share of a candidate that one person thinks would be reached.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { by = \"Analyst\", share = 0.2 }")]
pub struct ReachScore {
    /// The person's role.
    pub by: At<String>,
    /// The share, from 0 to 1.
    pub share: At<WrittenNumber>,
}
