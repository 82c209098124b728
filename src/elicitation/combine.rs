//! Several people's answers as one, and how far they agree.

use super::{Answers, Proportions, RoundAnswers, pairwise};
use crate::rules::{Combined, WeightMethod};
use crate::stats::{concordance, mean};

/// Everybody's weights.
pub(super) struct CombinedAnswers {
    pub(super) weights: Proportions,
    /// Everybody's judgements as one matrix, where these were combined.
    pub(super) matrix: Option<Vec<Vec<f64>>>,
}

/// Everybody's answers to one round as one. In pairwise comparison the geometric mean is of the judgements: the only way
/// to combine them that keeps each the reciprocal of its opposite and gives nobody more say (Aczél and Saaty 1983, *Journal of
/// Mathematical Psychology* 27(1), 93–102).
pub(super) fn combine(
    answers: &Answers,
    given: &[&RoundAnswers],
    each: &[Proportions],
    size: usize,
) -> CombinedAnswers {
    if let [only] = each {
        return CombinedAnswers { weights: only.clone(), matrix: None };
    }
    match (answers.method, answers.combined) {
        (_, Combined::ArithmeticMean) => CombinedAnswers { weights: Proportions::mean(each), matrix: None },
        (WeightMethod::Pairwise, Combined::GeometricMean) => {
            let matrix = judgements(given, size);
            CombinedAnswers { weights: pairwise::weights(&matrix), matrix: Some(matrix) }
        }
        (_, Combined::GeometricMean) => CombinedAnswers { weights: of_weights(each, size), matrix: None },
    }
}

/// The geometric means of everybody's judgements.
fn judgements(given: &[&RoundAnswers], size: usize) -> Vec<Vec<f64>> {
    let matrices: Vec<Vec<Vec<f64>>> = given
        .iter()
        .filter_map(|given| match given {
            RoundAnswers::Comparisons(judged) => Some(pairwise::matrix(judged, size)),
            RoundAnswers::Numbers(_) => None,
        })
        .collect();
    let at = |row: usize, column: usize| {
        let all = matrices.iter().filter_map(|matrix| matrix.get(row)?.get(column).copied());
        geometric(&all.collect::<Vec<f64>>())
    };
    (0..size).map(|row| (0..size).map(|column| at(row, column)).collect()).collect()
}

/// The geometric means of everybody's weights, brought back to a sum of one.
fn of_weights(each: &[Proportions], size: usize) -> Proportions {
    let parts: Vec<Vec<f64>> = each.iter().map(Proportions::parts).collect();
    let at = |item: usize| geometric(&parts.iter().filter_map(|parts| parts.get(item).copied()).collect::<Vec<f64>>());
    let means: Vec<f64> = (0..size).map(at).collect();
    let mean = mean(&means).unwrap_or(1.0);
    let sum = mean * means.iter().map(|_| 1.0).sum::<f64>();
    Proportions::of_parts(&means.iter().map(|part| part / sum).collect::<Vec<f64>>())
}

/// The geometric mean; the order of the numbers makes no difference.
fn geometric(numbers: &[f64]) -> f64 {
    let logs: Vec<f64> = numbers.iter().map(|x| libm::log(*x)).collect();
    mean(&logs).map_or(1.0, |mean| crate::stats::to_ten_digits(libm::exp(mean)))
}

/// How far people agree about the weights of one round.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightAgreement {
    /// Kendall's coefficient of concordance of the orders of their weights; none where it is not defined.
    pub concordance: Option<f64>,
    /// The least and the most for each item.
    pub extents: Vec<WeightExtent>,
}

/// The least and the most that anybody's weight is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightExtent {
    /// The least, in units, and whose it is, by their places.
    pub least: (i64, Vec<usize>),
    /// The most, likewise.
    pub most: (i64, Vec<usize>),
}

/// How far people agree; none for one alone.
pub(super) fn agreement(each: &[Proportions], whole: i64) -> Option<WeightAgreement> {
    if each.len() < 2 {
        return None;
    }
    let units: Vec<Vec<i64>> = each.iter().map(|one| one.units(whole)).collect();
    let items = units.first().map_or(0, Vec::len);
    let extent = |item: usize| {
        let all: Vec<i64> = units.iter().filter_map(|units| units.get(item).copied()).collect();
        let whose = |wanted: i64| (0..all.len()).filter(|person| all.get(*person) == Some(&wanted)).collect();
        let (least, most) = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(0));
        WeightExtent { least: (least, whose(least)), most: (most, whose(most)) }
    };
    // Of the parts: weights in units can tell apart what is equal.
    let scores: Vec<Vec<f64>> = each.iter().map(Proportions::parts).collect();
    Some(WeightAgreement { concordance: concordance(&scores), extents: (0..items).map(extent).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometric_means_by_hand() {
        assert_eq!(geometric(&[2.0, 8.0]), 4.0);
        assert_eq!(geometric(&[0.2, 5.0]), 1.0);
        assert_eq!(geometric(&[3.0, 3.0, 3.0]), 3.0);
        let each = [&[1, 4], &[1, 1]].map(|row| Proportions::of_decimals(&row.map(rust_decimal::Decimal::from)));
        // Parts of 1/5 and 4/5, and of a half each: √0.1 to √0.4, one to two.
        assert_eq!(of_weights(&each, 2).units(30_000), [10_000, 20_000]);
    }

    #[test]
    fn whose_the_least_and_the_most_is() {
        let each =
            [[50, 50], [20, 80], [20, 80]].map(|row| Proportions::of_decimals(&row.map(rust_decimal::Decimal::from)));
        let found = agreement(&each, 100).unwrap();
        assert_eq!(found.extents[0], WeightExtent { least: (20, vec![1, 2]), most: (50, vec![0]) });
        assert_eq!(agreement(&each[..1], 100), None);
    }
}
