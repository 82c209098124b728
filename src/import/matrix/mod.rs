//! A partnership's own scoring spreadsheet into an assessment and a rule set that give its order.
//!
//! Scores become judgements, and nothing about them is invented: who judged, when and why is told by the person who
//! imports. A score that is not there stays missing, where the spreadsheet adds it up as zero. Where things stand is
//! seen from labels, and how totals come about from the totals that stand there; what is seen is told.

mod candidates;
mod combine;
mod criteria;
mod doubts;
mod find;
mod grid;
mod layout;
mod list;
mod options;
mod products;
mod read;
mod scaling;
mod scores;
mod totals;
mod unlabelled;
mod weights;
mod words;
mod write;

use crate::diagnostic::Problems;
use crate::files::Files;

pub use criteria::lacks_scale;
pub use list::{MatrixImport, MatrixPlace};
pub use options::{CombineScores, CriteriaRun, MatrixDetails, MatrixOptions, SectionWeights};
pub use read::ScoringMatrix;

/// Reads the sheet; [`ScoringMatrix::folder`] has the files.
///
/// # Errors
/// Every cell and option that stops it.
pub fn read(files: &dyn Files, options: &MatrixOptions) -> Result<ScoringMatrix, Problems> {
    read::matrix(files, options)
}
