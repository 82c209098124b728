//! What lies beyond a point of a distribution, by `libm` alone: to the same bit on every machine.
//!
//! Each tail comes with the density at the point. Both are good to twelve digits or more.

use std::f64::consts::{PI, SQRT_2};

/// The probability beyond a point, and the density there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    pub(super) probability: f64,
    pub(super) density: f64,
}

/// On which side of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
}

/// When another term or factor makes no difference.
const SETTLED: f64 = 2e-16;
/// More than any of these sums and fractions needs: about ten times the root of the largest shape, 10⁸.
const MOST_TERMS: u32 = 200_000;
/// Stands in for zero in a continued fraction.
const TINY: f64 = 1e-300;

/// The upper tail of the standard normal distribution beyond `z`.
pub(super) fn normal(z: f64) -> Tail {
    Tail { probability: 0.5 * libm::erfc(z / SQRT_2), density: libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt() }
}

/// The upper tail of Student's t distribution beyond `t`, above 0.
///
/// Source: Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.7.1.
pub(super) fn students_t(degrees: f64, t: f64) -> Tail {
    let whole = degrees + t * t;
    let found = beta(Side::Below, (degrees / 2.0, 0.5), (degrees / whole, t * t / whole));
    Tail {
        probability: found.probability / 2.0,
        density: kernel((degrees / 2.0, 0.5), (degrees / whole, t * t / whole)) / t,
    }
}

/// A tail of the gamma distribution with this shape and scale 1, from `x`; both are above 0.
///
/// The lower one is a sum, the upper one a continued fraction; each is what the other leaves where it settles sooner.
///
/// Source: Abramowitz and Stegun (1964), 6.5.29 and 6.5.31; Lentz (1976), *Applied Optics* 15, 668–671, for the fraction.
pub(super) fn gamma(side: Side, shape: f64, x: f64) -> Tail {
    // x^a e^−x / Γ(a + 1), the probability of a count `a` where `x` are expected.
    let mass = libm::exp(-correction(shape) - deviance(shape, x)) / (2.0 * PI * shape).sqrt();
    let (known, probability) = if x < shape + 1.0 {
        (Side::Below, mass * gamma_sum(shape, x))
    } else {
        (Side::Above, mass * shape * gamma_fraction(shape, x))
    };
    Tail { probability: if known == side { probability } else { 1.0 - probability }, density: mass * shape / x }
}

/// `1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …`
fn gamma_sum(shape: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut next) = (1.0, 1.0, shape);
    for _ in 0..MOST_TERMS {
        next += 1.0;
        term *= x / next;
        sum += term;
        if term <= sum * SETTLED {
            break;
        }
    }
    sum
}

/// `1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …)))`
fn gamma_fraction(shape: f64, x: f64) -> f64 {
    let mut at = x + 1.0 - shape;
    let (mut over, mut under) = (1.0 / TINY, 1.0 / at);
    let mut fraction = under;
    for step in 1..MOST_TERMS {
        let step = f64::from(step);
        let numerator = step * (shape - step);
        at += 2.0;
        under = 1.0 / not_zero(numerator * under + at);
        over = not_zero(at + numerator / over);
        fraction *= over * under;
        if (over * under - 1.0).abs() <= SETTLED {
            break;
        }
    }
    fraction
}

/// A tail of the beta distribution with these shapes, above 0, from a point that is given as `x` and `1 − x`, both above
/// 0: near either end the other one has lost its digits.
///
/// Source: Abramowitz and Stegun (1964), 26.5.8, on the side where the fraction settles at once.
pub(super) fn beta(side: Side, (a, b): (f64, f64), (x, y): (f64, f64)) -> Tail {
    let kernel = kernel((a, b), (x, y));
    let (known, probability) = if x < (a + 1.0) / (a + b + 2.0) {
        (Side::Below, kernel / a * beta_fraction((a, b), x))
    } else {
        (Side::Above, kernel / b * beta_fraction((b, a), y))
    };
    Tail { probability: if known == side { probability } else { 1.0 - probability }, density: kernel / (x * y) }
}

/// `x^a y^b / B(a, b)`, with `y = 1 − x`.
fn kernel((a, b): (f64, f64), (x, y): (f64, f64)) -> f64 {
    let whole = a + b;
    let corrections = correction(whole) - correction(a) - correction(b);
    let deviances = deviance(a, whole * x) + deviance(b, whole * y);
    (a * b / (2.0 * PI * whole)).sqrt() * libm::exp(corrections - deviances)
}

fn beta_fraction((a, b): (f64, f64), x: f64) -> f64 {
    let (mut over, mut under) = (1.0, 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = under;
    for step in 1..MOST_TERMS {
        let step = f64::from(step);
        let at = a + 2.0 * step;
        let even = step * (b - step) * x / ((at - 1.0) * at);
        let odd = -(a + step) * (a + b + step) * x / (at * (at + 1.0));
        let mut factor = 1.0;
        for numerator in [even, odd] {
            under = 1.0 / not_zero(1.0 + numerator * under);
            over = not_zero(1.0 + numerator / over);
            factor *= over * under;
        }
        fraction *= factor;
        if (factor - 1.0).abs() <= SETTLED {
            break;
        }
    }
    fraction
}

fn not_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

/// `x − a − a·ln(x/a)`: what a Poisson or binomial probability loses by its distance from the middle, without the
/// cancellation of powers and factorials.
///
/// Source: Loader (2000), *Fast and Accurate Computation of Binomial Probabilities*.
fn deviance(a: f64, x: f64) -> f64 {
    let off = (x - a) / a;
    match off.abs() < 0.5 {
        true => a * (off - libm::log1p(off)),
        false => x - a - a * libm::log(x / a),
    }
}

/// `ln Γ(a + 1) − (a + ½) ln a + a − ½ ln 2π`: what Stirling's formula leaves.
///
/// Source: Abramowitz and Stegun (1964), 6.1.41.
fn correction(a: f64) -> f64 {
    if a < 16.0 {
        return libm::lgamma(a + 1.0) - (a + 0.5) * libm::log(a) + a - 0.5 * libm::log(2.0 * PI);
    }
    let square = a * a;
    let terms = [1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0, -1.0 / 360.0, 1.0 / 12.0];
    terms.iter().fold(0.0, |sum, term| sum / square + term) / a
}
