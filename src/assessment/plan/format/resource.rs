//! A resource exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::{At, WrittenNumber};

/// What there is a limited amount of: a grant, officer days.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Resource {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// What a reader sees.
    pub title: At<String>,
    /// What it is counted in: `GBP`, `days`.
    pub unit: At<String>,
    /// How much there is of it, a table for each period.
    pub amounts: At<Vec<At<Amount>>>,
    /// The source's id.
    pub source: Option<At<String>>,
    /// The place in the source: table, section, page.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// The role of the person who says so, where no document does.
    pub by: Option<At<String>>,
    /// When that was said, `2026-04-20`.
    pub date: Option<At<String>>,
    /// Why it is so much, in a sentence.
    pub because: Option<At<String>>,
    /// Whether the amounts are made up to show what could be done.
    pub illustration: Option<bool>,
    /// What a reader should know before relying on it.
    pub note: Option<At<String>>,
}

/// How much there is of a resource in a period.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { period = \"2013/14\", amount = 28440 }")]
pub struct Amount {
    /// The period, in any form: `2013/14`.
    pub period: At<String>,
    /// How much, from zero: digits, and decimals where there are some.
    pub amount: At<WrittenNumber>,
    /// What it is counted in: that of the resource unless told, and never another.
    pub unit: Option<At<String>>,
}
