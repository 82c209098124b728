//! An action of a plan as it is followed through the plan's period: who leads it, by when it is due, how far it is.

use crate::assessment::period::Period;
use crate::diagnostic::Place;
use crate::exact::Fixed;

/// An action as it is followed.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowedAction {
    /// Unique among the plan's actions.
    pub id: String,
    /// What a reader sees.
    pub title: String,
    /// The role of the person who leads it.
    pub lead: Option<String>,
    /// The day by which it is due, not before the plan begins.
    pub due: Option<Period>,
    /// How much of it is done by which day, oldest first.
    pub progress: Vec<Progress>,
    /// The ids under which it stood in earlier plans, in the order written.
    pub formerly: Vec<String>,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// How much of an action is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// By which day.
    pub day: Period,
    /// How much of it, 0 to 100 per cent.
    pub percent: Fixed,
    /// What was done, where said.
    pub note: Option<String>,
}

impl Progress {
    /// Whether all of it is done.
    pub fn is_all(&self) -> bool {
        self.percent.minus(Fixed::new(100, 0)).units() == 0
    }
}

impl FollowedAction {
    /// Whether anything of it can be followed.
    pub fn is_followed(&self) -> bool {
        self.due.is_some() || !self.progress.is_empty()
    }
}
