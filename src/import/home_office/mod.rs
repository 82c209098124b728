//! Police recorded crime by community safety partnership, as the Home Office publishes it: counts into series.
//!
//! A quarter without a row is absent and never zero; a withheld count takes its whole period out of the series.
//! A count below zero takes back what an earlier row has, and is added as it stands.

mod names;
mod options;
mod read;
mod write;

use super::Import;
use super::given::option_problem;
use crate::diagnostic::Problems;
use crate::files::Files;

pub use options::{CandidateColumn, HomeOfficeOptions, YearOrQuarter};

/// Reads the files and makes series of them.
///
/// # Errors
/// Every cell and option that stops it.
pub fn import(files: &dyn Files, options: &HomeOfficeOptions) -> Result<Import, Problems> {
    if options.csp.is_empty() {
        return Err(option_problem("no partnership is named", "name it with `--csp`").into());
    }
    write::series(options, read::counts(files, options)?)
}
