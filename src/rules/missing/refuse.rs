//! No rank until the evidence is there.

use super::{Policy, StandIns, Treatment};

pub(super) struct Refuse;

impl Policy for Refuse {
    fn treatment(&self, _: &StandIns) -> Treatment {
        Treatment::Refuse
    }

    fn done(&self) -> String {
        "not ranked without it".to_owned()
    }

    fn done_for_all(&self) -> String {
        "none of them is ranked".to_owned()
    }

    fn clause(&self) -> String {
        "now keeps a candidate from being ranked".to_owned()
    }

    fn past_clause(&self) -> String {
        "kept a candidate from being ranked".to_owned()
    }
}
