//! How far two orders agree.

use crate::stats::mean_ranks;

/// Spearman's rho between two lists of scores: the correlation of their ranks, equals sharing the mean of theirs
/// (Spearman 1904, *American Journal of Psychology* 15(1), 72–101; Kendall 1970, *Rank Correlation Methods*, chapter 3).
/// None where one list has nothing but equals.
pub fn spearman(one: &[f64], other: &[f64]) -> Option<f64> {
    let (one, other) = (mean_ranks(one), mean_ranks(other));
    let pairs = || one.iter().zip(&other);
    let middle = mean(&one)?;
    let product: f64 = pairs().map(|(a, b)| (a - middle) * (b - middle)).sum();
    let squares = |ranks: &[f64]| ranks.iter().map(|rank| (rank - middle) * (rank - middle)).sum::<f64>();
    let size = (squares(&one) * squares(&other)).sqrt();
    (size > 0.0).then(|| product / size)
}

/// Kendall's tau-b between two lists of scores: concordant minus discordant pairs over the root of the product of the
/// pairs untied in each (Kendall 1945, *Biometrika* 33(3), 239–251). None where one list has nothing but equals.
#[expect(clippy::cast_precision_loss, reason = "pairs are far fewer than 2^53")]
pub fn kendall(one: &[f64], other: &[f64]) -> Option<f64> {
    let scores: Vec<(f64, f64)> = one.iter().copied().zip(other.iter().copied()).collect();
    let (mut score, mut untied, mut untied_other) = (0_i64, 0_i64, 0_i64);
    for (at, own) in scores.iter().enumerate() {
        for next in scores.iter().skip(at + 1) {
            let (a, b) = (sign(own.0, next.0), sign(own.1, next.1));
            score += a * b;
            untied += a.abs();
            untied_other += b.abs();
        }
    }
    let size = (untied as f64 * untied_other as f64).sqrt();
    (size > 0.0).then(|| score as f64 / size)
}

fn sign(a: f64, b: f64) -> i64 {
    i64::from(a > b) - i64::from(a < b)
}

fn mean(numbers: &[f64]) -> Option<f64> {
    crate::stats::mean(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    /// The examples of the documentation of scipy's `kendalltau` and `spearmanr`.
    #[test]
    fn as_scipy_has_them() {
        close(
            kendall(&[12.0, 2.0, 1.0, 12.0, 2.0], &[1.0, 4.0, 7.0, 1.0, 0.0]).unwrap(),
            -0.471_404_520_791_031_8,
            1e-12,
        );
        close(
            spearman(&[1.0, 2.0, 3.0, 4.0, 5.0], &[5.0, 6.0, 7.0, 8.0, 7.0]).unwrap(),
            0.820_782_681_668_123_3,
            1e-12,
        );
    }

    #[test]
    fn equals_share_their_ranks() {
        assert_eq!(mean_ranks(&[2.0, 1.0, 2.0, 5.0]), [2.5, 1.0, 2.5, 4.0]);
        close(kendall(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]).unwrap(), 5.0 / 30.0_f64.sqrt(), 1e-12);
        assert_eq!(kendall(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[], &[]), None);
        close(spearman(&[1.0, 2.0, 3.0], &[30.0, 20.0, 10.0]).unwrap(), -1.0, 1e-12);
    }
}
