//! How far two orders agree.

use crate::stats::{Confidence, mean_ranks};

/// Spearman's rho between two lists of scores: the correlation of their ranks, equals sharing the mean of theirs
/// (Spearman 1904, *American Journal of Psychology* 15(1), 72–101; Kendall 1970, *Rank Correlation Methods*, chapter 3).
/// None where one list has nothing but equals.
pub fn spearman(one: &[f64], other: &[f64]) -> Option<f64> {
    spearman_of_ranks(&mean_ranks(one), &mean_ranks(other))
}

/// The same of ranks that `mean_ranks` made.
pub fn spearman_of_ranks(one: &[f64], other: &[f64]) -> Option<f64> {
    let pairs = || one.iter().zip(other);
    let middle = mean(one)?;
    let product: f64 = pairs().map(|(a, b)| (a - middle) * (b - middle)).sum();
    let squares = |ranks: &[f64]| ranks.iter().map(|rank| (rank - middle) * (rank - middle)).sum::<f64>();
    let size = (squares(one) * squares(other)).sqrt();
    (size > 0.0).then(|| (product / size).clamp(-1.0, 1.0))
}

/// The interval of Spearman's rho from so many pairs, at least 4: on Fisher's scale, with the standard error
/// √((1 + ρ²/2) ÷ (n − 3)) (Bonett and Wright 2000, *Psychometrika* 65(1), 23–28, section 2).
#[expect(clippy::cast_precision_loss, reason = "pairs are far fewer than 2^53")]
pub fn spearman_interval(rho: f64, pairs: usize, confidence: Confidence) -> (f64, f64) {
    let reach = confidence.z() * ((1.0 + rho * rho / 2.0) / (pairs.max(4) - 3) as f64).sqrt();
    let middle = libm::atanh(rho);
    (libm::tanh(middle - reach), libm::tanh(middle + reach))
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

    /// By hand: atanh 0.8 is 1.098612, the standard error √(1.32 ÷ 17) is 0.278652.
    #[test]
    fn the_interval_of_rho_is_that_of_bonett_and_wright() {
        let (lower, upper) = spearman_interval(0.8, 20, Confidence::default());
        close(lower, libm::tanh(1.098_612_288_668 - 1.959_963_984_54 * 0.278_652_218_407_7), 1e-9);
        close(upper, libm::tanh(1.098_612_288_668 + 1.959_963_984_54 * 0.278_652_218_407_7), 1e-9);
        assert_eq!(spearman_interval(1.0, 8, Confidence::default()), (1.0, 1.0));
    }

    /// The example that Bonett gives with the formula, to all digits printed: `ci.spear` in the manual of his R package
    /// statpsych. It has equals.
    #[test]
    fn the_interval_of_rho_is_that_of_the_example() {
        let y = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19].map(f64::from);
        let x = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51].map(f64::from);
        let rho = spearman(&y, &x).unwrap();
        let (lower, upper) = spearman_interval(rho, y.len(), Confidence::default());
        for (found, printed) in [(rho, 0.869_963_9), (lower, 0.584_095_1), (upper, 0.963_829_7)] {
            assert!((found - printed).abs() <= 0.000_000_05, "{found} {printed}");
        }
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
