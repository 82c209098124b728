//! What every relative value function says of itself.

use std::sync::Arc;

use crate::rules::shape::candidate_measures::CandidateMeasures;
use crate::rules::shape::member::{Scale, Unbounded};

/// What a relative value function says of itself.
pub trait Against {
    /// From measures to values, rising or falling with the measure.
    fn scale(&self, answers: &CandidateMeasures<'_>, rising: bool) -> Arc<dyn Scale>;

    /// Whether it can fall while the measure rises.
    fn can_fall(&self) -> bool {
        true
    }

    /// See [`super::super::Shape::unbounded`].
    fn unbounded(&self) -> Option<Unbounded> {
        None
    }

    /// From the measure that earns least to the one that earns most: `from … to …`.
    fn swing(&self) -> &'static str;

    /// How a measure becomes a value, behind "Set against the other candidates:", without a full stop.
    fn sentence(&self) -> &'static str;

    /// The same for those who see measures and values beside it, as a sentence of its own.
    fn sentence_beside_cells(&self, rising: bool) -> String;

    /// What it is, as in "now …; it was …".
    fn clause(&self) -> &'static str;
}

/// A value that rises with the measure, turned round where it is to fall.
#[inline]
pub(super) fn turned(value: f64, rising: bool) -> f64 {
    if rising { value } else { 1.0 - value }
}
