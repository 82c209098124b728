//! What the board decided, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::Period;
use crate::board::{BoardComparison, CandidateDecision, Overruling};

/// What the board decided. No part of the ranking depends on it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionsEntry<'a> {
    /// The meeting.
    pub title: &'a str,
    /// Its day, `2026-04-20`.
    pub date: String,
    /// The digest of the decisions: the assessment's does not cover them.
    pub digest: &'a str,
    /// The board's own list, first place first.
    pub list: Vec<DecisionEntry<'a>>,
    /// Those that the board does not take, in the engine's order.
    pub rejected: Vec<DecisionEntry<'a>>,
    /// The ids of those in the rules' first tier without a decision.
    pub undecided: Vec<&'a str>,
}

/// What the board decided on one candidate.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionEntry<'a> {
    /// The candidate's id.
    pub candidate: &'a str,
    /// `adopted`, `rejected` or `moved`.
    pub outcome: &'a str,
    /// The place in the board's own list, from 1; null for what is rejected.
    pub place: Option<usize>,
    /// Why.
    pub reason: &'a str,
    /// The role of the person who speaks for the decision.
    pub by: &'a str,
    /// When, `2026-04-20`.
    pub date: String,
    /// The role of the person who leads on it from now on; left out where that is not filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<&'a str>,
    /// The day by which it is to be done, `2026-09-30`; left out where that is not filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// In what ways it overruled the rules; empty where it followed them.
    pub overrides: Vec<OverrideEntry<'a>>,
}

/// A way in which a decision overruled the rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideEntry<'a> {
    /// `adopted-outside-first-tier`, `rejected-in-first-tier`, `moved` or `against-gate`.
    pub way: &'a str,
    /// The place it would have otherwise, where it was moved; null else.
    pub from: Option<usize>,
    /// The id of the gate decided against; null else.
    pub gate: Option<&'a str>,
}

pub(in crate::report) fn decisions<'t>(board: &'t BoardComparison<'_>) -> DecisionsEntry<'t> {
    DecisionsEntry {
        title: &board.decisions.title,
        date: board.decisions.date.iso_day(),
        digest: &board.decisions.digest,
        list: board.list.iter().map(decision).collect(),
        rejected: board.rejected.iter().map(decision).collect(),
        undecided: board.undecided.iter().map(|candidate| &*candidate.id).collect(),
    }
}

fn decision<'t>(decided: &'t CandidateDecision<'_>) -> DecisionEntry<'t> {
    DecisionEntry {
        candidate: &decided.candidate.id,
        outcome: decided.decision.outcome.word(),
        place: decided.place,
        reason: &decided.decision.reason,
        by: &decided.decision.by,
        date: decided.decision.date.iso_day(),
        lead: decided.decision.lead.as_deref(),
        due: decided.decision.due.map(Period::iso_day),
        overrides: decided.overrulings.iter().map(way).collect(),
    }
}

fn way<'t>(way: &'t Overruling<'_>) -> OverrideEntry<'t> {
    let (way, from, gate) = match way {
        Overruling::AdoptedOutsideFirstTier => ("adopted-outside-first-tier", None, None),
        Overruling::RejectedInFirstTier => ("rejected-in-first-tier", None, None),
        Overruling::Moved { from, .. } => ("moved", Some(*from), None),
        Overruling::AgainstGate(gate) => ("against-gate", None, Some(gate.id)),
    };
    OverrideEntry { way, from, gate }
}
