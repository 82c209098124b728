//! Looks for weights, by linear programmes, and has them tried by the engine.

use super::OrderedPair;
use super::contradiction::{self, Contradiction, ContradictionCause, contradictions};
use super::decidable::{DecidablePair, DecidablePairs};
use super::programme::{Feasibility, Objective};
use super::weight_trial::{TriedWeights, WeightTrial};
use crate::diagnostic::Problem;
use crate::explain::change::{WEIGHT_STEPS, power_of_ten_step};
use crate::scoring::{Fixed, Ranking};

/// How much is to spare between two totals, in units of their last decimal, until the engine agrees.
const MARGINS: [f64; 4] = [1.0, 4.0, 16.0, 64.0];

/// The weights that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LearningOutcome {
    /// It is not known how, and why.
    Unknown(&'static str),
    /// Some weights put all pairs that weights can decide in their order.
    Consistent {
        /// Those nearest to the weights of the rules.
        nearest: TriedWeights,
        /// Those with the largest least lead.
        widest_margin: TriedWeights,
        /// How far each weight goes among those that do: weights at both ends were tried.
        weight_ranges: Vec<(Fixed, Fixed)>,
        /// Whether none are nearer, and no end lies farther out, but for rounding; else that would take too long to work
        /// out.
        is_sure: bool,
    },
    /// None were found.
    Inconsistent {
        /// Those that break the least.
        best: TriedWeights,
        /// In what sense no weights break less.
        optimality: Optimality,
        /// Why not all: sets of pairs that can't hold together, no two with a pair in common.
        contradictions: Vec<Contradiction>,
        /// Whether no further set is left out: the rest can hold together.
        has_all_contradictions: bool,
    },
}

/// In what sense weights break the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimality {
    /// No weights break fewer pairs: each of as many contradictions breaks one at least.
    ProvenFewest,
    /// The solver found none that break fewer.
    FewestFound,
    /// What is missing to the broken pairs is as little as can be, all together; others may break fewer.
    LeastShortfall,
}

/// Looks for weights, and has them tried.
pub(super) struct Learner<'l, 'r, 'a> {
    pub(super) field: &'l DecidablePairs,
    pub(super) trial: WeightTrial<'r, 'a>,
}

impl Learner<'_, '_, '_> {
    pub(super) fn outcome(&mut self, ranking: &Ranking<'_>, pairs: &[OrderedPair]) -> Result<LearningOutcome, Problem> {
        let all: Vec<usize> = (0..self.field.pairs.len()).collect();
        let (nearest, mut is_sure) = match self.nearest(&all)? {
            Some(nearest) => nearest,
            None => match self.breaking_least(&all, pairs)? {
                // Found on another way.
                LearningOutcome::Inconsistent { best, .. } if best.outcomes.violated.is_empty() => (best, false),
                found => return Ok(found),
            },
        };
        let roomiest = self.widest_margin(&all)?.unwrap_or_else(|| nearest.clone());
        let mut ends = Vec::new();
        for weight in 0..ranking.rules.criteria.len() {
            let known = [&nearest, &roomiest].map(|tried| tried.shares.get(weight).copied().unwrap_or(0));
            let [least, most] = [Objective::Smallest(weight), Objective::Largest(weight)]
                .map(|aim| self.extreme_share(&all, aim, weight));
            let (least, most) = (least?, most?);
            is_sure &= least.is_some() && most.is_some();
            let fixed = |units: Option<i64>| Fixed::new(units.unwrap_or(0), ranking.rules.fine_decimals());
            ends.push((fixed(known.into_iter().chain(least).min()), fixed(known.into_iter().chain(most).max())));
        }
        Ok(LearningOutcome::Consistent { nearest, widest_margin: roomiest, weight_ranges: ends, is_sure })
    }

    /// The weights nearest to those of the rules with which all pairs `which` hold, and whether none are nearer.
    pub(super) fn nearest(&mut self, which: &[usize]) -> Result<Option<(TriedWeights, bool)>, Problem> {
        let unmoved = self.try_weights(&self.field.current_weights.clone(), which, 1)?;
        if unmoved.outcomes.violated.is_empty() {
            return Ok(Some((unmoved, true)));
        }
        let dominated = which.iter().filter_map(|at| self.field.pairs.get(*at)).any(DecidablePair::is_dominated);
        if dominated || matches!(self.field.can_hold(which), Ok(Feasibility::OnlyTied | Feasibility::No)) {
            return Ok(None);
        }
        if let Some(tried) = self.reproducing(which, Objective::Nearest)? {
            return Ok(Some((tried, true)));
        }
        Ok(self.widest_margin(which)?.map(|tried| (tried, false)))
    }

    /// The weights with the largest least lead among the pairs `which`, where all of them hold.
    fn widest_margin(&mut self, which: &[usize]) -> Result<Option<TriedWeights>, Problem> {
        let Ok(Some(weights)) = self.field.optimum(which, Objective::WidestMargin, 0.0) else { return Ok(None) };
        for step in self.steps() {
            let tried = self.try_weights(&weights, which, step)?;
            if tried.outcomes.violated.is_empty() {
                return Ok(Some(tried));
            }
        }
        Ok(None)
    }

    /// Where one weight ends among those with which all pairs hold.
    fn extreme_share(&mut self, which: &[usize], aim: Objective, weight: usize) -> Result<Option<i64>, Problem> {
        let tried = self.reproducing(which, aim)?;
        Ok(tried.and_then(|tried| tried.shares.get(weight).copied()))
    }

    /// The best weights for an aim with which all pairs `which` hold, with as little to spare as makes the engine agree.
    fn reproducing(&mut self, which: &[usize], aim: Objective) -> Result<Option<TriedWeights>, Problem> {
        let steps = self.steps();
        let attempts = MARGINS.chunks(2).flat_map(|spares| steps.map(|step| (spares, step)));
        for (spares, step) in attempts {
            for spare in spares {
                let Ok(found) = self.field.optimum(which, aim, *spare) else { return Ok(None) };
                let Some(weights) = found else { break };
                let tried = self.try_weights(&weights, which, step)?;
                if tried.outcomes.violated.is_empty() {
                    return Ok(Some(tried));
                }
            }
        }
        Ok(None)
    }

    /// The weights that break the least of all pairs, and why none reproduce them all.
    fn breaking_least(&mut self, all: &[usize], pairs: &[OrderedPair]) -> Result<LearningOutcome, Problem> {
        let (contradictions, is_all) = contradictions(self.field, pairs);
        let mut best = self.least_shortfall(all)?;
        let mut least = Optimality::LeastShortfall;
        if let Ok(most) = contradiction::largest_consistent(self.field)
            && let Some((nearest, _)) = self.nearest(&most)?
        {
            let tried = self.trial.try_shares(nearest.shares, &self.pair_numbers(all))?;
            if tried.outcomes.violated.len() <= all.len() - most.len() {
                least = Optimality::FewestFound;
            }
            best = better(best, tried);
        }
        // No two share a pair, so each of them breaks one of its own.
        let sure = contradictions.iter().filter(|it| it.cause != ContradictionCause::OnlyTied).count();
        if best.outcomes.violated.len() == sure {
            least = Optimality::ProvenFewest;
        }
        Ok(LearningOutcome::Inconsistent { best, optimality: least, contradictions, has_all_contradictions: is_all })
    }

    /// The weights of the rules, or those with as little missing to broken pairs as can be: whichever breaks fewer.
    pub(super) fn least_shortfall(&mut self, which: &[usize]) -> Result<TriedWeights, Problem> {
        let mut best = self.try_weights(&self.field.current_weights.clone(), which, 1)?;
        for spare in MARGINS.iter().take(2) {
            let Ok(Some(weights)) = self.field.optimum(which, Objective::LeastShortfall, *spare) else { break };
            for step in self.steps() {
                best = better(best, self.try_weights(&weights, which, step)?);
            }
        }
        Ok(best)
    }

    pub(super) fn try_weights(&mut self, weights: &[f64], which: &[usize], step: i64) -> Result<TriedWeights, Problem> {
        let shares = self.trial.printed_shares(weights, step);
        let numbers = self.pair_numbers(which);
        self.trial.try_shares(shares, &numbers)
    }

    /// The numbers of the pairs `which` of those that weights can decide.
    pub(super) fn pair_numbers(&self, which: &[usize]) -> Vec<usize> {
        which.iter().filter_map(|at| self.field.pairs.get(*at)).map(|duel| duel.pair).collect()
    }

    /// Into what steps weights are rounded: short ones to read, then, where these don't do, the finest.
    fn steps(&self) -> [i64; 2] {
        [power_of_ten_step(self.trial.whole_in_units(), WEIGHT_STEPS), 1]
    }
}

/// Of two, those weights that break fewer pairs; of those that break as many, those that move less; else the first.
fn better(one: TriedWeights, other: TriedWeights) -> TriedWeights {
    let worth = |tried: &TriedWeights| (tried.outcomes.violated.len(), tried.weight_moved.units());
    if worth(&other) < worth(&one) { other } else { one }
}
