//! Quantiles of the normal, Student's t, gamma and beta distributions, to the same bit on every machine.
//!
//! `statrs` proposes where it can. Its logarithms and exponentials are the system's, because another package switches on
//! `num-traits`' `std`, and its gamma quantile is good to nine digits only. So what it proposes is a start and nothing
//! more: Newton's method goes on from there with the tails of [`super::tails`], and what it finds is settled on a grid of
//! numbers with forty binary digits, by those tails alone. A start that is wrong by any amount gives the same bits.

use statrs::distribution::{ContinuousCDF, Gamma, Normal};

use super::tails::{self, Side, Tail};

/// The binary digits of a quantile that are dropped: what is left is good to twelve decimal digits.
const DROPPED: u64 = 1 << 12;
/// A step of Newton's method that is so small a part of the point, and of what lacks to the top, brings it within the grid.
const CLOSE: f64 = 1e-7;
/// More steps than Newton's method and halving ever need together.
const MOST_STEPS: u32 = 200;
/// Up to this shape `statrs` is asked: the larger the shape, the longer it takes, and the nearer the normal start is.
const PROPOSED_UP_TO: f64 = 1000.0;

/// The point of the standard normal distribution beyond which `tail` lies; `tail` is above 0 and below ½.
pub(super) fn normal(tail: f64) -> f64 {
    settled(Side::Above, tail, (0.0, f64::INFINITY), -Normal::standard().inverse_cdf(tail), tails::normal)
}

/// The point of Student's t distribution beyond which `tail` lies; `tail` is above 0 and below ½, `degrees` above 0.
pub(super) fn students_t(degrees: f64, tail: f64) -> f64 {
    let tail_of = |t: f64| tails::students_t(degrees, t);
    settled(Side::Above, tail, (0.0, f64::INFINITY), normal(tail), tail_of)
}

/// The point of the gamma distribution with this shape, above 0 and at most 10⁸, that has `tail` on one side of it;
/// `tail` is above 0 and below ½.
pub(super) fn gamma(side: Side, shape: f64, tail: f64) -> f64 {
    let proposed = if shape <= PROPOSED_UP_TO {
        let below = if side == Side::Below { tail } else { 1.0 - tail };
        Gamma::new(shape, 1.0).map_or(shape, |distribution| distribution.inverse_cdf(below))
    } else {
        // The first terms of Cornish and Fisher (1938).
        let z = normal(tail) * if side == Side::Below { -1.0 } else { 1.0 };
        shape + z * shape.sqrt() + (z * z - 1.0) / 3.0
    };
    settled(side, tail, (0.0, f64::INFINITY), proposed, |x| tails::gamma(side, shape, x))
}

/// The point of the beta distribution with these shapes, both above 0, that has `tail` on one side of it; `tail` is
/// above 0 and below ½.
///
/// `statrs` is not asked: of shapes that are far apart, as 1 and 10⁷, it never answers.
pub(super) fn beta(side: Side, (a, b): (f64, f64), tail: f64) -> f64 {
    settled(side, tail, (0.0, 1.0), a / (a + b), |x| tails::beta(side, (a, b), (x, 1.0 - x)))
}

/// Between which numbers a beta distribution with these shapes has its middle nine tenths; none unless both are above 0.
pub fn nine_tenths_of_beta(a: f64, b: f64) -> Option<(f64, f64)> {
    let end = |side| beta(side, (a, b), 0.05);
    (a > 0.0 && b > 0.0).then(|| (end(Side::Below), end(Side::Above)))
}

/// The point between `low` and `high`, 0 or more, that has `target` on one side of it.
///
/// Newton's method on the logarithm of the tail, which is nearly straight; a step that leaves what is known halves it.
fn settled(side: Side, target: f64, (mut low, mut high): (f64, f64), start: f64, tail: impl Fn(f64) -> Tail) -> f64 {
    let is_beyond = |found: Tail| match side {
        Side::Below => found.probability >= target,
        Side::Above => found.probability <= target,
    };
    let between = |low: f64, high: f64| if high.is_finite() { f64::midpoint(low, high) } else { 2.0 * low + 1.0 };
    // Just below the top a step is large or small beside what is left of the way, and not beside the point.
    let top = high;
    let mut x = if start > low && start < high { start } else { between(low, high) };
    for _ in 0..MOST_STEPS {
        let found = tail(x);
        let step = libm::log(found.probability / target) * found.probability / found.density;
        let next = if side == Side::Above { x + step } else { x - step };
        let is_known = next > low && next < high;
        if step.abs() <= CLOSE * x.min(top - x) && is_known {
            x = next;
            break;
        }
        if is_beyond(found) {
            high = x;
        } else {
            low = x;
        }
        // Far from the middle the logarithm is all but level: no step goes further than to twice as much.
        x = if is_known && next <= 2.0 * x + 1.0 { next } else { between(low, high) };
    }
    on_the_grid(x, |x| is_beyond(tail(x)))
}

/// The middle of the step of the grid in which `is_beyond` becomes true, looked for from `near`, above 0.
fn on_the_grid(near: f64, is_beyond: impl Fn(f64) -> bool) -> f64 {
    let mut bits = near.to_bits() & !(DROPPED - 1);
    for _ in 0..MOST_STEPS {
        match () {
            () if is_beyond(f64::from_bits(bits)) => bits = bits.saturating_sub(DROPPED),
            () if !is_beyond(f64::from_bits(bits + DROPPED)) => bits += DROPPED,
            () => break,
        }
    }
    f64::from_bits(bits + DROPPED / 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::check::close;

    /// Where one shape is 1 the distribution function is a power: 1 − (1 − x)^b, and x^a.
    #[test]
    fn the_middle_of_a_beta_distribution_by_its_closed_form() {
        let (low, high) = nine_tenths_of_beta(1.0, 9.0).unwrap();
        close(low, 1.0 - libm::pow(0.95, 1.0 / 9.0), 1e-9);
        close(high, 1.0 - libm::pow(0.05, 1.0 / 9.0), 1e-9);
        let (low, high) = nine_tenths_of_beta(4.0, 1.0).unwrap();
        close(low, libm::pow(0.05, 0.25), 1e-9);
        close(high, libm::pow(0.95, 0.25), 1e-9);
        assert_eq!((nine_tenths_of_beta(0.0, 1.0), nine_tenths_of_beta(1.0, 0.0)), (None, None));
    }

    #[test]
    fn published_tables() {
        // Student's t at 97.5%: Fisher and Yates, Statistical Tables (1938), table III.
        for (degrees, t) in [(1.0, 12.706), (2.0, 4.303), (3.0, 3.182), (4.0, 2.776), (10.0, 2.228), (30.0, 2.042)] {
            assert!((students_t(degrees, 0.025) - t).abs() < 5e-4);
        }
        // The shape 1 is the exponential distribution.
        close(gamma(Side::Above, 1.0, 0.025), libm::log(40.0), 1e-12);
        // The shapes 1 and 1 are the uniform one.
        close(beta(Side::Above, (1.0, 1.0), 0.025), 0.975, 1e-12);
    }

    /// By mpmath's `betainc` with 40 digits, solved for the logarithm of what lacks to 1. Of shapes that are still further apart
    /// the point is nearer to 1 than the grid tells, and not beyond.
    #[test]
    fn a_share_just_below_one() {
        close(
            beta(Side::Above, (5_462.143_117_438_735, 1.267_748_054_413_138_5), 0.000_5),
            0.999_999_492_317_303,
            1e-12,
        );
        close(
            beta(Side::Above, (8_582.854_927_518_367, 8.286_918_509_909_084), 0.043_931_267_623_486_654),
            0.999_525_743_133_794_4,
            1e-12,
        );
        for shapes in [(3315.83, 0.3), (1e4, 0.3), (9999.5, 0.5)] {
            let share = beta(Side::Above, shapes, 0.000_5);
            assert!(share < 1.0 && share > 1.0 - 1e-9, "{shapes:?} {share:e}");
        }
    }

    /// Every tail, on both sides of its middle, where the other side's is its complement.
    #[test]
    fn tails_leave_what_the_other_side_has() {
        for x in [0.01, 0.5, 2.0, 3.1, 9.0, 40.0] {
            let both = |side| tails::gamma(side, 2.5, x).probability;
            close(both(Side::Below) + both(Side::Above), 1.0, 1e-14);
        }
        for x in [0.001, 0.2, 0.5, 0.97] {
            let both = |side| tails::beta(side, (2.5, 4.0), (x, 1.0 - x)).probability;
            close(both(Side::Below) + both(Side::Above), 1.0, 1e-14);
        }
    }

    /// As far off as no library is: the grid is found all the same, and the same number on it.
    #[test]
    fn no_start_shows_in_the_result() {
        let starts = |x: f64| [x, x * (1.0 + 1e-12), x * (1.0 - 1e-9), x * 1.001, x * 0.7, x * 3.0, 0.0, f64::NAN];
        for tail in [0.000_5, 0.005, 0.025, 0.1, 0.249] {
            for shape in [0.5, 1.0, 2.0, 10.0, 41.0, 702.0, 10_001.0, 3e5] {
                for side in [Side::Below, Side::Above] {
                    let ours = gamma(side, shape, tail);
                    for start in starts(ours) {
                        let tail_of = |x| tails::gamma(side, shape, x);
                        let found = settled(side, tail, (0.0, f64::INFINITY), start, tail_of);
                        assert_eq!(found.to_bits(), ours.to_bits(), "{side:?} {shape} {tail} {start}");
                    }
                }
            }
            for start in starts(normal(tail)) {
                let found = settled(Side::Above, tail, (0.0, f64::INFINITY), start, tails::normal);
                assert_eq!(found.to_bits(), normal(tail).to_bits(), "{tail} {start}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_tail_of_a_quantile_is_what_was_asked(
            tail in 0.000_5..0.25_f64, a in 0.3..1e4_f64, b in 0.3..1e4_f64, degrees in 1.0..500.0_f64,
        ) {
            // Beside what a step of the grid is worth: near 1 few of its digits tell what is lacking of 1.
            let near = |x: f64, found: Tail| {
                let step = x * libm::exp2(-40.0);
                (found.probability - tail).abs() <= 1e-9 * tail + found.density * step
            };
            let (z, t) = (normal(tail), students_t(degrees, tail));
            prop_assert!(near(z, tails::normal(z)));
            prop_assert!(near(t, tails::students_t(degrees, t)));
            for side in [Side::Below, Side::Above] {
                let (x, of_beta) = (gamma(side, a, tail), beta(side, (a, b), tail));
                prop_assert!(near(x, tails::gamma(side, a, x)));
                let found = tails::beta(side, (a, b), (of_beta, 1.0 - of_beta));
                prop_assert!(near(of_beta, found), "{side:?} {of_beta}");
            }
        }
    }
}
