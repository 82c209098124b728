//! Measure → value: through each criterion's value function, rounded once.

use std::sync::Arc;

use super::lists::Lists;
use super::measure::{Failures, Measures};
use super::pieces::{fill_column, map_pieces, pieces, sort};
use super::value_table::ValueTable;
use crate::diagnostic::Problem;
use crate::exact::to_units;
use crate::rules::script::{AnswersOfAll, Compiled, Compiler, Expression};
use crate::rules::shape::{CandidateMeasures, Scale, ScriptedValue};
use crate::rules::{Criterion, RuleSet};
use crate::stats::Estimate;

/// How many values are asked of a value function at once.
const BLOCK: usize = 256;

/// A criterion's value function with what it knows of the candidates of each list.
#[derive(Debug)]
pub(super) enum Scales {
    /// The same for all.
    One(Arc<dyn Scale>),
    /// One for each list.
    Each(Vec<Arc<dyn Scale>>),
}

impl Scales {
    pub(super) fn new(criterion: &Criterion, measures: &[f64], lists: &Lists) -> Self {
        if lists.is_one() || !criterion.value.shape().needs_facts() {
            return Self::One(scale(criterion, measures));
        }
        let of = |members: &Vec<usize>| scale(criterion, &picked(measures, members));
        Self::Each(lists.members().iter().map(of).collect())
    }

    /// That of a candidate in the list with this number; none where there is no such list.
    pub(super) fn of(&self, list: usize) -> Option<&Arc<dyn Scale>> {
        match self {
            Self::One(scale) => Some(scale),
            Self::Each(scales) => scales.get(list),
        }
    }

    /// The answers of all in the list with this number, where an expression over them has to be run.
    pub(super) fn column(&self, list: usize) -> Option<&AnswersOfAll> {
        self.of(list)?.column()
    }

    /// The values of the measures of all candidates.
    pub(super) fn units(&self, rounding: Rounding, measures: &[f64], lists: &Lists) -> Vec<i64> {
        match self {
            Self::One(scale) => rounding.column(&**scale, measures),
            Self::Each(scales) => {
                let mut units = vec![0; measures.len()];
                for (scale, members) in scales.iter().zip(lists.members()) {
                    let of_list = rounding.units(&**scale, &picked(measures, members));
                    for (member, value) in members.iter().zip(of_list) {
                        if let Some(slot) = units.get_mut(*member) {
                            *slot = value;
                        }
                    }
                }
                units
            }
        }
    }
}

fn picked(measures: &[f64], members: &[usize]) -> Vec<f64> {
    members.iter().map(|member| measures.get(*member).copied().unwrap_or(f64::NAN)).collect()
}

/// A criterion's value function with what it needs to know of these measures of all candidates.
fn scale(criterion: &Criterion, measures: &[f64]) -> Arc<dyn Scale> {
    let ascending = |numbers: &mut [f64]| sort(numbers, f64::total_cmp);
    criterion.value.shape().scale(&CandidateMeasures::new(measures, criterion.decimals, ascending))
}

/// How values are rounded, and what stands in where a measure is missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounding {
    /// Those of measures.
    measured: u32,
    /// Those of values.
    decimals: u32,
    stand_in: i64,
}

impl Rounding {
    pub(super) fn new(rules: &RuleSet, criterion: &Criterion) -> Self {
        let decimals = rules.fine_decimals();
        let stand_in = criterion.stand_in().map_or(0, |value| to_units(value, decimals));
        Self { measured: criterion.decimals, decimals, stand_in }
    }

    /// The values of measures in units of its decimals.
    fn units(self, scale: &dyn Scale, measures: &[f64]) -> Vec<i64> {
        let mut units = vec![0; measures.len()];
        self.fill(scale, measures, &mut units);
        units
    }

    pub(super) fn round(self, value: f64) -> i64 {
        to_units(value, self.decimals)
    }

    pub(super) fn stand_in(self) -> i64 {
        self.stand_in
    }

    /// The values of a whole column of measures. Where many are the same each value is made once.
    fn column(self, scale: &dyn Scale, measures: &[f64]) -> Vec<i64> {
        let table = ValueTable::new(measures, self.measured, |steps, units| self.fill(scale, steps, units));
        let Some(table) = table else {
            return fill_column(measures, |measures, units| self.fill(scale, measures, units));
        };
        let anew = |measure: f64| match scale.value(measure) {
            _ if measure.is_nan() => self.stand_in,
            value => self.round(value.unwrap_or(0.0)),
        };
        fill_column(measures, |measures, units| {
            for (measure, units) in measures.iter().zip(units) {
                *units = table.value(*measure).unwrap_or_else(|| anew(*measure));
            }
        })
    }

    fn fill(self, scale: &dyn Scale, measures: &[f64], units: &mut [i64]) {
        let mut values = [0.0; BLOCK];
        for (measures, units) in measures.chunks(BLOCK).zip(units.chunks_mut(BLOCK)) {
            scale.values(measures, &mut values);
            for ((measure, value), units) in measures.iter().zip(values).zip(units) {
                *units = if measure.is_nan() { self.stand_in } else { self.round(value) };
            }
        }
    }
}

/// All criteria's values in units of the fine decimals, with what stands in where a measure is missing.
///
/// # Errors
/// Every value script that failed for some candidate.
pub(super) fn values(
    rules: &RuleSet,
    scales: &[Scales],
    measures: &[Measures<'_>],
    lists: &Lists,
) -> Result<Vec<Vec<i64>>, Failures> {
    let mut columns = Vec::new();
    let mut failures = Failures::default();
    for ((criterion, scales), measures) in rules.criteria.iter().zip(scales).zip(measures) {
        let rounding = Rounding::new(rules, criterion);
        columns.push(match criterion.value.shape().expression() {
            Some(expression) => script_values((rules, expression), measures, (scales, lists), rounding, &mut failures),
            None => scales.units(rounding, &measures.estimates, lists),
        });
    }
    if failures.is_empty() { Ok(columns) } else { Err(failures) }
}

fn script_values(
    (rules, expression): (&RuleSet, &Expression),
    measures: &Measures<'_>,
    (scales, lists): (&Scales, &Lists),
    rounding: Rounding,
    failures: &mut Failures,
) -> Vec<i64> {
    let parts: Vec<(Vec<i64>, Failures)> = map_pieces(
        pieces(measures.estimates.len()),
        || Compiler::new(&rules.library),
        |compiler, range| {
            let mut failed = Failures::default();
            let compiler = compiler.as_ref().map_err(Clone::clone);
            let mut script = compiler.and_then(|compiler| compiler.compile(expression));
            let mut value = |candidate: usize| {
                let Some(measure) = measures.get(candidate) else { return rounding.stand_in };
                if failed.enough() {
                    return 0;
                }
                let column = scales.column(lists.of(candidate));
                let value = match &mut script {
                    Ok(script) => ScriptedValue::run(script, measure, column),
                    Err(problem) => Err(problem.clone()),
                };
                value.map_err(|problem| failed.push(problem, candidate)).map_or(0, |value| rounding.round(value))
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

/// The values of answers that are known for certain among the answers `all`, where other candidates matter. For one
/// without an answer there no script is run: it is written for those who have one.
///
/// # Errors
/// That an expression over them failed.
pub(super) fn values_among(
    (rules, criterion): (&RuleSet, &Criterion),
    script: Option<&mut Compiled<'_>>,
    (all, measures): (&[f64], &[f64]),
    lists: &Lists,
) -> Result<Vec<i64>, Problem> {
    let (scales, rounding) = (Scales::new(criterion, all, lists), Rounding::new(rules, criterion));
    let Some(script) = script else { return Ok(scales.units(rounding, measures, lists)) };
    let value = |(candidate, (measure, among)): (usize, (&f64, &f64))| {
        if among.is_nan() {
            return Ok(rounding.stand_in());
        }
        let column = scales.column(lists.of(candidate));
        Ok(rounding.round(ScriptedValue::run(script, Estimate::exact(*measure), column)?))
    };
    measures.iter().zip(all).enumerate().map(value).collect()
}

/// The value functions that are scripts, by criterion, ready to run.
///
/// # Errors
/// Those of compiling them.
pub(super) fn scripts<'a>(compiler: &Compiler<'a>, rules: &'a RuleSet) -> Result<Vec<Option<Compiled<'a>>>, Problem> {
    let script = |criterion: &'a Criterion| {
        criterion.value.shape().expression().map(|expression| compiler.compile(expression)).transpose()
    };
    rules.criteria.iter().map(script).collect()
}

/// The value of a measure that is known for certain: by its scale, or by the script where it is one.
pub(super) fn certain_value(
    scale: &dyn Scale,
    script: Option<&mut Compiled<'_>>,
    measure: f64,
) -> Result<f64, Problem> {
    certain_value_instead(scale, script, (measure, measure))
}

/// The value of a measure that is known for certain in the place of a candidate's own.
pub(super) fn certain_value_instead(
    scale: &dyn Scale,
    script: Option<&mut Compiled<'_>>,
    (own, measure): (f64, f64),
) -> Result<f64, Problem> {
    match (scale.value_instead(own, measure), script) {
        (None, Some(script)) => {
            let column = scale.column_instead(own, measure);
            ScriptedValue::run(script, Estimate::between(measure, measure, measure), column.as_ref())
        }
        (value, _) => Ok(value.unwrap_or(0.0)),
    }
}
