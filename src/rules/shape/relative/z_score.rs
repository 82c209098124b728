//! Standard deviations from the mean of all candidates.

use std::sync::Arc;

use super::against::{Against, turned};
use crate::rules::shape::candidate_measures::CandidateMeasures;
use crate::rules::shape::member::Scale;
use crate::rules::shape::numbers::figure;

/// How many standard deviations from the mean a value is 0 and 1.
pub const REACH: f64 = 3.0;

/// Standard deviations from the mean of all candidates: 0.5 at the mean, 0 and 1 [`REACH`] away.
pub(super) struct ZScore;

impl Against for ZScore {
    fn scale(&self, answers: &CandidateMeasures<'_>, rising: bool) -> Arc<dyn Scale> {
        let (mean, deviation) = answers.middle();
        Arc::new(Deviations { mean, deviation, rising })
    }

    fn swing(&self) -> &'static str {
        "from three standard deviations below the candidates' mean to three above"
    }

    fn sentence(&self) -> &'static str {
        "0.5 at their mean, 0 and 1 three standard deviations away"
    }

    fn sentence_beside_cells(&self, rising: bool) -> String {
        let (above, below) = if rising { (1, 0) } else { (0, 1) };
        let reach = figure(REACH);
        format!("0.5 at the mean of all candidates; {above} at {reach} standard deviations above it, {below} below.")
    }

    fn clause(&self) -> &'static str {
        "standard deviations from the mean of all answers"
    }
}

#[derive(Debug)]
struct Deviations {
    mean: f64,
    deviation: f64,
    rising: bool,
}

impl Scale for Deviations {
    /// One half where all measures are equal.
    #[inline]
    fn value(&self, measure: f64) -> Option<f64> {
        if self.deviation == 0.0 {
            return Some(0.5);
        }
        let z = (measure - self.mean) / self.deviation;
        Some(turned((0.5 + z / (2.0 * REACH)).clamp(0.0, 1.0), self.rising))
    }

    fn reading(&self, _: f64) -> String {
        let (mean, deviation) = (figure(self.mean), figure(self.deviation));
        format!("against the mean of all answers, {mean}, in units of their standard deviation, {deviation}")
    }
}
