//! Counts who comes where for lists too long to hold every place: mean rank, quantiles of the rank, and how often among
//! the first so many. Memory depends on the length of the list and not on the draws.

use super::top::TopPlaces;

/// Into how many steps the totals of a draw are cut, from the lowest that can be to the highest: more than a total has
/// that is printed with two decimals on a scale of a hundred.
pub const LEVELS: usize = 1 << 15;
/// How many draws are ranked before they are counted, so that a candidate's counts are at hand for all of them.
pub const BATCH_DRAWS: usize = 256;
/// How finely ranks are told apart: by so many binary digits after the first.
const FINENESS: u32 = 5;
/// Of how many candidates the counts are at hand together.
const CHUNK: usize = 16;

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankTally {
    candidates: usize,
    draws: u64,
    /// Among whom each candidate is counted.
    top: TopPlaces,
    /// How often each candidate was among them.
    among_top: Vec<u32>,
    /// The sum of each candidate's ranks.
    rank_sums: Vec<u64>,
    /// How often each candidate's rank, from zero, was in each stretch of ranks: a row for each candidate.
    stretches: Vec<u32>,
    /// How many stretches there are.
    width: usize,
}

impl RankTally {
    /// Of nothing yet; `top` is among how many first places candidates are counted.
    pub fn new(candidates: usize, top: TopPlaces) -> Self {
        let last = candidates.checked_sub(1).map(|last| stretch(u32::try_from(last).unwrap_or(u32::MAX)));
        let width = last.map_or(0, |last| usize::from(last) + 1);
        Self {
            candidates,
            draws: 0,
            top,
            among_top: vec![0; candidates],
            rank_sums: vec![0; candidates],
            stretches: vec![0; candidates * width],
            width,
        }
    }

    /// Counts draws: for each the ranks from zero of every candidate, in stretches.
    pub fn count(&mut self, draws: &[RankStretches]) {
        self.draws += draws.len() as u64;
        let row = self.width.max(1);
        for (chunk, rows) in self.stretches.chunks_mut(row * CHUNK).enumerate() {
            let start = chunk * CHUNK;
            let end = (start + CHUNK).min(self.candidates);
            for ranks in draws {
                let stretches = ranks.stretches.get(start..end).unwrap_or_default();
                for (row, stretch) in rows.chunks_exact_mut(row).zip(stretches) {
                    if let Some(count) = row.get_mut(usize::from(*stretch)) {
                        *count = count.wrapping_add(1);
                    }
                }
            }
        }
    }

    /// Adds up ranks from zero, by candidate. Each draw's are noted once and counted once.
    pub fn add_ranks(&mut self, ranks: &[u32]) {
        // Wrapping: a check for overflow at each step would keep the compiler from doing several at once.
        for (sum, rank) in self.rank_sums.iter_mut().zip(ranks) {
            *sum = sum.wrapping_add(u64::from(*rank));
        }
        self.top.count(ranks, &mut self.among_top);
    }

    /// Adds what another counted.
    pub fn merge(&mut self, other: &Self) {
        self.draws += other.draws;
        let sum = |sums: &mut [u32], more: &[u32]| sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        sum(&mut self.among_top, &other.among_top);
        sum(&mut self.stretches, &other.stretches);
        self.rank_sums.iter_mut().zip(&other.rank_sums).for_each(|(sum, more)| *sum += more);
    }

    /// The mean of a candidate's ranks, from 1.
    #[expect(clippy::cast_precision_loss, reason = "the one rounding")]
    pub fn mean_rank(&self, candidate: usize) -> f64 {
        let sum = self.rank_sums.get(candidate).copied().unwrap_or(0);
        sum as f64 / self.draws.max(1) as f64 + 1.0
    }

    /// How often a candidate was among the first.
    pub fn among_top(&self, candidate: usize) -> u32 {
        self.among_top.get(candidate).copied().unwrap_or(0)
    }

    /// How many draws were counted.
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// The rank, from 1, that this part of the draws does not exceed: exact up to 32, and then the last of its stretch,
    /// which is too high by a sixteenth at most and by a thirty-second among the hundreds.
    #[expect(clippy::cast_precision_loss, reason = "counts of draws")]
    pub fn quantile(&self, candidate: usize, part: f64) -> usize {
        let row = self.stretches.get(candidate * self.width..(candidate + 1) * self.width).unwrap_or_default();
        let wanted = part * self.draws as f64;
        let mut seen = 0;
        let reached = row.iter().position(|count| {
            seen += u64::from(*count);
            seen as f64 >= wanted && seen > 0
        });
        let last = reached.map_or(self.candidates, |at| last_of(at).saturating_add(1));
        last.min(self.candidates)
    }
}

/// Where stretches start: so many more, and the ranks of a stretch have the first digits of a binary number in common.
const FIRST_STRETCH: u32 = 1 << FINENESS;

/// The stretch of a rank: the first so many digits of the rank's floating-point form. Each has one rank up to 32 of them,
/// then two, then four, …
#[inline]
#[expect(clippy::cast_precision_loss, reason = "the first digits are wanted")]
fn stretch(rank: u32) -> u16 {
    let digits =
        (rank.wrapping_add(FIRST_STRETCH).cast_signed() as f32).to_bits() >> (f32::MANTISSA_DIGITS - 1 - FINENESS);
    digits.wrapping_sub(RANK_ZERO_DIGITS) as u16
}

/// What the digits of rank zero are.
const RANK_ZERO_DIGITS: u32 = (127 + FINENESS) << FINENESS;

/// The last rank of a stretch.
fn last_of(stretch: usize) -> usize {
    let (doublings, within) = (stretch >> FINENESS, stretch & (FIRST_STRETCH as usize - 1));
    ((FIRST_STRETCH as usize + within + 1) << doublings) - FIRST_STRETCH as usize - 1
}

/// The stretches of one draw's ranks.
#[derive(Debug, Clone, Default)]
pub struct RankStretches {
    stretches: Vec<u16>,
}

impl RankStretches {
    /// Of these ranks from zero, by candidate.
    pub fn set(&mut self, ranks: &[u32]) {
        self.stretches.resize(ranks.len(), 0);
        self.stretches.iter_mut().zip(ranks).for_each(|(of, rank)| *of = stretch(*rank));
    }
}

/// Ranks totals by counting how many there are above each level; equals share a rank.
#[derive(Debug)]
pub struct LevelRanker {
    above: Vec<u32>,
}

impl Default for LevelRanker {
    fn default() -> Self {
        Self { above: vec![0; LEVELS] }
    }
}

impl LevelRanker {
    /// The rank, from zero, of each level: the highest first.
    pub fn rank(&mut self, levels: &[u16], ranks: &mut Vec<u32>) {
        self.above.fill(0);
        for level in levels {
            if let Some(count) = self.above.get_mut(usize::from(*level)) {
                *count = count.wrapping_add(1);
            }
        }
        let mut before = 0_u32;
        for count in self.above.iter_mut().rev() {
            (*count, before) = (before, before.wrapping_add(*count));
        }
        ranks.resize(levels.len(), 0);
        for (rank, level) in ranks.iter_mut().zip(levels) {
            *rank = self.above.get(usize::from(*level)).copied().unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Random, Stream};

    #[test]
    fn equals_share_the_rank_behind_all_who_are_above() {
        let mut random = Random::new(1, Stream::Evidence, 0);
        let levels: Vec<u16> = (0..500).map(|_| u16::try_from(random.below(300) * 100).unwrap()).collect();
        let (mut ranker, mut ranks) = (LevelRanker::default(), Vec::new());
        for _ in 0..2 {
            ranker.rank(&levels, &mut ranks);
            for (rank, own) in ranks.iter().zip(&levels) {
                assert_eq!(*rank as usize, levels.iter().filter(|other| *other > own).count());
            }
        }
    }

    #[test]
    fn stretches_are_narrow_and_in_order() {
        let mut first = 0;
        for rank in 1..100_000 {
            assert!(stretch(rank) == stretch(rank - 1) || stretch(rank) == stretch(rank - 1) + 1);
            if stretch(rank) > stretch(rank - 1) {
                assert_eq!(last_of(usize::from(stretch(rank - 1))), rank as usize - 1);
                first = rank;
            }
            assert!(f64::from(rank - first) <= f64::from(first + 32) / 32.0, "{first} to {rank}");
        }
    }

    #[test]
    fn means_and_quantiles_are_those_of_the_ranks() {
        let mut tally = RankTally::new(1000, TopPlaces::new(10));
        let mut random = Random::new(1, Stream::Evidence, 1);
        let mut draw = || (0..1000).map(|_| u32::try_from(random.below(1000)).unwrap()).collect();
        let draws: Vec<Vec<u32>> = (0..400).map(|_| draw()).collect();
        let count = |tally: &mut RankTally, draws: &[Vec<u32>]| {
            for draw in draws {
                let mut ranks = RankStretches::default();
                ranks.set(draw);
                tally.add_ranks(draw);
                tally.count(&[ranks]);
            }
        };
        let (one, other) = draws.split_at(150);
        count(&mut tally, one);
        let mut second = RankTally::new(1000, TopPlaces::new(10));
        count(&mut second, other);
        tally.merge(&second);
        for candidate in [0, 7, 999] {
            let mut ranks: Vec<u32> = draws.iter().map(|draw| draw[candidate] + 1).collect();
            ranks.sort_unstable();
            let mean = ranks.iter().map(|rank| f64::from(*rank)).sum::<f64>() / 400.0;
            assert!((tally.mean_rank(candidate) - mean).abs() < 1e-9);
            assert_eq!(tally.among_top(candidate) as usize, ranks.iter().filter(|rank| **rank <= 10).count());
            for (part, at) in [(0.05, 19), (0.5, 199), (0.95, 379)] {
                let (found, exact) = (tally.quantile(candidate, part), ranks[at] as usize);
                assert!(found >= exact && found <= exact + (exact + 32) / 32, "{found} {exact}");
            }
        }
    }
}
