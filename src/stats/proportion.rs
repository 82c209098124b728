//! The interval of a percentage taken from a sample: Wilson's, and the exact one of Clopper and Pearson.

use super::Confidence;
use super::quantile;
use super::tails::Side;

/// Wilson's score interval of a proportion.
///
/// `proportion` is 0 to 1, `base` the number of people asked, above 0. The ends are within 0 to 1.
///
/// Source: Wilson (1927), *J. Am. Stat. Assoc.* 22, 209–212, without continuity correction.
pub fn wilson(proportion: f64, base: f64, confidence: Confidence) -> (f64, f64) {
    let z = confidence.z();
    let z2 = z * z;
    let centre = proportion + z2 / (2.0 * base);
    let half = z * (proportion * (1.0 - proportion) / base + z2 / (4.0 * base * base)).sqrt();
    let scale = 1.0 + z2 / base;
    (((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0))
}

/// The exact interval of a proportion: it holds the true one at least as often as it says, and is wider than Wilson's.
///
/// As [`wilson`]. With `α` beyond both ends and `x` of `n` people it is the `α/2` quantile of a beta distribution with the
/// shapes `x` and `n − x + 1`, to the `1 − α/2` quantile of one with `x + 1` and `n − x`; from 0 where nobody is in it, to 1
/// where everybody is. Good to twelve digits of the share.
///
/// Source: Clopper and Pearson (1934), *Biometrika* 26, 404–413.
pub fn clopper_pearson(proportion: f64, base: f64, confidence: Confidence) -> (f64, f64) {
    let (yes, no) = (proportion * base, (1.0 - proportion) * base);
    let end = |side, shapes| quantile::beta(side, shapes, confidence.tail());
    let lower = if yes > 0.0 { end(Side::Below, (yes, no + 1.0)) } else { 0.0 };
    (lower, if no > 0.0 { end(Side::Above, (yes + 1.0, no)) } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    #[test]
    fn published_values() {
        // Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3: 81/263 → 0.2553–0.3662.
        let usual = Confidence::default();
        let (lower, upper) = wilson(81.0 / 263.0, 263.0, usual);
        assert!((lower - 0.2553).abs() < 5e-5 && (upper - 0.3662).abs() < 5e-5);
        // The same table: 0/20 → 0 to 0.1611 and 1/29 → 0.0061 to 0.1718.
        let (lower, upper) = wilson(0.0, 20.0, usual);
        assert!(lower == 0.0 && (upper - 0.1611).abs() < 5e-5);
        let (lower, upper) = wilson(1.0 / 29.0, 29.0, usual);
        assert!((lower - 0.0061).abs() < 5e-5 && (upper - 0.1718).abs() < 5e-5);
        // The same table, method 5, exact: 0.2527–0.3676, 0.0617–0.1609, 0 to 0.1684, 0.0009 to 0.1776.
        for (yes, base, lower, upper) in [
            (81.0, 263.0, 0.2527, 0.3676),
            (15.0, 148.0, 0.0578, 0.1617),
            (0.0, 20.0, 0.0, 0.1684),
            (1.0, 29.0, 0.0009, 0.1776),
        ] {
            let found = clopper_pearson(yes / base, base, usual);
            assert!((found.0 - lower).abs() < 5e-5 && (found.1 - upper).abs() < 5e-5, "{yes} of {base}: {found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_interval_holds_the_share(asked in 0_u32..=5000, more in 0_u32..=5000) {
            proptest::prop_assume!(asked + more > 0);
            let base = f64::from(asked + more);
            let share = f64::from(asked) / base;
            let ends = |level| {
                let confidence = Confidence::new(level).unwrap();
                [wilson(share, base, confidence), clopper_pearson(share, base, confidence)]
            };
            for ((lower, upper), wider) in ends(0.9).into_iter().zip(ends(0.99)) {
                proptest::prop_assert!((0.0..=1.0).contains(&lower) && (0.0..=1.0).contains(&upper));
                proptest::prop_assert!(lower <= share + 1e-12 && share <= upper + 1e-12);
                proptest::prop_assert!(wider.0 <= lower + 1e-12 && upper <= wider.1 + 1e-12);
            }
        }
    }

    #[test]
    fn a_sample_of_everybody_narrows_it() {
        let (lower, upper) = wilson(0.5, 1e12, Confidence::default());
        close(lower, 0.5, 1e-5);
        close(upper, 0.5, 1e-5);
    }
}
