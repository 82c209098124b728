//! Prices of limits, as they are proposed.

/// Prices of limits and paid parts of worths, as proposed. All in units of weight, so that steps are of one size.
#[derive(Debug, Clone)]
pub struct Prices {
    /// For each limit: the price of all that it allows or counts.
    pub limits: Vec<f64>,
    /// For each target: the part of its worth that is paid by reach, from 0 to 1.
    pub paid: Vec<f64>,
}

impl Prices {
    /// To begin with: limits are free, and all worth is paid by reach.
    pub fn start(limits: usize, targets: usize) -> Self {
        Self { limits: vec![0.0; limits], paid: vec![1.0; targets] }
    }
}

/// A number for proposals.
#[expect(clippy::cast_precision_loss, reason = "for proposals only")]
pub(super) fn float(number: i128) -> f64 {
    number as f64
}
