//! The 95% interval of a percentage taken from a sample.

use super::Z95;

/// Wilson's score interval of a proportion.
///
/// `proportion` is 0 to 1, `base` the number of people asked, above 0. The ends are within 0 to 1.
///
/// Source: Wilson (1927), *J. Am. Stat. Assoc.* 22, 209–212, without continuity correction.
pub fn wilson(proportion: f64, base: f64) -> (f64, f64) {
    let z2 = Z95 * Z95;
    let centre = proportion + z2 / (2.0 * base);
    let half = Z95 * (proportion * (1.0 - proportion) / base + z2 / (4.0 * base * base)).sqrt();
    let scale = 1.0 + z2 / base;
    (((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    #[test]
    fn published_values() {
        // Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3: 81/263 → 0.2553–0.3662.
        let (lower, upper) = wilson(81.0 / 263.0, 263.0);
        assert!((lower - 0.2553).abs() < 5e-5 && (upper - 0.3662).abs() < 5e-5);
        // The same table: 0/20 → 0 to 0.1611 and 1/29 → 0.0061 to 0.1718.
        let (lower, upper) = wilson(0.0, 20.0);
        assert!(lower == 0.0 && (upper - 0.1611).abs() < 5e-5);
        let (lower, upper) = wilson(1.0 / 29.0, 29.0);
        assert!((lower - 0.0061).abs() < 5e-5 && (upper - 0.1718).abs() < 5e-5);
    }

    proptest::proptest! {
        #[test]
        fn the_interval_holds_the_share(asked in 0_u32..=5000, more in 0_u32..=5000) {
            proptest::prop_assume!(asked + more > 0);
            let base = f64::from(asked + more);
            let share = f64::from(asked) / base;
            let (lower, upper) = wilson(share, base);
            proptest::prop_assert!((0.0..=1.0).contains(&lower) && (0.0..=1.0).contains(&upper));
            proptest::prop_assert!(lower <= share + 1e-15 && share <= upper + 1e-15);
        }
    }

    #[test]
    fn a_sample_of_everybody_narrows_it() {
        let (lower, upper) = wilson(0.5, 1e12);
        close(lower, 0.5, 1e-5);
        close(upper, 0.5, 1e-5);
    }
}
