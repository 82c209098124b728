//! Whether chance explains that two counts differ.

use super::window::Window;

/// Counts that together have at most so many events are compared by the E-test, larger ones by the conditional test.
/// There the two differ by about a fortieth of the p-value.
pub const E_TEST_UP_TO: f64 = 10_000.0;
/// Beyond so many events together there is no E-test: it takes as many steps as its counts are wide, and the two tests differ by
/// about a four-hundredth of the p-value.
const E_TEST_KNOWN_UP_TO: f64 = 1e6;
/// Beyond so many events together the conditional test's binomial distribution is taken as normal.
pub const EXACT_UP_TO: f64 = 1e8;
/// Statistics that differ by less than this are equal: the same number reached another way.
const STATISTIC_TOLERANCE: f64 = 1e-12;

/// How two counts were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChanceTest {
    /// Krishnamoorthy and Thomson's E-test.
    Estimated,
    /// Przyborowski and Wilenski's conditional test.
    Conditional,
}

/// How well chance explains a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The probability, 0 to 1, of a difference at least as great if both rates were the same; both sides.
    pub p: f64,
    /// The test that the counts' size called for.
    pub test: ChanceTest,
}

/// Whether two counts could be of one rate: the E-test up to 10,000 events together, the conditional test beyond.
///
/// Each is a whole count with its exposure (months, or months × people), above 0. `None` for anything else.
pub fn chance(now: (f64, f64), before: (f64, f64)) -> Option<Chance> {
    match now.0 + before.0 <= E_TEST_UP_TO {
        true => e_test(now, before).map(|p| Chance { p, test: ChanceTest::Estimated }),
        false => conditional_test(now, before).map(|p| Chance { p, test: ChanceTest::Conditional }),
    }
}

/// The two-sided p-value, 0 to 1, of the E-test that two Poisson rates are equal.
///
/// With counts `k` and exposures `n`, `T = (k₁/n₁ − k₂/n₂) / √(k₁/n₁² + k₂/n₂²)`. The p-value is the probability that
/// `|T|` is at least as great as observed, of independent Poisson counts with the means `nᵢ(k₁ + k₂)/(n₁ + n₂)`. Equal
/// statistics count as at least as great. Where neither count has an event, and so `T` is not defined, it is 0.
/// Good to nine digits, and to 10⁻³⁰ where it is smaller. `None` unless counts are whole, 0 or more and together at
/// most a million, and exposures are above 0.
///
/// Source: Krishnamoorthy and Thomson (2004), *Journal of Statistical Planning and Inference* 119, 23–35.
pub fn e_test(now: (f64, f64), before: (f64, f64)) -> Option<f64> {
    let ((k1, n1), (k2, n2)) = (now, before);
    if !is_sound(now) || !is_sound(before) || k1 + k2 > E_TEST_KNOWN_UP_TO {
        return None;
    }
    let least = statistic(RateTerm::from_count(now), RateTerm::from_count(before)).abs() * (1.0 - STATISTIC_TOLERANCE);
    let rate = (k1 + k2) / (n1 + n2);
    if least <= STATISTIC_TOLERANCE {
        return Some(1.0);
    }
    let (first, second) = (Window::poisson(n1 * rate), Window::poisson(n2 * rate));
    let tails = Tails::from_window(&second);
    let parts: Vec<RateTerm> = second.iter().map(|(x2, _)| RateTerm::from_count((x2, n2))).collect();
    // The statistic rises with the first count and falls with the second, so both ends only move up.
    let (mut low, mut high) = (0_usize, 0_usize);
    let mut p = 0.0;
    for (x1, probability) in first.iter() {
        let part = RateTerm::from_count((x1, n1));
        while parts.get(low).is_some_and(|other| part.rate > other.rate && is_far(part, *other, least)) {
            low += 1;
        }
        while parts.get(high).is_some_and(|other| part.rate >= other.rate || !is_far(part, *other, least)) {
            high += 1;
        }
        p += probability * (tails.below(low) + tails.from(high));
    }
    Some(p.min(1.0))
}

/// What one count brings into the E-test's statistic.
#[derive(Debug, Clone, Copy)]
struct RateTerm {
    rate: f64,
    variance: f64,
}

impl RateTerm {
    fn from_count((count, exposure): (f64, f64)) -> Self {
        let rate = count / exposure;
        Self { rate, variance: rate / exposure }
    }
}

/// The E-test's statistic.
fn statistic(own: RateTerm, other: RateTerm) -> f64 {
    match own.rate + other.rate > 0.0 {
        true => (own.rate - other.rate) / (own.variance + other.variance).sqrt(),
        false => 0.0,
    }
}

/// Whether the statistic is at least so far from zero. Squares tell, without a root and a quotient, unless they are
/// so near to each other, or so small or large, that their rounding could tell otherwise than the statistic's own.
#[inline]
fn is_far(own: RateTerm, other: RateTerm, least: f64) -> bool {
    let apart = own.rate - other.rate;
    let (square, bar) = (apart * apart, least * least * (own.variance + other.variance));
    if (1e-200..1e200).contains(&bar) && (square - bar).abs() > bar * STATISTIC_TOLERANCE {
        return square > bar;
    }
    statistic(own, other).abs() >= least
}

/// The two-sided p-value, 0 to 1, of the conditional test that two Poisson rates are equal.
///
/// Given both counts together, the first is binomial with the share that it has of the exposure. The p-value is twice
/// the smaller tail that holds the observed count, at most 1. Beyond 10⁸ events the tail is the normal one, with the
/// continuity correction. `None` unless counts are whole and 0 or more, and exposures are above 0.
///
/// Source: Przyborowski and Wilenski (1940), *Biometrika* 31, 313–323.
pub fn conditional_test(now: (f64, f64), before: (f64, f64)) -> Option<f64> {
    if !is_sound(now) || !is_sound(before) {
        return None;
    }
    let (together, odds) = (now.0 + before.0, now.1 / before.1);
    if together == 0.0 {
        return Some(1.0);
    }
    if together > EXACT_UP_TO {
        let mean = together * odds / (1.0 + odds);
        let beyond = ((now.0 - mean).abs() - 0.5).max(0.0);
        return Some(two_sided(beyond / (mean / (1.0 + odds)).sqrt()));
    }
    let window = Window::binomial(together, odds);
    Some((2.0 * window.at_most(now.0).min(window.at_least(now.0))).min(1.0))
}

/// The two-sided p-value of a standard normal statistic.
pub(super) fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

fn is_sound((count, exposure): (f64, f64)) -> bool {
    count >= 0.0 && count.is_finite() && count.fract() == 0.0 && exposure > 0.0 && exposure.is_finite()
}

/// Running sums of a window from both ends.
struct Tails {
    /// The probability of the first so many numbers.
    below: Vec<f64>,
    /// The probability of all but the first so many numbers.
    from: Vec<f64>,
}

impl Tails {
    fn from_window(window: &Window) -> Self {
        let add = |sum: &mut f64, probability: &f64| {
            *sum += probability;
            Some(*sum)
        };
        let mut below = vec![0.0];
        below.extend(window.probabilities.iter().scan(0.0, add));
        let mut from = vec![0.0];
        from.extend(window.probabilities.iter().rev().scan(0.0, add));
        from.reverse();
        Self { below, from }
    }

    fn below(&self, many: usize) -> f64 {
        self.below.get(many).copied().unwrap_or(0.0)
    }

    fn from(&self, many: usize) -> f64 {
        self.from.get(many).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::check::close;

    #[test]
    fn e_test_against_an_independent_implementation() {
        // scipy 1.17.1: stats.poisson_means_test(now, 1, before, 1).pvalue. Many more, and to nine digits, in
        // tests/statistics/grid.toml.
        for (now, before, p) in [(16.0, 25.0, 0.1648), (25.0, 16.0, 0.1648), (39.0, 21.0, 0.0200)] {
            let found = e_test((now, 1.0), (before, 1.0)).unwrap();
            assert!((found - p).abs() < 5e-5, "{now} {before}: {found}");
        }
    }

    /// The E-test as it is written down: the statistic of every pair of counts, summed in the same order.
    fn e_test_of_every_pair((k1, n1): (f64, f64), (k2, n2): (f64, f64)) -> f64 {
        let statistic = |x1: f64, x2: f64| match x1 + x2 > 0.0 {
            true => (x1 / n1 - x2 / n2) / (x1 / n1 / n1 + x2 / n2 / n2).sqrt(),
            false => 0.0,
        };
        let least = statistic(k1, k2).abs() * (1.0 - STATISTIC_TOLERANCE);
        if least <= STATISTIC_TOLERANCE {
            return 1.0;
        }
        let rate = (k1 + k2) / (n1 + n2);
        let (first, second) = (Window::poisson(n1 * rate), Window::poisson(n2 * rate));
        let tails = Tails::from_window(&second);
        let of_first = |(x1, probability): (f64, f64)| {
            let low = second.iter().filter(|(x2, _)| statistic(x1, *x2) >= least).count();
            let high = second.iter().filter(|(x2, _)| statistic(x1, *x2) > -least).count();
            probability * (tails.below(low) + tails.from(high))
        };
        first.iter().map(of_first).sum::<f64>().min(1.0)
    }

    #[test]
    fn where_the_test_changes_the_answer_hardly_does() {
        let (small, large) = ((5_100.0, 1.0), (4_900.0, 1.0));
        let (estimated, conditional) = (e_test(small, large).unwrap(), conditional_test(small, large).unwrap());
        close(estimated, conditional, 0.03);
        assert_eq!(chance(small, large).unwrap().test, ChanceTest::Estimated);
        assert_eq!(chance((5_101.0, 1.0), large).unwrap().test, ChanceTest::Conditional);
        let (small, large) = ((501_000.0, 1.0), (499_000.0, 1.0));
        close(e_test(small, large).unwrap(), conditional_test(small, large).unwrap(), 0.003);
        assert_eq!(e_test((501_001.0, 1.0), large), None);
        assert_eq!(chance((501_001.0, 1.0), large).unwrap().test, ChanceTest::Conditional);
    }

    #[test]
    fn what_is_no_count_has_no_answer() {
        for wrong in [(-1.0, 1.0), (1.5, 1.0), (1.0, 0.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert_eq!(chance(wrong, (1.0, 1.0)), None);
            assert_eq!(conditional_test((1.0, 1.0), wrong), None);
        }
        assert_eq!(e_test((0.0, 1.0), (0.0, 1.0)), Some(1.0));
        assert_eq!(conditional_test((0.0, 1.0), (0.0, 1.0)), Some(1.0));
        assert!(chance((9e15, 1.0), (9e15, 1.0)).unwrap().p > 0.99);
    }

    proptest! {
        #[test]
        fn the_e_test_is_to_the_last_bit_what_every_pair_makes(
            now in (0_u32..300, 0.01..500.0_f64), before in (0_u32..300, 0.01..500.0_f64), alike: bool,
        ) {
            let now = (f64::from(now.0), now.1);
            let before = (f64::from(before.0), if alike { now.1 } else { before.1 });
            let found = e_test(now, before).unwrap();
            prop_assert_eq!(found.to_bits(), e_test_of_every_pair(now, before).to_bits());
        }

        #[test]
        fn it_is_a_probability_and_the_order_makes_no_difference(
            now in (0_u32..3000, 0.1..500.0_f64), before in (0_u32..3000, 0.1..500.0_f64),
        ) {
            let (now, before) = ((f64::from(now.0), now.1), (f64::from(before.0), before.1));
            for test in [e_test, conditional_test] {
                let (there, back) = (test(now, before).unwrap(), test(before, now).unwrap());
                prop_assert!((0.0..=1.0).contains(&there));
                prop_assert!((there - back).abs() <= 1e-9 * there + 1e-30, "{there} {back}");
            }
        }
    }
}
