//! Who the members are, and which themes they have as priorities.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::{MembersComparison, ThemeShift};

/// What is other among the members, by their titles.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MembersShiftEntry")]
pub struct MembersEntry<'a> {
    /// Those of the new side alone.
    pub joined: &'a [String],
    /// Those of the old side alone.
    pub left: &'a [String],
    /// Those of both of which nothing is there any more.
    pub silent: &'a [String],
    /// Those of both of which there was nothing before.
    pub heard: &'a [String],
    /// Those whose lists were made by other rules.
    pub other_rules: &'a [String],
    /// The titles of themes that gather other candidates of the same members.
    pub other_gathers: &'a [String],
    /// The themes that other members have as a priority.
    pub themes: Vec<ThemeShiftEntry<'a>>,
}

/// Which members have a theme as a priority now and had not, and the other way round.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeShiftEntry<'a> {
    /// The theme's id.
    pub id: &'a str,
    /// Members that have it now.
    pub gained: &'a [String],
    /// Members that have it no longer.
    pub lost: &'a [String],
    /// Members that had it and do not say now.
    pub not_said: &'a [String],
}

pub(super) fn members(found: &MembersComparison) -> MembersEntry<'_> {
    MembersEntry {
        joined: &found.joined,
        left: &found.left,
        silent: &found.silent,
        heard: &found.heard,
        other_rules: &found.other_rules,
        other_gathers: &found.other_gathers,
        themes: found.themes.iter().map(theme).collect(),
    }
}

fn theme(shift: &ThemeShift) -> ThemeShiftEntry<'_> {
    ThemeShiftEntry { id: &shift.id, gained: &shift.gained, lost: &shift.lost, not_said: &shift.not_said }
}
