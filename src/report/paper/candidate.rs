//! One candidate's row and section.

use super::model::{CandidateSection, PaperGate, QuestionRow, WouldChange};
use super::row::{MAX_REASONS, row};
use super::sides::{Basis, Sureness, per_cent, surety_in_words};
use super::words::{answer, or_dash};
use super::{charts, evidence, gaps, trend};
use crate::explain::change;
use crate::explain::{
    self, arithmetic, contribution_reason, main_costs, main_reasons, range_in_words, standing_in_words, standing_rule,
};
use crate::ranked::RankedAssessment;
use crate::report::{answered_questions, judged};
use crate::rules::Earned;
use crate::scoring::{Contribution, Fixed, Standing, Trace};
use crate::words::{listed, lower_title, upper_first};

/// The candidate's section.
pub(super) fn section(trace: &Trace<'_>, report: &RankedAssessment<'_>, sureness: &Sureness) -> CandidateSection {
    let rules = report.rules;
    let questions = questions(trace, report);
    let (evidence, kept) = evidence::candidate_evidence(trace, report);
    CandidateSection {
        row: row(trace, true),
        standing: standing_in_words(trace.standing, rules),
        rule: standing_rule(trace.standing, rules),
        total: trace.total.map_or_else(|| "not ranked".to_owned(), |total| total.to_string()),
        about: trace.candidate.about.clone(),
        surety: surety_in_words(trace, report, sureness),
        why: why(trace),
        gates: gates(trace),
        at_the_line: explain::at_the_line_in_words(trace, rules),
        overlaps: explain::overlaps_in_words(trace),
        sure: sure(trace),
        why_not: why_not(trace, report),
        meanwhile: trace.candidate.meanwhile.clone(),
        affected: trace.candidate.affected.clone(),
        would_change: would_change(trace, report),
        over: questions.iter().any(|row| row.over).then_some(OVER),
        questions,
        sums: arithmetic(trace, rules),
        beside: explain::beside_in_words(trace),
        vetoes: explain::vetoes_in_words(trace),
        trends: trend::trends(trace, report),
        evidence,
        kept,
    }
}

/// What carries the total and what lowers it; empty without one.
fn why(trace: &Trace<'_>) -> String {
    // Why it has none is what is said of why it is not in the first tier.
    if trace.total.is_none() {
        return String::new();
    }
    let parts = |parts: Vec<&Contribution<'_>>| {
        let told = |part: &&Contribution<'_>| {
            format!("{} ({})", lower_title(&part.criterion.title), part.kind.in_words(part.points))
        };
        listed(&parts.iter().map(told).collect::<Vec<_>>())
    };
    let (reasons, costs) = (main_reasons(trace, MAX_REASONS), main_costs(trace, MAX_REASONS));
    let most = match reasons.is_empty() {
        true => "No question earned it points.".to_owned(),
        false => format!("It scores most on {}.", parts(reasons)),
    };
    match costs.is_empty() {
        true => most,
        false => format!("{most} What lowers it: {}.", parts(costs)),
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
    let are = if trace.contributions.len() == 1 { "is" } else { "are" };
    format!("{range}. {} {are} answered{judged}.", upper_first(&answered_questions(trace)))
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

/// Why it is so; that simply nothing is filed is said shortly, as the rules tell what the question reads.
fn reason(part: &Contribution<'_>) -> String {
    match &part.missing {
        Some(missing) if missing.told.is_empty() => "No evidence is filed.".to_owned(),
        _ => contribution_reason(part),
    }
}

/// Why a bar ends in an arrow.
const OVER: &str =
    "An arrow marks more than the weight of the question: another was left out, and its weight went to the others.";

/// One row for each question, with bars that compare within the sheet.
fn questions(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Vec<QuestionRow> {
    let rules = report.rules;
    let weights: Vec<f64> = (0..rules.criteria.len()).map(|it| rules.weight_of(it).to_f64()).collect();
    let heaviest = weights.iter().copied().fold(0.0, f64::max);
    let bounded = !charts::has_no_end(rules);
    let values = trace.contributions.iter().filter_map(|part| part.value).map(Fixed::to_f64);
    let most = if bounded { 1.0 } else { values.fold(1.0, f64::max) };
    let row = |(part, weight): (&Contribution<'_>, &f64)| {
        let basis = Basis::of(part).map(Basis::mark);
        let room = if heaviest > 0.0 { weight / heaviest } else { 0.0 };
        let earned = match part.kind {
            Earned::Points if *weight > 0.0 => part.points.to_f64() / weight,
            _ => part.value.map_or(0.0, Fixed::to_f64),
        };
        QuestionRow {
            title: part.criterion.title.clone(),
            question: part.criterion.question.clone(),
            answer: answer(part),
            value: or_dash(part.value),
            weight: part.weight.as_weight(),
            points: or_dash(part.earned()),
            sign: basis.as_ref().map_or("", |mark| mark.sign),
            class: basis.as_ref().map_or("left-out", |mark| mark.class),
            bar: per_cent(room * (earned / most).clamp(0.0, 1.0)),
            room: bounded.then(|| per_cent(room)),
            over: bounded && part.kind == Earned::Points && *weight > 0.0 && earned > 1.0,
            because: reason(part),
            stand_in: gaps::stand_in(part),
        }
    };
    trace.contributions.iter().zip(&weights).map(row).collect()
}

/// Why it is not in the first tier, in one sentence; none where it is.
pub(super) fn why_not(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Option<String> {
    explain::why_not(&report.ranking, trace, &report.traces)
}

/// What is still done about it, where it is not chosen.
pub(super) fn meanwhile(trace: &Trace<'_>) -> Option<String> {
    trace.candidate.meanwhile.clone().filter(|_| trace.standing != Standing::Tier(0))
}
