//! A number with what is known of its uncertainty.

/// A figure in natural units, with its 95% interval where the evidence gives one.
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
        let scale = |(lower, upper): (f64, f64)| {
            let (a, b) = (lower * factor, upper * factor);
            if a <= b { (a, b) } else { (b, a) }
        };
        Self { estimate: self.estimate * factor, interval: self.interval.map(scale) }
    }

    /// Figure and interval moved by a number.
    #[must_use]
    pub fn plus(self, more: f64) -> Self {
        let shift = |(lower, upper): (f64, f64)| (lower + more, upper + more);
        Self { estimate: self.estimate + more, interval: self.interval.map(shift) }
    }

    /// Whether every part of it is a finite number.
    pub fn is_finite(self) -> bool {
        self.estimate.is_finite() && self.interval.is_none_or(|(lower, upper)| lower.is_finite() && upper.is_finite())
    }
}
