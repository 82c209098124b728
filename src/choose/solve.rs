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

/// The most steps of one of the many sets that are found beside the best one: some 50 ms of work.
const MOST_BESIDE: u64 = 20_000_000;

/// The same with few of the steps, so that some are left for all the others that are asked for.
///
/// # Errors
/// As [`solve`].
pub fn solve_beside(instance: &Instance, steps: &mut Steps) -> Result<Answer, Trouble> {
    solve_within(instance, MOST_BESIDE, steps)
}

/// The same with so many of the steps at most.
///
/// # Errors
/// As [`solve`].
pub fn solve_within(instance: &Instance, most: u64, steps: &mut Steps) -> Result<Answer, Trouble> {
    let mut own = Steps::of(steps.left().min(most));
    let found = solve(instance, &mut own);
    steps.take(own.spent());
    found
}
