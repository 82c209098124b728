//! Intervals of real numbers whose arithmetic holds every answer: what is proven by them is proven.
//!
//! Ends are floats, moved outwards by more than an operation can be out (Moore, R.E. 1966, *Interval Analysis*). No
//! operation moves an end past zero, because the sign of a sum, a product or a quotient of floats is exact.

use super::fixed::Fixed;

/// All numbers from `low` to `high`, both included; either may be infinite, and neither is "not a number".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
}

/// By how many parts of itself an end is moved outwards: a few roundings of a float.
const RELATIVE: f64 = 1e-15;
/// By how much at least: what an exact decimal of 28 digits may be out.
const ABSOLUTE: f64 = 1e-26;

impl Interval {
    /// Every number.
    pub const WHOLE_LINE: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
    /// From zero up.
    pub const NOT_NEGATIVE: Self = Self { low: 0.0, high: f64::INFINITY };

    /// From one number to another, whichever is lower. Every number where one is not a number.
    pub fn between(a: f64, b: f64) -> Self {
        if a.is_nan() || b.is_nan() { Self::WHOLE_LINE } else { Self { low: a.min(b), high: a.max(b) } }
    }

    /// One number.
    pub fn point(x: f64) -> Self {
        Self::between(x, x)
    }

    /// The number that a decimal in this notation says, whatever binary does to it.
    pub fn around(x: f64) -> Self {
        Self::between(x, x).widened()
    }

    /// From one whole number of units to another, whatever binary does to decimals.
    pub fn of_units(low: i64, high: i64, decimals: u32) -> Self {
        let unit = 10_i64.pow(decimals);
        let end = |units: i64| {
            let number = Fixed::new(units, decimals).to_f64();
            if units % unit == 0 { Self::point(number) } else { Self::around(number) }
        };
        end(low).with(end(high))
    }

    /// No number in it is below this.
    pub fn low(self) -> f64 {
        self.low
    }

    /// No number in it is above this.
    pub fn high(self) -> f64 {
        self.high
    }

    /// Whether zero is in it.
    pub fn has_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// Whether no number in it is below zero.
    pub fn is_not_negative(self) -> bool {
        self.low >= 0.0
    }

    /// Whether no number in it is above zero.
    pub fn is_not_positive(self) -> bool {
        self.high <= 0.0
    }

    /// All sums of a number of each.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::between(self.low + other.low, self.high + other.high).widened()
    }

    /// All differences.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// All numbers in it with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { low: -self.high, high: -self.low }
    }

    /// All products. Nothing times anything is nothing, however large the other is.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        Self::hull([
            product(self.low, other.low),
            product(self.low, other.high),
            product(self.high, other.low),
            product(self.high, other.high),
        ])
    }

    /// All quotients; none where zero is among the divisors.
    pub fn over(self, divisor: Self) -> Option<Self> {
        let one = Self::between(1.0 / divisor.low, 1.0 / divisor.high).widened();
        (!divisor.has_zero()).then(|| self.times(one))
    }

    /// The lower of a number of each.
    #[must_use]
    pub fn lesser(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.min(other.high) }
    }

    /// The higher of a number of each.
    #[must_use]
    pub fn greater(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.max(other.high) }
    }

    /// The sizes of its numbers without their signs.
    #[must_use]
    pub fn size(self) -> Self {
        let far = self.low.abs().max(self.high.abs());
        let near = if self.has_zero() { 0.0 } else { self.low.abs().min(self.high.abs()) };
        Self { low: near, high: far }
    }

    /// What a function that never falls makes of it. The function may be out by some roundings.
    #[must_use]
    pub fn mapped(self, rising: impl Fn(f64) -> f64) -> Self {
        Self::between(rising(self.low), rising(self.high)).widened().widened()
    }

    /// All that is in this one or the other, and what lies between them.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    fn hull(numbers: [f64; 4]) -> Self {
        if numbers.iter().any(|number| number.is_nan()) {
            return Self::WHOLE_LINE;
        }
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self { low, high }.widened()
    }

    /// The same with its ends moved outwards, but not past zero.
    fn widened(self) -> Self {
        Self { low: -outwards(-self.low), high: outwards(self.high) }
    }
}

/// An upper end moved up. What is at or below zero stays there: its sign is exact.
fn outwards(end: f64) -> f64 {
    if !end.is_finite() || end == 0.0 {
        return end;
    }
    let moved = end + end.abs() * RELATIVE + ABSOLUTE;
    if end < 0.0 { moved.min(0.0) } else { moved }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Random, Stream};

    fn drawn(random: &mut Random) -> (Interval, f64) {
        let scale = if random.uniform() < 0.5 { 10.0 } else { 0.01 };
        let ends = [0, 1].map(|_| (random.uniform() - 0.5) * scale);
        let at = random.uniform();
        (Interval::between(ends[0], ends[1]), ends[0] * at + ends[1] * (1.0 - at))
    }

    fn holds(interval: Interval, number: f64) -> bool {
        interval.low() <= number && number <= interval.high()
    }

    #[test]
    fn every_answer_is_in_the_answer() {
        let mut random = Random::new(7, Stream::Weights, 0);
        for _ in 0..20_000 {
            let ((a, x), (b, y)) = (drawn(&mut random), drawn(&mut random));
            assert!(holds(a.plus(b), x + y) && holds(a.minus(b), x - y) && holds(a.times(b), x * y));
            assert!(holds(a.lesser(b), x.min(y)) && holds(a.greater(b), x.max(y)) && holds(a.size(), x.abs()));
            assert!(a.over(b).is_none_or(|quotient| holds(quotient, x / y)));
            assert!(holds(a.mapped(libm::exp), libm::exp(x)) && holds(a.with(b), x) && holds(a.with(b), y));
        }
    }

    #[test]
    fn signs_are_exact() {
        let score = Interval::between(0.0, 100.0);
        assert!(score.times(Interval::around(0.8)).over(Interval::point(100.0)).unwrap().is_not_negative());
        assert!(score.minus(Interval::point(100.0)).is_not_positive());
        assert!(score.over(score).is_none());
        assert_eq!(Interval::point(0.0).times(Interval::WHOLE_LINE), Interval::point(0.0));
        assert_eq!(Interval::between(f64::NAN, 1.0), Interval::WHOLE_LINE);
        assert_eq!(Interval::NOT_NEGATIVE.minus(Interval::NOT_NEGATIVE), Interval::WHOLE_LINE);
    }
}
