//! What the board did otherwise than the rules, in words.

use crate::assessment::decisions::DecisionOutcome;
use crate::board::{CandidateDecision, Overruling};
use crate::rules::RuleSet;

/// In what ways a decision overruled the rules, a sentence's part each: `adopted from outside "Priority"`.
pub fn overrides_in_words(decided: &CandidateDecision<'_>, rules: &RuleSet) -> Vec<String> {
    let tier = rules.tiers.first().map_or("", |tier| &tier.title);
    let words = |way: &Overruling<'_>| match way {
        Overruling::AdoptedOutsideFirstTier => format!("adopted from outside \"{tier}\""),
        Overruling::RejectedInFirstTier => format!("rejected, though the rules have it in \"{tier}\""),
        Overruling::Moved { from, to } if from == to => format!("moved to place {to}, where it would be anyway"),
        Overruling::Moved { from, to } => match decided.decision.outcome {
            DecisionOutcome::Moved => format!("moved to place {to}; in the engine's order it would have place {from}"),
            _ => format!("held at place {to}; it would otherwise have place {from}"),
        },
        Overruling::AgainstGate(gate) => {
            let does = gate.effect.words().against_a_decision;
            format!("decided against the gate \"{}\", which {does}", gate.title)
        }
    };
    decided.overrulings.iter().map(words).collect()
}
