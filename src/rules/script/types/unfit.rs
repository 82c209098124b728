//! What a rule wants done where evidence is not quite fit for a statistic.

use crate::rules::script::refusal::{Fallible, refuse};

/// What a rule wants done where evidence is not quite fit for a statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// No figure, and why.
    Refuse,
    /// The figure, and what speaks against it.
    Qualify,
}

impl Unfit {
    /// By the word that rules have for it.
    pub(super) fn parse(word: &str) -> Fallible<Self> {
        match word {
            "refuse" => Ok(Self::Refuse),
            "qualify" => Ok(Self::Qualify),
            other => refuse(&format!("the choice is \"refuse\" or \"qualify\", not \"{other}\"")),
        }
    }
}
