//! What the engine makes of the pairs with given weights: it alone says which of them hold.

use super::agreed_list::OrderedPair;
use crate::diagnostic::Problem;
use crate::scoring::{Again, Fixed, Ranking, ScoringOutcome};

/// What became of the pairs by some weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairOutcomes {
    /// How many pairs are in their order.
    pub reproduced: usize,
    /// How many have equal totals.
    pub tied: usize,
    /// The pairs that don't hold, the furthest behind first; those of whom one has no total come last.
    pub violated: Vec<ViolatedPair>,
    /// By how many points the least lead of those that hold.
    pub smallest_lead: Option<Fixed>,
}

/// A pair that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViolatedPair {
    /// The pair's number in [`super::Learning::pairs`].
    pub pair: usize,
    /// By how many points it is behind, 0 where the two are level; none where one of them has no total.
    pub behind_by: Option<Fixed>,
}

/// Weights that were tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedWeights {
    /// Every criterion's weight, in units of the rule set's fine decimals.
    pub shares: Vec<i64>,
    /// How much weight moves from some questions to others, on the rule set's scale.
    pub weight_moved: Fixed,
    /// What became of the pairs.
    pub outcomes: PairOutcomes,
}

impl PairOutcomes {
    /// Kendall's tau over the pairs: how many more of them hold than are turned round, as a part of all. 1 where all hold, −1
    /// where all are turned round; for a whole order it is Kendall's tau-a (Kendall 1938, *Biometrika* 30(1/2), 81–93).
    #[expect(clippy::cast_precision_loss, reason = "pairs are far fewer than 2^53")]
    pub fn tau(&self) -> Option<f64> {
        let turned = self.violated.iter().filter(|missed| missed.behind_by.is_some_and(|by| by.units() > 0)).count();
        let all = self.reproduced + turned + self.tied;
        (all > 0).then(|| (self.reproduced as f64 - turned as f64) / all as f64)
    }

    /// How many pairs there are.
    pub fn pair_count(&self) -> usize {
        self.reproduced + self.violated.len()
    }

    /// What becomes of the pairs `which`, by number.
    pub(super) fn from_ranking(
        outcome: &ScoringOutcome,
        pairs: &[OrderedPair],
        which: impl IntoIterator<Item = usize>,
        decimals: u32,
    ) -> Self {
        let mut account = Self { reproduced: 0, tied: 0, violated: Vec::new(), smallest_lead: None };
        for number in which {
            let Some(pair) = pairs.get(number) else { continue };
            let (one, other) = (outcome.total(pair.above), outcome.total(pair.below));
            let lead = one.zip(other).map(|(one, other)| Fixed::new(one - other, decimals));
            match lead {
                Some(lead) if lead.units() > 0 => {
                    account.reproduced += 1;
                    account.smallest_lead = Some(account.smallest_lead.map_or(lead, |least| least.min(lead)));
                }
                _ => {
                    account.tied += usize::from(lead.is_some_and(|lead| lead.units() == 0));
                    let by = lead.map(|lead| Fixed::new(-lead.units(), decimals));
                    account.violated.push(ViolatedPair { pair: number, behind_by: by });
                }
            }
        }
        account
            .violated
            .sort_by_key(|missed| (missed.behind_by.is_none(), missed.behind_by.map(|by| -by.units()), missed.pair));
        account
    }
}

/// Has the engine rank by other weights and sees which pairs hold.
pub(super) struct WeightTrial<'r, 'a> {
    ranking: &'r Ranking<'a>,
    again: Again<'r, 'a>,
    pairs: &'r [OrderedPair],
}

impl<'r, 'a> WeightTrial<'r, 'a> {
    pub(super) fn new(ranking: &'r Ranking<'a>, pairs: &'r [OrderedPair]) -> Result<Self, Problem> {
        Ok(Self { ranking, again: Again::new(ranking)?, pairs })
    }

    /// These weights, and what the engine makes of the pairs `which` by them.
    pub(super) fn try_shares(&mut self, shares: Vec<i64>, which: &[usize]) -> Result<TriedWeights, Problem> {
        let rules = self.ranking.rules;
        let outcome = self.again.with_weights(&rules.weights.with_shares(shares.clone()))?;
        let account = PairOutcomes::from_ranking(&outcome, self.pairs, which.iter().copied(), rules.decimals);
        let now = rules.weights.shares().iter();
        let moved = now.zip(&shares).map(|(now, then)| (then - now).max(0)).sum();
        Ok(TriedWeights { shares, weight_moved: Fixed::new(moved, rules.fine_decimals()), outcomes: account })
    }

    /// What the weights add up to, in units.
    pub(super) fn whole_in_units(&self) -> i64 {
        self.ranking.rules.weights.whole()
    }

    /// Parts of one as weights to be printed, in whole steps of so many units.
    pub(super) fn printed_shares(&self, weights: &[f64], step: i64) -> Vec<i64> {
        self.ranking.rules.weights.printed(weights, step)
    }
}
