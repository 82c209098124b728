//! The third side: points by question, what counts twice, and the weights that would change the list.

use super::super::charts;
use super::super::model::{PointsBar, PointsLine, PointsSide, QuestionColumn};
use super::basis::Basis;
use super::list;
use super::shown::{Shown, per_cent};
use super::weights;
use crate::assessment::OverlapKind;
use crate::ranked::RankedAssessment;
use crate::rules::Earned;
use crate::scoring::{Contribution, Fixed, Standing, Trace};
use crate::words::{listed, lower_title, upper_first};

/// The table has room for so many questions.
const MOST_QUESTIONS: usize = 12;
/// What of the table's width the questions share.
const QUESTIONS_WIDTH: f64 = 0.70;
/// The class of a question that was left out.
const LEFT_OUT: &str = "left-out";
/// So many overlaps are told.
const MOST_OVERLAPS: usize = 6;

/// The third side.
pub(in crate::report::paper) fn points_side(report: &RankedAssessment<'_>) -> PointsSide {
    let rules = report.rules;
    let fits = rules.criteria.len() <= MOST_QUESTIONS;
    let drawn = if fits { list::drawn(report) } else { Vec::new() };
    let mut bases: Vec<Basis> = drawn.iter().flat_map(|trace| &trace.contributions).filter_map(Basis::of).collect();
    bases.sort_unstable();
    bases.dedup();
    let most = most_times(&drawn, report);
    let rows: Vec<PointsLine> = lines(&drawn, report, most);
    let questions = if fits { columns(report) } else { Vec::new() };
    let over = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.over);
    PointsSide {
        heading: charts::points_title(report),
        sentences: sentences(report, fits, rows.iter().flat_map(|row| &row.cells).any(|cell| cell.class == LEFT_OUT)),
        key: bases.into_iter().map(Basis::mark).collect(),
        grid: questions.iter().map(|question| format!("{}fr", question.width)).collect::<Vec<_>>().join(" "),
        questions,
        rows,
        over: match most {
            most if most > 1.0 => Some(format!(
                "Answers can be worth more than the weight of their question: a full bar is {} times it.",
                crate::words::number(most, 1)
            )),
            _ => over.then(|| {
                "An arrow: more than the weight of the question, since that of one left out went to the others."
                    .to_owned()
            }),
        },
        twice: twice(report),
        weights_heading: weights::heading(report),
        weights_about: weights::about(report),
        weights: weights::rows(report),
    }
}

fn sentences(report: &RankedAssessment<'_>, fits: bool, has_left_out: bool) -> Vec<String> {
    let rules = report.rules;
    let count = rules.criteria.len();
    let mut told = Vec::new();
    let most = (0..count).map(|it| report.rules.weight_of(it)).max();
    let heaviest: Vec<String> = rules
        .criteria
        .iter()
        .enumerate()
        .filter(|(it, _)| Some(report.rules.weight_of(*it)) == most)
        .map(|(_, criterion)| lower_title(&criterion.title))
        .collect();
    if let Some(most) = most.filter(|_| heaviest.len() < count && rules.groups.is_empty()) {
        let count = if heaviest.len() == 1 { "counts" } else { "count" };
        told.push(format!(
            "{} {count} most, {} of {}.",
            upper_first(&listed(&heaviest)),
            most.as_weight(),
            rules.scale
        ));
    }
    if fits {
        told.push("Points are rounded, so a row need not add up to its total.".to_owned());
    }
    if has_left_out {
        told.push("A dash: left out, for its answer is missing.".to_owned());
    }
    if !fits {
        told.push("There are too many to stand side by side here: “What the totals are made of”, in the annex, has the points for each.".to_owned());
    }
    told
}

fn columns(report: &RankedAssessment<'_>) -> Vec<QuestionColumn> {
    let weights: Vec<Fixed> = (0..report.rules.criteria.len()).map(|it| report.rules.weight_of(it)).collect();
    // A question without weight still has a name to be read.
    let least = weights.iter().map(|weight| weight.to_f64()).sum::<f64>() / 100.0;
    let widths: Vec<f64> = weights.iter().map(|weight| weight.to_f64().max(least)).collect();
    let all: f64 = widths.iter().sum();
    let column = |((criterion, weight), width): ((&crate::rules::Criterion, &Fixed), &f64)| QuestionColumn {
        title: criterion.title.clone(),
        question: criterion.question.clone(),
        weight: weight.as_weight(),
        width: per_cent(if all > 0.0 { width / all } else { 0.0 }),
        column: per_cent(if all > 0.0 { width / all * QUESTIONS_WIDTH } else { 0.0 }),
    };
    report.rules.criteria.iter().zip(&weights).zip(&widths).map(column).collect()
}

/// How many times the weight of its question the answer earned that earned most, where values can pass 1; 1 elsewhere.
fn most_times(drawn: &[&Trace<'_>], report: &RankedAssessment<'_>) -> f64 {
    if !charts::has_no_end(report.rules) {
        return 1.0;
    }
    let values = drawn.iter().flat_map(|trace| &trace.contributions).filter_map(|part| part.value);
    values.map(Fixed::to_f64).fold(1.0, f64::max)
}

fn lines(drawn: &[&Trace<'_>], report: &RankedAssessment<'_>, most: f64) -> Vec<PointsLine> {
    let shown = Shown::new(report.rules);
    let first_below = drawn.iter().position(|trace| trace.standing != Standing::Tier(0)).filter(|at| *at > 0);
    let line = |(at, trace): (usize, &&Trace<'_>)| PointsLine {
        title: trace.candidate.title.clone(),
        below: Some(at) == first_below,
        cells: trace
            .contributions
            .iter()
            .enumerate()
            .map(|(it, part)| bar(part, report.rules.weight_of(it), shown, most))
            .collect(),
        total: trace.total.map_or_else(String::new, |total| shown.points(total)),
    };
    drawn.iter().enumerate().map(line).collect()
}

fn bar(part: &Contribution<'_>, weight: Fixed, shown: Shown, most: f64) -> PointsBar {
    let Some(basis) = Basis::of(part) else {
        let width = "0".to_owned();
        return PointsBar { points: "–".to_owned(), sign: "", class: LEFT_OUT, width, over: false };
    };
    let earned = match part.kind {
        Earned::Points if weight.units() > 0 => part.points.to_f64() / weight.to_f64(),
        _ => part.value.map_or(0.0, Fixed::to_f64),
    };
    let mark = basis.mark();
    PointsBar {
        points: shown.points(part.points),
        sign: mark.sign,
        class: mark.class,
        width: per_cent((earned / most).clamp(0.0, 1.0)),
        over: part.kind == Earned::Points && weight.units() > 0 && earned > most,
    }
}

/// What is part of what, and what rests on some of the same evidence, of those with a total.
fn twice(report: &RankedAssessment<'_>) -> Vec<String> {
    let mut told = Vec::new();
    let mut pairs = 0;
    for trace in report.traces.iter().filter(|trace| trace.total.is_some()) {
        for (kind, other) in &trace.overlaps {
            let has_total = |other: &str| report.traces.iter().any(|it| it.candidate.id == other && it.total.is_some());
            let sentence = match kind {
                OverlapKind::PartOf => format!("{} is part of {}.", trace.candidate.title, other.title),
                OverlapKind::SharesEvidence if trace.candidate.id < other.id => {
                    format!("{} and {} rest on some of the same evidence.", trace.candidate.title, other.title)
                }
                OverlapKind::SharesEvidence | OverlapKind::Whole => continue,
            };
            if has_total(&other.id) {
                pairs += 1;
                told.push(sentence);
            }
        }
    }
    told.truncate(MOST_OVERLAPS);
    if pairs > MOST_OVERLAPS {
        told.push(format!("The sheets in the annex have {} more.", pairs - MOST_OVERLAPS));
    }
    if pairs > 0 {
        told.push(match report.rules.tiers.first().is_some_and(|tier| tier.one_of_a_family) {
            true => "Nothing takes two places.".to_owned(),
            false => "What they share counts in each of them.".to_owned(),
        });
    }
    told
}
