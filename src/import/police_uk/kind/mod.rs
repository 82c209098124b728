//! What can be counted of the files that data.police.uk packs together, a file for each kind of them.

mod crimes;
mod form;
mod outcomes;
mod stops;

pub use crimes::CRIME_TYPES;
pub(super) use form::{CountForm, MonthColumn, PlaceColumns, Repeated};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountKind {
    /// Street-level crimes, by crime type.
    Crimes,
    /// What became of crimes, by type of outcome.
    Outcomes,
    /// Stops and searches, by what was searched for.
    Stops,
    /// Stops and searches, by what came of them.
    StopOutcomes,
}

impl CountKind {
    pub(super) const ALL: [Self; 4] = [Self::Crimes, Self::Outcomes, Self::Stops, Self::StopOutcomes];

    pub(super) fn form(self) -> &'static CountForm {
        match self {
            Self::Crimes => &crimes::CRIMES,
            Self::Outcomes => &outcomes::OUTCOMES,
            Self::Stops => &stops::STOPS,
            Self::StopOutcomes => &stops::STOP_OUTCOMES,
        }
    }
}
