//! A session exactly as the page writes it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::decisions::DecisionOutcome;
use crate::elicitation::PersonAnswers;

/// What a workshop settled, in what order, and the list that the command must make of it. Numbers are text, so that no digit
/// is lost.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise workshop session")]
pub struct SessionFile {
    /// `prioritise/workshop-session/1`.
    pub schema: String,
    /// The version of the engine that made the page.
    pub engine: String,
    /// The digest of the assessment that the page was made of.
    pub assessment: String,
    /// The digest of the rules that it was made of.
    pub rules: String,
    /// When it was saved: `2026-11-30T16:02:11Z`.
    pub made: String,
    /// Who handed in.
    pub people: Vec<Participant>,
    /// The settings that were given a name, in order.
    pub settings: Vec<NamedSetting>,
    /// Each weight as it is to be written, by id; a group's behind `group `.
    pub weights: BTreeMap<String, String>,
    /// What is switched off.
    pub off: SwitchedOff,
    /// The judgements that were changed.
    pub judgements: Vec<SettledJudgement>,
    /// Notes, by candidate.
    pub notes: BTreeMap<String, String>,
    /// What was decided.
    pub decisions: Vec<SettledDecision>,
    /// What was done, in order.
    pub log: Vec<LoggedStep>,
    /// What everybody handed in, whole.
    pub answers: Vec<PersonAnswers>,
    /// The list that the command must make, in order.
    pub expects: Vec<ExpectedPlace>,
}

/// Somebody who handed in.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// The role.
    pub by: String,
    /// The day: `2026-11-30`.
    pub date: String,
    /// The round, from 1.
    pub round: u32,
    /// How the person was asked.
    pub method: String,
}

/// A setting that was given a name.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedSetting {
    /// Its name.
    pub name: String,
    /// When it was kept.
    pub at: String,
    /// Its weights, by id.
    pub weights: BTreeMap<String, String>,
}

/// What is switched off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchedOff {
    /// Questions and groups, which weigh 0.
    pub weights: Vec<String>,
    /// Candidates, which are not on the list.
    pub candidates: Vec<String>,
}

/// A judgement that was changed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettledJudgement {
    /// The candidate's id.
    pub candidate: String,
    /// The question's id.
    pub criterion: String,
    /// The name of the evidence.
    pub evidence: String,
    /// The median of the scores.
    pub score: String,
    /// Who gave which score; at least one.
    pub scores: Vec<SettledScore>,
    /// The day: `2026-11-30`.
    pub date: String,
    /// Why; may be empty.
    pub because: String,
}

/// One person's score.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettledScore {
    /// The role.
    pub by: String,
    /// The score.
    pub score: String,
    /// Why; left out where nothing was said.
    pub because: Option<String>,
}

/// What was decided on a candidate.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettledDecision {
    /// The candidate's id.
    pub candidate: String,
    /// What was decided.
    pub outcome: DecisionOutcome,
    /// Why.
    pub reason: String,
    /// The role of the person who speaks for it.
    pub by: String,
    /// The place in the board's list; left out where it has none of its own.
    pub place: Option<u32>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoggedStep {
    /// Its number, from 1.
    pub step: u32,
    /// When.
    pub at: String,
    /// What was done, in a sentence.
    pub what: String,
    /// The weights after it, by id.
    pub weights: BTreeMap<String, String>,
}

/// Where a candidate must come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedPlace {
    /// The candidate's id.
    pub id: String,
    /// The code of its list; left out where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Its rank.
    pub rank: usize,
    /// Its total, with the decimals of the rules.
    pub total: String,
    /// Where it stands: a tier's id, or a word.
    pub tier: String,
}
