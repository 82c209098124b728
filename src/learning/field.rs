//! The pairs that weights can decide, as sums over the weights.
//!
//! Where the same questions count for both candidates, one total minus the other is a sum over the weights. Where a
//! missing answer leaves a question's weight to the others for one of them only, each total is a sum over the part of the
//! weights that counts for it. Within bounds for that part, the most that one total can be ahead is a sum again.

use super::agreed::Pair;
use crate::explain::change::{Form, count, form, part};
use crate::rules::Combine;
use crate::scoring::{Fixed, Ranking};

/// How much of the weight must stay with what counts for a candidate: with none it would not be ranked.
pub(super) const LEAST_PART: f64 = 1e-3;

/// Why a pair can't be decided by weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetAside {
    /// One of the two has no total.
    NotRanked,
    /// A value of zero ends the product of one of the two.
    ZeroValue,
}

/// Bounds of the part of the weights that counts, for each set of questions that is not all of them.
pub(super) type Bounds = Vec<(f64, f64)>;

/// All pairs that weights can decide.
pub(super) struct Field {
    /// The pairs, in the order of the pairs asked about.
    pub(super) duels: Vec<Duel>,
    /// The weights now, as parts of one.
    pub(super) now: Vec<f64>,
    /// The sets of questions that count for some candidate and are not all of them.
    pub(super) parts: Vec<Vec<f64>>,
}

/// One pair.
pub(super) struct Duel {
    /// Its number among the pairs asked about.
    pub(super) pair: usize,
    above: Side,
    below: Side,
    /// One unit of the last decimal of a total.
    pub(super) unit: f64,
    /// By how much rounding can turn the two round.
    pub(super) slack: f64,
}

/// One candidate of a pair.
struct Side {
    form: Form,
    /// Which set of questions counts; none where all do.
    part: Option<usize>,
}

impl Field {
    /// The pairs that weights can decide, and those that they can't, by number and why. None where the total is no sum over
    /// the weights.
    pub(super) fn new(ranking: &Ranking<'_>, pairs: &[Pair]) -> Option<(Self, Vec<(usize, SetAside)>)> {
        let rules = ranking.rules;
        if rules.combine.has_sections() {
            return None;
        }
        let whole = rules.weights.whole();
        let now = rules.weights.shares().iter().map(|share| part(*share, whole)).collect();
        let mut field = Self { duels: Vec::new(), now, parts: Vec::new() };
        let mut aside = Vec::new();
        for (number, pair) in pairs.iter().enumerate() {
            let total = |candidate: usize| ranking.outcome().total(candidate);
            let (Some(one), Some(other)) = (total(pair.above), total(pair.below)) else {
                aside.push((number, SetAside::NotRanked));
                continue;
            };
            let (Some(above), Some(below)) = (field.side(ranking, pair.above), field.side(ranking, pair.below)) else {
                aside.push((number, SetAside::ZeroValue));
                continue;
            };
            let unit = unit(ranking, one.min(other));
            let slack = above.slack(ranking) + below.slack(ranking);
            field.duels.push(Duel { pair: number, above, below, unit, slack });
        }
        Some((field, aside))
    }

    fn side(&mut self, ranking: &Ranking<'_>, candidate: usize) -> Option<Side> {
        let mut form = form(ranking, candidate)?;
        if ranking.rules.combine == Combine::Sum {
            let scale = f64::from(ranking.rules.scale);
            form.coefficients.iter_mut().for_each(|coefficient| *coefficient /= scale);
        }
        let counts = form.part();
        if !counts.contains(&0.0) {
            return Some(Side { form, part: None });
        }
        let known = self.parts.iter().position(|part| *part == counts);
        let part = known.unwrap_or_else(|| {
            self.parts.push(counts);
            self.parts.len() - 1
        });
        Some(Side { form, part: Some(part) })
    }

    /// Whether other questions count for the one of a pair than for the other.
    pub(super) fn crosses(&self, at: usize) -> bool {
        self.duels.get(at).is_some_and(Duel::crosses)
    }

    /// The widest bounds.
    pub(super) fn bounds(&self) -> Bounds {
        vec![(LEAST_PART, 1.0); self.parts.len()]
    }

    /// The part of the weights, by number, whose bounds leave most open between the candidates of these pairs, and how much; none
    /// where the bounds don't matter to them.
    pub(super) fn widest(&self, which: &[usize], bounds: &Bounds) -> Option<(usize, f64)> {
        let crossing = |part: usize| {
            let duels = which.iter().filter_map(|at| self.duels.get(*at));
            let mut sides = duels.filter(|duel| duel.crosses()).flat_map(|duel| [&duel.above, &duel.below]);
            sides.any(|side| side.part == Some(part))
        };
        let widths = bounds.iter().enumerate().filter(|(part, _)| crossing(*part));
        widths.map(|(part, (low, high))| (part, high - low)).max_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

impl Duel {
    /// Whether other questions count for the one than for the other.
    fn crosses(&self) -> bool {
        self.above.part != self.below.part
    }

    /// Whether the one has no more than the other on any question, so that no weights put it above: points grow with values,
    /// and are rounded alike.
    pub(super) fn is_dominated(&self) -> bool {
        !self.crosses() && self.most(&Vec::new()).iter().all(|lead| *lead <= 0.0)
    }

    /// How far the one is ahead by these weights; less than zero where it is behind. Where the same questions count for
    /// both, by no more than the difference of their totals.
    pub(super) fn lead(&self, weights: &[f64]) -> f64 {
        match self.crosses() {
            false => self.most(&Vec::new()).iter().zip(weights).map(|(part, weight)| part * weight).sum(),
            true => self.above.form.level(weights) - self.below.form.level(weights),
        }
    }

    /// What the lead is the sum of, for each weight; within bounds, the most that it can be.
    pub(super) fn most(&self, bounds: &Bounds) -> Vec<f64> {
        let parts = self.above.form.coefficients.iter().zip(&self.below.form.coefficients);
        if !self.crosses() {
            return parts.map(|(above, below)| above - below).collect();
        }
        let (above, below) = (self.above.bounds(bounds), self.below.bounds(bounds));
        let high = |coefficient: f64, (low, high): (f64, f64)| (coefficient / low).max(coefficient / high);
        parts.map(|(one, other)| high(*one, above) + high(-*other, below)).collect()
    }
}

impl Side {
    fn bounds(&self, bounds: &Bounds) -> (f64, f64) {
        self.part.and_then(|part| bounds.get(part).copied()).unwrap_or((1.0, 1.0))
    }

    /// By how much the total that is made of rounded points can differ from the sum over the weights.
    fn slack(&self, ranking: &Ranking<'_>) -> f64 {
        let rules = ranking.rules;
        let questions = count(rules.criteria.len());
        let half = unit_of(rules.decimals) / 2.0;
        let share = 1.0 / part(rules.weights.whole(), 1);
        let largest = self.form.coefficients.iter().fold(0.0_f64, |largest, part| largest.max(part.abs()));
        // Weights that are shared anew are rounded again, by less than one unit each.
        let shared = if self.part.is_some() { questions * share * largest } else { 0.0 };
        if rules.combine == Combine::Sum {
            return questions * half / f64::from(rules.scale) + shared;
        }
        // A factor is no less than its value, and a total no less than the least value.
        let fine = unit_of(rules.fine_decimals()) / 2.0;
        let values = self.form.coefficients.iter().zip(&self.form.takes_part).filter(|(_, counts)| **counts);
        let values: Vec<f64> = values.map(|(log, _)| libm::exp(*log)).collect();
        let lost = |size: f64, by: f64| if size > by { -libm::log1p(-by / size) } else { f64::INFINITY };
        let least = values.iter().copied().fold(1.0, f64::min);
        values.iter().map(|value| lost(*value, fine)).sum::<f64>() + lost(least, half / f64::from(rules.scale)) + shared
    }
}

/// One unit of the last decimal of a total of about so many units.
fn unit(ranking: &Ranking<'_>, total: i64) -> f64 {
    let rules = ranking.rules;
    match rules.combine {
        Combine::Product => 1.0 / Fixed::new(total.max(1), 0).to_f64(),
        _ => unit_of(rules.decimals) / f64::from(rules.scale),
    }
}

fn unit_of(decimals: u32) -> f64 {
    Fixed::new(1, decimals).to_f64()
}
