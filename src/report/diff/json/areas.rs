//! What areas that became others did.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::CountsOnAreas;
use crate::diff::{AreasComparison, MovedCandidate};
use crate::scoring::Fixed;

/// What areas did that became others, before anything else changed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreasEntry<'a> {
    /// Why what they did can't be told apart; null where it can.
    pub not_told: Option<&'a str>,
    /// The id of the lookup in the new assessment by which the old evidence was put on the new areas.
    pub lookup: Option<&'a str>,
    /// How many areas the old candidates were of.
    pub old_areas: Option<usize>,
    /// How many areas they are of.
    pub new_areas: Option<usize>,
    /// What the counts of each evidence add up to.
    pub counts: Vec<CountsEntry<'a>>,
    /// What could not be put on the new areas, and why.
    pub not_known: &'a [String],
    /// What moved by the old rules: each candidate of the new areas against each that it is made of.
    pub candidates: Vec<OnAreasEntry<'a>>,
}

/// What counts add up to on old areas and on new ones.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountsEntry<'a> {
    /// The evidence's name.
    pub evidence: &'a str,
    /// The sum on the old areas.
    pub before: f64,
    /// The sum on the new areas.
    pub after: f64,
}

/// What the areas made of a total.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnAreasEntry<'a> {
    /// Its id on the new areas.
    pub id: &'a str,
    /// The id of a candidate of the old areas that it is made of.
    pub was: &'a str,
    /// The total on the new areas, by the old rules; null where it has none.
    #[schemars(with = "Option<f64>")]
    pub total: Option<Fixed>,
    /// The change of the total; null where one of the two has none.
    #[schemars(with = "Option<f64>")]
    pub by: Option<Fixed>,
}

pub(in crate::report) fn areas(found: &Result<AreasComparison, String>) -> AreasEntry<'_> {
    let known = found.as_ref().ok();
    let on = known.map(|found| &found.on);
    AreasEntry {
        not_told: found.as_ref().err().map(String::as_str),
        lookup: on.map(|on| &*on.lookup.id),
        old_areas: on.map(|on| on.areas.0),
        new_areas: on.map(|on| on.areas.1),
        counts: on.into_iter().flat_map(|on| &on.counts).map(count).collect(),
        not_known: on.map_or(&[], |on| &on.not_known),
        candidates: known.into_iter().flat_map(|found| &found.moved.movers).map(moved).collect(),
    }
}

fn count(of: &CountsOnAreas) -> CountsEntry<'_> {
    CountsEntry { evidence: &of.name, before: of.before, after: of.after }
}

fn moved(mover: &MovedCandidate) -> OnAreasEntry<'_> {
    OnAreasEntry { id: &mover.new.id, was: &mover.old.id, total: mover.new.total, by: mover.total_change() }
}
