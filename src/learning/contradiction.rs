//! Which of the pairs can't hold together: small sets of which each pair is needed.
//!
//! Pairs are added, the one that is furthest behind first, until they can't hold; then each that is not needed is taken out
//! again, the deletion filter of Chinneck and Dravnieks (1991, *ORSA Journal on Computing* 3(2), 157–168). What
//! was found is set aside whole, and the search goes on among the rest, so that no two sets share a pair.

use std::collections::BTreeMap;

use super::agreed_list::OrderedPair;
use super::decidable::{DecidablePair, DecidablePairs};
use super::programme::{Feasibility, Undetermined, smallest_hitting_set};

/// How many sets are looked for to be told.
const MAX_SETS: usize = 12;
/// How many are looked for to find the fewest pairs that all of them take.
const MAX_TO_COVER: usize = 60;

/// Pairs that can't hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// What keeps the pairs from holding together.
    pub cause: ContradictionCause,
    /// The pairs, by number.
    pub pairs: Vec<usize>,
}

/// Why pairs can't hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContradictionCause {
    /// There is one pair, and who is said to stand below has at least the same value on every question.
    Dominated,
    /// The one stands above the next, and the last above the first.
    Circle,
    /// No weights put all of them in their order, whatever is rounded.
    NoWeights,
    /// Rounding apart, at best some of them would come level.
    OnlyTied,
}

/// Sets of pairs that can't hold together, no two with a pair in common, and whether the rest can hold as far as is known.
pub(super) fn contradictions(field: &DecidablePairs, pairs: &[OrderedPair]) -> (Vec<Contradiction>, bool) {
    let mut rest: Vec<usize> = (0..field.pairs.len()).collect();
    let mut found = Vec::new();
    // One that is dominated holds with no other: they are told first, all of them.
    rest.retain(|at| {
        let Some(duel) = field.pairs.get(*at).filter(|duel| duel.is_dominated()) else { return true };
        found.push(Contradiction { cause: ContradictionCause::Dominated, pairs: vec![duel.pair] });
        false
    });
    for _ in 0..MAX_SETS {
        let set = match contradictory_pairs(field, &rest)
            .and_then(|set| set.map(|set| irreducible(field, set)).transpose())
        {
            Ok(Some(set)) => set,
            Ok(None) => return (found, true),
            Err(Undetermined) => return (found, false),
        };
        let Ok(can) = field.can_hold(&set) else { return (found, false) };
        rest.retain(|at| !set.contains(at));
        let numbers: Vec<usize> = set.iter().filter_map(|at| field.pairs.get(*at)).map(|duel| duel.pair).collect();
        let why = match can {
            _ if is_circle(&numbers, pairs) => ContradictionCause::Circle,
            Feasibility::No => ContradictionCause::NoWeights,
            _ => ContradictionCause::OnlyTied,
        };
        found.push(Contradiction { cause: why, pairs: numbers });
    }
    (found, false)
}

/// As many pairs as can hold together, rounding apart: all but the fewest that every set of pairs that can't takes. A
/// set that the rest still has is added, until it has none.
pub(super) fn largest_consistent(field: &DecidablePairs) -> Result<Vec<usize>, Undetermined> {
    let all = 0..field.pairs.len();
    let dominated = |at: &usize| field.pairs.get(*at).is_some_and(DecidablePair::is_dominated);
    let mut sets: Vec<Vec<usize>> = all.clone().filter(dominated).map(|at| vec![at]).collect();
    for _ in 0..MAX_TO_COVER {
        let left_out = smallest_hitting_set(&sets, field.pairs.len())?;
        let rest: Vec<usize> = all.clone().filter(|at| !left_out.contains(at)).collect();
        match contradictory_pairs(field, &rest)? {
            Some(set) => sets.push(irreducible(field, set)?),
            None => return Ok(rest),
        }
    }
    Err(Undetermined)
}

/// Some of the pairs `which` that can't hold together; none where all can.
fn contradictory_pairs(field: &DecidablePairs, which: &[usize]) -> Result<Option<Vec<usize>>, Undetermined> {
    let mut set: Vec<usize> = Vec::new();
    let mut weights = field.current_weights.clone();
    loop {
        let lead = |at: &usize| field.pairs.get(*at).map_or(0.0, |duel| duel.lead(&weights));
        let last = which.iter().map(|at| (*at, lead(at))).min_by(|(_, a), (_, b)| a.total_cmp(b));
        let Some((worst, _)) = last.filter(|(at, lead)| *lead <= 1e-9 && !set.contains(at)) else { return Ok(None) };
        set.push(worst);
        match field.can_hold(&set)? {
            Feasibility::Yes(better) => weights = better,
            Feasibility::OnlyTied | Feasibility::No => return Ok(Some(set)),
        }
    }
}

/// Those of a set without which the others could hold.
fn irreducible(field: &DecidablePairs, mut set: Vec<usize>) -> Result<Vec<usize>, Undetermined> {
    set.sort_unstable();
    let mut at = 0;
    while let Some(pair) = set.get(at).copied() {
        let without: Vec<usize> = set.iter().copied().filter(|other| *other != pair).collect();
        match field.can_hold(&without)? {
            Feasibility::Yes(_) => at += 1,
            Feasibility::OnlyTied | Feasibility::No => set = without,
        }
    }
    Ok(set)
}

/// Whether the pairs lead from one candidate to the next and back to the first.
fn is_circle(numbers: &[usize], pairs: &[OrderedPair]) -> bool {
    let next = below_by_above(numbers, pairs);
    let order = from_first(&next);
    let back = order.last().and_then(|last| next.get(last));
    order.len() == numbers.len() && back == order.first()
}

/// Who stands below whom.
fn below_by_above(numbers: &[usize], pairs: &[OrderedPair]) -> BTreeMap<usize, usize> {
    numbers.iter().filter_map(|at| pairs.get(*at)).map(|pair| (pair.above, pair.below)).collect()
}

/// The candidates from the first by number on, each followed by the one that it stands above, as long as it is a new one.
fn from_first(next: &BTreeMap<usize, usize>) -> Vec<usize> {
    let mut order: Vec<usize> = next.keys().next().copied().into_iter().collect();
    while let Some(below) = order.last().and_then(|here| next.get(here)).filter(|below| !order.contains(below)) {
        order.push(*below);
    }
    order
}

impl Contradiction {
    /// The candidates of a circle, each followed by the one that it stands above.
    pub fn circle(&self, pairs: &[OrderedPair]) -> Vec<usize> {
        from_first(&below_by_above(&self.pairs, pairs))
    }
}
