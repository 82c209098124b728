//! Without figures yet, and not to be forgotten: listed by itself, with nothing decided for or against it.

use super::{Band, GateEffect, Words};

pub(super) struct Emerging;

impl GateEffect for Emerging {
    fn band(&self) -> Option<Band> {
        Some(Band {
            in_files: "emerging",
            as_a_heading: "Emerging",
            behind_the_heading: "not to be forgotten; nothing is decided against it",
            in_the_key: "An emerging candidate takes no place and has no number in the list. Nothing is decided against it.",
            why_not: "Nothing is decided against it; it is listed as emerging, so that it is not forgotten",
            is_numbered: false,
            is_against: false,
        })
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "emerging",
            against_a_decision: "lists it as emerging",
            in_new_rules: "lists as emerging",
            in_old_rules: "listed as emerging",
        }
    }
}
