//! How often each is among the first, as a template sees it.

use schemars::JsonSchema;
use serde::Serialize;

/// How often each is among the first, over all draws.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Often {
    /// What was drawn, and what was counted.
    pub caption: String,
    /// Those with a total, the most often first.
    pub rows: Vec<OftenRow>,
}

/// How often one is among the first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OftenRow {
    /// Its title.
    pub title: String,
    /// In how many of a hundred draws.
    pub top: String,
    /// How long its bar is, in per cent of the width.
    pub width: String,
    /// In how many of a hundred draws it comes first; none for long lists.
    pub first: Option<String>,
    /// Between which ranks it lies in nine of ten draws.
    pub ranks: String,
}
