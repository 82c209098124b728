//! Totals → ranks and tiers.

use std::cmp::Reverse;

use super::gate::Gates;
use super::pieces::{each_run, sort};
use super::points::Points;
use super::standing::Standing;
use crate::assessment::Assessment;
use crate::diagnostic::{Code, Problem, Problems};
use crate::exact::{Below, Fixed};
use crate::rules::{Effect, RuleSet, Takes};
use crate::words::counted;

/// The order of all candidates.
#[derive(Debug)]
pub(super) struct Order {
    /// Candidates by number, highest total first; those that could not be ranked last.
    pub sequence: Vec<usize>,
    /// Competition ranks by candidate, from 1.
    pub ranks: Vec<Option<usize>>,
    /// Standings by candidate.
    pub standings: Vec<Standing>,
    /// Ties at the line, and gates that include too many.
    pub warnings: Problems,
}

pub(super) fn order(assessment: &Assessment, rules: &RuleSet, points: &Points, gates: &Gates) -> Order {
    let sequence = sequence(rules, points);
    let ranked = with_totals(&sequence, points);
    let ranks = ranks(&ranked, sequence.len());
    let mut warnings = Problems::default();
    let standings = standings(assessment, rules, gates, &ranked, &mut warnings);
    Order { sequence, ranks, standings, warnings }
}

/// Competition ranks by candidate, from 1, without tiers.
pub(super) fn ranks_by(rules: &RuleSet, points: &Points) -> Vec<Option<usize>> {
    let sequence = sequence(rules, points);
    ranks(&with_totals(&sequence, points), sequence.len())
}

/// Those of a sequence that have a total, with it.
fn with_totals(sequence: &[usize], points: &Points) -> Vec<(usize, i64)> {
    let total = |candidate: &usize| points.totals.get(*candidate).copied().flatten();
    sequence.iter().filter_map(|candidate| Some((*candidate, total(candidate)?))).collect()
}

/// By total, then by the points of the criteria that the rules name for ties, then by id: candidates are numbered in
/// the order of their ids.
fn sequence(rules: &RuleSet, points: &Points) -> Vec<usize> {
    let totals = descending(&points.totals);
    let mut sequence = by_number(&totals);
    let Some((first, others)) = rules.ties.split_first() else { return sequence };
    let of = |criterion: &usize, candidate: usize| {
        points.points.get(*criterion).and_then(|column| column.get(candidate)).copied().map(Reverse)
    };
    let same = |a: &usize, b: &usize| totals.get(*a) == totals.get(*b);
    each_run(&mut sequence, same, |equals| {
        let mut keyed: Vec<_> = equals.iter().map(|candidate| (of(first, *candidate), *candidate)).collect();
        keyed.sort_unstable_by(|(points_a, a), (points_b, b)| {
            let by_others = || others.iter().map(|it| of(it, *a)).cmp(others.iter().map(|it| of(it, *b)));
            points_a.cmp(points_b).then_with(by_others).then_with(|| a.cmp(b))
        });
        equals.iter_mut().zip(keyed).for_each(|(slot, (_, candidate))| *slot = candidate);
    });
    sequence
}

/// Totals turned round, so that the highest is the lowest number; candidates without one come just after the others.
fn descending(totals: &[Option<i64>]) -> Vec<i64> {
    let after = totals.iter().flatten().min().map_or(0, |lowest| 1 - lowest);
    totals.iter().map(|total| total.map_or(after, |total| -total)).collect()
}

/// The places of `numbers` in ascending order of the numbers, then of the places.
fn by_number(numbers: &[i64]) -> Vec<usize> {
    if let Some(below) = Below::new(numbers) {
        return below.sorted(numbers);
    }
    let mut keyed: Vec<(i64, usize)> = numbers.iter().enumerate().map(|(place, number)| (*number, place)).collect();
    sort(&mut keyed, Ord::cmp);
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// 1, 2, 2, 4, by candidate; `ranked` are those that have a total, highest first.
fn ranks(ranked: &[(usize, i64)], candidates: usize) -> Vec<Option<usize>> {
    let mut ranks = vec![None; candidates];
    let mut before: Option<(i64, usize)> = None;
    for (place, (candidate, total)) in ranked.iter().enumerate() {
        let rank = match before {
            Some((same, rank)) if same == *total => rank,
            _ => place + 1,
        };
        before = Some((*total, rank));
        if let Some(slot) = ranks.get_mut(*candidate) {
            *slot = Some(rank);
        }
    }
    ranks
}

/// Fills the tiers in order of rank: those that gates include first, whose places count. Bands outside the tiers take
/// those without a total, too.
fn standings(
    assessment: &Assessment,
    rules: &RuleSet,
    gates: &Gates,
    ranked: &[(usize, i64)],
    warnings: &mut Problems,
) -> Vec<Standing> {
    let mut standings = vec![Standing::NotRanked; assessment.candidates.len()];
    for (candidate, fired) in gates {
        if let (Some(slot), Some(first)) = (standings.get_mut(*candidate), fired.first()) {
            *slot = Standing::without_total(first.effect);
        }
    }
    let decided = |candidate: usize| gates.get(&candidate).and_then(|fired| fired.first()).map(|fired| fired.effect);
    let included = ranked.iter().filter(|(candidate, _)| decided(*candidate).is_some_and(Effect::includes)).count();
    let mut tiers: Vec<Filling> = rules.tiers.iter().map(|tier| Filling::new(tier.takes)).collect();
    if let Some(first) = tiers.first_mut()
        && let Takes::Places(places) = first.takes
    {
        first.left = places.saturating_sub(included);
        if included > places {
            let title = rules.tiers.first().map_or("", |tier| &tier.title);
            let places = counted(places, "place", "places");
            let message =
                format!("gates include {}; \"{title}\" has {places}", counted(included, "candidate", "candidates"));
            let problem = Problem::new(Code::TooManyIncluded, message).at(rules.place.clone());
            warnings.push(problem.help("all of them are in it; give the tier more places, or narrow the gates"));
        }
    }
    for (candidate, total) in ranked.iter().copied() {
        let standing = if let Some(effect) = decided(candidate) {
            Standing::by_gate(effect)
        } else {
            let tier = tiers.iter().position(|tier| tier.takes(total)).unwrap_or(0);
            for (passed, of) in tiers.iter_mut().zip(&rules.tiers).take(tier) {
                // Once for each tier: who else is tied has the same total in the list.
                if let Some((_, inside)) = passed.last.take_if(|(last, _)| *last == total) {
                    warnings.push(tie_at_the_line(rules, &of.title, assessment, [inside, candidate], total));
                }
            }
            if let Some(tier) = tiers.get_mut(tier) {
                tier.take(total, candidate);
            }
            Standing::Tier(tier)
        };
        if let Some(slot) = standings.get_mut(candidate) {
            *slot = standing;
        }
    }
    standings
}

/// Two candidates with the same total on both sides of a tier's last place.
fn tie_at_the_line(rules: &RuleSet, tier: &str, assessment: &Assessment, tied: [usize; 2], total: i64) -> Problem {
    let id = |candidate: usize| assessment.candidates.get(candidate).map_or("", |candidate| &candidate.id);
    let total = Fixed::new(total, rules.decimals);
    let [inside, outside] = tied.map(id);
    let message =
        format!("`{inside}` has the last place in \"{tier}\" and `{outside}` has none, though both have {total}");
    Problem::new(Code::TieAtTheLine, message)
        .at(rules.place.clone())
        .help("the declared order of equal totals decided; say in the minutes that they are tied")
}

/// A tier while it is being filled.
struct Filling {
    takes: Takes,
    left: usize,
    /// The last candidate that took a place, and its total.
    last: Option<(i64, usize)>,
}

impl Filling {
    fn new(takes: Takes) -> Self {
        let left = if let Takes::Places(places) = takes { places } else { usize::MAX };
        Self { takes, left, last: None }
    }

    fn takes(&self, total: i64) -> bool {
        match self.takes {
            Takes::AtLeast(bound) => total >= bound,
            Takes::Places(_) => self.left > 0,
            Takes::Rest => true,
        }
    }

    fn take(&mut self, total: i64, candidate: usize) {
        if let Takes::Places(_) = self.takes {
            self.left -= 1;
            self.last = Some((total, candidate));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_near_and_far_apart_are_ordered_alike() {
        assert_eq!(by_number(&[5, 3, 5, 4]), [1, 3, 0, 2]);
        assert_eq!(by_number(&[5_000_000, 3, 5_000_000, 4]), [1, 3, 0, 2]);
        assert_eq!(by_number(&descending(&[Some(5), None, Some(9), None])), [2, 0, 1, 3]);
    }

    #[test]
    fn equals_share_a_rank_and_the_next_one_is_skipped() {
        assert_eq!(ranks(&[(1, 9), (2, 7), (3, 7), (0, 5)], 5), [Some(4), Some(1), Some(2), Some(2), None]);
    }
}
