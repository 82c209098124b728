//! Everything about one candidate as JSON: its entry of the ranking, and what would change its place.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Problem;
use crate::explain::change::{self, ChangeSentences};
use crate::explain::{TotalDifference, total_difference, why_not};
use crate::ranked::RankedAssessment;
use crate::report::json::{AssessmentHeader, CandidateEntry, RulesHeader, assessment, entry, rules};
use crate::report::matrix::MemberMatrix;
use crate::scoring::Fixed;
use crate::words::indented_json;

/// The version of this format.
const SCHEMA: &str = "prioritise/explanation/1";

/// Everything about one candidate.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise explanation")]
pub struct ExplanationFile<'a> {
    /// `prioritise/explanation/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// What was ranked.
    pub assessment: AssessmentHeader<'a>,
    /// By which rules.
    pub rules: RulesHeader<'a>,
    /// How many candidates have a total.
    pub ranked: usize,
    /// The candidate, as in the ranking.
    pub candidate: CandidateEntry<'a>,
    /// Why it is not in the first tier, in a sentence; null where it is.
    pub why_not: Option<String>,
    /// It against another candidate; null where none was asked for.
    pub against: Option<AgainstEntry<'a>>,
    /// What would change its place, for each other place that was looked at.
    pub changes: Vec<ChangeEntry>,
}

/// One candidate against another.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgainstEntry<'a> {
    /// The id of the other.
    pub other: &'a str,
    /// Which stands where, in a sentence.
    pub headline: String,
    /// What each criterion, and vetoes between candidates, make of the difference of the totals, the largest first.
    pub parts: Vec<PartEntry>,
    /// The criteria that make no difference, in a sentence; null where there are none.
    pub without_difference: Option<String>,
    /// The sum of the parts, to be added up again; null where one of the two is not ranked.
    pub sum: Option<String>,
}

/// What one criterion makes of a difference.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartEntry {
    /// The criterion's title, or `Vetoes`.
    pub title: String,
    /// How much it adds to the total of the first over that of the second.
    #[schemars(with = "f64")]
    pub points: Fixed,
    /// Both answers, in a sentence.
    pub answers: String,
}

/// What would change a place.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry {
    /// Where to: `To be in "Priority"`.
    pub goal: String,
    /// What one weight would do, in a sentence.
    pub weight: String,
    /// What all weights together would do, in a sentence.
    pub weights: String,
    /// What one answer would do, in a sentence.
    pub answers: String,
}

/// One candidate, explained; with `other` against another one. Both are numbers in the assessment. Indented, ending in a line
/// break; empty where there is no such candidate.
///
/// # Errors
/// A total that could not be made for some change.
pub fn explanation_json(
    report: &RankedAssessment<'_>,
    candidate: usize,
    other: Option<usize>,
) -> Result<String, Problem> {
    let Some(trace) = report.trace_of(candidate) else { return Ok(String::new()) };
    let changes = change::place_changes(&report.ranking, &[candidate], true)?;
    let members = MemberMatrix::new(report);
    let against = match other.and_then(|other| Some((other, report.trace_of(other)?))) {
        Some(other) => {
            Some(against(&other.1.candidate.id, total_difference(&report.ranking, (candidate, trace), other)?))
        }
        None => None,
    };
    Ok(indented_json(&ExplanationFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        assessment: assessment(report),
        rules: rules(report.rules),
        ranked: report.traces.iter().filter(|trace| trace.total.is_some()).count(),
        candidate: entry(trace, report, members.as_ref()),
        why_not: why_not(&report.ranking, trace, &report.traces),
        against,
        changes: change::change_sentences(changes.iter().flatten(), &report.ranking).into_iter().map(change).collect(),
    }))
}

fn against(other: &str, found: TotalDifference) -> AgainstEntry<'_> {
    let parts = found.parts.into_iter();
    AgainstEntry {
        other,
        headline: found.headline,
        parts: parts.map(|part| PartEntry { title: part.title, points: part.points, answers: part.answers }).collect(),
        without_difference: found.without_difference,
        sum: Some(found.sum).filter(|sum| !sum.is_empty()),
    }
}

fn change(told: ChangeSentences) -> ChangeEntry {
    let ChangeSentences { goal, weight, weights, answers } = told;
    ChangeEntry { goal, weight, weights, answers }
}
