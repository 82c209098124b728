//! Decided later, whatever the total.

use super::{Band, GateEffect, Words};

pub(super) struct Defer;

impl GateEffect for Defer {
    fn band(&self) -> Option<Band> {
        Some(Band {
            in_files: "deferred",
            as_a_heading: "Deferred",
            behind_the_heading: "by a gate",
            in_the_key: "A deferred candidate keeps its rank and takes no place.",
            why_not: "It is deferred, whatever its total",
            is_numbered: true,
            is_against: true,
        })
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "deferred",
            against_a_decision: "defers it",
            in_new_rules: "defers",
            in_old_rules: "deferred",
        }
    }
}
