//! `decisions.toml` exactly as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::toml_file::{At, WrittenNumber};

/// What the board decided on the ranking: `decisions.toml`. It is shown beside the engine's list and never changes it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise decisions")]
pub struct DecisionsFile {
    /// Who decided, and when.
    pub meeting: Meeting,
    /// The decisions, one for each candidate that the board decided on. Their order makes no difference.
    #[serde(default)]
    pub decision: Vec<At<Decision>>,
    /// The actions that the board chose out of the assessment's plan.
    pub chosen: Option<At<ChosenSet>>,
}

/// The actions that the board chose out of the assessment's plan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct ChosenSet {
    /// The actions, by id.
    pub actions: Vec<At<String>>,
    /// The year whose amounts they are to be had for: that of the plan unless told.
    pub period: Option<At<String>>,
    /// Why, in a sentence or two.
    pub reason: At<String>,
    /// The role of the person who speaks for the decision.
    pub by: At<String>,
}

/// Who decided, and when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Meeting {
    /// The meeting, as its minutes name it.
    pub title: At<String>,
    /// Its day, `2026-04-20`.
    pub date: At<String>,
}

/// What the board decided on one candidate.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Decision {
    /// The candidate's id.
    pub candidate: At<String>,
    /// What was decided.
    pub outcome: At<DecisionOutcome>,
    /// The place in the board's own list, 1 for the first. `moved` needs it, `adopted` may have it.
    pub place: Option<At<WrittenNumber>>,
    /// Why, in a sentence or two.
    pub reason: At<String>,
    /// The role of the person who speaks for the decision.
    pub by: At<String>,
    /// When, `2026-04-20`: the meeting's day unless told.
    pub date: Option<At<String>>,
    /// The role of the person who leads on it from now on.
    pub lead: Option<At<String>>,
    /// The day by which what was decided is to be done, `2026-09-30`.
    pub due: Option<At<String>>,
}

/// What the board decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionOutcome {
    /// The board takes it as a priority.
    Adopted,
    /// The board does not take it.
    Rejected,
    /// The board takes it, at another place than the engine's order gives.
    Moved,
}

impl DecisionOutcome {
    /// The word that files have for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Rejected => "rejected",
            Self::Moved => "moved",
        }
    }
}
