//! A candidate in a few cells, as a template sees it.

use schemars::JsonSchema;
use serde::Serialize;

/// A candidate in a few cells.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListRow {
    /// The candidate's id, which its section has as well.
    pub id: String,
    /// Whether it has a section.
    pub has_section: bool,
    /// The rank; a dash where there is none.
    pub rank: String,
    /// The title.
    pub title: String,
    /// What a gate did to it, in a word; none where nothing.
    pub gate: Option<String>,
    /// The total; a dash where there is none.
    pub total: String,
    /// What the total could be; a dash where nothing leaves room.
    pub could_be: String,
    /// How many of the questions evidence answered.
    pub answered: String,
    /// The questions that carry the total.
    pub carried_by: String,
}
