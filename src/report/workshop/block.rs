//! The data block as a whole: what was ranked, by which rules, and the tables of both.

use std::num::NonZeroUsize;

use schemars::JsonSchema;
use serde::Serialize;

use super::candidates::{CandidateEntry, candidates};
use super::criteria::{CriterionEntry, criteria};
use super::groups::{Formula, GroupEntry, formula, groups};
use super::tables::{GateEntry, ListEntry, TierEntry, gates, lists, tiers};
use crate::diagnostic::Problems;
use crate::exact::Fixed;
use crate::ranked::RankedAssessment;
use crate::rules::{Criterion, RuleSet, Shortfall, WeightMethod};
use crate::workshop::{Judging, judging, other_scores};

/// The version of this format.
pub const SCHEMA: &str = "prioritise/workshop/1";

/// What the workshop's page is made of. Units are of the rules' `decimals`, fine units of two decimals more.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise workshop")]
pub struct Block<'a> {
    /// `prioritise/workshop/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// What was ranked.
    pub assessment: AssessmentEntry<'a>,
    /// By which rules.
    pub rules: RulesEntry<'a>,
    /// The questions, in the order of the rules.
    pub criteria: Vec<CriterionEntry<'a>>,
    /// The groups, in the order of the rules.
    pub groups: Vec<GroupEntry<'a>>,
    /// The tiers, best first.
    pub tiers: Vec<TierEntry<'a>>,
    /// The gates that decide on places, in the order of the rules.
    pub gates: Vec<GateEntry<'a>>,
    /// The lists, in the order of their codes; one without code and title where there is one list.
    pub lists: Vec<ListEntry<'a>>,
    /// The candidates, in the order of their ids.
    pub candidates: Vec<CandidateEntry<'a>>,
    /// What can't be switched off.
    pub off: OffEntry<'a>,
}

/// What was ranked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopAssessment")]
pub struct AssessmentEntry<'a> {
    /// The assessment's title.
    pub title: &'a str,
    /// Who files it.
    pub partnership: &'a str,
    /// The period it is about, in words.
    pub period: String,
    /// The digest of its content.
    pub digest: &'a str,
}

/// By which rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopRules")]
pub struct RulesEntry<'a> {
    /// The rule set's name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
    /// The digest of its content.
    pub digest: &'a str,
    /// Why the weights are what they are; empty where that is not said.
    pub because: &'a str,
    /// What weights add up to.
    pub scale: u32,
    /// The decimals of points and totals.
    pub decimals: u32,
    /// How points become a total.
    pub combine: &'a str,
    /// The same of a script that is plain arithmetic and rises with every score; left out else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// The criteria whose points order equal totals.
    pub ties: Vec<&'a str>,
    /// Whether those that they order have ranks of their own; left out where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ties_separate: bool,
    /// How far apart two totals must be to be told apart, in units; null where that is not declared.
    pub told_apart: Option<i64>,
    /// How much must be known of a candidate to be ranked; null where the rules rank whatever is known.
    pub too_little: Option<TooLittleEntry>,
    /// How people are asked unless they choose otherwise.
    pub method: &'a str,
}

/// How much must be known of a candidate to be ranked, as a share of the weight, 0 to 1.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopTooLittle")]
pub struct TooLittleEntry {
    /// By whatever answers; null where that is not asked.
    pub answered: Option<f64>,
    /// By figures, without judgement; null where that is not asked.
    pub published: Option<f64>,
}

/// What can't be switched off, and why.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopOff")]
pub struct OffEntry<'a> {
    /// Why no candidate can be; left out where any can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidates: Option<&'a str>,
}

const OF_ALL: &str = "values are set against all candidates’ answers, which only the command works out";

/// The data block of a ranked assessment.
///
/// # Errors
/// What the engine says where it ranks with other scores, or of the ends of groups' scores.
pub(super) fn block<'a>(report: &'a RankedAssessment<'a>, threads: NonZeroUsize) -> Result<Block<'a>, Problems> {
    let rules = report.rules;
    let judged: Vec<Result<Judging<'a>, &'static str>> =
        rules.criteria.iter().map(|criterion| judging(rules, criterion)).collect();
    let able: Vec<Option<Judging<'a>>> = judged.iter().map(|it| it.as_ref().ok().cloned()).collect();
    let others = other_scores(report, &able, threads)?;
    Ok(Block {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        assessment: AssessmentEntry {
            title: &report.assessment.title,
            partnership: &report.assessment.partnership,
            period: report.assessment.period.to_string(),
            digest: &report.assessment.digest,
        },
        rules: of_rules(rules),
        criteria: criteria(rules, judged),
        groups: groups(rules),
        tiers: tiers(rules),
        gates: gates(rules),
        candidates: candidates(report, &others)?,
        lists: lists(report),
        off: OffEntry { candidates: rules.criteria.iter().any(Criterion::looks_at_others).then_some(OF_ALL) },
    })
}

/// It as JSON in one line.
pub(super) fn json(block: &Block<'_>) -> String {
    // No type of the block can fail to be written.
    serde_json::to_string(block).unwrap_or_default()
}

fn of_rules(rules: &RuleSet) -> RulesEntry<'_> {
    let known = rules.origin.as_ref().map(|origin| origin.method).filter(|method| *method != WeightMethod::Learnt);
    RulesEntry {
        name: &rules.name,
        version: &rules.version,
        digest: &rules.digest,
        because: rules.weights_because.as_deref().unwrap_or_default(),
        scale: rules.scale,
        decimals: rules.decimals,
        combine: rules.combine.word(),
        formula: formula(rules, None),
        ties: rules.ties.iter().filter_map(|tie| Some(&*rules.criteria.get(*tie)?.id)).collect(),
        ties_separate: rules.ties_separate,
        told_apart: rules.told_apart_by.map(Fixed::units),
        too_little: (rules.too_little == Shortfall::NotRanked)
            .then_some(TooLittleEntry { answered: rules.answered_at_least, published: rules.published_at_least }),
        method: known.unwrap_or(WeightMethod::Swing).word(),
    }
}
