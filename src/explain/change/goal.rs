//! A place that a candidate does not have now, and whether it is there.

use crate::scoring::{ScoringOutcome, Standing};

/// A place that a candidate does not have now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// In the top tier.
    Enter,
    /// Out of the top tier.
    Leave,
    /// Above the candidate with this number, which has the higher total now.
    Pass(usize),
    /// Below the candidate with this number, which has the lower total now.
    FallBehind(usize),
}

impl Goal {
    /// Whether `candidate` is there.
    pub fn is_met(self, candidate: usize, outcome: &ScoringOutcome) -> bool {
        let before = |one: usize, other: usize| match (outcome.rank(one), outcome.rank(other)) {
            (Some(one), Some(other)) => one < other,
            (one, _) => one.is_some(),
        };
        match self {
            Self::Enter => outcome.standing(candidate) == Standing::Tier(0),
            Self::Leave => matches!(outcome.standing(candidate), Standing::Tier(tier) if tier > 0),
            Self::Pass(other) => before(candidate, other),
            Self::FallBehind(other) => outcome.rank(candidate).is_some() && before(other, candidate),
        }
    }

    /// Whether more points lead there.
    pub(super) fn needs_more(self) -> bool {
        matches!(self, Self::Enter | Self::Pass(_))
    }
}
