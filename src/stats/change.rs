//! How much a count or a percentage has changed, with its uncertainty.

use super::{Confidence, Estimate, wilson};

/// The ratio of two rates with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// The rate now over the rate before; none where there was nothing before.
    pub estimate: Option<f64>,
    /// The lower end, 0 or more.
    pub lower: f64,
    /// The upper end; none where the interval has none, because there was nothing before.
    pub upper: Option<f64>,
}

impl RateRatio {
    /// The ratio as an estimate; none where it is not finite.
    pub fn to_estimate(self) -> Option<Estimate> {
        Some(Estimate::between(self.estimate?, self.lower, self.upper?))
    }
}

/// The ratio of two rates with its interval: `now` over `before`.
///
/// Each is a count of events, 0 or more, with its exposure (months, or months × people), above 0. The interval is
/// `RR·exp(±z√(1/a + 1/b))`. Where one count is zero it is exact: the Clopper–Pearson limits of the share that `now`
/// has of both counts, so that with `q = (2/α)^(1/n) − 1` for `n` events, where `α` lies beyond both ends, it is 0 to `q·e₂/e₁` if `now` is zero, and
/// `e₂/(q·e₁)` upwards without end if `before` is. `None` where both are zero.
///
/// Source: Rothman, Greenland and Lash, *Modern Epidemiology* (3rd ed., 2008), ch. 14; exact form: Przyborowski and
/// Wilenski (1940), *Biometrika* 31, 313–323, with the limits of Clopper and Pearson (1934), *Biometrika* 26, 404–413.
pub fn rate_ratio(now: (f64, f64), before: (f64, f64), confidence: Confidence) -> Option<RateRatio> {
    let ((a, exposure_a), (b, exposure_b)) = (now, before);
    if !(a >= 0.0 && b >= 0.0 && a + b > 0.0 && exposure_a > 0.0 && exposure_b > 0.0) {
        return None;
    }
    let exposures = exposure_b / exposure_a;
    let odds = |events: f64| libm::expm1(-libm::log(confidence.tail()) / events);
    if a == 0.0 {
        let upper = odds(b) * exposures;
        return Some(RateRatio { estimate: Some(0.0), lower: 0.0, upper: Some(upper) });
    }
    if b == 0.0 {
        return Some(RateRatio { estimate: None, lower: exposures / odds(a), upper: None });
    }
    let ratio = a / b * exposures;
    let factor = libm::exp(confidence.z() * (1.0 / a + 1.0 / b).sqrt());
    Some(RateRatio { estimate: Some(ratio), lower: ratio / factor, upper: Some(ratio * factor) })
}

/// A ratio over a span of years brought to one year: the ratio that, year after year, gives it. `years` is above 0, and the
/// ratio and its ends are 0 or more; `None` otherwise.
///
/// `R^(1/years)`, and each end alike, for the power only rises: an interval of the one is an interval of the other.
///
/// Source: the geometric mean of yearly ratios, as in a compound rate of growth.
pub fn ratio_a_year(ratio: Estimate, years: f64) -> Option<Estimate> {
    let lowest = ratio.interval.map_or(ratio.estimate, |ends| ends.0);
    if !(years > 0.0 && ratio.estimate >= 0.0 && lowest >= 0.0 && ratio.is_finite()) {
        return None;
    }
    Some(ratio.mapped(|ratio| libm::pow(ratio, 1.0 / years)))
}

/// The difference of two shares, `now` less `before`, with its interval.
///
/// Each is a share from 0 to 1 with its base, the number of people asked, above 0; `None` otherwise. The interval joins
/// the Wilson intervals of the two: `d − √((p₁ − l₁)² + (u₂ − p₂)²)` to `d + √((u₁ − p₁)² + (p₂ − l₂)²)`.
///
/// Source: Newcombe (1998), *Statistics in Medicine* 17, 873–890, method 10.
pub fn difference(now: (f64, f64), before: (f64, f64), confidence: Confidence) -> Option<Estimate> {
    let sound = |(share, base): (f64, f64)| (0.0..=1.0).contains(&share) && base > 0.0;
    if !sound(now) || !sound(before) {
        return None;
    }
    let of = |(share, base): (f64, f64)| wilson(share, base, confidence);
    let ((l1, u1), (l2, u2)) = (of(now), of(before));
    let found = now.0 - before.0;
    let down = libm::hypot(now.0 - l1, u2 - before.0);
    let up = libm::hypot(u1 - now.0, before.0 - l2);
    Some(Estimate::between(found, found - down, found + up))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            let found = rate_ratio((now, 12.0), (before, 12.0), Confidence::default()).unwrap().to_estimate().unwrap();
            let (low, high) = found.interval.unwrap();
            assert!((found.estimate - ratio).abs() < 5e-3, "{found:?}");
            assert!((low - lower).abs() < 5e-3 && (high - upper).abs() < 5e-3, "{found:?}");
        }
    }

    #[test]
    fn exposure_is_taken_into_account() {
        let found = rate_ratio((132.0, 10.0), (119.0, 12.0), Confidence::default()).unwrap();
        close(found.estimate.unwrap(), 132.0 / 10.0 * 12.0 / 119.0, 1e-12);
    }

    #[test]
    fn zero_is_exact_on_either_side() {
        // Upper limit: p = 1 − 0.025^(1/b) with b = 5, and p/(1 − p): computed by hand.
        let fallen = rate_ratio((0.0, 1.0), (5.0, 1.0), Confidence::default()).unwrap();
        let p = 1.0 - libm::pow(0.025, 0.2);
        assert_eq!((fallen.estimate, fallen.lower), (Some(0.0), 0.0));
        close(fallen.upper.unwrap(), p / (1.0 - p), 1e-12);
        let risen = rate_ratio((5.0, 1.0), (0.0, 1.0), Confidence::default()).unwrap();
        assert_eq!((risen.estimate, risen.upper, risen.to_estimate()), (None, None, None));
        close(risen.lower, (1.0 - p) / p, 1e-12);
        assert_eq!(rate_ratio((0.0, 1.0), (0.0, 1.0), Confidence::default()), None);
    }

    #[test]
    fn a_ratio_of_two_years_is_two_of_one() {
        // A rise of 21% in two years is one of 10% a year; of a half in three, computed by hand, one of 14.47% a year.
        let found = ratio_a_year(Estimate::between(1.21, 1.0, 1.44), 2.0).unwrap();
        close(found.estimate, 1.1, 1e-12);
        let (lower, upper) = found.interval.unwrap();
        close(lower, 1.0, 1e-12);
        close(upper, 1.2, 1e-12);
        close(ratio_a_year(Estimate::exact(1.5), 3.0).unwrap().estimate, 1.144_714_242_553_331_7, 1e-12);
        assert_eq!(ratio_a_year(Estimate::exact(0.0), 2.0), Some(Estimate::exact(0.0)));
        assert_eq!(ratio_a_year(Estimate::exact(-0.1), 2.0), None);
        assert_eq!(ratio_a_year(Estimate::exact(1.1), 0.0), None);
    }

    #[test]
    fn published_differences() {
        // Newcombe (1998), table II, method 10: 56/70 − 48/80 → 0.0524 to 0.3339; 9/10 − 3/10 → 0.1705 to 0.8090;
        // 0/10 − 0/20 → −0.1611 to 0.2775.
        for (a, m, b, n, lower, upper) in [
            (56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339),
            (9.0, 10.0, 3.0, 10.0, 0.1705, 0.8090),
            (0.0, 10.0, 0.0, 20.0, -0.1611, 0.2775),
        ] {
            let found = difference((a / m, m), (b / n, n), Confidence::default()).unwrap();
            let (low, high) = found.interval.unwrap();
            assert!((low - lower).abs() < 5e-5 && (high - upper).abs() < 5e-5, "{found:?}");
        }
        assert_eq!(difference((1.1, 10.0), (0.5, 10.0), Confidence::default()), None);
    }

    proptest! {
        #[test]
        fn swapping_the_periods_inverts_the_ratio(
            now in (0_u32..100_000, 0.1..1000.0_f64), before in (0_u32..100_000, 0.1..1000.0_f64),
        ) {
            prop_assume!(now.0 + before.0 > 0);
            let (now, before) = ((f64::from(now.0), now.1), (f64::from(before.0), before.1));
            let (there, back) = (rate_ratio(now, before, Confidence::default()).unwrap(), rate_ratio(before, now, Confidence::default()).unwrap());
            let same = |a: f64, b: f64| (a * b - 1.0).abs() < 1e-12;
            prop_assert!(back.upper.is_none_or(|upper| same(there.lower, upper)));
            prop_assert!(there.upper.is_none_or(|upper| same(back.lower, upper)));
            if let (Some(a), Some(b)) = (there.to_estimate(), back.to_estimate()) {
                prop_assert!(same(a.estimate, b.estimate));
                let (lower, upper) = a.interval.unwrap();
                prop_assert!(lower <= a.estimate && a.estimate <= upper);
            }
        }

        #[test]
        fn a_difference_lies_in_its_interval(now in 0_u32..=500, before in 0_u32..=300) {
            let found = difference((f64::from(now) / 500.0, 500.0), (f64::from(before) / 300.0, 300.0), Confidence::default()).unwrap();
            let (lower, upper) = found.interval.unwrap();
            prop_assert!(lower <= found.estimate && found.estimate <= upper);
        }
    }
}
