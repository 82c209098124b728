//! Measure → value: through each criterion's value function, rounded once.

use rayon::prelude::*;
use rhai::Dynamic;

use super::fixed::to_units;
use super::measure::{Failures, Measures, chunks};
use super::worker::{Ready, Worker};
use crate::diagnostic::{Code, Problem};
use crate::rules::script::{Expression, described, measure_of};
use crate::rules::{Criterion, Missing, Relative, RuleSet, ValueFunction};
use crate::stats::{Estimate, mean, standard_deviation};

/// How many standard deviations from the mean a z-score reaches 0 and 1.
const Z_REACH: f64 = 3.0;

/// A value function with what it needs to know of all candidates.
#[derive(Debug)]
pub(super) enum Scale<'a> {
    /// It needs nothing.
    Fixed(&'a ValueFunction),
    /// Between the lowest and the highest measure.
    MinMax { low: f64, high: f64, rising: bool },
    /// Over a reference: the highest measure, or the mean.
    Share { of: f64, capped: bool },
    /// Among the measures, ascending.
    Percentile { sorted: Vec<f64>, rising: bool },
    /// In standard deviations from the mean.
    ZScore { mean: f64, deviation: f64, rising: bool },
}

impl<'a> Scale<'a> {
    pub(super) fn new(criterion: &'a Criterion, measures: &[f64]) -> Self {
        let ValueFunction::Relative(relative) = &criterion.value else { return Self::Fixed(&criterion.value) };
        let rising = criterion.direction.earns_more();
        let mut known: Vec<f64> = measures.iter().copied().filter(|measure| !measure.is_nan()).collect();
        known.sort_unstable_by(f64::total_cmp);
        let (low, high) = (known.first().copied().unwrap_or(0.0), known.last().copied().unwrap_or(0.0));
        let centre = mean(&known).unwrap_or(0.0);
        match relative {
            Relative::MinMax => Self::MinMax { low, high, rising },
            Relative::ShareOfMaximum => Self::Share { of: high, capped: true },
            Relative::ShareOfMean => Self::Share { of: centre, capped: false },
            Relative::Percentile => Self::Percentile { sorted: known, rising },
            Relative::ZScore => {
                let deviation = standard_deviation(&known).unwrap_or(0.0);
                Self::ZScore { mean: centre, deviation, rising }
            }
        }
    }

    /// The value of a measure, not yet rounded. None where a script has to say.
    pub(super) fn value(&self, measure: f64) -> Option<f64> {
        let turn = |value: f64, rising: bool| if rising { value } else { 1.0 - value };
        Some(match self {
            Self::Fixed(ValueFunction::Points(points)) => interpolate(points, measure),
            Self::Fixed(ValueFunction::Steps(steps)) => step(steps, measure),
            Self::Fixed(ValueFunction::Logistic { middle, steepness }) => {
                1.0 / (1.0 + libm::exp(-steepness * (measure - middle)))
            }
            Self::Fixed(ValueFunction::Script(_) | ValueFunction::Relative(_)) => return None,
            Self::MinMax { low, high, .. } if low == high => 0.5,
            Self::MinMax { low, high, rising } => turn(((measure - low) / (high - low)).clamp(0.0, 1.0), *rising),
            Self::Share { of, capped } if *of <= 0.0 => f64::from(u8::from(!capped)),
            Self::Share { of, capped } => {
                let share = (measure / of).max(0.0);
                if *capped { share.min(1.0) } else { share }
            }
            Self::Percentile { sorted, rising } => turn(percentile(sorted, measure), *rising),
            Self::ZScore { deviation, .. } if *deviation == 0.0 => 0.5,
            Self::ZScore { mean, deviation, rising } => {
                let z = (measure - mean) / deviation;
                turn((0.5 + z / (2.0 * Z_REACH)).clamp(0.0, 1.0), *rising)
            }
        })
    }

    /// What stands in for a missing measure: the middle, or the worst. None where the question is left out.
    pub(super) fn stand_in(&self, missing: Missing) -> Option<f64> {
        match (missing, self) {
            (Missing::Neutral, Self::Share { capped: false, .. }) | (Missing::Worst, _) => Some(1.0),
            (Missing::Neutral, _) => Some(0.5),
            (Missing::Reweight | Missing::Refuse, _) => None,
        }
    }
}

/// Straight lines through `points`, level outside them.
fn interpolate(points: &[(f64, f64)], x: f64) -> f64 {
    let after = points.partition_point(|(measure, _)| *measure <= x);
    match (after.checked_sub(1).and_then(|before| points.get(before)), points.get(after)) {
        (Some((x0, v0)), Some((x1, v1))) => v0 + (x - x0) / (x1 - x0) * (v1 - v0),
        (Some((_, v)), None) | (None, Some((_, v))) => *v,
        (None, None) => 0.0,
    }
}

/// From each threshold up; below the first, the first value.
fn step(steps: &[(f64, f64)], x: f64) -> f64 {
    let reached = steps.partition_point(|(threshold, _)| *threshold <= x);
    steps.get(reached.saturating_sub(1)).map_or(0.0, |(_, value)| *value)
}

/// The share of the others that a measure exceeds, equals counting half; one half where there are no others.
#[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 candidates")]
fn percentile(sorted: &[f64], x: f64) -> f64 {
    let below = sorted.partition_point(|other| *other < x);
    let equal = sorted.partition_point(|other| *other <= x) - below;
    match sorted.len() {
        0 | 1 => 0.5,
        all => (below as f64 + 0.5 * equal.saturating_sub(1) as f64) / (all - 1) as f64,
    }
}

/// All criteria's values in units of the fine decimals; 0 where the measure is missing.
///
/// # Errors
/// Every value script that failed for some candidate.
pub(super) fn values(rules: &RuleSet, scales: &[Scale<'_>], measures: &[Measures]) -> Result<Vec<Vec<i64>>, Failures> {
    let decimals = rules.fine_decimals();
    let mut columns = Vec::new();
    let mut failures = Failures::default();
    for ((criterion, scale), measures) in rules.criteria.iter().zip(scales).zip(measures) {
        if let ValueFunction::Script(expression) = &criterion.value {
            columns.push(script_values(rules, expression, measures, decimals, &mut failures));
            continue;
        }
        let unit =
            |measure: &f64| if measure.is_nan() { 0 } else { to_units(scale.value(*measure).unwrap_or(0.0), decimals) };
        columns.push(measures.estimates.par_iter().with_min_len(4096).map(unit).collect());
    }
    if failures.is_empty() { Ok(columns) } else { Err(failures) }
}

fn script_values(
    rules: &RuleSet,
    expression: &Expression,
    measures: &Measures,
    decimals: u32,
    failures: &mut Failures,
) -> Vec<i64> {
    let parts: Vec<(Vec<i64>, Failures)> = chunks(measures.estimates.len())
        .into_par_iter()
        .map_init(
            || Worker::new(rules),
            |worker, range| {
                let mut failed = Failures::default();
                let mut script =
                    worker.as_ref().map_err(Clone::clone).and_then(|worker| Ok((worker, worker.ready(expression)?)));
                let values = range
                    .map(|candidate| {
                        let Some(measure) = measures.get(candidate).filter(|_| !failed.enough()) else { return 0 };
                        let value = match &mut script {
                            Ok((worker, ready)) => script_value(worker, ready, measure),
                            Err(problem) => Err(problem.clone()),
                        };
                        value.map_or_else(
                            |problem| {
                                failed.push(problem, candidate);
                                0
                            },
                            |value| to_units(value, decimals),
                        )
                    })
                    .collect();
                (values, failed)
            },
        )
        .collect();
    let mut all = Vec::with_capacity(measures.estimates.len());
    for (values, failed) in parts {
        all.extend(values);
        failures.append(failed);
    }
    all
}

/// The value that a script gives a measure.
pub(super) fn script_value<'a>(worker: &Worker<'a>, script: &mut Ready<'a>, measure: Estimate) -> Result<f64, Problem> {
    let expression = script.expression();
    let reads_measure = !expression.reads.is_empty();
    let answer = worker.run(script, reads_measure.then(|| Dynamic::from(measure)))?;
    let value = measure_of(&answer).ok().flatten().map(|answer| answer.estimate);
    value.filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| {
        Problem::new(Code::ScriptResult, format!("this value function answered {}", told(&answer)))
            .at(expression.place())
            .help("a value is a number from 0 to 1")
    })
}

/// What was answered: the number itself, or what it is.
fn told(answer: &Dynamic) -> String {
    match measure_of(answer) {
        Ok(Some(number)) => number.estimate.to_string(),
        _ => described(answer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_steps() {
        let points = [(0.8, 0.0), (1.0, 0.4), (1.5, 1.0)];
        for (x, value) in [(0.0, 0.0), (0.8, 0.0), (0.9, 0.2), (1.0, 0.4), (1.25, 0.7), (9.0, 1.0)] {
            assert!((interpolate(&points, x) - value).abs() < 1e-12, "{x}");
        }
        let steps = [(0.0, 0.1), (3.0, 0.5), (5.0, 1.0)];
        for (x, value) in [(-1.0, 0.1), (0.0, 0.1), (2.999, 0.1), (3.0, 0.5), (5.0, 1.0), (6.0, 1.0)] {
            assert_eq!(step(&steps, x), value, "{x}");
        }
    }

    #[test]
    fn percentiles_count_equals_half() {
        let sorted = [1.0, 2.0, 2.0, 4.0];
        assert_eq!(percentile(&sorted, 1.0), 0.0);
        assert_eq!(percentile(&sorted, 2.0), 0.5);
        assert_eq!(percentile(&sorted, 4.0), 1.0);
        assert_eq!(percentile(&[7.0], 7.0), 0.5);
    }
}
