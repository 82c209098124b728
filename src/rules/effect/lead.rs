//! Who leads on a candidate: it stays where its points put it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Band, GateEffect, Words};
use crate::rules::list::closed_list;

pub(super) struct Lead;

impl GateEffect for Lead {
    fn band(&self) -> Option<Band> {
        None
    }

    fn names_lead(&self) -> bool {
        true
    }

    fn words(&self) -> Words {
        Words {
            in_the_terminal: "lead",
            against_a_decision: "says who leads on it",
            in_new_rules: "says who leads",
            in_old_rules: "said who leads",
        }
    }
}

closed_list! {
    /// Who leads on a candidate of several members.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
    pub enum Leader {
        /// All members together.
        "county" => County,
        /// Each member for itself.
        "local" => Local,
        /// The board decides who leads.
        "board" => Board,
    }
}

impl Leader {
    /// As a heading over what it leads on.
    pub fn as_a_heading(self) -> &'static str {
        match self {
            Self::County => "Led together",
            Self::Local => "Led by each member",
            Self::Board => "For the board to decide",
        }
    }
}
