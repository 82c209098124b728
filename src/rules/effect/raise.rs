//! No lower than a tier that the gate names: points decide, and where they would put it lower it stands there.

use super::{Band, GateEffect, Words};

pub(super) struct Raise;

impl GateEffect for Raise {
    fn band(&self) -> Option<Band> {
        None
    }

    fn raises(&self) -> bool {
        true
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "raised",
            against_a_decision: "raises it",
            in_new_rules: "raises",
            in_old_rules: "raised",
        }
    }
}
