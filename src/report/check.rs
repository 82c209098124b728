//! What `check` found, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Problem, ProblemEntry, Severity};
use crate::words::indented_json;

/// The version of this format.
const SCHEMA: &str = "prioritise/check/1";

/// What was found in evidence and rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise check")]
pub struct CheckFile<'a> {
    /// `prioritise/check/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// How many errors there are; with one, nothing is ranked.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many notes.
    pub notes: usize,
    /// What was looked at; null where errors left nothing to look at.
    pub looked_at: Option<LookedAt>,
    /// Every problem: errors, warnings, notes.
    pub problems: Vec<ProblemEntry<'a>>,
}

/// What `check` looked at.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookedAt {
    /// How many candidates.
    pub candidates: usize,
    /// How many criteria.
    pub criteria: usize,
    /// How many gates.
    pub gates: usize,
    /// How many parameters.
    pub parameters: usize,
    /// How many printed figures were worked out again.
    pub recomputed: usize,
    /// How many of them came out otherwise.
    pub discrepancies: usize,
}

/// What was found as JSON, indented, ending in a line break.
pub fn json(problems: &[Problem], looked_at: Option<LookedAt>) -> String {
    let of = |severity: Severity| problems.iter().filter(|problem| problem.code.severity() == severity).count();
    indented_json(&CheckFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
        looked_at,
        problems: problems.iter().map(ProblemEntry::new).collect(),
    })
}
