//! The candidates of the data block: their answers with the ends of each, the gates that fire, and what the command found.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Problems;
use crate::exact::{Ends, Fixed};
use crate::explain::contribution_reason;
use crate::ranked::RankedAssessment;
use crate::rules::{Earned, MemberKind, RuleSet, Totaller};
use crate::scoring::{Contribution, Range, Trace};
use crate::words::with_unit;
use crate::workshop::OtherScores;

/// A figure with its least and most; null where there is no most.
pub(super) type Triple = (i64, i64, Option<i64>);

/// One candidate.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopCandidate")]
pub struct CandidateEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it covers; left out where that is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<&'a str>,
    /// The number of its list in `lists`; left out for 0.
    #[serde(skip_serializing_if = "is_first")]
    pub list: usize,
    /// The id that its family is named for; left out where that is its own, or families share no places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<&'a str>,
    /// The gates that fire, or would with other scores; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<FiredEntry<'a>>,
    /// What the board decided already; left out where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionEntry<'a>>,
    /// One for each question.
    pub cells: Vec<CellEntry<'a>>,
    /// By group, its score in units with its least and most: of groups whose score the page does not make.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<&'a str, Triple>,
    /// What the command found.
    pub is: FoundEntry<'a>,
}

/// A gate that fires, or would with other scores.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopFired")]
pub struct FiredEntry<'a> {
    /// The gate's id.
    pub gate: &'a str,
    /// Why, in a sentence.
    pub reason: String,
    /// The judged question that it reads; left out where it fires whatever the room does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<&'a str>,
    /// The scores with which it fires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scores: Option<Vec<String>>,
    /// Whether it fires as filed; left out where it fires whatever the room does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed: Option<bool>,
}

/// What the board decided.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopDecision")]
pub struct DecisionEntry<'a> {
    /// `adopted`, `rejected` or `moved`.
    pub outcome: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The role of the person who speaks for it.
    pub by: &'a str,
    /// The place in the board's list; left out where it has none of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<usize>,
}

/// The answer to one question.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopCell")]
pub struct CellEntry<'a> {
    /// The value in fine units, with its least and most.
    pub v: Triple,
    /// The answer in words, with its unit; left out where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub m: Option<String>,
    /// The sentence, or why nothing is known.
    pub because: String,
    /// Whether the answer is missing; left out where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub missing: bool,
    /// Whether figures answer it, without judgement; left out where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub figures: bool,
    /// The roles of those who judged it; left out where nobody did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<&'a str>,
    /// Why this answer alone can't be changed in the room; left out where it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// In a product of questions the factor in fine units, with its least and most; left out else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub f: Option<Triple>,
    /// The factor of each score; left out where there are none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub factors: BTreeMap<String, i64>,
}

/// What the command found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopFound")]
pub struct FoundEntry<'a> {
    /// Its rank; null where it is not ranked.
    pub rank: Option<usize>,
    /// Its total in units; null where it is not ranked.
    pub total: Option<i64>,
    /// How low and how high the total could be, in units; null where nothing leaves room, or there is no end. Left out where
    /// the ends are only known not to go farther.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Option<(i64, i64)>>,
    /// Where it stands: a tier's id, or a word.
    pub tier: &'a str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde lends it")]
fn is_first(list: &usize) -> bool {
    *list == 0
}

/// The candidates in the order of their ids.
///
/// # Errors
/// A script that can't make a group's score at one of its ends.
pub(super) fn candidates<'a>(
    report: &'a RankedAssessment<'a>,
    others: &OtherScores,
) -> Result<Vec<CandidateEntry<'a>>, Problems> {
    let mut maker = Maker { report, others, totaller: report.rules.totaller()? };
    let mut entries = Vec::new();
    for number in 0..report.assessment.candidates.len() {
        let Some(trace) = report.trace_of(number) else { continue };
        entries.push(maker.candidate(number, trace)?);
    }
    Ok(entries)
}

/// Makes entries of traces.
struct Maker<'a, 'o> {
    report: &'a RankedAssessment<'a>,
    others: &'o OtherScores,
    totaller: Totaller<'a>,
}

impl<'a> Maker<'a, '_> {
    fn candidate(&mut self, number: usize, trace: &'a Trace<'a>) -> Result<CandidateEntry<'a>, Problems> {
        let decisions = self.report.assessment.decisions.as_ref();
        let decision = decisions.and_then(|filed| filed.decisions.get(trace.id())).map(|decision| DecisionEntry {
            outcome: decision.outcome.word(),
            reason: &decision.reason,
            by: &decision.by,
            place: decision.place,
        });
        Ok(CandidateEntry {
            id: &trace.candidate.id,
            title: &trace.candidate.title,
            about: trace.candidate.about.as_deref(),
            list: self.report.ranking.lists().of(number),
            family: trace.family.map(|family| &*family.id).filter(|family| *family != trace.candidate.id),
            gates: self.gates(number, trace),
            decision,
            cells: trace.contributions.iter().enumerate().map(|(at, part)| self.cell((number, at), part)).collect(),
            scores: self.scores(trace)?,
            is: FoundEntry {
                rank: trace.rank,
                total: trace.total.map(Fixed::units),
                range: range(self.report.rules, trace),
                tier: trace.standing.word(self.report.rules),
            },
        })
    }

    fn gates(&self, number: usize, trace: &'a Trace<'a>) -> Vec<FiredEntry<'a>> {
        let rules = self.report.rules;
        let mut gates = Vec::new();
        for (at, gate) in rules.gates.iter().enumerate().filter(|(_, gate)| !gate.effect.names_lead()) {
            let fired = trace.gates.iter().find(|fired| fired.id == gate.id);
            match (self.others.gates.get(&(number, at)), fired) {
                (Some(by_score), fired) => gates.push(FiredEntry {
                    gate: &gate.id,
                    reason: by_score.reason.clone(),
                    criterion: rules.criteria.get(by_score.criterion).map(|criterion| &*criterion.id),
                    scores: Some(by_score.scores.iter().map(ToString::to_string).collect()),
                    filed: Some(fired.is_some()),
                }),
                (None, Some(fired)) => gates.push(FiredEntry {
                    gate: &gate.id,
                    reason: fired.reason.clone(),
                    criterion: None,
                    scores: None,
                    filed: None,
                }),
                (None, None) => {}
            }
        }
        gates
    }

    fn cell(&self, (number, at): (usize, usize), part: &'a Contribution<'a>) -> CellEntry<'a> {
        let is_missing = part.missing.is_some();
        let mut by: Vec<&str> = Vec::new();
        for judged in part.evidence.iter().filter_map(|cited| cited.origin.judged.as_ref()) {
            by.extend(judged.by.iter().map(String::as_str).filter(|role| !by.contains(role)).collect::<Vec<_>>());
        }
        let words = |measure| with_unit(&part.criterion.figure(measure), part.criterion.unit_behind());
        let factors = self.others.factors.get(&(number, at)).into_iter().flatten();
        CellEntry {
            v: triple(part.value.map_or(0, Fixed::units), part.value_range, has_no_most(part)),
            m: part.measure.map(|measure| words(measure.estimate)),
            because: contribution_reason(part),
            missing: is_missing,
            figures: self.report.ranking.rests_on_figures(at, number),
            by: if is_missing { Vec::new() } else { by },
            fixed: self.others.fixed.get(&(number, at)).cloned(),
            f: (part.kind == Earned::Factor).then(|| triple(part.points.units(), part.points_range, has_no_most(part))),
            factors: factors.map(|(score, factor)| (score.to_string(), *factor)).collect(),
        }
    }

    /// The scores of the groups whose score the page does not make.
    fn scores(&mut self, trace: &Trace<'a>) -> Result<BTreeMap<&'a str, Triple>, Problems> {
        let rules = self.report.rules;
        let given: Vec<usize> = (0..rules.combine.groups().len()).filter(|group| is_given(rules, *group)).collect();
        let mut scores = BTreeMap::new();
        if given.is_empty() {
            return Ok(scores);
        }
        let at_ends = match trace.total {
            Some(_) => self.totaller.ends_of_figures(&row(rules, trace))?.1,
            // It is not ranked: something may be missing that a script can't do without.
            None => vec![Ends::at(0); rules.groups.len()],
        };
        for group in given {
            let Some((section, ends)) = trace.sections.get(group).zip(at_ends.get(group)) else { continue };
            let score = section.score.map_or(0, Fixed::units);
            scores.insert(section.id, (score, ends.least, Some(ends.most)));
        }
        Ok(scores)
    }
}

/// The ends of what each question brings in, and the shares of groups that have a weight.
fn row(rules: &RuleSet, trace: &Trace<'_>) -> Vec<Ends> {
    let ends =
        |range: Range| Ends { least: range.low.units(), most: range.high.units(), are_reached: range.is_reached };
    let mut row: Vec<Ends> = trace.contributions.iter().map(|part| ends(part.points_range)).collect();
    row.resize(rules.weights.shares().len(), Ends::at(0));
    for (group, section) in trace.sections.iter().enumerate() {
        let share = section.weighed.map_or(0, |weighed| weighed.weight.units());
        if let Some(slot) = rules.combine.weight_at(group).and_then(|at| row.get_mut(at)) {
            *slot = Ends::at(share);
        }
    }
    row
}

/// Whether only the command makes the score of a group: it is made by a script that is no plain arithmetic, or of powers of
/// scores.
fn is_given(rules: &RuleSet, group: usize) -> bool {
    let Some(scored) = rules.combine.groups().get(group) else { return false };
    let is_script = scored.node.way.expression().is_some() && super::groups::formula(rules, Some(group)).is_none();
    is_script || (scored.node.kind == MemberKind::Group && scored.node.way.earned().is_factor())
}

fn has_no_most(part: &Contribution<'_>) -> bool {
    let stands_in = part.missing.is_some() && part.criterion.stand_in().is_some();
    stands_in && part.criterion.value.shape().unbounded().is_some()
}

fn triple(figure: i64, range: Range, has_no_most: bool) -> Triple {
    (figure, range.low.units(), (!has_no_most).then_some(range.high.units()))
}

/// The ends of the total; none where the page's own may be nearer, as those of a formula are only bounded here.
fn range(rules: &RuleSet, trace: &Trace<'_>) -> Option<Option<(i64, i64)>> {
    let groups = 0..rules.combine.groups().len();
    let has_formula = groups.map(Some).chain([None]).any(|group| super::groups::formula(rules, group).is_some());
    let ends = |range: Range| (range.low.units(), range.high.units());
    match trace.range {
        Some(range) if !range.is_reached && has_formula => None,
        range => Some(range.map(ends)),
    }
}
