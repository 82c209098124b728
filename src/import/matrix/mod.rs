//! A partnership's own scoring spreadsheet into an assessment and a rule set that give its order.
//!
//! Scores become judgements, and nothing about them is invented: who judged, when and why is told by the person who
//! imports. A score that is not there stays missing, where the spreadsheet adds it up as zero.

mod options;
mod read;
mod write;

use super::Import;
use crate::diagnostic::Problems;
use crate::files::Files;

pub use options::MatrixOptions;

/// Reads the sheet and writes the folder.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &MatrixOptions) -> Result<Import, Problems> {
    Ok(write::folder(read::matrix(files, options)?, options))
}
