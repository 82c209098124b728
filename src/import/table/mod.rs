//! The general way in: a table that no other importer knows, into evidence or into a CSV table for an assessment.
//!
//! Data walks one way: sheets with their columns (`layout`, `headers`), rows that count and what their cells say (`rows`,
//! `cells`, `names`), when they are of (`times`), whether a sum holds itself (`totals`), figures put together (`group`),
//! what is filed of each (`points`), new areas in place of old ones (`areas`), files (`write`). What a column means is said by the person who asks, never guessed
//! from its name.

mod areas;
mod cells;
mod group;
mod headers;
mod layout;
mod names;
mod options;
mod points;
mod rows;
mod times;
mod totals;
mod write;

pub use options::{
    Condition, DateOrder, FigureKind, FiguresIn, MarkMeaning, NewAreas, OutputKind, PointSpan, TableOptions,
};

use super::Import;
use crate::diagnostic::Problems;
use crate::files::Files;

/// Reads the files and makes evidence, or a table, of what they have.
///
/// # Errors
/// Options that do not go together; every cell, header and time that stops it.
pub fn import(files: &dyn Files, options: &TableOptions) -> Result<Import, Problems> {
    if options.figures == FiguresIn::Untold {
        return Err(layout::untold(files, options).into());
    }
    options.judge()?;
    if let Some(problem) = areas::slip(options) {
        return Err(problem.into());
    }
    let lookup = options.new_areas.as_ref().map(|asked| areas::read(files, asked)).transpose()?;
    let mut remarks = Vec::new();
    let sheets = layout::read(files, options, &mut remarks)?;
    let mut rows = rows::read(&sheets, options)?;
    totals::refuse(&sheets, &rows, options)?;
    let mut points = points::points(&sheets, &mut rows, options)?;
    if let Some(lookup) = &lookup {
        points = areas::on_new_areas(&mut rows, &points, lookup, options)?;
    }
    Ok(write::files(&sheets, rows, &points, remarks, options)?)
}
