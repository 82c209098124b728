//! Where a candidate stands: in a tier, in a band outside them where a gate puts it, or nowhere.

use crate::rules::{Band, Effect, RuleSet};

/// Where a candidate stands. In the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In the tier with this number.
    Tier(usize),
    /// In the band outside the tiers where a gate with this effect puts it, whether it has a total or none.
    Outside(Effect),
    /// Without the evidence that the rules insist on, and in no such band.
    NotRanked,
}

/// The word in files for what is not ranked.
const NOT_RANKED: &str = "not-ranked";

impl Standing {
    /// Where a gate with this effect puts a candidate.
    pub(super) fn by_gate(effect: Effect) -> Self {
        if effect.includes() { Self::Tier(0) } else { Self::Outside(effect) }
    }

    /// Where a candidate without a total stands that a gate with this effect decides on: tiers take totals.
    pub(super) fn without_total(effect: Effect) -> Self {
        if effect.band().is_some() { Self::Outside(effect) } else { Self::NotRanked }
    }

    /// The band outside the tiers; none in a tier, or where it is not ranked.
    pub fn band(self) -> Option<Band> {
        match self {
            Self::Outside(effect) => effect.band(),
            Self::Tier(_) | Self::NotRanked => None,
        }
    }

    /// The word in files: the tier's id, or that of the band.
    pub fn word(self, rules: &RuleSet) -> &str {
        match self {
            Self::Tier(tier) => rules.tiers.get(tier).map_or("", |tier| &tier.id),
            Self::Outside(effect) => effect.band().map_or("", |band| band.in_files),
            Self::NotRanked => NOT_RANKED,
        }
    }

    /// The standing outside the tiers that has this word in files.
    pub fn outside_tiers(word: &str) -> Option<Self> {
        let has_it = |effect: &&Effect| effect.band().is_some_and(|band| band.in_files == word);
        let outside = Effect::BANDS.iter().find(has_it).map(|effect| Self::Outside(*effect));
        outside.or_else(|| (word == NOT_RANKED).then_some(Self::NotRanked))
    }

    /// The words in files for standings outside the tiers: where these effects put a candidate, and where it is not
    /// ranked.
    pub fn words_outside_tiers(effects: &[Effect]) -> Vec<&'static str> {
        let bands = effects.iter().filter_map(|effect| effect.band()).map(|band| band.in_files);
        bands.chain([NOT_RANKED]).collect()
    }

    /// To be sorted by.
    fn place(self) -> (usize, usize) {
        match self {
            Self::Tier(tier) => (0, tier),
            Self::Outside(effect) => (1, Effect::BANDS.iter().take_while(|band| **band != effect).count()),
            Self::NotRanked => (2, 0),
        }
    }
}

impl Ord for Standing {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
