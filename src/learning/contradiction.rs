//! Which of the pairs can't hold together: small sets of which each pair is needed.
//!
//! Pairs are added, the one that is furthest behind first, until they can't hold; then each that is not needed is taken out
//! again, the deletion filter of Chinneck and Dravnieks (1991, *ORSA Journal on Computing* 3(2), 157–168). What
//! was found is set aside whole, and the search goes on among the rest, so that no two sets share a pair.

use std::collections::BTreeMap;

use super::agreed::Pair;
use super::field::{Duel, Field};
use super::programme::{CanHold, Unknown, cover};

/// How many sets are looked for to be told.
const MOST_SETS: usize = 12;
/// How many are looked for to find the fewest pairs that all of them take.
const MOST_TO_COVER: usize = 60;

/// Pairs that can't hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Why not.
    pub why: Why,
    /// The pairs, by number.
    pub pairs: Vec<usize>,
}

/// Why pairs can't hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is one pair, and who is said to stand below has at least the same value on every question.
    Dominated,
    /// The one stands above the next, and the last above the first.
    Circle,
    /// No weights put all of them in their order, whatever is rounded.
    NoWeights,
    /// Rounding apart, at best some of them would come level.
    Level,
}

/// Sets of pairs that can't hold together, no two with a pair in common, and whether the rest can hold as far as is known.
pub(super) fn contradictions(field: &Field, pairs: &[Pair]) -> (Vec<Contradiction>, bool) {
    let mut rest: Vec<usize> = (0..field.duels.len()).collect();
    let mut found = Vec::new();
    // One that is dominated holds with no other: they are told first, all of them.
    rest.retain(|at| {
        let Some(duel) = field.duels.get(*at).filter(|duel| duel.is_dominated()) else { return true };
        found.push(Contradiction { why: Why::Dominated, pairs: vec![duel.pair] });
        false
    });
    for _ in 0..MOST_SETS {
        let set = match unable(field, &rest).and_then(|set| set.map(|set| filtered(field, set)).transpose()) {
            Ok(Some(set)) => set,
            Ok(None) => return (found, true),
            Err(Unknown) => return (found, false),
        };
        let Ok(can) = field.can_hold(&set) else { return (found, false) };
        rest.retain(|at| !set.contains(at));
        let numbers: Vec<usize> = set.iter().filter_map(|at| field.duels.get(*at)).map(|duel| duel.pair).collect();
        let why = match can {
            _ if is_circle(&numbers, pairs) => Why::Circle,
            CanHold::No => Why::NoWeights,
            _ => Why::Level,
        };
        found.push(Contradiction { why, pairs: numbers });
    }
    (found, false)
}

/// As many pairs as can hold together, rounding apart: all but the fewest that every set of pairs that can't takes. A
/// set that the rest still has is added, until it has none.
pub(super) fn most(field: &Field) -> Result<Vec<usize>, Unknown> {
    let all = 0..field.duels.len();
    let dominated = |at: &usize| field.duels.get(*at).is_some_and(Duel::is_dominated);
    let mut sets: Vec<Vec<usize>> = all.clone().filter(dominated).map(|at| vec![at]).collect();
    for _ in 0..MOST_TO_COVER {
        let left_out = cover(&sets, field.duels.len())?;
        let rest: Vec<usize> = all.clone().filter(|at| !left_out.contains(at)).collect();
        match unable(field, &rest)? {
            Some(set) => sets.push(filtered(field, set)?),
            None => return Ok(rest),
        }
    }
    Err(Unknown)
}

/// Some of the pairs `which` that can't hold together; none where all can.
fn unable(field: &Field, which: &[usize]) -> Result<Option<Vec<usize>>, Unknown> {
    let mut set: Vec<usize> = Vec::new();
    let mut weights = field.now.clone();
    loop {
        let lead = |at: &usize| field.duels.get(*at).map_or(0.0, |duel| duel.lead(&weights));
        let last = which.iter().map(|at| (*at, lead(at))).min_by(|(_, a), (_, b)| a.total_cmp(b));
        let Some((worst, _)) = last.filter(|(at, lead)| *lead <= 1e-9 && !set.contains(at)) else { return Ok(None) };
        set.push(worst);
        match field.can_hold(&set)? {
            CanHold::Yes(better) => weights = better,
            CanHold::Level | CanHold::No => return Ok(Some(set)),
        }
    }
}

/// Those of a set without which the others could hold.
fn filtered(field: &Field, mut set: Vec<usize>) -> Result<Vec<usize>, Unknown> {
    set.sort_unstable();
    let mut at = 0;
    while let Some(pair) = set.get(at).copied() {
        let without: Vec<usize> = set.iter().copied().filter(|other| *other != pair).collect();
        match field.can_hold(&without)? {
            CanHold::Yes(_) => at += 1,
            CanHold::Level | CanHold::No => set = without,
        }
    }
    Ok(set)
}

/// Whether the pairs lead from one candidate to the next and back to the first.
fn is_circle(numbers: &[usize], pairs: &[Pair]) -> bool {
    let next = next(numbers, pairs);
    let order = from_first(&next);
    let back = order.last().and_then(|last| next.get(last));
    order.len() == numbers.len() && back == order.first()
}

/// Who stands below whom.
fn next(numbers: &[usize], pairs: &[Pair]) -> BTreeMap<usize, usize> {
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
    pub fn circle(&self, pairs: &[Pair]) -> Vec<usize> {
        from_first(&next(&self.pairs, pairs))
    }
}
