//! The best set, by the way that serves.

use super::answer::{Answer, Steps, Trouble};
use super::instance::Instance;
use super::prepared::Prepared;
use super::search;
use super::table::Table;

/// The best set: by dynamic programming where that serves, and by branch and bound elsewhere.
///
/// # Errors
/// What is wrong with the instance.
pub fn solve(instance: &Instance, steps: &mut Steps) -> Result<Answer, Trouble> {
    let prepared = Prepared::new(instance)?;
    Ok(match Table::new(instance) {
        Some(table) => table.best(instance, &prepared, steps).map_or(Answer::Nothing, Answer::Best),
        None => search::search(instance, &prepared, steps),
    })
}
