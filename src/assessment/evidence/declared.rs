//! Evidence that a rule set reads, as it declares it.

use super::format::EvidenceKind;
use crate::diagnostic::Place;

/// Evidence that the rules read.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// What kind it must be.
    pub kind: EvidenceKind,
    /// What it is called in reports.
    pub title: String,
    /// What it counts, in the plural.
    pub unit: Option<String>,
    /// The lowest and highest score of the scale that judgements must be on.
    pub scale: Option<(f64, f64)>,
    /// Where it is declared.
    pub place: Place,
}
