//! How far scorers agree: on one candidate, and across candidates.

use super::spread::{mean, median};
use super::window::float;

/// How several people scored one thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// The median score.
    pub median: f64,
    /// The lowest score given.
    pub lowest: f64,
    /// The highest score given.
    pub highest: f64,
    /// James, Demaree and Wolf's index: 1 for complete agreement, 0 for as little as if scores were given at random.
    pub index: f64,
    /// How many scored.
    pub scorers: usize,
}

/// How far several people's scores on one scale agree.
///
/// `r = 1 − s²/σ²`, with `s²` the variance of the scores (divisor n − 1) and `σ²` that of scores spread evenly over the
/// scale: `(A² − 1)/12` for its `A` whole scores, `(high − low)²/12` where an end is not whole. Below 0 it counts as 0.
/// `None` for fewer than two scores or a scale without length.
///
/// Source: James, Demaree and Wolf (1984), *Journal of Applied Psychology* 69, 85–98; how to read it: LeBreton and
/// Senter (2008), *Organizational Research Methods* 11, 815–852.
pub fn agreement(scores: &[f64], scale: (f64, f64)) -> Option<Agreement> {
    let length = scale.1 - scale.0;
    if scores.len() < 2 || length.is_nan() || length <= 0.0 {
        return None;
    }
    let whole = scale.0.fract() == 0.0 && scale.1.fract() == 0.0;
    let by_chance = if whole { ((length + 1.0) * (length + 1.0) - 1.0) / 12.0 } else { length * length / 12.0 };
    Some(Agreement {
        median: median(scores)?,
        lowest: scores.iter().copied().fold(f64::INFINITY, f64::min),
        highest: scores.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        index: (1.0 - variance(scores)? / by_chance).max(0.0),
        scorers: scores.len(),
    })
}

/// The variance of a sample (divisor n − 1).
fn variance(numbers: &[f64]) -> Option<f64> {
    let centre = mean(numbers)?;
    let squares: Vec<f64> = numbers.iter().map(|x| (x - centre) * (x - centre)).collect();
    mean(&squares).map(|square| square * float(numbers.len()) / (float(numbers.len()) - 1.0))
}

/// Krippendorff's alpha for interval data: how far scorers agree across candidates.
///
/// Each candidate has the scores that it was given, in any number; one with fewer than two tells nothing. With `D_o` the
/// mean squared difference of scores of the same candidate and `D_e` that of all scores, `alpha = 1 − D_o/D_e`: 1 for
/// complete agreement, 0 for none beyond chance, below 0 for disagreement. `None` where no two scores differ or no
/// candidate has two.
///
/// Source: Krippendorff, *Content Analysis* (2nd ed., 2004), ch. 11; Hayes and Krippendorff (2007), *Communication
/// Methods and Measures* 1, 77–89.
pub fn krippendorff_alpha(candidates: &[Vec<f64>]) -> Option<f64> {
    let pairable: Vec<&Vec<f64>> = candidates.iter().filter(|scores| scores.len() > 1).collect();
    let all: Vec<f64> = pairable.iter().flat_map(|scores| scores.iter().copied()).collect();
    let within: f64 = pairable.iter().map(|scores| squares(scores) / (float(scores.len()) - 1.0)).sum();
    let expected = squares(&all) / (float(all.len()) - 1.0);
    (expected > 0.0).then(|| 1.0 - within / expected)
}

/// The sum of the squared differences of all ordered pairs: `2n` times that of the differences from the mean.
fn squares(numbers: &[f64]) -> f64 {
    // A mean is rounded, so that equal numbers may differ from theirs.
    let differ = numbers.windows(2).any(|pair| pair.first() != pair.last());
    let Some(centre) = mean(numbers).filter(|_| differ) else { return 0.0 };
    2.0 * float(numbers.len()) * numbers.iter().map(|x| (x - centre) * (x - centre)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::check::close;

    #[test]
    fn by_hand() {
        // Scores 4, 2, 3 of 0 to 5: s² = 1, and six whole scores have (36 − 1)/12.
        let found = agreement(&[4.0, 2.0, 3.0], (0.0, 5.0)).unwrap();
        assert_eq!((found.median, found.lowest, found.highest, found.scorers), (3.0, 2.0, 4.0, 3));
        close(found.index, 1.0 - 12.0 / 35.0, 1e-12);
        assert_eq!(agreement(&[0.0, 5.0], (0.0, 5.0)).unwrap().index, 0.0);
        assert_eq!(agreement(&[2.0, 2.0], (0.5, 5.5)).unwrap().index, 1.0);
        assert_eq!(agreement(&[3.0], (0.0, 5.0)), None);
        assert_eq!(agreement(&[3.0, 3.0], (5.0, 5.0)), None);
    }

    #[test]
    fn published_alpha() {
        // Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section E: four observers, twelve units;
        // interval alpha 0.849.
        let units: [&[f64]; 12] = [
            &[1.0, 1.0, 1.0],
            &[2.0, 2.0, 3.0, 2.0],
            &[3.0, 3.0, 3.0, 3.0],
            &[3.0, 3.0, 3.0, 3.0],
            &[2.0, 2.0, 2.0, 2.0],
            &[1.0, 2.0, 3.0, 4.0],
            &[4.0, 4.0, 4.0, 4.0],
            &[1.0, 1.0, 2.0, 1.0],
            &[2.0, 2.0, 2.0, 2.0],
            &[5.0, 5.0, 5.0],
            &[1.0, 1.0],
            &[3.0],
        ];
        let units: Vec<Vec<f64>> = units.iter().map(|scores| scores.to_vec()).collect();
        let found = krippendorff_alpha(&units).unwrap();
        assert!((found - 0.849).abs() < 5e-4, "{found}");
        assert_eq!(krippendorff_alpha(&[]), None);
        assert_eq!(krippendorff_alpha(&[vec![1.0, 1.0]]), None);
        assert_eq!(krippendorff_alpha(&[vec![0.1, 0.1, 0.1], vec![0.1; 7]]), None);
    }

    /// One by one its trillions of pairs would take days.
    #[test]
    fn a_million_scores_are_read_once() {
        let apart = |scores: usize| vec![[1.0, 2.0].repeat(scores / 2), [3.0, 4.0].repeat(scores / 2)];
        // By hand: pairs of one candidate differ by 0.5 in the mean of squares, all pairs by twice the variance of 1.25.
        close(krippendorff_alpha(&apart(1_000_000)).unwrap(), 0.8, 1e-5);
    }

    proptest! {
        #[test]
        fn squares_are_those_of_all_pairs(scores in prop::collection::vec(-9.0..=9.0_f64, 0..9)) {
            let pairs = scores.iter().flat_map(|x| scores.iter().map(move |y| (x - y) * (x - y)));
            prop_assert!((squares(&scores) - pairs.sum::<f64>()).abs() < 1e-9);
        }

        #[test]
        fn the_index_is_from_zero_to_one(scores in prop::collection::vec(0.0..=5.0_f64, 2..9)) {
            let found = agreement(&scores, (0.0, 5.0)).unwrap();
            prop_assert!((0.0..=1.0).contains(&found.index));
            prop_assert!(found.lowest <= found.median && found.median <= found.highest);
        }
    }
}
