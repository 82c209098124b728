//! What was missing, over the list, and what stands in.

use super::model::{GapsSection, QuestionGap};
use super::words::shortened;
use crate::ranked::RankedAssessment;
use crate::report::matrix::MemberMatrix;
use crate::rules::Treatment;
use crate::scoring::{Contribution, Trace};
use crate::words::counted;

/// The questions that went without an answer for somebody.
pub(super) fn gaps_section(report: &RankedAssessment<'_>) -> GapsSection {
    let answers: usize = report.traces.iter().map(|trace| trace.contributions.len()).sum();
    let all: usize = report.traces.iter().map(|trace| missing(trace).count()).sum();
    let sentence = match all {
        0 => format!("Evidence answers every question for every candidate: {}.", counted(answers, "answer", "answers")),
        1 => format!("1 of {} is missing.", counted(answers, "answer", "answers")),
        all => format!("{all} of {} are missing.", counted(answers, "answer", "answers")),
    };
    let sentence = format!("{sentence}{}", members_unsaid(report));
    let questions = report.rules.criteria.iter().enumerate().filter_map(|(number, criterion)| {
        let without = |trace: &&Trace<'_>| trace.contributions.get(number).is_some_and(|part| part.missing.is_some());
        let names: Vec<String> =
            report.traces.iter().filter(without).map(|trace| trace.candidate.title.clone()).collect();
        (!names.is_empty()).then(|| QuestionGap {
            title: criterion.title.clone(),
            count: format!("{} of {}", names.len(), report.traces.len()),
            candidates: shortened(names),
            stand_in: criterion.missing.policy().done(),
        })
    });
    GapsSection { sentence, questions: questions.collect() }
}

/// How often members did not say whether a theme is a priority of theirs; empty where they all did.
pub(super) fn members_unsaid(report: &RankedAssessment<'_>) -> String {
    let Some(matrix) = MemberMatrix::new(report) else { return String::new() };
    let unsaid: usize = matrix.rows.iter().map(|row| row.unknown).sum();
    let all = matrix.rows.len() * matrix.counted();
    match unsaid {
        0 => String::new(),
        _ => format!(
            " Whether a theme is a priority, members did not say {} of {all}: that is left open, and is no \"no\".",
            counted(unsaid, "time", "times")
        ),
    }
}

/// The answers that are missing.
pub(super) fn missing<'t, 'a>(trace: &'t Trace<'a>) -> impl Iterator<Item = &'t Contribution<'a>> {
    trace.contributions.iter().filter(|part| part.missing.is_some())
}

/// What stands in for a missing answer, without the reason, which is with the rules; none where there is an answer.
pub(super) fn stand_in(part: &Contribution<'_>) -> Option<String> {
    part.missing.as_ref()?;
    Some(match (part.value, part.criterion.if_missing()) {
        (Some(value), _) => format!("{} stands in", value.trimmed()),
        (None, Treatment::LeaveOut) => "the question is left out".to_owned(),
        (None, _) => "not ranked without it".to_owned(),
    })
}
