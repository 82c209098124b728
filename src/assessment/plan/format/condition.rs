//! A condition exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::{At, WrittenNumber};

/// What a set of actions must satisfy. Of an `action`: just one of `needs`, `excludes`, `must` and `committed`; of a `group`:
/// `at_most`, `at_least` or both.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Condition {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// The action that it is about, by id.
    pub action: Option<At<String>>,
    /// The group of actions that it is about.
    pub group: Option<At<String>>,
    /// The actions without which the action can't be chosen, by id.
    pub needs: Option<At<Vec<At<String>>>>,
    /// The actions that can't be chosen beside the action, by id.
    pub excludes: Option<At<Vec<At<String>>>>,
    /// The most actions of the group that can be chosen.
    pub at_most: Option<At<WrittenNumber>>,
    /// The fewest actions of the group that can be chosen.
    pub at_least: Option<At<WrittenNumber>>,
    /// That the action must be chosen: a duty.
    pub must: Option<At<bool>>,
    /// That the action is committed already, and its costs with it.
    pub committed: Option<At<bool>>,
    /// Why, in a sentence.
    pub reason: At<String>,
    /// The source's id.
    pub source: Option<At<String>>,
    /// The place in the source: table, section, page.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
}
