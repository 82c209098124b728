//! Where a candidate stands.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::ListedCandidate;
use crate::rules::Effect;
use crate::rules::list::one_of;
use crate::scoring::{Fixed, Standing};

/// Where a candidate stands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StandEntry")]
pub struct ListedEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its rank; null where it could not be ranked.
    pub rank: Option<usize>,
    /// Its total; null where it could not be ranked.
    #[schemars(with = "Option<f64>")]
    pub total: Option<Fixed>,
    /// The tier's id, or the word for a standing outside the tiers.
    #[schemars(description = format!("The tier's id, or {}.", one_of(&Standing::words_outside_tiers(Effect::BANDS))))]
    pub tier: &'a str,
    /// The ids of the gates that fired.
    pub gates: Vec<&'a str>,
}

pub(super) fn stand(stand: &ListedCandidate) -> ListedEntry<'_> {
    ListedEntry {
        id: &stand.id,
        title: &stand.title,
        rank: stand.rank,
        total: stand.total,
        tier: &stand.standing,
        gates: stand.gates.keys().map(String::as_str).collect(),
    }
}
