//! How much a count has changed, with its uncertainty.

use statrs::distribution::{Beta, ContinuousCDF};

use super::{Estimate, Z95, settled};

/// The ratio of two rates with its 95% interval: `now` over `before`.
///
/// Each is a count of events with its exposure (months, or months × people), above 0. The interval is
/// `RR·exp(±z√(1/a + 1/b))`; where `now` is nought it is exact, from the Clopper–Pearson limits of the share that
/// `now` has of both counts. `None` where `before` is nought: no ratio can be formed.
///
/// Source: Rothman, Greenland and Lash, *Modern Epidemiology* (3rd ed., 2008), ch. 14; exact form: Przyborowski and
/// Wilenski (1940), *Biometrika* 31, 313–323.
pub fn rate_ratio(now: (f64, f64), before: (f64, f64)) -> Option<Estimate> {
    let ((a, exposure_a), (b, exposure_b)) = (now, before);
    if b <= 0.0 || exposure_a <= 0.0 || exposure_b <= 0.0 {
        return None;
    }
    let ratio = (a / exposure_a) / (b / exposure_b);
    if a == 0.0 {
        let share = settled(Beta::new(1.0, b).ok()?.inverse_cdf(0.975));
        return Some(Estimate::between(0.0, 0.0, share / (1.0 - share) * exposure_b / exposure_a));
    }
    let factor = libm::exp(Z95 * (1.0 / a + 1.0 / b).sqrt());
    Some(Estimate::between(ratio, ratio / factor, ratio * factor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check::close;

    #[test]
    fn published_counts_of_wellingborough() {
        // Wellingborough Community Safety Partnership, annual review 2013-14, appendix 1; the ratios and intervals
        // were computed independently to two decimals.
        for (before, now, ratio, lower, upper) in [
            (421.0, 460.0, 1.09, 0.96, 1.25),
            (543.0, 402.0, 0.74, 0.65, 0.84),
            (3754.0, 3836.0, 1.02, 0.98, 1.07),
            (971.0, 863.0, 0.89, 0.81, 0.97),
            (39.0, 21.0, 0.54, 0.32, 0.92),
        ] {
            let found = rate_ratio((now, 12.0), (before, 12.0)).unwrap();
            let (low, high) = found.interval.unwrap();
            assert!((found.estimate - ratio).abs() < 5e-3, "{found:?}");
            assert!((low - lower).abs() < 5e-3 && (high - upper).abs() < 5e-3, "{found:?}");
        }
    }

    #[test]
    fn exposure_is_taken_into_account() {
        let found = rate_ratio((132.0, 10.0), (119.0, 12.0)).unwrap();
        close(found.estimate, 132.0 / 10.0 * 12.0 / 119.0, 1e-12);
    }

    #[test]
    fn swapping_the_periods_inverts_the_ratio() {
        let there = rate_ratio((30.0, 7.0), (55.0, 12.0)).unwrap();
        let back = rate_ratio((55.0, 12.0), (30.0, 7.0)).unwrap();
        close(there.estimate, 1.0 / back.estimate, 1e-12);
        close(there.interval.unwrap().0, 1.0 / back.interval.unwrap().1, 1e-12);
    }

    #[test]
    fn nought_is_exact_and_nought_before_has_no_ratio() {
        // Upper limit: p = 1 − 0.025^(1/b) with b = 5, and p/(1 − p): computed by hand.
        let found = rate_ratio((0.0, 1.0), (5.0, 1.0)).unwrap();
        let p = 1.0 - libm::pow(0.025, 0.2);
        assert_eq!(found.estimate, 0.0);
        close(found.interval.unwrap().1, p / (1.0 - p), 1e-8);
        assert_eq!(rate_ratio((3.0, 1.0), (0.0, 1.0)), None);
    }
}
