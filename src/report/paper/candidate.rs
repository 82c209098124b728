//! One candidate's row and section.

use super::model::{CandidateSection, MainReason, PaperGate, QuestionRow, WouldChange};
use super::row::{MAX_REASONS, row};
use super::words::{answer, or_dash};
use super::{charts, evidence, gaps};
use crate::explain::change;
use crate::explain::{
    self, arithmetic, contribution_reason, main_costs, main_reasons, range_in_words, standing_in_words, standing_rule,
};
use crate::ranked::RankedAssessment;
use crate::report::{answered, judged};
use crate::scoring::{Contribution, Standing, Trace};
use crate::words::{lower_title, upper_first};

/// The candidate's section.
pub(super) fn section(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> CandidateSection {
    let rules = report.rules;
    CandidateSection {
        row: row(trace, true),
        standing: standing_in_words(trace.standing, rules),
        rule: standing_rule(trace.standing, rules),
        total: trace.total.map_or_else(|| "not ranked".to_owned(), |total| total.to_string()),
        about: trace.candidate.about.clone(),
        why: why(trace),
        reasons: main_reasons(trace, MAX_REASONS).into_iter().map(|part| reason(part)).collect(),
        costs: main_costs(trace, MAX_REASONS).into_iter().map(|part| reason(part)).collect(),
        gates: gates(trace),
        at_the_line: explain::at_the_line_in_words(trace, rules),
        overlaps: explain::overlaps_in_words(trace),
        sure: sure(trace),
        why_not: why_not(trace, report),
        meanwhile: trace.candidate.meanwhile.clone(),
        would_change: would_change(trace, report),
        chart: charts::points(trace, report),
        questions: trace.contributions.iter().map(question).collect(),
        sums: arithmetic(trace, rules),
        beside: explain::beside_in_words(trace),
        vetoes: explain::vetoes_in_words(trace),
        gaps: gaps::candidate_gaps(trace),
        evidence: evidence::candidate_evidence(trace, report),
    }
}

/// Why it is where it is: what carries the total, or what keeps it from having one.
fn why(trace: &Trace<'_>) -> String {
    if let Some(criterion) = trace.refused_by {
        return format!("The rules do not rank without an answer on {}.", lower_title(&criterion.title));
    }
    if let Some(told) = explain::too_little_in_words(trace) {
        return told;
    }
    match &*main_reasons(trace, MAX_REASONS) {
        [] => "No question earned it points.".to_owned(),
        [_] => "It scores most on one question:".to_owned(),
        parts => format!("It scores most on {} questions:", parts.len()),
    }
}

fn reason(part: &Contribution<'_>) -> MainReason {
    MainReason {
        title: part.criterion.title.clone(),
        points: part.kind.in_words(part.points),
        because: contribution_reason(part),
    }
}

fn gates(trace: &Trace<'_>) -> Vec<PaperGate> {
    let gate = |gate: &crate::scoring::GateTrace<'_>| PaperGate {
        title: gate.title.to_owned(),
        effect: gate.in_the_paper(),
        reason: gate.reason.clone(),
    };
    trace.gates.iter().map(gate).collect()
}

fn sure(trace: &Trace<'_>) -> String {
    let range = match (trace.total, trace.range) {
        (None, _) => "There is no total".to_owned(),
        (Some(total), Some(range)) if range.is_reached => {
            format!("The total is {total} and could be from {} to {}", range.low, range.high)
        }
        (Some(total), Some(range)) => format!("The total is {total} and proven to be {}", range_in_words(range)),
        (Some(total), None) => format!("The total is {total}; how far it could be out is not known"),
    };
    let judged = match judged(trace) {
        0 => String::new(),
        judged => format!(", {judged} of them by judgement alone"),
    };
    format!("{range}. {} questions are answered{judged}.", upper_first(&answered(trace)))
}

/// What would change its place, where that was worked out.
fn would_change(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Vec<WouldChange> {
    let Some(changes) = report.changes.get(trace.id()) else { return Vec::new() };
    if let Some(gate) = trace.overruling_gate() {
        let goal = format!("A gate decides where it stands ({})", lower_title(gate.title));
        let sentences = explain::beyond_the_gate(trace, report.rules).into_iter().collect();
        return vec![WouldChange { goal, sentences }];
    }
    let told = change::change_sentences(changes, &report.ranking).into_iter();
    told.map(|told| WouldChange { goal: told.goal, sentences: vec![told.weight, told.weights, told.answers] }).collect()
}

fn question(part: &Contribution<'_>) -> QuestionRow {
    QuestionRow {
        title: part.criterion.title.clone(),
        question: part.criterion.question.clone(),
        answer: answer(part),
        value: or_dash(part.value),
        weight: part.weight.as_weight(),
        points: or_dash(part.earned()),
        because: contribution_reason(part),
        stand_in: gaps::stand_in(part),
    }
}

/// Why it is not in the first tier, in one sentence; none where it is.
pub(super) fn why_not(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Option<String> {
    explain::why_not(&report.ranking, trace, &report.traces)
}

/// What is still done about it, where it is not chosen.
pub(super) fn meanwhile(trace: &Trace<'_>) -> Option<String> {
    trace.candidate.meanwhile.clone().filter(|_| trace.standing != Standing::Tier(0))
}
