//! What gates do: a file for each effect; this one has their list.
//!
//! All that is to be said of an effect is said in its file: whether it puts a candidate in the first tier, in a band of its
//! own or no lower than a tier, and every word for it. No effect changes a total or a rank.

mod defer;
mod emerging;
mod include;
mod lead;
mod raise;
mod veto;

use schemars::JsonSchema;
use serde::Deserialize;

use super::list::closed_list;
use crate::words::either;
use defer::Defer;
use emerging::Emerging;
use include::Include;
use lead::Lead;
pub use lead::Leader;
use raise::Raise;
use veto::Veto;

closed_list! {
    /// What a gate does.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
    pub enum Effect => gate_effect: GateEffect {
        /// The candidate is a priority whatever its total: the first tier.
        "include" => Include,
        /// The candidate is no lower than the tier that the gate names: where points put it lower, it stands there.
        "raise" => Raise,
        /// The candidate can't be a priority, whatever its total.
        "veto" => Veto,
        /// The candidate is deferred: decided later, whatever its total.
        "defer" => Defer,
        /// The candidate is listed as emerging: it has no figures yet, and nothing is decided against it.
        "emerging" => Emerging,
        /// Somebody leads on the candidate, as the gate names them: its place does not change. Of several such gates the first
        /// decides, whatever others do.
        "lead" => Lead,
    }
}

impl Effect {
    /// Those that put a candidate in a band outside the tiers, in the order in which the bands are listed.
    pub const BANDS: &[Self] = &[Self::Emerging, Self::Defer, Self::Veto];

    /// What it is called.
    pub fn words(self) -> Words {
        self.gate_effect().words()
    }

    /// The band outside the tiers that it puts a candidate in; none where it stands in a tier.
    pub fn band(self) -> Option<Band> {
        self.gate_effect().band()
    }

    /// Whether it puts a candidate in the first tier, where it takes one of the places.
    pub fn includes(self) -> bool {
        self.band().is_none() && !self.raises() && !self.names_lead()
    }

    /// Whether points decide where a candidate stands, and this only that it is no lower than a tier below the first.
    pub fn raises(self) -> bool {
        self.gate_effect().raises()
    }

    /// Whether it only says who leads: no candidate's place depends on it.
    pub fn names_lead(self) -> bool {
        self.gate_effect().names_lead()
    }

    /// Whether a board that adopts a candidate, or rejects it, decides against a gate with this effect.
    pub fn is_against(self, rejected: bool) -> bool {
        self.band().map_or(rejected && self.includes(), |band| band.is_against && !rejected)
    }

    /// What gates do that put a candidate outside the tiers, as in "what gates `ruled out or deferred`".
    pub fn done_outside() -> String {
        let outside = Self::ALL.iter().filter(|effect| effect.band().is_some());
        either(&outside.map(|effect| effect.words().in_old_rules.to_owned()).collect::<Vec<_>>())
    }
}

/// What an effect of a gate says of itself.
pub trait GateEffect {
    /// The band outside the tiers that it puts a candidate in; none where it stands in a tier.
    fn band(&self) -> Option<Band>;

    /// Whether it only keeps a candidate from standing below a tier.
    fn raises(&self) -> bool {
        false
    }

    /// Whether it only says who leads.
    fn names_lead(&self) -> bool {
        false
    }

    /// What it is called.
    fn words(&self) -> Words;
}

/// A band outside the tiers: what stands in it takes no place, and keeps the total and the rank that it has. Its words are
/// named by where they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// In files and their columns, as the ids of tiers stand there: `vetoed`.
    pub in_files: &'static str,
    /// As the name of a tier stands over its candidates and beside each: `Ruled out`.
    pub as_a_heading: &'static str,
    /// Behind that heading, as the places of a tier stand there: `by a gate`.
    pub behind_the_heading: &'static str,
    /// What a reader of the terminal's list must know of those in it, in sentences.
    pub in_the_key: &'static str,
    /// Before the gate's reason, where it is asked why a candidate is not in the top tier.
    pub why_not: &'static str,
    /// Whether lists by tier show the ranks of those in it.
    pub is_numbered: bool,
    /// Whether something is decided against those in it, so that a board that adopts one overrules the gate.
    pub is_against: bool,
}

/// What an effect is called, named by where it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Beside a candidate in the list on a terminal: `vetoed`.
    pub in_the_terminal: &'static str,
    /// Where a board or another year has it otherwise, as in "the gate …, which `rules it out`".
    pub against_a_decision: &'static str,
    /// Where rules are compared, as in "gate … now `rules out`".
    pub in_new_rules: &'static str,
    /// Where rules are compared, as in "…; it `ruled out`".
    pub in_old_rules: &'static str,
}

impl Words {
    /// Beside the gate's name in the paper and the workbook, of a candidate: `ruled out by a gate`.
    pub fn in_the_paper(self) -> String {
        format!("{} by a gate", self.in_old_rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_band_has_its_place_among_the_bands() {
        let with_a_band = Effect::ALL.iter().filter(|effect| effect.band().is_some()).count();
        assert_eq!(with_a_band, Effect::BANDS.len());
        assert!(Effect::BANDS.iter().all(|effect| effect.band().is_some()));
    }
}
