//! The worst for the community: not knowing is no comfort.

use super::{Policy, StandIns, Treatment};
use crate::rules::shape::Unbounded;

pub(super) struct Worst;

impl Policy for Worst {
    fn treatment(&self, values: &StandIns) -> Treatment {
        Treatment::StandIn(values.worst)
    }

    fn takes_the_worst(&self) -> bool {
        true
    }

    fn misfit(&self, unbounded: Option<Unbounded>) -> Option<(String, String)> {
        let values = unbounded?;
        let message = format!("{} has no worst value", values.called);
        let help = match values.neutral {
            Some((_, called)) => format!("use `neutral` ({called}), `reweight` or `refuse`"),
            None => "state a value, or use `reweight` or `refuse`".to_owned(),
        };
        Some((message, help))
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
