//! No priority, whatever the total.

use super::{Band, GateEffect, Words};

pub(super) struct Veto;

impl GateEffect for Veto {
    fn band(&self) -> Option<Band> {
        Some(Band {
            in_files: "vetoed",
            as_a_heading: "Ruled out",
            behind_the_heading: "by a gate",
            in_the_key: "A vetoed candidate keeps its rank and takes no place.",
            why_not: "It is ruled out, whatever its total",
            is_numbered: true,
            is_against: true,
        })
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "ruled out",
            against_a_decision: "rules it out",
            in_new_rules: "rules out",
            in_old_rules: "ruled out",
        }
    }
}
