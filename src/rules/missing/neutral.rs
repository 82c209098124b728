//! The middle value: not knowing neither helps nor harms.

use super::{Policy, Treatment};
use crate::rules::shape::Unbounded;

/// The middle of values that run from 0 to 1.
const MIDDLE: f64 = 0.5;

pub(super) struct Neutral;

impl Policy for Neutral {
    fn treatment(&self, unbounded: Option<Unbounded>, _: f64) -> Treatment {
        Treatment::StandIn(unbounded.map_or(MIDDLE, |values| values.neutral))
    }

    fn is_meant_as_even(&self) -> bool {
        true
    }

    fn done(&self) -> String {
        "the middle value stands in".to_owned()
    }

    fn done_for_all(&self) -> String {
        "the middle value stands in for all of them".to_owned()
    }

    fn clause(&self) -> String {
        "is now neutral: the middle value stands in".to_owned()
    }

    fn past_clause(&self) -> String {
        "was neutral".to_owned()
    }
}
