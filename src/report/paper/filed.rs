//! What the partnership filed beside the evidence: the board's decisions, statements, results of last year's plan.

use super::model::{
    CharacteristicRow, PaperBoard, PaperDecision, PaperDone, PaperOutcome, PaperPlanResult, PaperStatement, Statements,
};
use super::words::rank_of;
use crate::assessment::decisions::DecisionOutcome;
use crate::assessment::statement::{DocumentPlace, Heading, PlanResult as Result};
use crate::board::{BoardComparison, CandidateDecision};
use crate::explain::{overrides_in_words, standing_in_words};
use crate::ranked::RankedAssessment;
use crate::report::review::{change_in_words, shown, verdict};
use crate::review::{ActionReview, MeasureReview, PlanReview, review};
use crate::rules::RuleSet;
use crate::words::{listed, upper_first};

/// What is known of people with each protected characteristic; empty where nothing is filed of any.
pub(super) fn characteristics(report: &RankedAssessment<'_>) -> Vec<CharacteristicRow> {
    let parts = report.assessment.committee.by_characteristic();
    let rows: Vec<CharacteristicRow> =
        parts.map(|part| CharacteristicRow { title: part.what, known: part.filed.cloned() }).collect();
    if rows.iter().all(|row| row.known.is_none()) { Vec::new() } else { rows }
}

/// What the board decided; none where no decision is filed.
pub(super) fn board(report: &RankedAssessment<'_>) -> Option<PaperBoard> {
    let board = report.board.as_ref()?;
    Some(PaperBoard {
        meeting: board.decisions.title.clone(),
        date: board.decisions.date.to_string(),
        summary: summary(board),
        list: board.list.iter().map(|decided| decided.candidate.title.clone()).collect(),
        decisions: board.list.iter().chain(&board.rejected).map(|decided| decision(decided, report.rules)).collect(),
        undecided: board.undecided.iter().map(|candidate| candidate.title.clone()).collect(),
    })
}

fn summary(decided: &BoardComparison<'_>) -> String {
    let titles: Vec<String> = decided.overruling_decisions().map(|decided| decided.candidate.title.clone()).collect();
    match titles.is_empty() {
        true => "The board decided as the rules have it.".to_owned(),
        false => format!("The board decided otherwise than the rules on {}.", listed(&titles)),
    }
}

fn decision(decided: &CandidateDecision<'_>, rules: &RuleSet) -> PaperDecision {
    let ranked = rank_of(decided.rank).map_or_else(String::new, |rank| format!(", {rank}"));
    let done = match decided.decision.outcome {
        DecisionOutcome::Adopted => "adopted",
        DecisionOutcome::Moved => "moved",
        DecisionOutcome::Rejected => "rejected",
    };
    let overruled = overrides_in_words(decided, rules);
    PaperDecision {
        candidate: decided.candidate.title.clone(),
        engine: format!("{}{ranked}", standing_in_words(decided.standing, rules)),
        board: decided.place.map_or_else(|| done.to_owned(), |place| format!("{done}, place {place}")),
        overruled: (!overruled.is_empty()).then(|| format!("{}.", upper_first(&overruled.join("; ")))),
        reason: decided.decision.reason.clone(),
        by: decided.decision.by.clone(),
        date: decided.decision.date.to_string(),
    }
}

/// What is stated under each heading.
pub(super) fn statements(report: &RankedAssessment<'_>) -> Statements {
    let under = |heading: Heading| {
        let stated = report.assessment.statements.iter().filter(move |statement| statement.under == heading);
        stated
            .map(|statement| PaperStatement {
                text: statement.text.clone(),
                from: from(&statement.cited),
                note: statement.cited.note.clone(),
            })
            .collect()
    };
    Statements {
        levels: under(Heading::Levels),
        changes: under(Heading::Changes),
        priorities: under(Heading::Priorities),
        last_plan: under(Heading::LastPlan),
        community: under(Heading::Views),
    }
}

/// What became of last year's plan.
pub(super) fn last_plan(report: &RankedAssessment<'_>) -> Vec<PaperPlanResult> {
    report.assessment.last_plan.iter().map(result).collect()
}

fn result(result: &Result) -> PaperPlanResult {
    let achieved = match result.achieved {
        Some(true) => "achieved",
        Some(false) => "not achieved",
        None => "not said",
    };
    PaperPlanResult {
        priority: result.priority.clone(),
        measure: result.measure.clone(),
        baseline: result.baseline.clone(),
        latest: result.latest.clone(),
        achieved,
        from: from(&result.cited),
        note: result.cited.note.clone(),
    }
}

/// What became of the measures of the plans that are reviewed.
pub(super) fn outcomes(report: &RankedAssessment<'_>) -> Vec<PaperOutcome> {
    let reviews = review(report.assessment);
    reviews.iter().flat_map(|plan| plan.measures.iter().map(move |it| outcome(plan, it))).collect()
}

fn outcome(review: &PlanReview<'_>, it: &MeasureReview<'_>) -> PaperOutcome {
    let measure = it.measure;
    PaperOutcome {
        plan: format!("{}, {}", review.plan.title, review.plan.period),
        measure: measure.title.clone(),
        regard: measure.regard.clone(),
        before: shown(measure.baseline.as_ref()),
        now: shown(measure.actual.as_ref()),
        change: change_in_words(it),
        outcome: it.outcome.word.phrase(),
        because: it.outcome.because.clone(),
        chance: verdict(&it.chance),
        from: from(&measure.cited),
        note: measure.cited.note.clone(),
    }
}

/// How far the actions of the plans that are reviewed are, of those that are followed.
pub(super) fn done(report: &RankedAssessment<'_>) -> Vec<PaperDone> {
    let reviews = review(report.assessment);
    reviews.iter().flat_map(|plan| plan.actions.iter().map(move |it| done_of(plan, it))).collect()
}

fn done_of(review: &PlanReview<'_>, it: &ActionReview<'_>) -> PaperDone {
    PaperDone {
        plan: format!("{}, {}", review.plan.title, review.plan.period),
        action: it.action.title.clone(),
        done: it.action.progress.last().map(|latest| format!("{}%", latest.percent)),
        due: it.action.due.map(|due| due.last_day().to_string()),
        lead: it.action.lead.clone(),
        outcome: it.outcome.word.phrase(),
        because: it.outcome.because.clone(),
    }
}

fn from(cited: &DocumentPlace) -> String {
    format!("{}, {}", cited.source, cited.place)
}
