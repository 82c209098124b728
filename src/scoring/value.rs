//! Measure → value: through each criterion's value function, rounded once.

use super::fixed::to_units;
use super::measure::{Failures, Measures};
use super::narrow::Below;
use super::pieces::{map_column, map_pieces, pieces, sort};
use crate::diagnostic::{Code, Problem};
use crate::rules::script::{Answer, Argument, Compiled, Compiler, Expression};
use crate::rules::{Criterion, Relative, RuleSet, ValueFunction};
use crate::stats::{Estimate, mean, standard_deviation};

/// How many standard deviations from the mean a z-score reaches 0 and 1.
pub const Z_REACH: f64 = 3.0;
/// From here up a measure is not rounded to its decimals.
const MOST_UNITS: u64 = 9_000_000_000_000_000;

/// A value function with what it needs to know of all candidates.
#[derive(Debug)]
pub(super) enum Scale<'a> {
    /// It needs nothing.
    Fixed(&'a ValueFunction),
    /// Between the lowest and the highest measure.
    MinMax { low: f64, high: f64, rising: bool },
    /// Over a reference: the highest measure, or the mean.
    Share { of: f64, capped: bool },
    /// Among the measures.
    Percentile { among: Among, rising: bool },
    /// In standard deviations from the mean.
    ZScore { mean: f64, deviation: f64, rising: bool },
}

impl<'a> Scale<'a> {
    pub(super) fn new(criterion: &'a Criterion, measures: &[f64]) -> Self {
        let ValueFunction::Relative(relative) = &criterion.value else { return Self::Fixed(&criterion.value) };
        let rising = criterion.direction.earns_more();
        let known: Vec<f64> = measures.iter().copied().filter(|measure| !measure.is_nan()).collect();
        let lowest = || known.iter().copied().min_by(f64::total_cmp).unwrap_or(0.0);
        let highest = || known.iter().copied().max_by(f64::total_cmp).unwrap_or(0.0);
        match relative {
            Relative::MinMax => Self::MinMax { low: lowest(), high: highest(), rising },
            Relative::ShareOfMaximum => Self::Share { of: highest(), capped: true },
            Relative::ShareOfMean => Self::Share { of: middle(&known, criterion.decimals).0, capped: false },
            Relative::Percentile => Self::Percentile { among: Among::new(known, criterion.decimals), rising },
            Relative::ZScore => {
                let (mean, deviation) = middle(&known, criterion.decimals);
                Self::ZScore { mean, deviation, rising }
            }
        }
    }

    /// The value of a measure, not yet rounded. None where a script has to say.
    #[inline]
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
            Self::Percentile { among, rising } => turn(among.percentile(measure), *rising),
            Self::ZScore { deviation, .. } if *deviation == 0.0 => 0.5,
            Self::ZScore { mean, deviation, rising } => {
                let z = (measure - mean) / deviation;
                turn((0.5 + z / (2.0 * Z_REACH)).clamp(0.0, 1.0), *rising)
            }
        })
    }

    /// The value of a measure in units of `decimals`, or `stand_in` where it is missing.
    #[inline]
    pub(super) fn units(&self, measure: f64, stand_in: i64, decimals: u32) -> i64 {
        match measure.is_nan() {
            true => stand_in,
            false => to_units(self.value(measure).unwrap_or(0.0), decimals),
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

/// Mean and standard deviation of measures that are rounded to `decimals`; zeros where there are none.
fn middle(measures: &[f64], decimals: u32) -> (f64, f64) {
    exact_middle(measures, decimals)
        .unwrap_or_else(|| (mean(measures).unwrap_or(0.0), standard_deviation(measures).unwrap_or(0.0)))
}

/// In whole numbers no order of the candidates shows, and nothing has to be sorted. None where there are no measures,
/// or some so large that they have no decimals.
#[expect(clippy::cast_precision_loss, reason = "the one rounding, at the end")]
fn exact_middle(measures: &[f64], decimals: u32) -> Option<(f64, f64)> {
    let (mut sum, mut squares) = (0_i128, 0_i128);
    for measure in measures {
        let units = i128::from(Some(to_units(*measure, decimals)).filter(|units| units.unsigned_abs() < MOST_UNITS)?);
        sum = sum.checked_add(units)?;
        squares = squares.checked_add(units * units)?;
    }
    let all = i128::try_from(measures.len()).ok().filter(|all| *all > 0)?;
    let spread = all.checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
    let one = to_units(1.0, decimals) as f64;
    Some((sum as f64 / all as f64 / one, (spread as f64).sqrt() / all as f64 / one))
}

/// The measures of all candidates, for percentiles.
#[derive(Debug)]
pub(super) enum Among {
    /// Counted in units of so many decimals.
    Close(Below, u32),
    /// Ascending.
    Apart(Vec<f64>),
}

impl Among {
    fn new(mut measures: Vec<f64>, decimals: u32) -> Self {
        let units: Vec<i64> = measures.iter().map(|measure| to_units(*measure, decimals)).collect();
        if let Some(below) = Below::new(&units) {
            return Self::Close(below, decimals);
        }
        sort(&mut measures, f64::total_cmp);
        Self::Apart(measures)
    }

    /// How many measures are below `x`, how many equal it, and how many there are.
    #[inline]
    pub(super) fn counts(&self, x: f64) -> (usize, usize, usize) {
        match self {
            Self::Close(counted, decimals) => {
                let (below, equal) = counted.of(to_units(x, *decimals));
                (below as usize, equal as usize, counted.all() as usize)
            }
            Self::Apart(sorted) => {
                let below = sorted.partition_point(|other| *other < x);
                (below, sorted.partition_point(|other| *other <= x) - below, sorted.len())
            }
        }
    }

    /// The share of the others that a measure exceeds, equals counting half; one half where there are no others.
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 candidates")]
    fn percentile(&self, x: f64) -> f64 {
        let (below, equal, all) = self.counts(x);
        let (below, equal, all) = (below as f64, equal as f64, all as f64);
        if all > 1.0 { (below + 0.5 * (equal - 1.0).max(0.0)) / (all - 1.0) } else { 0.5 }
    }
}

/// All criteria's values in units of the fine decimals, with what stands in where a measure is missing.
///
/// # Errors
/// Every value script that failed for some candidate.
pub(super) fn values(
    rules: &RuleSet,
    scales: &[Scale<'_>],
    measures: &[Measures<'_>],
) -> Result<Vec<Vec<i64>>, Failures> {
    let decimals = rules.fine_decimals();
    let mut columns = Vec::new();
    let mut failures = Failures::default();
    for ((criterion, scale), measures) in rules.criteria.iter().zip(scales).zip(measures) {
        let stand_in = criterion.stand_in().map_or(0, |value| to_units(value, decimals));
        if let ValueFunction::Script(expression) = &criterion.value {
            columns.push(script_values(rules, expression, measures, stand_in, &mut failures));
            continue;
        }
        columns.push(map_column(&measures.estimates, |_, measure| scale.units(measure, stand_in, decimals)));
    }
    if failures.is_empty() { Ok(columns) } else { Err(failures) }
}

fn script_values(
    rules: &RuleSet,
    expression: &Expression,
    measures: &Measures<'_>,
    stand_in: i64,
    failures: &mut Failures,
) -> Vec<i64> {
    let decimals = rules.fine_decimals();
    let parts: Vec<(Vec<i64>, Failures)> = map_pieces(
        pieces(measures.estimates.len()),
        || Compiler::new(&rules.library),
        |compiler, range| {
            let mut failed = Failures::default();
            let compiler = compiler.as_ref().map_err(Clone::clone);
            let mut script = compiler.and_then(|compiler| compiler.compile(expression));
            let mut value = |candidate: usize| {
                let Some(measure) = measures.get(candidate) else { return stand_in };
                if failed.enough() {
                    return 0;
                }
                let value = match &mut script {
                    Ok(script) => script_value(script, measure),
                    Err(problem) => Err(problem.clone()),
                };
                value.map_err(|problem| failed.push(problem, candidate)).map_or(0, |value| to_units(value, decimals))
            };
            (range.map(&mut value).collect(), failed)
        },
    );
    let mut all = Vec::with_capacity(measures.estimates.len());
    for (values, failed) in parts {
        all.extend(values);
        failures.append(failed);
    }
    all
}

/// The value that a script gives a measure.
pub(super) fn script_value(script: &mut Compiled<'_>, measure: Estimate) -> Result<f64, Problem> {
    let expression = script.expression();
    // All that it can read.
    let answer = script.run(&mut [Argument::estimate(measure)])?;
    let value = answer.measure().ok().flatten().map(|answer| answer.estimate);
    value.filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| {
        Problem::new(Code::ScriptResult, format!("this value function answered {}", told(&answer)))
            .at(expression.place())
            .help("a value is a number from 0 to 1")
    })
}

/// What was answered: the number itself, or what it is.
fn told(answer: &Answer) -> String {
    match answer.measure() {
        Ok(Some(number)) => number.estimate.to_string(),
        Ok(None) => answer.described(),
        Err(found) => found,
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
    fn middles_are_those_of_the_measures() {
        assert_eq!(middle(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0], 2), (5.0, 2.0));
        assert_eq!(middle(&[0.1, 0.2], 1), (0.15, 0.05));
        assert_eq!(middle(&[], 2), (0.0, 0.0));
        assert_eq!(middle(&[1e300], 2), (1e300, 0.0));
    }

    #[test]
    fn percentiles_count_equals_half() {
        for apart in [1.0, 1e6] {
            let among = Among::new([2.0, 4.0, 1.0, 2.0].map(|measure| measure * apart).to_vec(), 0);
            assert_eq!(matches!(among, Among::Apart(_)), apart > 1.0);
            for (measure, share) in [(1.0, 0.0), (2.0, 0.5), (4.0, 1.0), (0.0, 0.0), (3.0, 1.0)] {
                assert_eq!(among.percentile(measure * apart).to_bits(), f64::to_bits(share), "{measure}");
            }
        }
        assert_eq!(Among::new(vec![7.0], 2).percentile(7.0).to_bits(), 0.5_f64.to_bits());
    }
}
