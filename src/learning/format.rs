//! A file of what a board agreed on, exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::At;

/// What a board agreed on about a list: who stands above whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise agreed")]
pub struct AgreedFile {
    /// What was agreed, a statement each. Their order makes no difference but for their numbers.
    #[serde(default)]
    pub statement: Vec<At<StatementEntry>>,
}

/// One statement: `above` and `below`, or an `order`, or those `chosen`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(rename = "Written")]
pub struct StatementEntry {
    /// The id of the candidate that stands above.
    pub above: Option<At<String>>,
    /// The id of the candidate that stands below it.
    pub below: Option<At<String>>,
    /// Ids of candidates, first place first; not all candidates need to be in it.
    pub order: Option<At<Vec<At<String>>>>,
    /// The ids of the candidates that were chosen: each stands above each that was not.
    pub chosen: Option<At<Vec<At<String>>>>,
    /// Where it is minuted.
    pub source: Option<At<String>>,
    /// When it was agreed, `2026-04-20`.
    pub date: Option<At<String>>,
}
