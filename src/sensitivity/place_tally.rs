//! Counts who comes where, draw by draw, for lists short enough to hold every place and every pair.
//!
//! Draws come in blocks, a row of totals for each candidate, and every pair of rows is compared: that gives places and
//! pairwise wins together, without a branch and without a sort. Equals share a place: it is one more than there are
//! candidates ahead. All is counted in whole numbers, so blocks may be counted anywhere and added up in any order.

use super::top::TopPlaces;

/// How many draws a block has.
pub const LANES: usize = 64;
/// One number for each draw of a block.
pub type Lanes<T = f32> = [T; LANES];

/// A weight in the sums of weights: 40 bits of fraction leave room for sixteen million draws.
const WEIGHT_UNIT: f64 = 1_099_511_627_776.0;

/// Some draws: a total for each candidate, and the weights where they were drawn.
#[derive(Debug, Clone)]
pub struct DrawBlock {
    /// How many of the lanes hold draws; the others are left out of account.
    pub draws: usize,
    /// A row for each candidate.
    pub totals: Vec<Lanes>,
    /// A row for each criterion, parts of one.
    pub weights: Vec<Lanes<f64>>,
}

impl DrawBlock {
    /// Of so many candidates and criteria, without draws.
    pub fn new(candidates: usize, criteria: usize) -> Self {
        Self { draws: 0, totals: vec![[0.0; LANES]; candidates], weights: vec![[0.0; LANES]; criteria] }
    }
}

/// What was counted, for at most 32,767 candidates: two bytes for a place let twice as many lanes be done at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceTally {
    candidates: usize,
    /// How many draws.
    draws: u64,
    /// How often each candidate had each place: a row for each candidate.
    places: Vec<u32>,
    /// How often each candidate was ahead of each other: a row for each candidate.
    wins: Vec<u32>,
    /// The weights that brought each candidate first, summed, in fixed point: a row for each candidate.
    first_weights: Vec<u64>,
    /// Among whom each candidate is counted, and how often each was.
    top: TopPlaces,
    among_top: Vec<u32>,
    /// The place of each candidate in the draws of the block at hand.
    ranks: Vec<Lanes<i16>>,
}

impl PlaceTally {
    /// Of nothing yet.
    pub fn new(candidates: usize, criteria: usize, top: TopPlaces) -> Self {
        Self {
            candidates,
            draws: 0,
            top,
            among_top: vec![0; candidates],
            places: vec![0; candidates * candidates],
            wins: vec![0; candidates * candidates],
            first_weights: vec![0; candidates * criteria],
            ranks: vec![[0; LANES]; candidates],
        }
    }

    /// Counts a block.
    pub fn count(&mut self, block: &DrawBlock) {
        self.compare(block);
        self.draws += block.draws as u64;
        let mut firsts: Vec<(usize, usize)> = Vec::with_capacity(LANES);
        let rows = self.places.chunks_exact_mut(self.candidates.max(1)).zip(&self.ranks);
        for (candidate, (places, ranks)) in rows.enumerate() {
            for (lane, rank) in ranks.iter().enumerate().take(block.draws) {
                if let Some(place) = places.get_mut(usize::from(rank.unsigned_abs())) {
                    *place = place.wrapping_add(1);
                }
                if *rank == 0 {
                    firsts.push((candidate, lane));
                }
            }
        }
        self.count_top(block.draws);
        let criteria = block.weights.len();
        for (first, lane) in firsts {
            let sums = self.first_weights.get_mut(first * criteria..(first + 1) * criteria).unwrap_or_default();
            add_weights(lane, block, sums);
        }
    }

    /// Counts who is among the first in the draws of the block at hand. Without families places say it.
    fn count_top(&mut self, draws: usize) {
        if !self.top.has_families() {
            return;
        }
        let mut of_draw = vec![0; self.candidates];
        for lane in 0..draws {
            for (rank, ranks) in of_draw.iter_mut().zip(&self.ranks) {
                *rank = ranks.get(lane).map_or(0, |rank| u32::from(rank.unsigned_abs()));
            }
            self.top.count(&of_draw, &mut self.among_top);
        }
    }

    /// Compares every pair: all lanes at once, with nothing that depends on what comes out.
    fn compare(&mut self, block: &DrawBlock) {
        self.ranks.iter_mut().for_each(|ranks| ranks.fill(0));
        let counts: Lanes<bool> = std::array::from_fn(|lane| lane < block.draws);
        let whole = block.draws == LANES;
        let (candidates, wins) = (self.candidates, &mut self.wins);
        let mut add = |own: usize, other: usize, more: u32| {
            if let Some(wins) = wins.get_mut(own * candidates + other) {
                *wins += more;
            }
        };
        let (mut totals, mut ranks) = (&*block.totals, &mut *self.ranks);
        let mut own_number = 0;
        while let (Some((own, later)), Some((own_ranks, later_ranks))) = (totals.split_first(), ranks.split_first_mut())
        {
            for ((other, other_ranks), number) in later.iter().zip(&mut *later_ranks).zip(own_number + 1..) {
                let (ahead, behind) = match whole {
                    true => compare_pair(own, other, own_ranks, other_ranks),
                    false => compare_some(own, other, own_ranks, other_ranks, &counts),
                };
                add(own_number, number, ahead);
                add(number, own_number, behind);
            }
            (totals, ranks) = (later, later_ranks);
            own_number += 1;
        }
    }

    /// Adds what another counted.
    pub fn merge(&mut self, other: &Self) {
        self.draws += other.draws;
        sum(&mut self.places, &other.places);
        sum(&mut self.among_top, &other.among_top);
        sum(&mut self.wins, &other.wins);
        sum(&mut self.first_weights, &other.first_weights);
    }

    /// How many draws were counted.
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// How often a candidate had each place, the first place first; equals share the better one.
    pub fn places(&self, candidate: usize) -> &[u32] {
        let start = candidate * self.candidates;
        self.places.get(start..start + self.candidates).unwrap_or_default()
    }

    /// How often a candidate was among the first.
    pub fn among_top(&self, candidate: usize) -> u64 {
        if self.top.has_families() {
            return self.among_top.get(candidate).copied().unwrap_or(0).into();
        }
        let top = usize::try_from(self.top.places()).unwrap_or(usize::MAX);
        self.places(candidate).iter().take(top).map(|times| u64::from(*times)).sum()
    }

    /// How often `candidate` was ahead of `other`; in a draw in which they are level neither is.
    pub fn wins(&self, candidate: usize, other: usize) -> u64 {
        self.wins.get(candidate * self.candidates + other).copied().unwrap_or(0).into()
    }

    /// The mean of the weights that brought a candidate first, alone or level with others, as parts of one; none where none did.
    #[expect(clippy::cast_precision_loss, reason = "counts of draws, and sums rounded once at the end")]
    pub fn central_weights(&self, candidate: usize) -> Option<Vec<f64>> {
        let first = *self.places(candidate).first().filter(|first| **first > 0)?;
        let criteria = self.first_weights.len() / self.candidates.max(1);
        let sums = self.first_weights.get(candidate * criteria..(candidate + 1) * criteria)?;
        Some(sums.iter().map(|sum| *sum as f64 / WEIGHT_UNIT / f64::from(first)).collect())
    }
}

/// How often `own` is ahead of `other`, and behind it; whoever is behind goes a place down. Wrapping, because a check for
/// overflow at each step would keep the compiler from doing several lanes at once; places and lanes are few.
#[inline]
fn compare_pair(own: &Lanes, other: &Lanes, own_ranks: &mut Lanes<i16>, other_ranks: &mut Lanes<i16>) -> (u32, u32) {
    let (mut ahead, mut behind) = (0_i16, 0_i16);
    for ((own, other), (own_rank, other_rank)) in own.iter().zip(other).zip(own_ranks.iter_mut().zip(other_ranks)) {
        let (is_ahead, is_behind) = (i16::from(*own > *other), i16::from(*other > *own));
        *own_rank = own_rank.wrapping_add(is_behind);
        *other_rank = other_rank.wrapping_add(is_ahead);
        ahead = ahead.wrapping_add(is_ahead);
        behind = behind.wrapping_add(is_behind);
    }
    (ahead.unsigned_abs().into(), behind.unsigned_abs().into())
}

/// The same, counting these lanes only.
fn compare_some(
    own: &Lanes,
    other: &Lanes,
    own_ranks: &mut Lanes<i16>,
    other_ranks: &mut Lanes<i16>,
    counts: &Lanes<bool>,
) -> (u32, u32) {
    compare_pair(own, other, own_ranks, other_ranks);
    let counted = || own.iter().zip(other).zip(counts).filter(|(_, counts)| **counts).map(|(pair, _)| pair);
    let (ahead, behind) = (counted().filter(|(own, other)| own > other), counted().filter(|(own, other)| other > own));
    (ahead.map(|_| 1).sum(), behind.map(|_| 1).sum())
}

/// Adds the weights of one draw.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "parts of one, in units of 2^-40")]
fn add_weights(lane: usize, block: &DrawBlock, sums: &mut [u64]) {
    for (sum, weights) in sums.iter_mut().zip(&block.weights) {
        *sum += weights.get(lane).map_or(0, |weight| (weight * WEIGHT_UNIT) as u64);
    }
}

fn sum<T: Copy + std::ops::AddAssign>(sums: &mut [T], more: &[T]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += *more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Random, Stream};

    fn block(candidates: usize, draws: usize, number: u64) -> DrawBlock {
        let mut random = Random::new(3, Stream::Evidence, number);
        let mut block = DrawBlock::new(candidates, 2);
        block.draws = draws;
        // Few values, so that many are equal.
        let few = |random: &mut Random| f32::from(u16::try_from(random.below(7)).unwrap());
        block.totals.iter_mut().flatten().for_each(|total| *total = few(&mut random));
        block.weights.iter_mut().flatten().for_each(|weight| *weight = random.uniform());
        block
    }

    /// Against looking at every pair of every draw.
    #[test]
    fn places_wins_and_weights_are_those_of_each_draw() {
        let blocks = [block(9, LANES, 1), block(9, 5, 2), block(9, LANES, 3)];
        let mut tally = PlaceTally::new(9, 2, TopPlaces::new(3));
        let (mut places, mut wins, mut weights) = (vec![[0; 9]; 9], vec![[0; 9]; 9], vec![[0.0; 2]; 9]);
        for block in &blocks {
            tally.count(block);
            for lane in 0..block.draws {
                let total = |candidate: usize| block.totals[candidate][lane];
                for candidate in 0..9 {
                    let ahead = (0..9).filter(|other| total(*other) > total(candidate));
                    ahead.clone().for_each(|other| wins[other][candidate] += 1);
                    let place = ahead.count();
                    places[candidate][place] += 1;
                    if place == 0 {
                        (0..2).for_each(|criterion| weights[candidate][criterion] += block.weights[criterion][lane]);
                    }
                }
            }
        }
        assert_eq!(tally.draws(), 133);
        for candidate in 0..9 {
            assert_eq!(tally.places(candidate), places[candidate]);
            for other in (0..9).filter(|other| *other != candidate) {
                assert_eq!(tally.wins(candidate, other), wins[candidate][other], "{candidate} {other}");
            }
            let central = tally.central_weights(candidate);
            assert_eq!(central.is_some(), places[candidate][0] > 0);
            for (found, sum) in central.iter().flatten().zip(weights[candidate]) {
                assert!((found - sum / f64::from(places[candidate][0])).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn counts_add_up_in_any_order() {
        let blocks = [block(4, LANES, 1), block(4, 17, 2)];
        let count = |order: [usize; 2]| {
            let parts = order.map(|at| {
                let mut tally = PlaceTally::new(4, 2, TopPlaces::of_families(2, vec![0, 0, 2, 3]));
                tally.count(&blocks[at]);
                tally
            });
            let mut all = PlaceTally::new(4, 2, TopPlaces::of_families(2, vec![0, 0, 2, 3]));
            for part in &parts {
                all.merge(part);
            }
            all
        };
        assert_eq!(count([0, 1]), count([1, 0]));
        assert_eq!(PlaceTally::new(0, 0, TopPlaces::new(1)).central_weights(0), None);
    }
}
