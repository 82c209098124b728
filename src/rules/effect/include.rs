//! A priority whatever the total: in the first tier, of which it takes a place.

use super::{Band, GateEffect, Words};

pub(super) struct Include;

impl GateEffect for Include {
    fn band(&self) -> Option<Band> {
        None
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "included",
            against_a_decision: "includes it",
            in_new_rules: "includes",
            in_old_rules: "included",
        }
    }
}
