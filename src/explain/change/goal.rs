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
        let total = |candidate: usize| outcome.total(candidate);
        match self {
            Self::Enter => outcome.standing(candidate) == Standing::Tier(0),
            Self::Leave => matches!(outcome.standing(candidate), Standing::Tier(tier) if tier > 0),
            Self::Pass(other) => total(candidate) > total(other),
            Self::FallBehind(other) => total(candidate).is_some() && total(candidate) < total(other),
        }
    }

    /// Whether more points lead there.
    pub(super) fn needs_more(self) -> bool {
        matches!(self, Self::Enter | Self::Pass(_))
    }
}
