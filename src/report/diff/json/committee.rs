//! What a committee is told beside the list, and was, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::CommitteeShift;

/// A part of what a committee is told that is new, other or gone.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitteeShiftEntry<'a> {
    /// Its key in `assessment.toml`: `committee.legal`.
    pub key: &'a str,
    /// What it is.
    pub what: &'a str,
    /// What was filed; null where nothing was.
    pub old: Option<&'a str>,
    /// What is filed; null where nothing is.
    pub new: Option<&'a str>,
}

pub(super) fn committee<'a>(shift: &'a CommitteeShift<'_>) -> CommitteeShiftEntry<'a> {
    CommitteeShiftEntry { key: &shift.key, what: shift.what, old: shift.old, new: shift.new }
}
