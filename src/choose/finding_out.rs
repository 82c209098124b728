//! What would be worth finding out: how much of what is open about the best set each thing that was drawn settles.
//!
//! The measure is the main effect of variance-based sensitivity analysis (Sobol', I.M. 1993, *Mathematical Modelling and
//! Computational Experiments* 1(4), 407–414; Saltelli, A. et al. 2008, *Global Sensitivity Analysis: The Primer*, Wiley, 1.2): by
//! what part the variance of being in the best set falls on average once a thing is known. It is read off the draws that were
//! made, as a correlation ratio (Pearson, K. 1905, "On the general theory of skew correlation"): draws are put in the order of the
//! thing's value and cut into groups of the same size. Groups of chance alone would explain something too; that is taken off by
//! Kelley's correction (Kelley, T.L. 1935, *Proceedings of the National Academy of Sciences* 21(9), 554–559).

use super::factor::Factor;
use super::instance::is_in;

/// Into how many groups draws are cut.
const GROUPS: usize = 10;
/// The fewest draws in a group.
const FEWEST: usize = 20;
/// Of how many draws at most it is kept what was drawn.
const MOST_DRAWS: u64 = 10_000;
/// How many numbers at most are kept of all draws.
const MOST_NUMBERS: u64 = 20_000_000;
/// The least part that is told.
const LEAST_TOLD: f64 = 0.01;

/// A draw with what was drawn.
#[derive(Debug, Clone)]
pub struct KeptDraw {
    /// The draw's number.
    pub number: u64,
    /// The value of each thing, in their order.
    pub values: Vec<f64>,
    /// Its best set.
    pub set: Vec<bool>,
}

/// What would be worth finding out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindingOut {
    /// From how many draws it is read.
    pub draws: u64,
    /// The least part that can be told from chance, and is told.
    pub least: f64,
    /// What settles that much or more, the most first.
    pub found: Vec<Settles>,
}

/// How much a thing settles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settles {
    /// What it is.
    pub factor: Factor,
    /// What part of all that is open about actions, from 0 to 1.
    pub part: f64,
    /// The action of which it settles most, by number.
    pub action: usize,
    /// What part of what is open about that action.
    pub of_action: f64,
}

/// Of how many draws it is kept what was drawn, where that is so many things each.
pub fn kept(draws: u64, factors: usize) -> u64 {
    let factors = u64::try_from(factors).unwrap_or(u64::MAX).max(1);
    draws.min(MOST_DRAWS).min(MOST_NUMBERS / factors)
}

/// What would be worth finding out, by these draws.
pub fn finding_out(factors: Vec<Factor>, mut draws: Vec<KeptDraw>, actions: usize) -> FindingOut {
    draws.sort_unstable_by_key(|draw| draw.number);
    let groups = GROUPS.min(draws.len() / FEWEST);
    if groups < 2 {
        return FindingOut::default();
    }
    let open: Vec<f64> = (0..actions).map(|action| open_about(&draws, action)).collect();
    let (all, freedom) = (count(draws.len()), count(groups) - 1.0);
    // Four times the deviation of what groups of chance explain.
    let least = LEAST_TOLD.max(4.0 * libm::sqrt(2.0 * freedom) / all);
    let settles = |(at, factor): (usize, Factor)| {
        let grouped = Grouped::new(&draws, at, groups)?;
        let between: Vec<f64> = (0..actions).map(|action| grouped.between(action)).collect();
        let corrected = |between: f64, all_of: f64| match all_of > 0.0 {
            true => (1.0 - (1.0 - between / all_of) * (all - 1.0) / (all - count(groups))).max(0.0),
            false => 0.0,
        };
        let own = |action: usize| {
            let of = open.get(action).copied().unwrap_or(0.0);
            corrected(between.get(action).copied().unwrap_or(0.0), of)
        };
        let action = (0..actions).rev().max_by(|one, other| own(*one).total_cmp(&own(*other)))?;
        let part = corrected(between.iter().sum(), open.iter().sum());
        Some(Settles { factor, part, action, of_action: own(action) })
    };
    let mut found: Vec<Settles> = factors.into_iter().enumerate().filter_map(settles).collect();
    found.retain(|settles| settles.part >= least);
    found.sort_by(|one, other| other.part.total_cmp(&one.part));
    FindingOut { draws: draws.len() as u64, least, found }
}

/// How much is open about an action: the sum of squares of being in the best set.
fn open_about(draws: &[KeptDraw], action: usize) -> f64 {
    let (all, times) = (count(draws.len()), times(draws.iter(), action));
    times * (all - times) / all
}

/// Draws in groups of the same size, in the order of a thing's value.
struct Grouped<'d> {
    draws: Vec<&'d KeptDraw>,
    groups: usize,
}

impl<'d> Grouped<'d> {
    /// None where the value is the same in all draws.
    fn new(draws: &'d [KeptDraw], at: usize, groups: usize) -> Option<Self> {
        let value = |draw: &KeptDraw| draw.values.get(at).copied().unwrap_or(0.0);
        let mut draws: Vec<&KeptDraw> = draws.iter().collect();
        draws.sort_by(|one, other| value(one).total_cmp(&value(other)));
        (value(draws.first()?) < value(draws.last()?)).then_some(Self { draws, groups })
    }

    /// What the groups explain of an action: the sum of squares between them.
    fn between(&self, action: usize) -> f64 {
        let all = count(self.draws.len());
        let mean = times(self.draws.iter().copied(), action) / all;
        let end = |group: usize| group * self.draws.len() / self.groups;
        let of_group = |group: usize| {
            let draws = self.draws.get(end(group)..end(group + 1)).unwrap_or_default();
            let size = count(draws.len());
            let off = times(draws.iter().copied(), action) / size - mean;
            size * off * off
        };
        (0..self.groups).map(of_group).sum()
    }
}

fn times<'d>(draws: impl Iterator<Item = &'d KeptDraw>, action: usize) -> f64 {
    count(draws.filter(|draw| is_in(&draw.set, action)).count())
}

#[expect(clippy::cast_precision_loss, reason = "draws are few")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Random, Stream};

    /// The first thing decides on the first action, half the time; the second on nothing.
    fn draws(count: u64) -> Vec<KeptDraw> {
        let draw = |number| {
            let mut random = Random::new(5, Stream::Actions, number);
            let values = vec![random.uniform(), random.uniform(), 7.0];
            let first = values.first().is_some_and(|value| *value > 0.5);
            KeptDraw { number, values, set: vec![first, true, random.uniform() > 0.5] }
        };
        (0..count).rev().map(draw).collect()
    }

    #[test]
    fn what_decides_settles_and_what_does_not_is_not_told() {
        let factors = vec![Factor::Weight(0), Factor::Cost(0, 0), Factor::Share(1, 0)];
        let found = finding_out(factors, draws(2000), 3);
        assert_eq!(found.draws, 2000);
        let [settles] = &*found.found else { panic!("{found:?}") };
        assert_eq!((settles.factor, settles.action), (Factor::Weight(0), 0));
        assert!(settles.of_action > 0.97, "{settles:?}");
        // Of two actions that are open it settles one.
        assert!((settles.part - 0.5).abs() < 0.03, "{settles:?}");
    }

    #[test]
    fn a_few_draws_tell_nothing() {
        assert_eq!(finding_out(vec![Factor::Weight(0)], draws(30), 3), FindingOut::default());
    }
}
