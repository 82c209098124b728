//! What was chosen on each side, and what became of the old choice, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::stand::{ListedEntry, stand};
use crate::board::CandidateDecision;
use crate::diff::{BoardVerdict, Choices, NewPriority, OldPriority, PriorityOutcome, Successor};
use crate::report::json::decisions::{DecisionsEntry, decisions};

/// What was chosen on each side.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChosenEntry")]
pub struct ChoicesEntry<'a> {
    /// What the old board decided; null where no decisions are filed.
    pub old_board: Option<DecisionsEntry<'a>>,
    /// What the new board decided; null where no decisions are filed.
    pub new_board: Option<DecisionsEntry<'a>>,
    /// Everybody on whom a board decided: in the order of the new board's list, then those that it rejected, then those
    /// on whom the old board alone decided.
    pub decisions: Vec<BoardVerdictEntry<'a>>,
    /// What became of each old priority: of what the old board took, or the top tier where no decisions are filed.
    pub old_priorities: Vec<OldPriorityEntry<'a>>,
    /// The new priorities: what the new board took, or the top tier where no decisions are filed.
    pub new_priorities: Vec<NewPriorityEntry<'a>>,
}

/// What the boards decided on a candidate.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "VerdictEntry")]
pub struct BoardVerdictEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What the old board decided: `adopted`, `rejected` or `moved`; null where it did not.
    pub old: Option<&'a str>,
    /// What the new board decided: likewise.
    pub new: Option<&'a str>,
    /// Whether one board decided on it and the other did not, or they decided otherwise or gave it another
    /// place.
    pub changed: bool,
}

/// What became of an old priority.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FateEntry")]
pub struct OldPriorityEntry<'a> {
    /// Where it stood.
    pub old: ListedEntry<'a>,
    /// What became of it, all in all: the best of what its successors became. `kept`; `undecided` where it is in the top
    /// tier and the board has not decided; `not-ranked` where too little is filed; `rejected` by the board; `dropped` from the top tier by the rules; `outside`
    /// the top tier then and now, and no longer taken by the board; or `gone`.
    pub became: &'a str,
    /// Itself, or the candidates that say that they were it; none where it is gone.
    pub now: Vec<SuccessorEntry<'a>>,
}

/// A candidate that is, or carries on, an old priority.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NowEntry")]
pub struct SuccessorEntry<'a> {
    /// Where it stands.
    pub stand: ListedEntry<'a>,
    /// What became of it: as above.
    pub became: &'a str,
    /// The gate that puts it outside the tiers; null where none does.
    pub gate: Option<SuccessorGateEntry<'a>>,
}

/// A gate that puts something outside the tiers.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GateEntry")]
pub struct SuccessorGateEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Why, in a sentence.
    pub reason: &'a str,
}

/// A new priority.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PriorityEntry")]
pub struct NewPriorityEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// The ids of the old priorities that it is, or carries on; none where it is new among the priorities.
    pub from: Vec<&'a str>,
}

pub(super) fn chosen<'a>(chosen: &'a Choices<'_>) -> ChoicesEntry<'a> {
    let said =
        |decided: &Option<CandidateDecision<'_>>| decided.as_ref().map(|decided| decided.decision.outcome.word());
    let verdict = |verdict: &'a BoardVerdict<'_>| BoardVerdictEntry {
        id: &verdict.candidate.id,
        title: &verdict.candidate.title,
        old: said(&verdict.old),
        new: said(&verdict.new),
        changed: verdict.changed(),
    };
    let priority = |priority: &'a NewPriority| NewPriorityEntry {
        id: &priority.stand.id,
        from: priority.carried_from.iter().map(String::as_str).collect(),
    };
    ChoicesEntry {
        old_board: chosen.boards.0.as_ref().map(decisions),
        new_board: chosen.boards.1.as_ref().map(decisions),
        decisions: chosen.verdicts.iter().map(verdict).collect(),
        old_priorities: chosen.old_priorities.iter().map(fate).collect(),
        new_priorities: chosen.new_priorities.iter().map(priority).collect(),
    }
}

fn fate<'a>(fate: &'a OldPriority<'_>) -> OldPriorityEntry<'a> {
    let now = |now: &'a Successor<'_>| SuccessorEntry {
        stand: stand(&now.stand),
        became: became(now.outcome),
        gate: now.gate.as_ref().map(|gate| SuccessorGateEntry { id: gate.id, reason: &gate.reason }),
    };
    OldPriorityEntry {
        old: stand(&fate.old),
        became: became(fate.best_outcome()),
        now: fate.successors.iter().map(now).collect(),
    }
}

fn became(became: PriorityOutcome) -> &'static str {
    match became {
        PriorityOutcome::Kept => "kept",
        PriorityOutcome::Undecided => "undecided",
        PriorityOutcome::NotRanked => "not-ranked",
        PriorityOutcome::Rejected => "rejected",
        PriorityOutcome::Dropped => "dropped",
        PriorityOutcome::Outside => "outside",
        PriorityOutcome::Gone => "gone",
    }
}
