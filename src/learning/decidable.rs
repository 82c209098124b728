//! The pairs that weights can decide, as sums over the weights.
//!
//! Where the same questions count for both candidates, one total minus the other is a sum over the weights. Where a
//! missing answer leaves a question's weight to the others for one of them only, each total is a sum over the part of the
//! weights that counts for it. Within bounds for that part, the most that one total can be ahead is a sum again.

use super::agreed_list::OrderedPair;
use crate::explain::change::{MIN_PART, TotalOfWeights, part_of_whole, total_of_weights};
use crate::rules::combine::OverWeights;
use crate::scoring::{Fixed, Ranking};

/// Why a pair can't be decided by weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UndecidableReason {
    /// One of the two has no total.
    NotRanked,
    /// A value of zero ends the product of one of the two.
    ZeroValue,
}

/// Bounds of the part of the weights that counts, for each set of questions that is not all of them.
pub(super) type PartBounds = Vec<(f64, f64)>;

/// All pairs that weights can decide.
pub(super) struct DecidablePairs {
    /// The pairs, in the order of the pairs asked about.
    pub(super) pairs: Vec<DecidablePair>,
    /// The weights now, as parts of one.
    pub(super) current_weights: Vec<f64>,
    /// The sets of questions that count for some candidate and are not all of them.
    pub(super) parts: Vec<Vec<f64>>,
}

/// A pair of candidates whose order depends on the weights.
pub(super) struct DecidablePair {
    /// Its number among the pairs asked about.
    pub(super) pair: usize,
    above: PairSide,
    below: PairSide,
    /// One unit of the last decimal of a total.
    pub(super) total_unit: f64,
    /// By how much rounding can turn the two round.
    pub(super) rounding_slack: f64,
}

/// One candidate of a pair.
struct PairSide {
    form: TotalOfWeights,
    /// Which set of questions counts; none where all do.
    part: Option<usize>,
}

impl DecidablePairs {
    /// The pairs that weights can decide, and those that they can't, by number and why. None where the total is no sum over
    /// the weights.
    pub(super) fn new(ranking: &Ranking<'_>, pairs: &[OrderedPair]) -> Option<(Self, Vec<(usize, UndecidableReason)>)> {
        let rules = ranking.rules;
        let over_weights = rules.combine.over_weights()?;
        let whole = rules.weights.whole();
        let now = rules.weights.shares().iter().map(|share| part_of_whole(*share, whole)).collect();
        let mut field = Self { pairs: Vec::new(), current_weights: now, parts: Vec::new() };
        let mut aside = Vec::new();
        for (number, pair) in pairs.iter().enumerate() {
            let total = |candidate: usize| ranking.outcome().total(candidate);
            let (Some(one), Some(other)) = (total(pair.above), total(pair.below)) else {
                aside.push((number, UndecidableReason::NotRanked));
                continue;
            };
            let (Some(above), Some(below)) =
                (field.side(ranking, pair.above, over_weights), field.side(ranking, pair.below, over_weights))
            else {
                aside.push((number, UndecidableReason::ZeroValue));
                continue;
            };
            let part_of_scale = |units: i64| Fixed::new(units, rules.decimals).to_f64() / f64::from(rules.scale);
            let unit = over_weights.level_of_unit(part_of_scale(1), part_of_scale(one.min(other).max(1)));
            let slack = |side: &PairSide| side.form.rounding_slack(ranking, over_weights, 1.0);
            let slack = slack(&above) + slack(&below);
            field.pairs.push(DecidablePair { pair: number, above, below, total_unit: unit, rounding_slack: slack });
        }
        Some((field, aside))
    }

    fn side(&mut self, ranking: &Ranking<'_>, candidate: usize, over_weights: &dyn OverWeights) -> Option<PairSide> {
        let form = total_of_weights(ranking, candidate, over_weights, 1.0).ok()?;
        let counts = form.indicator();
        if !counts.contains(&0.0) {
            return Some(PairSide { form, part: None });
        }
        let known = self.parts.iter().position(|part| *part == counts);
        let part = known.unwrap_or_else(|| {
            self.parts.push(counts);
            self.parts.len() - 1
        });
        Some(PairSide { form, part: Some(part) })
    }

    /// Whether other questions count for the one of a pair than for the other.
    pub(super) fn has_unlike_questions(&self, at: usize) -> bool {
        self.pairs.get(at).is_some_and(DecidablePair::has_unlike_questions)
    }

    /// The widest bounds.
    pub(super) fn bounds(&self) -> PartBounds {
        vec![(MIN_PART, 1.0); self.parts.len()]
    }

    /// The part of the weights, by number, whose bounds leave most open between the candidates of these pairs, and how much; none
    /// where the bounds don't matter to them.
    pub(super) fn widest_part(&self, which: &[usize], bounds: &PartBounds) -> Option<(usize, f64)> {
        let crossing = |part: usize| {
            let duels = which.iter().filter_map(|at| self.pairs.get(*at));
            let mut sides =
                duels.filter(|duel| duel.has_unlike_questions()).flat_map(|duel| [&duel.above, &duel.below]);
            sides.any(|side| side.part == Some(part))
        };
        let widths = bounds.iter().enumerate().filter(|(part, _)| crossing(*part));
        widths.map(|(part, (low, high))| (part, high - low)).max_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

impl DecidablePair {
    /// Whether other questions count for the one than for the other.
    fn has_unlike_questions(&self) -> bool {
        self.above.part != self.below.part
    }

    /// Whether the one has no more than the other on any question, so that no weights put it above: points grow with values,
    /// and are rounded alike.
    pub(super) fn is_dominated(&self) -> bool {
        !self.has_unlike_questions() && self.lead_terms(&Vec::new()).iter().all(|lead| *lead <= 0.0)
    }

    /// How far the one is ahead by these weights; less than zero where it is behind. Where the same questions count for
    /// both, by no more than the difference of their totals.
    pub(super) fn lead(&self, weights: &[f64]) -> f64 {
        match self.has_unlike_questions() {
            false => self.lead_terms(&Vec::new()).iter().zip(weights).map(|(part, weight)| part * weight).sum(),
            true => self.above.form.total(weights) - self.below.form.total(weights),
        }
    }

    /// What the lead is the sum of, for each weight; within bounds, the most that it can be.
    pub(super) fn lead_terms(&self, bounds: &PartBounds) -> Vec<f64> {
        let parts = self.above.form.coefficients.iter().zip(&self.below.form.coefficients);
        if !self.has_unlike_questions() {
            return parts.map(|(above, below)| above - below).collect();
        }
        let (above, below) = (self.above.bounds(bounds), self.below.bounds(bounds));
        let high = |coefficient: f64, (low, high): (f64, f64)| (coefficient / low).max(coefficient / high);
        parts.map(|(one, other)| high(*one, above) + high(-*other, below)).collect()
    }
}

impl PairSide {
    fn bounds(&self, bounds: &PartBounds) -> (f64, f64) {
        self.part.and_then(|part| bounds.get(part).copied()).unwrap_or((1.0, 1.0))
    }
}
