//! Who can't be told apart: groups in which no one is ahead of another often enough, by enough, or in print.

use super::shown::{Shown, in_words, side_by_side, so_many, titles};
use crate::ranked::RankedAssessment;
use crate::scoring::{Standing, Trace};
use crate::sensitivity::acceptability::Acceptability;
use crate::words::upper_first;

/// So many groups are told.
const MOST_GROUPS: usize = 4;

/// What makes two alike.
pub(super) fn alike_by(report: &RankedAssessment<'_>) -> String {
    match (draws(report), report.rules.told_apart_by) {
        (Some(_), _) => format!("none is ahead of another in {} of 100 runs", report.rules.sure.probable),
        (None, Some(apart)) => format!("less than {} points apart", apart.trimmed()),
        (None, None) => "their points print alike".to_owned(),
    }
}

/// Each group, and who of it has a place, a sentence or two each.
pub(super) fn alike(report: &RankedAssessment<'_>) -> Vec<String> {
    let groups = groups(report);
    let told = |group: &Vec<&Trace<'_>>| {
        let (inside, outside) = by_place(group);
        let so = match (report.rules.tiers.len(), inside.is_empty(), outside.is_empty()) {
            (..2, ..) => String::new(),
            (_, false, true) => " All have a place.".to_owned(),
            (_, true, _) => " None has a place.".to_owned(),
            _ => format!(" With a place: {}.", side_by_side(&titles(inside))),
        };
        format!("{}.{so}", side_by_side(&titles(group.iter().copied())))
    };
    let more = groups.len().checked_sub(MOST_GROUPS).filter(|more| *more > 0);
    let more = more.map(|more| format!("{} below them.", upper_first(&so_many(more, "more group", "more groups"))));
    groups.iter().take(MOST_GROUPS).map(told).chain(more).collect()
}

/// That the line runs through a group, so that points alone do not say who of it should have a place; none where it runs through none.
pub(super) fn across_the_line(report: &RankedAssessment<'_>) -> Option<String> {
    if report.rules.tiers.len() < 2 {
        return None;
    }
    let groups = groups(report);
    let (group, inside) = groups.iter().find_map(|group| {
        let (inside, outside) = by_place(group);
        (!inside.is_empty() && !outside.is_empty()).then_some((group, inside.len()))
    })?;
    Some(format!(
        "These can’t be told apart, {}: {}. {} of the {} {} a place.",
        alike_by(report),
        side_by_side(&titles(group.iter().copied())),
        upper_first(&in_words(inside)),
        in_words(group.len()),
        if inside == 1 { "has" } else { "have" }
    ))
}

/// Those of a group with a place, and those without.
fn by_place<'t, 'a>(group: &[&'t Trace<'a>]) -> (Vec<&'t Trace<'a>>, Vec<&'t Trace<'a>>) {
    group.iter().partition(|trace| trace.standing == Standing::Tier(0))
}

/// Groups of two and more in which any two are alike, in the order of the list.
fn groups<'t, 'a>(report: &'t RankedAssessment<'a>) -> Vec<Vec<&'t Trace<'a>>> {
    let mut groups: Vec<Vec<&Trace<'_>>> = Vec::new();
    for trace in report.traces.iter().filter(|trace| trace.total.is_some()) {
        match groups.last_mut().filter(|group| group.iter().all(|other| are_alike(other, trace, report))) {
            Some(group) => group.push(trace),
            None => groups.push(vec![trace]),
        }
    }
    groups.into_iter().filter(|group| group.len() > 1).collect()
}

fn are_alike(one: &Trace<'_>, other: &Trace<'_>, report: &RankedAssessment<'_>) -> bool {
    let shown = Shown::new(report.rules);
    match draws(report) {
        Some(found) => {
            let share = f64::from(report.rules.sure.probable) / 100.0;
            [(one, other), (other, one)].iter().all(|(a, b)| wins(found, a, b, report).is_some_and(|it| it < share))
        }
        None => one.total.zip(other.total).is_some_and(|(own, others)| {
            let gap = (own.to_f64() - others.to_f64()).abs();
            let apart = report.rules.told_apart_by;
            shown.points(own) == shown.points(others) || apart.is_some_and(|apart| gap < apart.to_f64())
        }),
    }
}

/// The draws, where they were made and say who is ahead of whom.
fn draws<'t>(report: &'t RankedAssessment<'_>) -> Option<&'t Acceptability> {
    report.acceptability.as_ref().map(|(found, _)| found).filter(|found| found.pairwise_wins.is_some())
}

/// In what share of the draws one is ahead of the other.
fn wins(found: &Acceptability, one: &Trace<'_>, other: &Trace<'_>, report: &RankedAssessment<'_>) -> Option<f64> {
    let at = |trace: &Trace<'_>| {
        let number = report.assessment.candidate_number(&trace.candidate.id);
        found.candidates.iter().position(|accepted| Some(accepted.candidate) == number)
    };
    found.pairwise_wins.as_ref()?.get(at(one)?)?.get(at(other)?).copied()
}
