//! A number with what is known of its uncertainty.

use crate::words::number;

/// A figure in natural units, with its interval where the evidence gives one: at the level that the rules declare, as
/// printed, or from the lowest to the highest score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure itself.
    pub estimate: f64,
    /// The lower and upper end; none where nothing is known of the uncertainty.
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    /// A figure whose uncertainty is not known.
    pub fn exact(estimate: f64) -> Self {
        Self { estimate, interval: None }
    }

    /// A figure between two ends.
    pub fn between(estimate: f64, lower: f64, upper: f64) -> Self {
        Self { estimate, interval: Some((lower, upper)) }
    }

    /// Figure and interval multiplied by a factor; a negative one swaps the ends.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        self.mapped(|x| x * factor)
    }

    /// Figure and interval moved by a number.
    #[must_use]
    pub fn plus(self, more: f64) -> Self {
        let shift = |(lower, upper): (f64, f64)| (lower + more, upper + more);
        Self { estimate: self.estimate + more, interval: self.interval.map(shift) }
    }

    /// Figure and ends through a function that only rises or only falls; one that falls swaps the ends.
    #[must_use]
    pub fn mapped(self, function: impl Fn(f64) -> f64) -> Self {
        let ends = |(lower, upper): (f64, f64)| {
            let (a, b) = (function(lower), function(upper));
            if a <= b { (a, b) } else { (b, a) }
        };
        Self { estimate: function(self.estimate), interval: self.interval.map(ends) }
    }

    /// Whether every part of it is a finite number.
    pub fn is_finite(self) -> bool {
        self.estimate.is_finite() && self.interval.is_none_or(|(lower, upper)| lower.is_finite() && upper.is_finite())
    }
    /// With its interval, where it has one, as people write it: `1,258 (1,189.43 to 1,329.49)`.
    pub fn in_words(self, decimals: u32) -> String {
        let figure = number(self.estimate, decimals);
        match self.interval {
            Some((lower, upper)) => format!("{figure} ({} to {})", number(lower, decimals), number(upper, decimals)),
            None => figure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_is_written_with_its_interval() {
        assert_eq!(Estimate::between(71.0, 67.25, 75.5).in_words(2), "71 (67.25 to 75.5)");
        assert_eq!(Estimate::exact(1258.0).in_words(0), "1,258");
    }
}
