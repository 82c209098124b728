//! Do other respectable methods agree? The same values and weights, put together in other ways.
//!
//! A question that is left out for a candidate has no value of its own. What stands in is the weighted mean of the
//! candidate's other values, which is what leaving it out comes to in the sum.

pub mod product;
pub mod promethee;
pub mod topsis;

use super::correlation::{kendall, spearman};
use crate::rules::Criterion;
use crate::rules::combine::Influence;
use crate::scoring::{Fixed, Ranking};
use promethee::PreferenceFunction;

/// How long a list may be: PROMETHEE compares every pair.
const MAX_CANDIDATES: usize = 1000;

/// A way of putting values together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The sum of weights times values.
    WeightedSum,
    /// The product of values raised to their weights.
    WeightedProduct,
    /// Nearness to the best and distance from the worst.
    Topsis,
    /// How much each is preferred to the others, less how much they are to it.
    PrometheeTwo,
}

impl Method {
    /// Every method, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::WeightedSum, Self::WeightedProduct, Self::Topsis, Self::PrometheeTwo];

    /// The name as readers know it: `weighted sum`.
    pub fn name(self) -> &'static str {
        match self {
            Self::WeightedSum => "weighted sum",
            Self::WeightedProduct => "weighted product",
            Self::Topsis => "TOPSIS",
            Self::PrometheeTwo => "PROMETHEE II",
        }
    }

    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::WeightedSum => "weighted-sum",
            Self::WeightedProduct => "weighted-product",
            Self::Topsis => "topsis",
            Self::PrometheeTwo => "promethee-2",
        }
    }

    /// A score for each row of values; more is better. Weights are parts of one.
    pub fn scores(self, rows: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
        match self {
            Self::WeightedSum => rows.iter().map(|row| weighted_sum(row, weights)).collect(),
            Self::WeightedProduct => rows.iter().map(|row| product::weighted_product(row, weights)).collect(),
            Self::Topsis => topsis::closeness(rows, weights),
            Self::PrometheeTwo => promethee::net_flows(rows, weights, &vec![PreferenceFunction::Usual; weights.len()]),
        }
    }
}

/// What a method makes of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodResult {
    /// The method that gave it.
    pub method: Method,
    /// Its score of each candidate, in the order of the list.
    pub scores: Vec<f64>,
    /// Each candidate's rank by it, equals sharing the first of theirs; in the order of the list.
    pub ranks: Vec<usize>,
    /// Spearman's rho with the list; none where one has nothing but equals.
    pub spearman: Option<f64>,
    /// Kendall's tau-b with the list.
    pub kendall: Option<f64>,
}

/// What each method makes of the candidates that have a total. None for long lists, and where more of a value can lower the
/// total: to every method more is better.
pub fn method_results(ranking: &Ranking<'_>) -> Option<Vec<MethodResult>> {
    let raises = |criterion: &Criterion| criterion.influence == Influence::Raises;
    if ranking.order().len() > MAX_CANDIDATES || !ranking.rules.criteria.iter().all(raises) {
        return None;
    }
    let weights = weights(ranking);
    let outcome = ranking.outcome();
    let ranked: Vec<(usize, i64)> =
        ranking.order().iter().filter_map(|candidate| Some((*candidate, outcome.total(*candidate)?))).collect();
    let rows: Vec<Vec<f64>> = ranked.iter().map(|(candidate, _)| row(ranking, *candidate, &weights)).collect();
    let totals: Vec<f64> =
        ranked.iter().map(|(_, total)| Fixed::new(*total, ranking.rules.decimals).to_f64()).collect();
    let verdict = |method: Method| {
        // To ten digits: what is equal but for the order of a sum is equal.
        let scores: Vec<f64> = method.scores(&rows, &weights).into_iter().map(settled).collect();
        MethodResult {
            method,
            ranks: scores.iter().map(|own| scores.iter().filter(|other| *other > own).count() + 1).collect(),
            spearman: spearman(&scores, &totals),
            kendall: kendall(&scores, &totals),
            scores,
        }
    };
    Some(Method::ALL.into_iter().map(verdict).collect())
}

/// `x` to ten decimals.
fn settled(x: f64) -> f64 {
    (x * 1e10).round() / 1e10
}

/// The weights as parts of one; what has no weight counts as what stands beside it.
fn weights(ranking: &Ranking<'_>) -> Vec<f64> {
    let rules = ranking.rules;
    rules.combine.parts(rules.criteria.len(), rules.weights.shares(), rules.weights.whole())
}

fn row(ranking: &Ranking<'_>, candidate: usize, weights: &[f64]) -> Vec<f64> {
    let value =
        |criterion| ranking.takes_part(criterion, candidate).then(|| ranking.value(criterion, candidate).to_f64());
    let values: Vec<Option<f64>> = (0..weights.len()).map(value).collect();
    let known = || values.iter().zip(weights).filter_map(|(value, weight)| Some(((*value)?, *weight)));
    let part: f64 = known().map(|(_, weight)| weight).sum();
    let mean = if part > 0.0 { known().map(|(value, weight)| value * weight).sum::<f64>() / part } else { 0.0 };
    values.into_iter().map(|value| value.unwrap_or(mean)).collect()
}

fn weighted_sum(row: &[f64], weights: &[f64]) -> f64 {
    row.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}
