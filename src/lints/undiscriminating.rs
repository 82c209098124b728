//! Criteria that tell no candidate from another.

use crate::diagnostic::Code;
use crate::rules::Criterion;
use crate::scoring::Ranking;
use crate::words::{counted, with_unit};

use super::finding::Finding;

/// So many answers that are alike by chance say nothing of the question.
const FEW_ANSWERS: usize = 2;

/// Criteria that nobody is answered, or everybody alike.
pub(super) fn undiscriminating(ranking: &Ranking<'_>) -> Vec<Finding> {
    let about = |(number, criterion)| silent_one(ranking, number, criterion);
    ranking.rules.criteria.iter().enumerate().filter_map(about).collect()
}

fn silent_one(ranking: &Ranking<'_>, number: usize, criterion: &Criterion) -> Option<Finding> {
    let all = ranking.order().len();
    let answered: Vec<usize> = (0..all).filter(|candidate| ranking.measure(number, *candidate).is_some()).collect();
    if answered.is_empty() {
        return Some(always_missing(criterion, all));
    }
    let first = ranking.value(number, *answered.first()?);
    let alike = answered.iter().all(|candidate| ranking.value(number, *candidate) == first);
    (alike && answered.len() > FEW_ANSWERS).then(|| alike_for_all(ranking, number, criterion, &answered))
}

fn always_missing(criterion: &Criterion, all: usize) -> Finding {
    let done = criterion.missing.policy().done_for_all();
    let message =
        format!("`{}` has no answer for any of {}: {done}", criterion.id, counted(all, "candidate", "candidates"));
    let help = "file the evidence, or take the question out until there is some: its weight decides nothing";
    Finding::new(Code::AlwaysMissing, &[&criterion.id], criterion.measure.place(), message, help)
}

fn alike_for_all(ranking: &Ranking<'_>, of: usize, criterion: &Criterion, answered: &[usize]) -> Finding {
    let measures: Vec<f64> =
        answered.iter().filter_map(|it| ranking.measure(of, *it)).map(|measure| measure.estimate).collect();
    let ends = |pick: fn(f64, f64) -> f64| measures.iter().copied().reduce(pick).unwrap_or(0.0);
    let (low, high) = (ends(f64::min), ends(f64::max));
    let shown = |measure: f64| criterion.figure(measure);
    let spread = if low == high { shown(low) } else { format!("{} to {}", shown(low), shown(high)) };
    let value = answered.first().map(|it| ranking.value(of, *it).trimmed()).unwrap_or_default();
    let missing = ranking.order().len() - answered.len();
    let others = match missing {
        0 => String::new(),
        missing => format!("; {} no answer", counted(missing, "other has", "others have")),
    };
    let message = format!(
        "`{}` does not tell any candidates apart: all {} have {}, which is worth {value}{others}",
        criterion.id,
        counted(answered.len(), "answer", "answers"),
        with_unit(&spread, criterion.unit_behind()),
    );
    let help = "measure it more finely, give its value function other anchors, or leave the weight to other questions";
    Finding::new(Code::NeverDiscriminates, &[&criterion.id], criterion.measure.place(), message, help)
}
