//! What is asked of the import.

use super::group::PeopleGroup;
use crate::import::CitedDocument;
use crate::import::lookup::AreaKind;

/// What is asked of the import.
#[derive(Debug, Clone)]
pub struct PopulationOptions {
    /// The workbooks or CSV files.
    pub paths: Vec<String>,
    /// The areas, by name or code; of small areas also the district that they are in. All where there are none.
    pub areas: Vec<String>,
    /// What is made of them.
    pub output: PopulationOutput,
    /// A table of the area that each small area is in: small areas are added up. With the kind of area, or the most local.
    pub lookup: Option<(String, Option<AreaKind>)>,
    /// The years; the latest that there is where there are none.
    pub years: Vec<u32>,
    /// Whom to count.
    pub group: PeopleGroup,
    /// The name of evidence; one made of the group unless told.
    pub evidence: Option<String>,
    /// The document that is cited.
    pub cited: CitedDocument,
}

/// What is made of the areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PopulationOutput {
    /// The assessment's population: the areas added up.
    Assessment,
    /// Evidence for the candidate with this id: the areas added up.
    Candidate(String),
    /// A candidate for each area.
    Areas,
    /// A plain CSV table: a row for each area, a column for each year.
    Table,
}

impl PopulationOutput {
    /// Whether the areas are added up to one figure.
    pub(super) fn adds_up(&self) -> bool {
        matches!(self, Self::Assessment | Self::Candidate(_))
    }
}
