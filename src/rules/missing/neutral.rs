//! The middle value: not knowing neither helps nor harms.

use super::{Policy, StandIns, Treatment};
use crate::rules::shape::Unbounded;

pub(super) struct Neutral;

impl Policy for Neutral {
    fn treatment(&self, values: &StandIns) -> Treatment {
        let of_unbounded = values.unbounded.and_then(|unbounded| unbounded.neutral);
        Treatment::StandIn(of_unbounded.map_or(values.middle, |(neutral, _)| neutral))
    }

    fn misfit(&self, unbounded: Option<Unbounded>) -> Option<(String, String)> {
        let values = unbounded.filter(|values| values.neutral.is_none())?;
        let message = format!("{} has no middle", values.called);
        Some((message, "state a value, or use `reweight` or `refuse`".to_owned()))
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
