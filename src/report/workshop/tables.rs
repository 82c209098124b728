//! The short tables of the data block: tiers, gates, and the lists that candidates are in.

use schemars::JsonSchema;
use serde::Serialize;

use crate::ranked::RankedAssessment;
use crate::rules::{RuleSet, Takes};

/// A tier, and which candidates it takes: all that are left where it has neither places nor a bound.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopTier")]
pub struct TierEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// How many it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<usize>,
    /// Whether only one of a family has a place; left out where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub one_of_a_family: bool,
    /// The lowest total that it takes, in units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
}

/// A gate that decides on places.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopGate")]
pub struct GateEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it does.
    pub effect: &'a str,
    /// The id of the tier that it raises to; null where it does not raise.
    pub tier: Option<&'a str>,
}

/// A list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopList")]
pub struct ListEntry<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its title.
    pub title: &'a str,
}

pub(super) fn tiers(rules: &RuleSet) -> Vec<TierEntry<'_>> {
    let mut tiers = Vec::new();
    for tier in &rules.tiers {
        let (places, at_least) = match tier.takes {
            Takes::AtLeast(bound) => (None, Some(bound)),
            Takes::Places(places) => (Some(places), None),
            Takes::Rest => (None, None),
        };
        let one_of_a_family = tier.one_of_a_family;
        tiers.push(TierEntry { id: &tier.id, title: &tier.title, places, one_of_a_family, at_least });
    }
    tiers
}

pub(super) fn gates(rules: &RuleSet) -> Vec<GateEntry<'_>> {
    let mut gates = Vec::new();
    for gate in rules.gates.iter().filter(|gate| !gate.effect.names_lead()) {
        let tier = gate.tier.and_then(|tier| rules.tiers.get(tier)).map(|tier| &*tier.id);
        gates.push(GateEntry { id: &gate.id, title: &gate.title, effect: gate.effect.word(), tier });
    }
    gates
}

/// The lists that candidates are in.
pub(super) fn lists<'a>(report: &'a RankedAssessment<'a>) -> Vec<ListEntry<'a>> {
    if report.ranking.lists().is_one() {
        return vec![ListEntry { code: "", title: "" }];
    }
    let codes = report.rules.by_list(report.assessment).into_keys();
    codes.map(|code| ListEntry { code, title: report.rules.list_title(report.assessment, code) }).collect()
}
