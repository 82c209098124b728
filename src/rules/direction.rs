//! Whether a higher measure is worse, better, or speaks for making it a priority: which way values go, and every word.

use schemars::JsonSchema;
use serde::Deserialize;

use super::list::closed_list;

closed_list! {
    /// Whether a higher measure earns more points or fewer.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
    pub enum Direction {
        /// A higher measure is worse for the community, and earns more points.
        "higher-is-worse" => HigherIsWorse,
        /// A higher measure is better for the community, and earns fewer points.
        "higher-is-better" => HigherIsBetter,
        /// A higher measure is neither worse nor better but speaks for making it a priority, and earns more points.
        "higher-adds-priority" => HigherAddsPriority,
        /// A higher measure earns more points in some places and fewer in others, as where too low and too high are both bad.
        "rises-and-falls" => RisesAndFalls,
    }
}

/// Which way values go where the measure rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Never down.
    Up,
    /// Never up.
    Down,
    /// Up and down.
    Both,
}

impl Direction {
    /// Which way values go.
    pub fn way(self) -> Way {
        match self {
            Self::HigherIsWorse | Self::HigherAddsPriority => Way::Up,
            Self::HigherIsBetter => Way::Down,
            Self::RisesAndFalls => Way::Both,
        }
    }

    /// The first of those by which values go the other way; none where they go both.
    pub fn turned(self) -> Option<Self> {
        let wanted = match self.way() {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
            Way::Both => return None,
        };
        Self::ALL.iter().copied().find(|other| other.way() == wanted)
    }

    /// What a higher measure is now, as in "a higher `volume` …".
    pub fn clause(self) -> &'static str {
        match self {
            Self::HigherIsWorse => "is now worse, and earns more points",
            Self::HigherIsBetter => "is now better, and earns fewer points",
            Self::HigherAddsPriority => "now adds priority, and earns more points",
            Self::RisesAndFalls => "now earns more points in some places and fewer in others",
        }
    }

    /// What it was before, as in "…; it …".
    pub fn past_clause(self) -> &'static str {
        match self {
            Self::HigherIsWorse => "was worse, and earned more points",
            Self::HigherIsBetter => "was better, and earned fewer points",
            Self::HigherAddsPriority => "added priority, and earned more points",
            Self::RisesAndFalls => "earned more points in some places and fewer in others",
        }
    }
}
