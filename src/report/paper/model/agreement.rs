//! What members say of each theme, and who leads.

use schemars::JsonSchema;
use serde::Serialize;

/// What members say of each theme, and who leads on it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperAgreement {
    /// The members' titles, in the order of the matrix's columns.
    pub members: Vec<String>,
    /// What there is of each member, a sentence each.
    pub filed: Vec<String>,
    /// The themes, in the order of the list.
    pub themes: Vec<PaperTheme>,
    /// The themes by who leads on them; empty where the rules do not say that.
    pub leads: Vec<PaperLead>,
    /// What each theme gathers of the members' own lists, a sentence each.
    pub gathers: Vec<String>,
    /// What `apart` of the themes says; none where no theme has it.
    pub apart: Option<String>,
    /// The themes that one member has and all others said that they do not, each with that member.
    pub peculiar: Vec<String>,
}

/// A theme with what each member says of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperTheme {
    /// Its title.
    pub title: String,
    /// How many members have it as a priority: `4 of 6`.
    pub count: String,
    /// How far the places that members give it lie apart, as shares of their lists: `0.67`; empty where fewer than two rank.
    pub apart: String,
    /// What each member says: `yes`, `no`, `not said`, with its rank where the member ranks.
    pub says: Vec<String>,
    /// Who leads on it: `county`, `local` or `board`; none where the rules do not say that.
    pub lead: Option<String>,
}

/// The themes on which somebody leads.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperLead {
    /// Who leads, as a heading.
    pub title: String,
    /// The themes.
    pub themes: Vec<PaperLedTheme>,
}

/// A theme on which somebody leads.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperLedTheme {
    /// Its title.
    pub title: String,
    /// The members that have it as a priority, in words.
    pub members: String,
    /// Why it is led so, in a sentence.
    pub reason: String,
}
