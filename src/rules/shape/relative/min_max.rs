//! Between the lowest and the highest measure of all candidates.

use std::sync::Arc;

use super::against::{Against, turned};
use crate::rules::shape::candidate_measures::CandidateMeasures;
use crate::rules::shape::member::Scale;
use crate::rules::shape::numbers::figure;

/// 0 for the lowest measure of all candidates, 1 for the highest, or the other way round.
pub(super) struct MinMax;

impl Against for MinMax {
    fn scale(&self, answers: &CandidateMeasures<'_>, rising: bool) -> Arc<dyn Scale> {
        Arc::new(Between { low: answers.lowest(), high: answers.highest(), rising })
    }

    fn swing(&self) -> &'static str {
        "from the candidate with the least to the one with the most"
    }

    fn sentence(&self) -> &'static str {
        "0 for the lowest measure, 1 for the highest"
    }

    fn sentence_beside_cells(&self, rising: bool) -> String {
        let (low, high) = if rising { (0, 1) } else { (1, 0) };
        format!("{low} for the lowest measure of all candidates, {high} for the highest.")
    }

    fn clause(&self) -> &'static str {
        "from the lowest answer of all to the highest"
    }
}

#[derive(Debug)]
struct Between {
    low: f64,
    high: f64,
    rising: bool,
}

impl Scale for Between {
    /// One half where all measures are equal.
    #[inline]
    fn value(&self, measure: f64) -> Option<f64> {
        if self.low == self.high {
            return Some(0.5);
        }
        Some(turned(((measure - self.low) / (self.high - self.low)).clamp(0.0, 1.0), self.rising))
    }

    fn reading(&self, _: f64) -> String {
        let (low, high) = (figure(self.low), figure(self.high));
        format!("between the lowest answer of all, {low}, and the highest, {high}")
    }
}
