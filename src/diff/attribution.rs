//! Which change of the rules did how much: the change of each total, split over the changes so that it adds up exactly.
//!
//! What changes do together depends on which of them are made already. So each gets the mean of what it does to a total
//! over all orders in which they could be made: its Shapley value (L. S. Shapley, "A value for n-person games", in
//! Contributions to the Theory of Games II, Annals of Mathematics Studies 28, Princeton 1953, pages 307–317). What it
//! does is found by the engine itself, run on rule sets in which only some of the changes are made.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::num::NonZeroUsize;

use rayon::prelude::*;

use super::change::RuleSetPair;
use super::content::TableKind;
use crate::assessment::Assessment;
use crate::budget::Budget;
use crate::scoring::{self, Fixed, Ranking, apportioned, in_pool};

/// The most parts that are told apart, by how many candidates there are: every set of parts is a ranking.
const MAX_GROUPS: [(usize, usize); 3] = [(1_000, 9), (20_000, 6), (usize::MAX, 3)];

/// Some changes that are counted as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeGroup {
    /// The numbers of the changes, ascending.
    pub changes: Vec<usize>,
    /// Why they are counted as one.
    pub reason: GroupingReason,
    /// Whether it alters anybody's total, or takes or gives one, with any of the other parts made or not.
    pub moves: bool,
}

/// Why changes are counted as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupingReason {
    /// It is a single one.
    Single,
    /// There are many changes; these are of the same criterion.
    SameCriterion,
    /// There are many changes; these are those that do least.
    Rest,
    /// Rules in which only some of them are made can't rank.
    StandTogether,
}

/// How the change of a candidate's total is made up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalSplit {
    /// The candidate, by its number in the assessment.
    pub candidate: usize,
    /// The change of its total.
    pub by: Fixed,
    /// What each part makes of it: they add up to it. None where it has no total on the way.
    pub parts: Option<Vec<Fixed>>,
}

/// What all changes that can alter a total do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The changes, where need be several as one.
    pub(super) parts: Vec<ChangeGroup>,
    /// Those that have a total by both rule sets, by number.
    pub(super) splits: Vec<TotalSplit>,
}

/// Everybody's total in units of common decimals; none where somebody has no total, and none at all where the rules
/// can't rank.
type Totals = Option<Vec<Option<i64>>>;

/// Splits the change of each total from the ranking `old` to the ranking `new`, of one assessment by the two rule sets
/// of `pair`.
pub(super) fn attribute(
    pair: &RuleSetPair<'_>,
    old: &Ranking<'_>,
    new: &Ranking<'_>,
    threads: NonZeroUsize,
) -> Attribution {
    let decimals = old.rules.decimals.max(new.rules.decimals);
    let players = pair.players();
    let game = Game {
        pair,
        assessment: old.assessment,
        budget: &new.rules.library.budget,
        decimals,
        players,
        ends: [totals(old, decimals), totals(new, decimals)],
    };
    let candidates = game.assessment.candidates.len();
    let most = MAX_GROUPS.iter().find(|(fewer, _)| candidates <= *fewer).map_or(1, |(_, most)| *most);
    let Ok(played) =
        game.budget.on_threads(threads, |threads| Ok::<_, Infallible>(in_pool(threads, || game.play(most))));
    played
}

fn totals(ranking: &Ranking<'_>, decimals: u32) -> Vec<Option<i64>> {
    let unit = 10_i64.pow(decimals - ranking.rules.decimals);
    let candidates = 0..ranking.assessment.candidates.len();
    candidates.map(|candidate| ranking.outcome().total(candidate)?.checked_mul(unit)).collect()
}

/// The changes, and how to find what some of them do.
struct Game<'p, 'a> {
    pair: &'p RuleSetPair<'a>,
    assessment: &'a Assessment,
    budget: &'a Budget,
    decimals: u32,
    players: Vec<usize>,
    /// The totals by the old rules and by the new ones.
    ends: [Vec<Option<i64>>; 2],
}

impl Game<'_, '_> {
    fn play(&self, most: usize) -> Attribution {
        let parts = self.few_parts(most);
        let table = self.table(&parts);
        if self.is_sound(&table) {
            let blocks = standing(parts.len(), &table);
            let table: Vec<Totals> = sets(&blocks).map(|set| table.get(set).cloned().flatten()).collect();
            return self.split(blocks.into_iter().map(|block| joined(&parts, block)).collect(), &table);
        }
        // Rules that were made here do not rank as they should: all that is known is what both rule sets do.
        let all = ChangeGroup {
            changes: (0..self.pair.changes.len()).collect(),
            reason: GroupingReason::StandTogether,
            moves: true,
        };
        self.split(vec![all], &self.ends.clone().map(Some))
    }

    /// The totals where only the changes of `parts` are made whose bits are set.
    fn totals(&self, parts: &[ChangeGroup], made: usize) -> Totals {
        if parts.len() == 1 {
            // Both rule sets as they are.
            return self.ends.get(made).cloned();
        }
        let is_made = |number: usize| made & (1 << number) != 0;
        let in_parts =
            parts.iter().enumerate().filter(|(number, _)| is_made(*number)).flat_map(|(_, part)| &part.changes);
        self.totals_with(&in_parts.copied().collect())
    }

    fn totals_with(&self, changes: &BTreeSet<usize>) -> Totals {
        let rules = self.pair.mixed(changes).for_totals().judged(self.budget)?;
        let ranking = scoring::rank(self.assessment, &rules, NonZeroUsize::MIN).ok()?;
        Some(totals(&ranking, self.decimals))
    }

    /// The totals for every set of parts, by its bits.
    fn table(&self, parts: &[ChangeGroup]) -> Vec<Totals> {
        (0..1_usize << parts.len()).into_par_iter().map(|made| self.totals(parts, made)).collect()
    }

    /// Whether the rule sets made here rank as the two that they stand between.
    fn is_sound(&self, table: &[Totals]) -> bool {
        let ends = [table.first(), table.last()];
        ends.iter().zip(&self.ends).all(|(made, end)| made.and_then(Option::as_ref) == Some(end))
    }

    /// Each change by itself; where there are too many those of a criterion as one, and then those that do least.
    fn few_parts(&self, most: usize) -> Vec<ChangeGroup> {
        let alone = self.players.iter().map(|number| ChangeGroup {
            changes: vec![*number],
            reason: GroupingReason::Single,
            moves: true,
        });
        let alone: Vec<ChangeGroup> = alone.collect();
        if alone.len() <= most {
            return alone;
        }
        let mut by_criterion: BTreeMap<String, ChangeGroup> = BTreeMap::new();
        for part in alone {
            let change = part.changes.first().and_then(|number| self.pair.changes.get(*number));
            let Some(change) = change else { continue };
            let of_one = change.kind == TableKind::Criterion && !change.id.is_empty();
            let name = if of_one { format!("criterion.{}", change.id) } else { change.key() };
            match by_criterion.get_mut(&name) {
                Some(same) => {
                    same.changes.extend(part.changes);
                    same.reason = GroupingReason::SameCriterion;
                }
                None => {
                    by_criterion.insert(name, part);
                }
            }
        }
        let parts: Vec<ChangeGroup> = by_criterion.into_values().collect();
        if parts.len() <= most { parts } else { self.without_the_least(parts, most) }
    }

    /// The parts that do most, and all others as one.
    fn without_the_least(&self, parts: Vec<ChangeGroup>, most: usize) -> Vec<ChangeGroup> {
        let everything: BTreeSet<usize> = self.players.iter().copied().collect();
        let does: Vec<u64> = parts
            .par_iter()
            .map(|part| {
                let own: BTreeSet<usize> = part.changes.iter().copied().collect();
                let others = everything.difference(&own).copied().collect();
                let [old, new] = &self.ends;
                let first = self.totals_with(&own).map_or(u64::MAX, |then| distance(old, &then));
                first.saturating_add(self.totals_with(&others).map_or(u64::MAX, |then| distance(new, &then)))
            })
            .collect();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(does.get(*at)));
        let kept: BTreeSet<usize> = order.into_iter().take(most - 1).collect();
        let mut rest = ChangeGroup { changes: Vec::new(), reason: GroupingReason::Rest, moves: true };
        let mut few = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            if kept.contains(&at) { few.push(part) } else { rest.changes.extend(part.changes) }
        }
        few.push(rest);
        few
    }

    fn split(&self, mut parts: Vec<ChangeGroup>, table: &[Totals]) -> Attribution {
        let [old, new] = &self.ends;
        let shares = shares(parts.len());
        let orders: i128 = (1..=parts.len() as i128).product();
        let mut splits = Vec::new();
        for (candidate, (was, is)) in old.iter().zip(new).enumerate() {
            let (Some(was), Some(is)) = (was, is) else { continue };
            let totals: Option<Vec<i64>> =
                table.iter().map(|totals| totals.as_ref()?.get(candidate).copied().flatten()).collect();
            let units = totals.map(|totals| {
                let sums: Vec<i128> = (0..parts.len()).map(|part| sum_over_orders(&totals, part, &shares)).collect();
                apportioned(&sums, orders, is - was)
            });
            let fixed = |units: Vec<i64>| units.into_iter().map(|units| Fixed::new(units, self.decimals)).collect();
            splits.push(TotalSplit { candidate, by: Fixed::new(is - was, self.decimals), parts: units.map(fixed) });
        }
        for (number, part) in parts.iter_mut().enumerate() {
            part.moves = moves(table, number);
            part.changes.sort_unstable();
        }
        Attribution { parts, splits }
    }
}

/// Parts as blocks of which every set can rank, by the totals for every set of parts: as many blocks as there can be, the
/// first such of equals.
fn standing(parts: usize, table: &[Totals]) -> Vec<usize> {
    let ranks = |set: usize| table.get(set).is_some_and(Option::is_some);
    let found = |blocks: usize| partition(parts, blocks, &mut |blocks: &[usize]| sets(blocks).all(ranks));
    (0..=parts).rev().find_map(found).unwrap_or_default()
}

/// Every set of blocks, as the parts that are in them.
fn sets(blocks: &[usize]) -> impl Iterator<Item = usize> {
    let of = |made: usize| blocks.iter().enumerate().filter(move |(at, _)| made & (1 << at) != 0);
    (0..1_usize << blocks.len()).map(move |made| of(made).fold(0, |set, (_, block)| set | block))
}

/// Those of `parts` whose bits are set as one.
fn joined(parts: &[ChangeGroup], block: usize) -> ChangeGroup {
    let of: Vec<&ChangeGroup> =
        parts.iter().enumerate().filter(|(at, _)| block & (1 << at) != 0).map(|(_, part)| part).collect();
    let changes = of.iter().flat_map(|part| part.changes.clone()).collect();
    let why = match &*of {
        [only] => only.reason,
        _ => GroupingReason::StandTogether,
    };
    ChangeGroup { changes, reason: why, moves: true }
}

/// How far totals are apart, all together; one that there is on one side alone counts for more than any.
fn distance(totals: &[Option<i64>], others: &[Option<i64>]) -> u64 {
    let apart = |(one, other): (&Option<i64>, &Option<i64>)| match (one, other) {
        (Some(one), Some(other)) => one.abs_diff(*other),
        (None, None) => 0,
        _ => u64::from(u32::MAX),
    };
    totals.iter().zip(others).map(apart).fold(0, u64::saturating_add)
}

/// In how many orders of `parts` a part comes just behind a given set of so many others.
fn shares(parts: usize) -> Vec<i128> {
    let factorial = |number: usize| (1..=number as i128).product::<i128>();
    (0..parts).map(|before| factorial(before) * factorial(parts - 1 - before)).collect()
}

/// Whether a part alters anybody's total, or takes or gives one, whatever other parts are made.
fn moves(table: &[Totals], part: usize) -> bool {
    let own = 1_usize << part;
    (0..table.len()).any(|set| table.get(set) != table.get(set | own))
}

/// What a part adds to a total, summed over all orders. `totals` are those for every set of parts, by its bits.
fn sum_over_orders(totals: &[i64], part: usize, shares: &[i128]) -> i128 {
    let own = 1_usize << part;
    let without = (0..totals.len()).filter(|set| set & own == 0);
    let gain = |set: usize| -> Option<i128> {
        let gain = totals.get(set | own)? - totals.get(set)?;
        let before = usize::try_from(set.count_ones()).ok()?;
        Some(i128::from(gain) * shares.get(before)?)
    };
    without.filter_map(gain).sum()
}

/// The first way of sharing `items` among so many blocks that `fits`; a block is a set of items, by its bits.
fn partition(items: usize, blocks: usize, fits: &mut dyn FnMut(&[usize]) -> bool) -> Option<Vec<usize>> {
    fn place(
        item: usize,
        items: usize,
        blocks: usize,
        filled: &mut Vec<usize>,
        fits: &mut dyn FnMut(&[usize]) -> bool,
    ) -> bool {
        if item == items {
            return filled.len() == blocks && fits(filled);
        }
        for at in 0..filled.len() {
            if let Some(block) = filled.get_mut(at) {
                *block |= 1 << item;
            }
            if place(item + 1, items, blocks, filled, fits) {
                return true;
            }
            if let Some(block) = filled.get_mut(at) {
                *block &= !(1 << item);
            }
        }
        if filled.len() < blocks {
            filled.push(1 << item);
            if place(item + 1, items, blocks, filled, fits) {
                return true;
            }
            filled.pop();
        }
        false
    }
    let mut filled = Vec::new();
    place(0, items, blocks, &mut filled, fits).then_some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_do_together_is_shared_by_both() {
        // Neither alone moves anything; both together move 10. The third adds 3 whatever the others do.
        let totals = [0, 0, 0, 10, 3, 3, 3, 13];
        let sums: Vec<i128> = (0..3).map(|part| sum_over_orders(&totals, part, &shares(3))).collect();
        assert_eq!(sums, [30, 30, 18]);
        assert_eq!(apportioned(&sums, 6, 13), [5, 5, 3]);
    }

    /// The glove game, where one holds a left glove and two a right one each: Shapley's values are 4/6, 1/6 and 1/6.
    #[test]
    fn the_glove_game() {
        let totals = [0, 0, 0, 1, 0, 1, 0, 1];
        let sums: Vec<i128> = (0..3).map(|part| sum_over_orders(&totals, part, &shares(3))).collect();
        assert_eq!(sums, [4, 1, 1]);
    }

    #[test]
    fn what_takes_a_total_moves_something() {
        let table = [Some(vec![Some(1)]), Some(vec![None]), Some(vec![Some(1)]), Some(vec![None])];
        assert_eq!([moves(&table, 0), moves(&table, 1)], [true, false]);
    }

    #[test]
    fn what_cannot_stand_alone_stands_together() {
        // The first and the third of three only together.
        let ranks = |set: usize| (set & 1 != 0) == (set & 4 != 0);
        let mut fits = |blocks: &[usize]| sets(blocks).all(ranks);
        assert_eq!(partition(3, 3, &mut fits), None);
        assert_eq!(partition(3, 2, &mut fits), Some(vec![0b101, 0b010]));
        assert_eq!(partition(3, 3, &mut |_| true), Some(vec![1, 2, 4]));
    }
}
