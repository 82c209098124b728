//! The measure over the highest of all candidates.

use std::sync::Arc;

use super::against::Against;
use crate::rules::shape::candidate_measures::CandidateMeasures;
use crate::rules::shape::member::Scale;
use crate::rules::shape::numbers::figure;

/// The measure over the highest of all candidates.
pub(super) struct ShareOfMaximum;

impl Against for ShareOfMaximum {
    fn scale(&self, answers: &CandidateMeasures<'_>, _: bool) -> Arc<dyn Scale> {
        Arc::new(OfHighest(answers.highest()))
    }

    fn can_fall(&self) -> bool {
        false
    }

    fn swing(&self) -> &'static str {
        "from zero to the candidate with the most"
    }

    fn sentence(&self) -> &'static str {
        "the measure over the highest"
    }

    fn sentence_beside_cells(&self, _: bool) -> String {
        "The measure over the highest of all candidates.".to_owned()
    }

    fn clause(&self) -> &'static str {
        "a share of the highest answer of all"
    }
}

#[derive(Debug)]
struct OfHighest(f64);

impl Scale for OfHighest {
    /// 0 where no measure is above 0.
    #[inline]
    fn value(&self, measure: f64) -> Option<f64> {
        Some(if self.0 <= 0.0 { 0.0 } else { (measure / self.0).clamp(0.0, 1.0) })
    }

    fn reading(&self, _: f64) -> String {
        format!("as a share of the highest answer of all, {}", figure(self.0))
    }
}
