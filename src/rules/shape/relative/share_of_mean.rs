//! The measure over the mean of all candidates: 1 is average, and there is no upper end.

use std::sync::Arc;

use super::against::Against;
use crate::rules::shape::candidate_measures::CandidateMeasures;
use crate::rules::shape::member::{Scale, Unbounded};
use crate::rules::shape::numbers::figure;

/// The measure over the mean of all candidates.
pub(super) struct ShareOfMean;

impl Against for ShareOfMean {
    fn scale(&self, answers: &CandidateMeasures<'_>, _: bool) -> Arc<dyn Scale> {
        Arc::new(OfMean(answers.middle().0))
    }

    fn can_fall(&self) -> bool {
        false
    }

    fn unbounded(&self) -> Option<Unbounded> {
        Some(Unbounded { called: "a share of the mean", neutral: Some((1.0, "the mean")) })
    }

    fn swing(&self) -> &'static str {
        "from zero to the mean of the candidates"
    }

    fn sentence(&self) -> &'static str {
        "the measure over the mean of all, so 1 is average and there is no upper end"
    }

    fn sentence_beside_cells(&self, _: bool) -> String {
        "The measure over the mean of all candidates; no upper end.".to_owned()
    }

    fn clause(&self) -> &'static str {
        "a multiple of the mean of all answers"
    }
}

#[derive(Debug)]
struct OfMean(f64);

impl Scale for OfMean {
    /// 1, which is average, where the mean is not above 0.
    #[inline]
    fn value(&self, measure: f64) -> Option<f64> {
        Some(if self.0 <= 0.0 { 1.0 } else { (measure / self.0).max(0.0) })
    }

    fn reading(&self, _: f64) -> String {
        format!("as a multiple of the mean of all answers, {}", figure(self.0))
    }
}
