//! What areas that became others did.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::{ByLookup, CountsOnAreas};
use crate::diff::{AreasComparison, MovedCandidate};
use crate::scoring::Fixed;

/// What areas did that became others, before anything else changed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreasEntry<'a> {
    /// Why what they did can't be told apart; null where it can.
    pub not_told: Option<&'a str>,
    /// The lookups of the new assessment by which the old evidence was put on the new areas, in the order in which they were
    /// applied.
    pub lookups: Vec<LookupEntry<'a>>,
    /// What the counts of each evidence add up to.
    pub counts: Vec<CountsEntry<'a>>,
    /// What could not be put on the new areas, and why.
    pub not_known: &'a [String],
    /// What moved by the old rules: each candidate of the new areas against each that it is made of.
    pub candidates: Vec<OnAreasEntry<'a>>,
}

/// What one lookup made of areas.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// How many of its old areas candidates were of.
    pub old_areas: usize,
    /// How many of its new areas they are of.
    pub new_areas: usize,
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
        lookups: on.into_iter().flat_map(|on| &on.by).map(lookup).collect(),
        counts: on.into_iter().flat_map(|on| &on.counts).map(count).collect(),
        not_known: on.map_or(&[], |on| &on.not_known),
        candidates: known.into_iter().flat_map(|found| &found.moved.movers).map(moved).collect(),
    }
}

fn lookup(by: &ByLookup) -> LookupEntry<'_> {
    LookupEntry { id: &by.lookup.id, old_areas: by.old_areas, new_areas: by.new_areas }
}

fn count(of: &CountsOnAreas) -> CountsEntry<'_> {
    CountsEntry { evidence: &of.name, before: of.before, after: of.after }
}

fn moved(mover: &MovedCandidate) -> OnAreasEntry<'_> {
    OnAreasEntry { id: &mover.new.id, was: &mover.old.id, total: mover.new.total, by: mover.total_change() }
}
