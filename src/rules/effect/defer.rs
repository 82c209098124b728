//! Decided later, whatever the total.

use super::{Band, GateEffect, Words};

pub(super) struct Defer;

impl GateEffect for Defer {
    fn band(&self) -> Option<Band> {
        Some(Band {
            in_files: "deferred",
            as_a_heading: "Deferred",
            behind_the_heading: "put off by a gate",
            in_the_key: "A deferred candidate keeps its rank and takes no place.",
            why_not: "It is put off, whatever its total",
            is_numbered: true,
            is_against: true,
        })
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "deferred",
            in_the_paper: "put off by a gate",
            against_a_decision: "puts it off",
            in_new_rules: "puts off",
            in_old_rules: "put off",
        }
    }
}
