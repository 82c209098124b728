//! No priority, whatever the total.

use super::{Band, GateEffect, Words};

pub(super) struct Veto;

impl GateEffect for Veto {
    fn band(&self) -> Option<Band> {
        Some(Band {
            in_files: "vetoed",
            as_a_heading: "Ruled out",
            behind_the_heading: "by a gate",
            why_not: "It is ruled out, whatever its total",
        })
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "vetoed",
            in_the_paper: "ruled out by a gate",
            against_a_decision: "rules it out",
            in_new_rules: "rules out",
            in_old_rules: "ruled out",
        }
    }
}
