//! One change of the rules, and what came of it.

use crate::diagnostic::Place;

/// A change of the rules, and what came of it.
#[derive(Debug)]
pub struct Mutant {
    /// What is changed, from what to what: `harm, weight: 25 → 27.5`. No two are called alike.
    pub name: String,
    /// Where it is changed.
    pub place: Place,
    /// What came of it.
    pub outcome: MutantOutcome,
    /// Why no test can notice it, where a test file says so.
    pub excuse: Option<String>,
    /// What is written there instead.
    pub(super) to: String,
}

impl Mutant {
    pub(super) fn new(what: &str, place: Place, before: &str, after: &str, to: impl Into<String>) -> Self {
        let name = format!("{what}: {before} → {after}");
        Self { name, place, outcome: MutantOutcome::Unreadable, excuse: None, to: to.into() }
    }

    /// The change of the whole stretch at `place`.
    pub(super) fn replacing(what: &str, place: Place, to: impl Into<String>) -> Self {
        let (before, to) = (place.text().to_owned(), to.into());
        Self::new(what, place, &before, &to.clone(), to)
    }
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MutantOutcome {
    /// A test failed, as one should.
    Noticed,
    /// No test failed.
    Unnoticed,
    /// The rule set could not be read with it.
    Unreadable,
}
