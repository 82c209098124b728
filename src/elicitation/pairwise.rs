//! Pairwise comparison, as in the analytic hierarchy process: weights, consistency, and the judgement that fits least.

use super::Proportions;
use crate::stats::{Consistency, consistency, priorities};

/// The consistency ratio above which judgements should be looked at again (Saaty 1977, *Journal of Mathematical
/// Psychology* 15(3), 234–281).
pub const MAX_CONSISTENCY_RATIO: f64 = 0.10;
/// How far a judgement must be from what the others say to be called the worst: a thousandth.
const WORST_RATIO: f64 = 1.001;

/// How far comparisons contradict each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConsistencyCheck {
    /// Eigenvalue, index and ratio.
    pub consistency: Consistency,
    /// The judgement that fits least with the others; none where nothing is contradicted.
    pub worst: Option<WorstJudgement>,
}

impl ConsistencyCheck {
    /// Whether the judgements should be looked at again.
    pub fn is_too_inconsistent(&self) -> bool {
        self.consistency.ratio.is_some_and(|ratio| ratio > MAX_CONSISTENCY_RATIO)
    }
}

/// A judgement that does not fit with the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorstJudgement {
    /// The item that is worth more by the judgement, or the first of equals, by its place in the round.
    pub first: usize,
    /// The item that the first is compared with, by its place in the round.
    pub second: usize,
    /// How many times the first is worth the second, as judged; 1 or more.
    pub judged: f64,
    /// How many times it is by all the other judgements, without this one.
    pub others: f64,
    /// The nearest step of the scale to that: 5 for five times, -5 for a fifth.
    pub step: i32,
    /// The consistency ratio with that step instead.
    pub ratio: Option<f64>,
}

/// The whole matrix of judgements: each item against each later one.
pub(super) fn matrix(judged: &[((usize, usize), i32)], size: usize) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![1.0; size]; size];
    for ((first, second), step) in judged {
        set(&mut matrix, (*first, *second), times(*step));
    }
    matrix
}

/// How many times the first is worth the second: `5`, or a fifth for `-5`.
pub(super) fn times(step: i32) -> f64 {
    let size = f64::from(step.unsigned_abs().max(1));
    if step < 0 { 1.0 / size } else { size }
}

/// The weights: the principal eigenvector.
pub(super) fn weights(matrix: &[Vec<f64>]) -> Proportions {
    // Every judgement is above zero, so there is always one.
    let even = || vec![1.0; matrix.len()];
    Proportions::of_parts(&priorities(matrix).map_or_else(even, |found| found.weights))
}

/// Consistency, and the judgement that fits least.
pub(super) fn check(matrix: &[Vec<f64>]) -> ConsistencyCheck {
    let size = matrix.len();
    let found = priorities(matrix);
    let consistency = consistency(found.as_ref().map_or(0.0, |found| found.lambda), size);
    let contradicted = size > 2 && consistency.index > 0.0;
    let worst = found.filter(|_| contradicted).and_then(|found| worst(matrix, &found.weights));
    ConsistencyCheck { consistency, worst }
}

/// The judgement whose ratio to that of the weights is farthest from 1: the largest of Saaty's `ε = a·w_j/w_i` (Saaty
/// 2003, *European Journal of Operational Research* 145, 85–91). The first of equals.
fn worst(matrix: &[Vec<f64>], weights: &[f64]) -> Option<WorstJudgement> {
    let mut worst: Option<(f64, usize, usize)> = None;
    for (row, own) in weights.iter().enumerate() {
        for (column, other) in weights.iter().enumerate().skip(row + 1) {
            let error = at(matrix, row, column) * other / own;
            let error = error.max(1.0 / error);
            if worst.is_none_or(|(most, ..)| error > most * WORST_RATIO) {
                worst = Some((error, row, column));
            }
        }
    }
    let (_, row, column) = worst.filter(|(error, ..)| *error > WORST_RATIO)?;
    let (first, second) = if at(matrix, row, column) < 1.0 { (column, row) } else { (row, column) };
    let others = without(matrix, first, second)?;
    let step = nearest_step(others);
    let mut mended = matrix.to_vec();
    set(&mut mended, (first, second), times(step));
    let ratio = priorities(&mended).and_then(|found| consistency(found.lambda, matrix.len()).ratio);
    Some(WorstJudgement { first, second, judged: at(matrix, first, second), others, step, ratio })
}

/// How many times `first` is worth `second` where they were not compared. Harker's way: a missing judgement is zero,
/// and each of the two has one more on the diagonal (Harker 1987, *Mathematical Modelling* 9(11), 837–848).
fn without(matrix: &[Vec<f64>], first: usize, second: usize) -> Option<f64> {
    let mut matrix = matrix.to_vec();
    for (row, column, value) in [(first, second, 0.0), (second, first, 0.0), (first, first, 2.0), (second, second, 2.0)]
    {
        if let Some(slot) = matrix.get_mut(row).and_then(|row| row.get_mut(column)) {
            *slot = value;
        }
    }
    let weights = priorities(&matrix)?.weights;
    Some(weights.get(first)? / weights.get(second)?)
}

/// The step of Saaty's scale that a ratio is nearest to, by how many times they differ.
fn nearest_step(ratio: f64) -> i32 {
    let miss = |step: &i32| {
        let times = ratio / times(*step);
        times.max(1.0 / times)
    };
    let steps = (1..=9).chain((2..=9).map(|step: i32| -step));
    steps.min_by(|a, b| miss(a).total_cmp(&miss(b))).unwrap_or(1)
}

/// A step of Saaty's scale in words: `5 times`, `a fifth of`, `as much as`.
pub fn scale_words(step: i32) -> String {
    match step {
        -1..=1 => "as much as".to_owned(),
        2.. => format!("{step} times as much as"),
        _ => format!("1/{} as much as", step.unsigned_abs()),
    }
}

fn at(matrix: &[Vec<f64>], row: usize, column: usize) -> f64 {
    matrix.get(row).and_then(|row| row.get(column)).copied().unwrap_or(1.0)
}

fn set(matrix: &mut [Vec<f64>], (row, column): (usize, usize), value: f64) {
    for (row, column, value) in [(row, column, value), (column, row, 1.0 / value)] {
        if let Some(slot) = matrix.get_mut(row).and_then(|row| row.get_mut(column)) {
            *slot = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    /// Three items of which the others leave no doubt: 2 × 3 is 6.
    #[test]
    fn the_others_say_what_a_judgement_would_be() {
        let matrix = matrix(&[((0, 1), 2), ((1, 2), 3), ((0, 2), -6)], 3);
        let found = check(&matrix);
        assert!(found.is_too_inconsistent());
        // All three judgements share the blame alike: the first is named.
        let worst = found.worst.unwrap();
        assert_eq!((worst.first, worst.second, worst.judged), (0, 1, 2.0));
        close(worst.others, 1.0 / 18.0, 1e-9);
        assert_eq!(worst.step, -9);
    }

    /// Saaty (2003), table 3 on page 89: of the house's judgements neighbourhood against condition, 6, fits least; by the others it
    /// would be about 1/2, and the ratio then 0.08.
    #[test]
    fn the_house_has_one_judgement_that_fits_least() {
        let above: [&[i32]; 7] = [
            &[5, 3, 7, 6, 6, -3, -4],
            &[-3, 5, 3, 3, -5, -7],
            &[6, 3, 4, 6, -5],
            &[-3, -4, -7, -8],
            &[-2, -5, -6],
            &[-5, -6],
            &[-2],
        ];
        let pairs = above
            .iter()
            .enumerate()
            .flat_map(|(row, steps)| steps.iter().enumerate().map(move |(at, step)| ((row, row + 1 + at), *step)));
        let found = check(&matrix(&pairs.collect::<Vec<_>>(), 8));
        let worst = found.worst.unwrap();
        assert_eq!((worst.first, worst.second, worst.judged), (2, 6, 6.0));
        assert_eq!(worst.step, -2);
        assert!((worst.ratio.unwrap() - 0.082).abs() < 0.0005, "{worst:?}");
    }

    #[test]
    fn what_is_consistent_has_no_worst_judgement() {
        let found = check(&matrix(&[((0, 1), 2), ((1, 2), 2), ((0, 2), 4)], 3));
        assert_eq!((found.consistency.ratio, found.worst), (Some(0.0), None));
        assert_eq!(check(&matrix(&[((0, 1), 9)], 2)).worst, None);
        assert_eq!(weights(&matrix(&[((0, 1), -4)], 2)).units(100), [20, 80]);
    }
}
