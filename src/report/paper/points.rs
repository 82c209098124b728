//! What the totals are made of: the points of every candidate with a section, question by question.

use super::charts;
use super::model::{PointsCell, PointsRow, PointsSection, PointsTable};
use super::words::or_dash;
use crate::ranked::RankedAssessment;
use crate::rules::{Criterion, Earned, RuleSet};
use crate::scoring::{Contribution, Fixed, Trace};
use crate::words::number;

/// So many questions fit side by side on a page of A4.
const CANDIDATES_ABREAST: usize = 10;

/// The points of these candidates.
pub(super) fn points_section(traces: &[&Trace<'_>], report: &RankedAssessment<'_>) -> PointsSection {
    let rules = report.rules;
    let most = match charts::has_no_end(rules) {
        true => "the most that any candidate earned",
        false => "what the question can earn",
    };
    let parts = rules.criteria.chunks(CANDIDATES_ABREAST).enumerate();
    PointsSection {
        earned: earned_word(rules),
        most,
        title: charts::points_title(report),
        tables: parts.map(|(part, criteria)| table(part * CANDIDATES_ABREAST, criteria, traces)).collect(),
    }
}

/// What the questions bring in.
fn earned_word(rules: &RuleSet) -> &'static str {
    let kinds: Vec<Earned> = (0..rules.criteria.len()).map(|criterion| rules.earned(criterion)).collect();
    match kinds.first() {
        Some(kind) if kinds.iter().all(|other| other == kind) => kind.word(),
        _ => "figure",
    }
}

/// The points for these criteria, of which the first is number `first`.
fn table(first: usize, criteria: &[Criterion], traces: &[&Trace<'_>]) -> PointsTable {
    let highest: Vec<f64> = (first..first + criteria.len()).map(|number| highest_value(number, traces)).collect();
    let row = |trace: &&Trace<'_>| PointsRow {
        id: trace.candidate.id.clone(),
        title: trace.candidate.title.clone(),
        cells: trace.contributions.iter().skip(first).zip(&highest).map(|(part, most)| cell(part, *most)).collect(),
        total: or_dash(trace.total),
    };
    PointsTable {
        questions: criteria.iter().map(|criterion| criterion.title.clone()).collect(),
        rows: traces.iter().map(row).collect(),
    }
}

/// The highest value of criterion `number`; at least 1.
fn highest_value(number: usize, traces: &[&Trace<'_>]) -> f64 {
    let values = traces.iter().filter_map(|trace| trace.contributions.get(number)?.value);
    values.map(Fixed::to_f64).fold(1.0, f64::max)
}

fn cell(part: &Contribution<'_>, most: f64) -> PointsCell {
    let share = (part.value.map_or(0.0, Fixed::to_f64) / most).clamp(0.0, 1.0) * 100.0;
    let points = part.value.map_or_else(|| "–".to_owned(), |_| part.points.to_string());
    PointsCell { points, share: number(share, 0), stood_in: part.missing.is_some() && part.value.is_some() }
}
