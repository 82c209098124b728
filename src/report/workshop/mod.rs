//! The workshop's page: one file that a browser opens without a server, with all that a board can change and the engine's
//! own figures for it. `page/` has the page, and its README.md says what each key of the data block is.

mod block;
mod candidates;
mod criteria;
mod groups;
mod page;
mod tables;

use std::num::NonZeroUsize;

use crate::diagnostic::Problems;
use crate::ranked::RankedAssessment;

pub use block::{Block, SCHEMA};

/// The data block of the page as JSON, in one line.
///
/// # Errors
/// What the engine says of the assessment and its rules.
pub fn data(report: &RankedAssessment<'_>, threads: NonZeroUsize) -> Result<String, Problems> {
    Ok(block::json(&block::block(report, threads)?))
}

/// The page.
///
/// # Errors
/// As [`data`].
pub fn page(report: &RankedAssessment<'_>, threads: NonZeroUsize) -> Result<String, Problems> {
    Ok(page::page(&data(report, threads)?))
}
