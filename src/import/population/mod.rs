//! Mid-year population estimates of the Office for National Statistics into what counts are set against: the
//! assessment's population, evidence for areas or for a group of people, a table of peers.
//!
//! An estimate is of 30 June. A group of ages is added up from bands that cover it to the year, and never shared out:
//! where the bands don't fit it, or one of them is withheld, there is no figure. Neither is there for an area of which a
//! small area is absent.

mod bands;
mod group;
mod layout;
mod options;
mod people;
mod read;
mod write;

use super::Import;
use super::given::option_problem;
use crate::diagnostic::Problems;
use crate::files::Files;

pub use group::{Ages, PeopleGroup, Sex};
pub use options::{PopulationOptions, PopulationOutput};

/// Reads the files and makes what is wanted of them.
///
/// # Errors
/// Every cell, option and area that stops it.
pub fn import(files: &dyn Files, options: &PopulationOptions) -> Result<Import, Problems> {
    if options.output.adds_up() && options.areas.is_empty() {
        let help = "name it with `--area`, by name or code; once more for each that is to be added up";
        return Err(option_problem("no area is named", help).into());
    }
    if options.output != PopulationOutput::Table && options.years.len() > 1 {
        let help = "name one year; a table can have several, with `--as table`";
        return Err(option_problem("one population is of one year", help).into());
    }
    let read = read::figures(files, options)?;
    write::files(options, people::counted_people(options, read)?)
}
