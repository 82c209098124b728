//! What a lint finds: a problem, and what it is about.

use crate::diagnostic::{Code, Place, Problem};
use crate::words::first_listed;

/// With fewer candidates than this nothing is said of what goes together: too much of it is chance.
pub(super) const MIN_CANDIDATES_TO_COMPARE: usize = 8;

/// How many candidates are named.
const MAX_NAMED: usize = 6;

/// Candidates by name, the first few of many.
pub(super) fn first_named(names: &[String]) -> String {
    first_listed(names, MAX_NAMED)
}

/// Something that a careful colleague would ask about.
#[derive(Debug)]
pub(super) struct Finding {
    /// The ids of what it is about: criteria, groups or functions.
    pub(super) about: Vec<String>,
    pub(super) problem: Problem,
}

impl Finding {
    pub(super) fn new(code: Code, about: &[&str], place: Place, message: String, help: impl Into<String>) -> Self {
        let about = about.iter().map(|id| (*id).to_owned()).collect();
        Self { about, problem: Problem::new(code, message).at(place).help(help) }
    }
}
