//! What the engine makes of the pairs with given weights: it alone says which of them hold.

use super::agreed::Pair;
use crate::diagnostic::Problem;
use crate::scoring::{Again, Fixed, Outcome, Ranking};

/// What became of the pairs by some weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// How many pairs are in their order.
    pub held: usize,
    /// How many have equal totals.
    pub level: usize,
    /// The pairs that don't hold, the furthest behind first; those of whom one has no total come last.
    pub missed: Vec<Missed>,
    /// By how many points the least lead of those that hold.
    pub least: Option<Fixed>,
}

/// A pair that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    /// Its number.
    pub pair: usize,
    /// By how many points it is behind, 0 where the two are level; none where one of them has no total.
    pub by: Option<Fixed>,
}

/// Weights that were tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Every criterion's weight, in units of the rule set's fine decimals.
    pub shares: Vec<i64>,
    /// How much weight moves from some questions to others, on the rule set's scale.
    pub moved: Fixed,
    /// What became of the pairs.
    pub account: Account,
}

impl Account {
    /// Kendall's tau over the pairs: how many more of them hold than are turned round, as a part of all. 1 where all hold, −1
    /// where all are turned round; for a whole order it is Kendall's tau-a (Kendall 1938, *Biometrika* 30(1/2), 81–93).
    #[expect(clippy::cast_precision_loss, reason = "pairs are far fewer than 2^53")]
    pub fn tau(&self) -> Option<f64> {
        let turned = self.missed.iter().filter(|missed| missed.by.is_some_and(|by| by.units() > 0)).count();
        let all = self.held + turned + self.level;
        (all > 0).then(|| (self.held as f64 - turned as f64) / all as f64)
    }

    /// How many pairs there are.
    pub fn pairs(&self) -> usize {
        self.held + self.missed.len()
    }

    /// What becomes of the pairs `which`, by number.
    pub(super) fn of(outcome: &Outcome, pairs: &[Pair], which: impl IntoIterator<Item = usize>, decimals: u32) -> Self {
        let mut account = Self { held: 0, level: 0, missed: Vec::new(), least: None };
        for number in which {
            let Some(pair) = pairs.get(number) else { continue };
            let (one, other) = (outcome.total(pair.above), outcome.total(pair.below));
            let lead = one.zip(other).map(|(one, other)| Fixed::new(one - other, decimals));
            match lead {
                Some(lead) if lead.units() > 0 => {
                    account.held += 1;
                    account.least = Some(account.least.map_or(lead, |least| least.min(lead)));
                }
                _ => {
                    account.level += usize::from(lead.is_some_and(|lead| lead.units() == 0));
                    let by = lead.map(|lead| Fixed::new(-lead.units(), decimals));
                    account.missed.push(Missed { pair: number, by });
                }
            }
        }
        account.missed.sort_by_key(|missed| (missed.by.is_none(), missed.by.map(|by| -by.units()), missed.pair));
        account
    }
}

/// Tries weights.
pub(super) struct Trial<'r, 'a> {
    ranking: &'r Ranking<'a>,
    again: Again<'r, 'a>,
    pairs: &'r [Pair],
}

impl<'r, 'a> Trial<'r, 'a> {
    pub(super) fn new(ranking: &'r Ranking<'a>, pairs: &'r [Pair]) -> Result<Self, Problem> {
        Ok(Self { ranking, again: Again::new(ranking)?, pairs })
    }

    /// These weights, and what the engine makes of the pairs `which` by them.
    pub(super) fn of(&mut self, shares: Vec<i64>, which: &[usize]) -> Result<Tried, Problem> {
        let rules = self.ranking.rules;
        let outcome = self.again.with_weights(&rules.weights.with_shares(shares.clone()))?;
        let account = Account::of(&outcome, self.pairs, which.iter().copied(), rules.decimals);
        let now = rules.weights.shares().iter();
        let moved = now.zip(&shares).map(|(now, then)| (then - now).max(0)).sum();
        Ok(Tried { shares, moved: Fixed::new(moved, rules.fine_decimals()), account })
    }

    /// What the weights add up to, in units.
    pub(super) fn whole(&self) -> i64 {
        self.ranking.rules.weights.whole()
    }

    /// Parts of one as weights to be printed, in whole steps of so many units.
    pub(super) fn printed(&self, weights: &[f64], step: i64) -> Vec<i64> {
        self.ranking.rules.weights.printed(weights, step)
    }
}
