//! The words for what became of a measure.

use schemars::JsonSchema;
use serde::Deserialize;

/// What became of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeWord {
    /// The target was reached.
    Achieved,
    /// It was not.
    NotAchieved,
    /// Its time is not over, and it is as far as it should be by now.
    OnCourse,
    /// Its time is not over, and it is not as far as it should be by now.
    OffCourse,
    /// The figures do not say.
    CannotTell,
}

impl OutcomeWord {
    /// Every outcome.
    pub const ALL: [Self; 5] = [Self::Achieved, Self::NotAchieved, Self::OnCourse, Self::OffCourse, Self::CannotTell];

    /// Those that figures say, the worst first: what can't be told is missing, and has no place among them.
    pub const TOLD: [Self; 4] = [Self::NotAchieved, Self::OffCourse, Self::OnCourse, Self::Achieved];

    /// The word that files and JSON have for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::NotAchieved => "not-achieved",
            Self::OnCourse => "on-course",
            Self::OffCourse => "off-course",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// As a sentence has it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::NotAchieved => "not achieved",
            Self::OnCourse => "on course",
            Self::OffCourse => "off course",
            Self::CannotTell => "can’t be told",
        }
    }
}
