//! What an assessment must contain beside the list, exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::At;

/// Something that the assessment says beside the list, read off a document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Statement {
    /// What it is about.
    pub under: At<Heading>,
    /// The statement, in a sentence or two.
    pub text: At<String>,
    /// The source's id.
    pub source: At<String>,
    /// The place in the source: table, section, page.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// What a reader should know before relying on it.
    pub note: Option<At<String>>,
}

/// What a strategic assessment must speak of, in the order of the regulations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Under")]
pub enum Heading {
    /// Levels and patterns of crime, disorder and substance misuse.
    Levels,
    /// Changes since the last assessment, and why.
    Changes,
    /// What the partnership should prioritise.
    Priorities,
    /// How far last year's plan was implemented.
    LastPlan,
    /// What the community thinks of the levels, and of what to prioritise.
    Views,
}

/// What became of one measure of last year's plan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct PlanResult {
    /// The plan's priority.
    pub priority: At<String>,
    /// What was measured: `recorded thefts from vehicles`.
    pub measure: At<String>,
    /// The figure before, as printed: `"421"`.
    pub baseline: At<String>,
    /// The latest figure, as printed: `"460"`.
    pub latest: At<String>,
    /// Whether the source says that the plan's aim was achieved; left out where it doesn't say.
    pub achieved: Option<bool>,
    /// The source's id.
    pub source: At<String>,
    /// The place in the source: table, section, page.
    #[serde(rename = "where")]
    pub place: At<String>,
    /// What a reader should know before relying on it.
    pub note: Option<At<String>>,
}
