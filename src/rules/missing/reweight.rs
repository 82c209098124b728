//! The question is left out, and the candidate's other questions share its weight.

use super::{Policy, StandIns, Treatment};

pub(super) struct Reweight;

impl Policy for Reweight {
    fn treatment(&self, _: &StandIns) -> Treatment {
        Treatment::LeaveOut
    }

    fn done(&self) -> String {
        "left out, its weight shared among the others".to_owned()
    }

    fn done_for_all(&self) -> String {
        "its weight goes to the other questions".to_owned()
    }

    fn clause(&self) -> String {
        "now leaves the question out, its weight shared among the others".to_owned()
    }

    fn past_clause(&self) -> String {
        "left the question out".to_owned()
    }
}
