//! For programs: stable, versioned in `schema`. Wire types, apart from the core's.

use schemars::JsonSchema;
use serde::Serialize;

use super::ElicitationView;
use crate::elicitation::{ConsistencyCheck, RoundScope, RoundWeights, span, swing, swing_words};
use crate::scoring::{Fixed, Ranking, ScoringOutcome};
use crate::words::indented_json;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/elicitation/1";

/// Weights from people.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise elicitation")]
pub struct ElicitationFile<'a> {
    /// `prioritise/elicitation/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The digest of the rules as they are.
    pub rules: &'a str,
    /// The digest of the answers.
    pub answers: &'a str,
    /// `swing`, `pairwise`, `rank-order` or `points`.
    pub method: &'a str,
    /// `arithmetic-mean` or `geometric-mean`; null for one person.
    pub combined: Option<&'a str>,
    /// Who answered, in the order of all lists of people here.
    pub people: Vec<PersonEntry<'a>>,
    /// What is weighed against each other: all criteria, or those of each group, then the groups.
    pub rounds: Vec<RoundEntry<'a>>,
    /// What each criterion's swing is; null but for swing weighting.
    pub swings: Option<Vec<SwingEntry<'a>>>,
    /// The list as it would be, in its order; null without an assessment.
    pub list: Option<Vec<PlaceEntry<'a>>>,
}

/// Who answered.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonEntry<'a> {
    /// The role.
    pub by: &'a str,
    /// The day: `2026-11-02`.
    pub date: String,
    /// Why; null where not said.
    pub because: Option<&'a str>,
}

/// Items that are weighed against each other.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundEntry<'a> {
    /// `criteria` or `groups`.
    pub of: &'a str,
    /// The group whose criteria they are; null where they are all criteria, or the groups.
    pub group: Option<&'a str>,
    /// The items, each with its weights; every column adds up to the rules' scale.
    pub items: Vec<ItemEntry<'a>>,
    /// Kendall's coefficient of concordance; null for one person, and where everybody finds all equal.
    pub concordance: Option<f64>,
    /// How far each person's comparisons contradict each other, null of who left something here blank; null but for pairwise
    /// comparison.
    pub consistency: Option<Vec<Option<ConsistencyEntry<'a>>>>,
    /// The same of everybody's judgements together; null where these are not combined.
    pub consistency_together: Option<ConsistencyEntry<'a>>,
}

/// One item's weights.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemEntry<'a> {
    /// The criterion's or group's id.
    pub id: &'a str,
    /// Its weight as it is.
    #[schemars(with = "f64")]
    pub now: Fixed,
    /// Each person's; null of who left something here blank.
    #[schemars(with = "Vec<Option<f64>>")]
    pub each: Vec<Option<Fixed>>,
    /// Everybody's.
    #[schemars(with = "f64")]
    pub new: Fixed,
    /// Everybody's as a part of one, exactly: `25/48`; null where it is not exact.
    pub fraction: Option<String>,
}

/// How far comparisons contradict each other.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsistencyEntry<'a> {
    /// The largest eigenvalue.
    pub lambda: f64,
    /// The consistency index.
    pub index: f64,
    /// The consistency ratio; null for more than fifteen items.
    pub ratio: Option<f64>,
    /// The judgement that fits least with the others; null where nothing is contradicted.
    pub worst: Option<WorstEntry<'a>>,
}

/// A judgement that does not fit with the others.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorstEntry<'a> {
    /// The item that is worth more by the judgement.
    pub first: &'a str,
    /// The other.
    pub second: &'a str,
    /// How many times the first is worth the second, as judged.
    pub judged: f64,
    /// How many times it is by the other judgements.
    pub others: f64,
    /// The consistency ratio with the nearest step to that instead.
    pub ratio: Option<f64>,
}

/// A criterion's swing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwingEntry<'a> {
    /// The criterion's id.
    pub id: &'a str,
    /// The swing in words.
    pub swing: String,
    /// The measures between which it is, where they are known without the candidates.
    pub measures: Option<(f64, f64)>,
    /// How much of the way from 0 to 1 its value goes.
    pub span: String,
    /// The least and the most that candidates have; null without an assessment, and where none has any.
    pub candidates: Option<(f64, f64)>,
}

/// A candidate's place.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry<'a> {
    /// The candidate's id.
    pub id: &'a str,
    /// Its rank as it is; null where it is not ranked.
    pub rank_now: Option<usize>,
    /// Its rank with the new weights.
    pub rank_new: Option<usize>,
    /// Its total as it is.
    #[schemars(with = "Option<f64>")]
    pub total_now: Option<Fixed>,
    /// Its total with the new weights.
    #[schemars(with = "Option<f64>")]
    pub total_new: Option<Fixed>,
}

/// Weights from people, as JSON.
pub fn json(view: &ElicitationView<'_, '_>) -> String {
    let elicited = view.elicited;
    let answers = elicited.answers;
    let file = ElicitationFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        rules: &elicited.rules.digest,
        answers: &answers.digest,
        method: answers.method.word(),
        combined: (answers.people.len() > 1).then(|| answers.combined.word()),
        people: answers
            .people
            .iter()
            .map(|person| PersonEntry {
                by: &person.by,
                date: person.date.iso_day(),
                because: person.because.as_deref(),
            })
            .collect(),
        rounds: elicited.rounds.iter().map(|found| round(view, found)).collect(),
        swings: (answers.method == crate::rules::WeightMethod::Swing).then(|| swings(view)),
        list: view.list.map(|(ranking, would)| list(ranking, would)),
    };
    indented_json(&file)
}

fn round<'v>(view: &ElicitationView<'v, '_>, found: &'v RoundWeights) -> RoundEntry<'v> {
    let rules = view.elicited.rules;
    let fixed = |units: Option<&i64>| Fixed::new(units.copied().unwrap_or(0), view.elicited.decimals);
    let everybody = 0..view.elicited.answers.people.len();
    // The place that each has among those who answered all of this round.
    let of_people = everybody.map(|person| found.people.iter().position(|other| *other == person));
    let item = |(at, id): (usize, &'v str)| ItemEntry {
        id,
        now: fixed(found.current.get(at)),
        each: of_people.clone().map(|place| found.by_person.get(place?).map(|units| fixed(units.get(at)))).collect(),
        new: fixed(found.combined.get(at)),
        fraction: found.fractions.as_ref().and_then(|fractions| fractions.get(at).cloned()),
    };
    let ids = found.round.ids(rules);
    let check = |check: &ConsistencyCheck| consistency(check, &ids);
    RoundEntry {
        of: if found.round.among.is_groups() { "groups" } else { "criteria" },
        group: match found.round.among {
            RoundScope::Group(group) | RoundScope::Groups(Some(group)) => {
                rules.groups.get(group).map(|group| &*group.id)
            }
            RoundScope::Criteria | RoundScope::Groups(None) => None,
        },
        items: ids.iter().copied().enumerate().map(item).collect(),
        concordance: found.agreement.as_ref().and_then(|agreement| agreement.concordance).map(to_six_decimals),
        consistency: (!found.checks.is_empty())
            .then(|| of_people.clone().map(|place| found.checks.get(place?).map(check)).collect()),
        consistency_together: found.combined_check.as_ref().map(check),
    }
}

fn consistency<'v>(check: &ConsistencyCheck, ids: &[&'v str]) -> ConsistencyEntry<'v> {
    let id = |at: usize| ids.get(at).copied().unwrap_or_default();
    ConsistencyEntry {
        lambda: to_six_decimals(check.consistency.lambda),
        index: to_six_decimals(check.consistency.index),
        ratio: check.consistency.ratio.map(to_six_decimals),
        worst: check.worst.map(|worst| WorstEntry {
            first: id(worst.first),
            second: id(worst.second),
            judged: to_six_decimals(worst.judged),
            others: to_six_decimals(worst.others),
            ratio: worst.ratio.map(to_six_decimals),
        }),
    }
}

/// Rounded to six decimals.
fn to_six_decimals(number: f64) -> f64 {
    format!("{number:.6}").parse().unwrap_or(number)
}

fn swings<'v>(view: &ElicitationView<'v, '_>) -> Vec<SwingEntry<'v>> {
    let ranking = view.list.map(|(ranking, _)| ranking);
    let entry = |(at, criterion): (usize, &'v crate::rules::Criterion)| SwingEntry {
        id: &criterion.id,
        swing: swing_words(criterion),
        measures: swing(criterion).measures().map(|(from, to)| (to_six_decimals(from), to_six_decimals(to))),
        span: swing(criterion).span().normalize().to_string(),
        candidates: ranking.and_then(|ranking| span(ranking, at)),
    };
    view.elicited.rules.criteria.iter().enumerate().map(entry).collect()
}

fn list<'v>(ranking: &'v Ranking<'_>, would: &ScoringOutcome) -> Vec<PlaceEntry<'v>> {
    let was = ranking.outcome();
    let total = |units: Option<i64>| units.map(|units| Fixed::new(units, ranking.rules.decimals));
    let entry = |candidate: &usize| PlaceEntry {
        id: ranking.assessment.candidates.get(*candidate).map_or("", |candidate| &candidate.id),
        rank_now: was.rank(*candidate),
        rank_new: would.rank(*candidate),
        total_now: total(was.total(*candidate)),
        total_new: total(would.total(*candidate)),
    };
    would.sequence().iter().map(entry).collect()
}
