//! Draws of weights, counted: on as many threads as there are, with the same counts on any number of them.

use std::num::NonZeroUsize;

use rayon::prelude::*;

use super::place_tally::{DrawBlock, LANES, PlaceTally};
use super::rank_tally::{self, LevelRanker, RankStretches, RankTally};
use super::sums::Sums;
use super::top::TopPlaces;
use super::weights::WeightSpace;
use crate::diagnostic::{Code, Problem};
use crate::scoring::in_pool;
use crate::stats::{Random, Stream};

/// The most threads ever started, whatever is asked for.
const MAX_THREADS: usize = 256;

/// How many draws are made, from which seed and on how many threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawSettings {
    /// How many draws.
    pub draws: u64,
    /// The seed: the same one, the same draws.
    pub seed: u64,
    /// On how many threads; that changes nothing but the time.
    pub threads: NonZeroUsize,
}

/// Draws weights and counts every place and every pair.
///
/// # Errors
/// Where no weights keep within the bounds.
pub fn tally_sums(
    sums: &Sums,
    space: &WeightSpace,
    settings: DrawSettings,
    top: &TopPlaces,
) -> Result<PlaceTally, Problem> {
    let blocks = settings.draws.div_ceil(LANES as u64);
    let counted = on_threads(settings.threads, blocks, |numbers| {
        let mut tally = PlaceTally::new(sums.candidates(), space.len(), top.clone());
        let mut block = DrawBlock::new(sums.candidates(), space.len());
        for number in numbers {
            draw_block(space, settings, number, &mut block)?;
            sums.fill(&mut block);
            tally.count(&block);
        }
        Ok::<_, Problem>(tally)
    });
    let mut all = PlaceTally::new(sums.candidates(), space.len(), top.clone());
    for tally in counted {
        all.merge(&tally?);
    }
    Ok(all)
}

/// Draws the weights of block number `number`.
///
/// # Errors
/// Where no weights keep within the bounds.
pub fn draw_block(
    space: &WeightSpace,
    settings: DrawSettings,
    number: u64,
    block: &mut DrawBlock,
) -> Result<(), Problem> {
    let first = number * LANES as u64;
    let mut weights = vec![0.0; space.len()];
    block.draws = usize::try_from(settings.draws.saturating_sub(first)).unwrap_or(LANES).min(LANES);
    for (lane, draw) in (first..settings.draws).enumerate().take(LANES) {
        if !space.draw(&mut Random::new(settings.seed, Stream::Weights, draw), &mut weights) {
            return Err(no_weights());
        }
        for (row, weight) in block.weights.iter_mut().zip(&weights) {
            set(row, lane, *weight);
        }
    }
    Ok(())
}

/// Draws weights for a list too long to hold every place.
///
/// # Errors
/// Where no weights keep within the bounds.
pub fn tally_long_sums(
    sums: &Sums,
    space: &WeightSpace,
    settings: DrawSettings,
    top: &TopPlaces,
) -> Result<RankTally, Problem> {
    let blocks = settings.draws.div_ceil(rank_tally::BATCH_DRAWS as u64);
    let counted = on_threads(settings.threads, blocks, |numbers| {
        let mut tally = RankTally::new(sums.candidates(), top.clone());
        let (mut ranker, mut levels, mut weights) = (LevelRanker::default(), Vec::new(), vec![0.0; space.len()]);
        let (mut ranks, mut stretches) = (Vec::new(), vec![RankStretches::default(); rank_tally::BATCH_DRAWS]);
        for number in numbers {
            let first = number * rank_tally::BATCH_DRAWS as u64;
            let mut drawn = 0;
            for (draw, stretches) in (first..settings.draws).zip(&mut stretches) {
                if !space.draw(&mut Random::new(settings.seed, Stream::Weights, draw), &mut weights) {
                    return Err(no_weights());
                }
                sums.levels(&weights, &mut levels);
                ranker.rank(&levels, &mut ranks);
                tally.add_ranks(&ranks);
                stretches.set(&ranks);
                drawn += 1;
            }
            tally.count(stretches.get(..drawn).unwrap_or_default());
        }
        Ok(tally)
    });
    let mut all: Option<RankTally> = None;
    for tally in counted {
        let tally = tally?;
        match &mut all {
            Some(all) => all.merge(&tally),
            None => all = Some(tally),
        }
    }
    Ok(all.unwrap_or_else(|| RankTally::new(sums.candidates(), top.clone())))
}

/// What makes the order of a draw: its number, its weights where they are drawn, and a rank from zero for each
/// candidate.
pub trait RankDraw<S>: Fn(&mut S, u64, Option<&[f64]>, &mut [u32]) -> Result<(), Problem> + Sync + Send {}

impl<S, T: Fn(&mut S, u64, Option<&[f64]>, &mut [u32]) -> Result<(), Problem> + Sync + Send> RankDraw<S> for T {}

/// Counts orders that `order` makes one by one with what `start` makes for each thread; weights are drawn where there is
/// a space of them.
///
/// # Errors
/// Where no weights keep within the bounds, and what `start` and `order` have.
#[expect(clippy::cast_precision_loss, reason = "short lists")]
pub fn tally_ranks<S>(
    candidates: usize,
    space: Option<&WeightSpace>,
    settings: DrawSettings,
    top: &TopPlaces,
    start: impl Fn() -> Result<S, Problem> + Sync + Send,
    order: impl RankDraw<S>,
) -> Result<PlaceTally, Problem> {
    let criteria = space.map_or(0, WeightSpace::len);
    let counted = on_threads(settings.threads, settings.draws.div_ceil(LANES as u64), |numbers| {
        let (mut started, mut drawn) = (start()?, WeightDraws::new(space, settings.seed));
        let mut tally = PlaceTally::new(candidates, criteria, top.clone());
        let mut block = DrawBlock::new(candidates, criteria);
        let mut ranks = vec![0; candidates];
        for number in numbers {
            let first = number * LANES as u64;
            block.draws = 0;
            for (lane, draw) in (first..settings.draws).enumerate().take(LANES) {
                let weights = drawn.draw(draw)?;
                order(&mut started, draw, weights, &mut ranks)?;
                for (row, weight) in block.weights.iter_mut().zip(weights.unwrap_or_default()) {
                    set(row, lane, *weight);
                }
                for (row, rank) in block.totals.iter_mut().zip(&ranks) {
                    set(row, lane, -(*rank as f32));
                }
                block.draws += 1;
            }
            tally.count(&block);
        }
        Ok(tally)
    });
    let mut all = PlaceTally::new(candidates, criteria, top.clone());
    for tally in counted {
        all.merge(&tally?);
    }
    Ok(all)
}

/// The same for a list too long to hold every place.
///
/// # Errors
/// As [`tally_ranks`].
pub fn tally_long_ranks<S>(
    candidates: usize,
    space: Option<&WeightSpace>,
    settings: DrawSettings,
    top: &TopPlaces,
    start: impl Fn() -> Result<S, Problem> + Sync + Send,
    order: impl RankDraw<S>,
) -> Result<RankTally, Problem> {
    let counted = on_threads(settings.threads, settings.draws.div_ceil(rank_tally::BATCH_DRAWS as u64), |numbers| {
        let (mut started, mut drawn) = (start()?, WeightDraws::new(space, settings.seed));
        let mut tally = RankTally::new(candidates, top.clone());
        let (mut ranks, mut stretches) = (vec![0; candidates], RankStretches::default());
        for number in numbers {
            let first = number * rank_tally::BATCH_DRAWS as u64;
            for draw in (first..settings.draws).take(rank_tally::BATCH_DRAWS) {
                order(&mut started, draw, drawn.draw(draw)?, &mut ranks)?;
                tally.add_ranks(&ranks);
                stretches.set(&ranks);
                tally.count(std::slice::from_ref(&stretches));
            }
        }
        Ok(tally)
    });
    let mut all = RankTally::new(candidates, top.clone());
    for tally in counted {
        all.merge(&tally?);
    }
    Ok(all)
}

/// Weights, draw by draw.
struct WeightDraws<'a> {
    space: Option<&'a WeightSpace>,
    seed: u64,
    weights: Vec<f64>,
}

impl<'a> WeightDraws<'a> {
    fn new(space: Option<&'a WeightSpace>, seed: u64) -> Self {
        Self { space, seed, weights: vec![0.0; space.map_or(0, WeightSpace::len)] }
    }

    fn draw(&mut self, draw: u64) -> Result<Option<&[f64]>, Problem> {
        let Some(space) = self.space else { return Ok(None) };
        let found = space.draw(&mut Random::new(self.seed, Stream::Weights, draw), &mut self.weights);
        if found { Ok(Some(&self.weights)) } else { Err(no_weights()) }
    }
}

/// Weights within the bounds are so rare that none were found.
pub fn no_weights() -> Problem {
    Problem::new(Code::BadValue, "no weights within these bounds and orders were found")
        .help("widen the bounds; the weights must be able to add up to the whole")
}

fn set<T>(row: &mut [T], at: usize, item: T) {
    if let Some(slot) = row.get_mut(at) {
        *slot = item;
    }
}

/// What `work` makes of the numbers below `numbers`, each thread taking every so-manieth of them.
pub fn on_threads<T: Send>(
    threads: NonZeroUsize,
    numbers: u64,
    work: impl Fn(std::iter::StepBy<std::ops::Range<u64>>) -> T + Sync + Send,
) -> Vec<T> {
    let threads = threads.get().min(MAX_THREADS).min(usize::try_from(numbers).unwrap_or(usize::MAX)).max(1);
    let work = |thread: usize| work((thread as u64..numbers).step_by(threads));
    let each = || (0..threads).into_par_iter().with_max_len(1).map(&work).collect();
    match NonZeroUsize::new(threads).filter(|threads| *threads > NonZeroUsize::MIN) {
        Some(threads) => in_pool(threads, each),
        None => (0..threads).map(&work).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::weights::WeightDistribution;
    use super::*;

    fn settings(draws: u64, threads: usize) -> DrawSettings {
        DrawSettings { draws, seed: 42, threads: NonZeroUsize::new(threads).unwrap() }
    }

    fn sums(candidates: u32, gaps: bool) -> Sums {
        let mut random = Random::new(9, Stream::Evidence, 0);
        let mut value = |at: u32| (!gaps || !at.is_multiple_of(5)).then(|| random.uniform());
        let rows: Vec<Vec<Option<f64>>> =
            (0..candidates).map(|candidate| (0..3).map(|criterion| value(candidate + criterion)).collect()).collect();
        Sums::new(&rows, 3)
    }

    #[test]
    fn threads_change_no_count() {
        let space = WeightSpace::new(&[0; 3], WeightDistribution::Uniform);
        for gaps in [false, true] {
            let alone = tally_sums(&sums(20, gaps), &space, settings(1000, 1), &TopPlaces::new(5)).unwrap();
            let long = tally_long_sums(&sums(20, gaps), &space, settings(1000, 1), &TopPlaces::new(5)).unwrap();
            assert_eq!(alone.draws(), 1000);
            for threads in [2, 3, 7] {
                assert_eq!(
                    tally_sums(&sums(20, gaps), &space, settings(1000, threads), &TopPlaces::new(5)).unwrap(),
                    alone
                );
                assert_eq!(
                    tally_long_sums(&sums(20, gaps), &space, settings(1000, threads), &TopPlaces::new(5)).unwrap(),
                    long
                );
            }
        }
    }

    /// The two ways of counting agree, but for totals that differ by less than a level.
    #[test]
    fn long_lists_are_counted_as_short_ones() {
        let space = WeightSpace::new(&[0; 3], WeightDistribution::Uniform);
        for gaps in [false, true] {
            let short = tally_sums(&sums(30, gaps), &space, settings(2000, 1), &TopPlaces::new(5)).unwrap();
            let long = tally_long_sums(&sums(30, gaps), &space, settings(2000, 1), &TopPlaces::new(5)).unwrap();
            for candidate in 0..30 {
                let places = short.places(candidate).iter().zip(1_u32..);
                let sum: f64 = places.map(|(times, place)| f64::from(*times) * f64::from(place)).sum();
                assert!((long.mean_rank(candidate) - sum / 2000.0).abs() < 0.02);
                let top: u32 = short.places(candidate).iter().take(5).sum();
                assert!(long.among_top(candidate).abs_diff(top) < 10);
            }
        }
    }

    /// Two candidates and two criteria, each best at one: each is first for half of the weights, and on average with
    /// three quarters of the weight on its own.
    #[test]
    fn opposites_share_the_first_place() {
        let rows = vec![vec![Some(1.0), Some(0.0)], vec![Some(0.0), Some(1.0)]];
        let tally = tally_sums(
            &Sums::new(&rows, 2),
            &WeightSpace::new(&[0; 2], WeightDistribution::Uniform),
            settings(40_000, 2),
            &TopPlaces::new(1),
        )
        .unwrap();
        assert!((f64::from(tally.places(0)[0]) / 4e4 - 0.5).abs() < 0.01);
        let central = tally.central_weights(1).unwrap();
        assert!((central[1] - 0.75).abs() < 0.005 && (central[0] - 0.25).abs() < 0.005);
        assert_eq!(tally.wins(0, 1) + tally.wins(1, 0), 40_000);
    }

    /// How often each candidate has each place, and its central weights, are within 0.01 of these.
    #[track_caller]
    fn agree(rows: &[Vec<f64>], places: &[&[f64]], central: &[&[f64]]) {
        let criteria = rows[0].len();
        let known: Vec<Vec<Option<f64>>> = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        let space = WeightSpace::new(&vec![0; criteria], WeightDistribution::Uniform);
        let tally = tally_sums(&Sums::new(&known, criteria), &space, settings(40_000, 2), &TopPlaces::new(1)).unwrap();
        for (candidate, (places, central)) in places.iter().zip(central).enumerate() {
            let shares = tally.places(candidate).iter().map(|times| f64::from(*times) / 4e4);
            let found: Vec<f64> = shares.chain(tally.central_weights(candidate).unwrap()).collect();
            for (found, exact) in found.iter().zip(places.iter().chain(*central)) {
                assert!((found - exact).abs() < 0.01, "{candidate}: {found} {exact}");
            }
        }
    }

    /// The mountain climber's three routes of Opricovic and Tzeng (2004, *European Journal of Operational Research*
    /// 156(2), 445–455, tables 1 and 2), risk and altitude each from 0 for the worst to 1 for the best. The paper has no
    /// acceptability; with two criteria it is the length of a stretch. With the weight w on risk, the third is before the
    /// second up to w = 2/5 and before the first up to 1/2, and the second before the first up to 2/3.
    #[test]
    fn with_two_criteria_acceptability_is_a_length() {
        let routes = [vec![1.0, 0.0], vec![0.75, 0.5], vec![0.0, 1.0]];
        let (third, first) = (1.0 / 3.0, 5.0 / 6.0);
        agree(
            &routes,
            &[&[third, 0.5 - third, 0.5], &[4.0 / 15.0, 11.0 / 15.0, 0.0], &[0.4, 0.1, 0.5]],
            &[&[first, 1.0 - first], &[8.0 / 15.0, 7.0 / 15.0], &[0.2, 0.8]],
        );
    }

    /// The three plans of Zhao, Peng and Li (2013, *Procedia Computer Science* 17, 181–188). The paper has no
    /// acceptability; with three criteria it is a part of a triangle's area, and central weights are the middle of that
    /// part. The first is before the second where the third weight is up to 1/3, the second before the third where the
    /// first is, and the third before the first where the second is: three trapezia, each a third of the triangle, and
    /// each the others turned round.
    #[test]
    fn with_three_criteria_acceptability_is_an_area() {
        let plans = [vec![4.0, 3.0, 2.0], vec![3.0, 2.0, 4.0], vec![5.0, 1.0, 3.0]];
        let [least, some, most] = [4.0, 7.0, 16.0].map(|part| part / 27.0);
        let thirds: &[f64] = &[1.0 / 3.0; 3];
        let central: [&[f64]; 3] = [&[some, most, least], &[least, some, most], &[most, least, some]];
        agree(&plans, &[thirds; 3], &central);
    }
}
