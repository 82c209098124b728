//! The worst for the community: not knowing is no comfort.

use super::{Policy, Treatment};
use crate::rules::shape::Unbounded;

pub(super) struct Worst;

impl Policy for Worst {
    fn treatment(&self, _: Option<Unbounded>, worst: f64) -> Treatment {
        Treatment::StandIn(worst)
    }

    fn takes_the_worst(&self) -> bool {
        true
    }

    fn misfit(&self, unbounded: Option<Unbounded>) -> Option<(String, String)> {
        let values = unbounded?;
        let message = format!("{} has no worst value", values.called);
        Some((message, format!("use `neutral` ({}), `reweight` or `refuse`", values.neutral_called)))
    }

    fn done(&self) -> String {
        "the worst is assumed".to_owned()
    }

    fn done_for_all(&self) -> String {
        "the worst value stands in for all of them".to_owned()
    }

    fn clause(&self) -> String {
        "is now taken as the worst".to_owned()
    }

    fn past_clause(&self) -> String {
        "was taken as the worst".to_owned()
    }
}
