//! Evidence → measure: the answer to each criterion's question in natural units, for every candidate.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rhai::Dynamic;

use super::fixed::round_to;
use super::worker::{Given, Input, Ready, Worker};
use crate::assessment::Assessment;
use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::rules::script::{Expression, measure_of};
use crate::rules::{Criterion, RuleSet};
use crate::stats::Estimate;

/// How many candidates a thread takes at a time.
const CHUNK: usize = 8192;
/// How many failures of one expression are enough to give up on a chunk.
const ENOUGH_FAILURES: usize = 5;

/// One criterion's measures, rounded to its decimals.
#[derive(Debug, Default)]
pub(super) struct Measures {
    /// A measure per candidate; not a number where it is missing.
    pub estimates: Vec<f64>,
    /// Lower and upper ends; empty where no candidate has an interval, not a number where this one has none.
    pub intervals: Vec<(f64, f64)>,
}

impl Measures {
    /// The measure of a candidate, if it has one.
    pub(super) fn get(&self, candidate: usize) -> Option<Estimate> {
        let estimate = self.estimates.get(candidate).copied().filter(|estimate| !estimate.is_nan())?;
        let interval = self.intervals.get(candidate).copied().filter(|(lower, _)| !lower.is_nan());
        Some(Estimate { estimate, interval })
    }

    /// Whether a candidate has no measure.
    pub(super) fn is_missing(&self, candidate: usize) -> bool {
        self.estimates.get(candidate).is_none_or(|estimate| estimate.is_nan())
    }

    fn push(&mut self, measure: Option<Estimate>, decimals: u32) {
        let interval = measure.and_then(|measure| measure.interval);
        if let Some((lower, upper)) = interval {
            self.intervals.resize(self.estimates.len(), (f64::NAN, f64::NAN));
            self.intervals.push((round_to(lower, decimals), round_to(upper, decimals)));
        }
        self.estimates.push(measure.map_or(f64::NAN, |measure| round_to(measure.estimate, decimals)));
    }

    fn append(&mut self, other: Self) {
        if !other.intervals.is_empty() {
            self.intervals.resize(self.estimates.len(), (f64::NAN, f64::NAN));
            self.intervals.extend(other.intervals);
        }
        self.estimates.extend(other.estimates);
    }
}

/// The candidates in pieces that threads can share.
pub(super) fn chunks(candidates: usize) -> Vec<Range<usize>> {
    (0..candidates).step_by(CHUNK).map(|start| start..(start + CHUNK).min(candidates)).collect()
}

/// All criteria's measures.
///
/// # Errors
/// Every expression that failed for some candidate.
pub(super) fn measures(assessment: &Assessment, rules: &RuleSet) -> Result<Vec<Measures>, Failures> {
    let chunks: Vec<Chunk> = chunks(assessment.candidates.len())
        .into_par_iter()
        .map_init(|| Worker::new(rules), |worker, range| measure_chunk(worker, assessment, rules, range))
        .collect();
    let mut columns: Vec<Measures> = rules.criteria.iter().map(|_| Measures::default()).collect();
    let mut failures = Failures::default();
    for chunk in chunks {
        for (column, part) in columns.iter_mut().zip(chunk.columns) {
            column.append(part);
        }
        failures.append(chunk.failures);
    }
    if failures.is_empty() { Ok(columns) } else { Err(failures) }
}

struct Chunk {
    columns: Vec<Measures>,
    failures: Failures,
}

fn measure_chunk<'a>(
    worker: &Result<Worker<'a>, Problem>,
    assessment: &Assessment,
    rules: &'a RuleSet,
    range: Range<usize>,
) -> Chunk {
    let mut chunk = Chunk { columns: Vec::new(), failures: Failures::default() };
    for criterion in &rules.criteria {
        let column = match (&criterion.plain, worker) {
            (Some(name), _) => Ok(plain_column(assessment, name, criterion.decimals, range.clone())),
            (None, Ok(worker)) => script_column(worker, assessment, criterion, range.clone(), &mut chunk.failures),
            (None, Err(problem)) => Err(problem.clone()),
        };
        match column {
            Ok(column) => chunk.columns.push(column),
            Err(problem) => chunk.failures.push(problem, range.start),
        }
    }
    chunk
}

/// The headline figures of one kind of evidence: no script is run.
fn plain_column(assessment: &Assessment, name: &str, decimals: u32, range: Range<usize>) -> Measures {
    let column = assessment.evidence.get(name);
    let mut measures = Measures::default();
    measures.estimates.reserve(range.len());
    let table = column.and_then(|column| column.as_table());
    for candidate in range {
        let measure = match table {
            Some(table) => table.headline(candidate),
            None => column.and_then(|column| column.get(candidate)).and_then(|evidence| evidence.figure.headline()),
        };
        measures.push(measure, decimals);
    }
    measures
}

fn script_column<'a>(
    worker: &Worker<'a>,
    assessment: &Assessment,
    criterion: &'a Criterion,
    range: Range<usize>,
    failures: &mut Failures,
) -> Result<Measures, Problem> {
    let mut ready = worker.ready(&criterion.measure)?;
    let inputs = inputs(assessment, &criterion.measure, &criterion.optional);
    let mut measures = Measures::default();
    measures.estimates.reserve(range.len());
    let mut failed = Failures::default();
    for candidate in range {
        let answer = match failed.enough() {
            true => None,
            false => measure(worker, &mut ready, &inputs, candidate).unwrap_or_else(|problem| {
                failed.push(problem, candidate);
                None
            }),
        };
        measures.push(answer, criterion.decimals);
    }
    failures.append(failed);
    Ok(measures)
}

/// What an expression reads, in order, and whether each may be missing.
pub(super) fn inputs<'a>(
    assessment: &'a Assessment,
    expression: &Expression,
    optional: &[String],
) -> Vec<(Input<'a>, bool)> {
    expression.reads.iter().map(|name| (Input::new(assessment, name), optional.contains(name))).collect()
}

fn measure<'a>(
    worker: &Worker<'a>,
    ready: &mut Ready<'a>,
    inputs: &[(Input<'_>, bool)],
    candidate: usize,
) -> Result<Option<Estimate>, Problem> {
    let mut values: [Dynamic; 4] = Default::default();
    let mut more: Vec<Dynamic> = Vec::new();
    for (at, (input, optional)) in inputs.iter().enumerate() {
        let value = match input.given(candidate) {
            Given::Value(value) => value,
            Given::Nothing(_) if *optional => Dynamic::UNIT,
            Given::Nothing(_) => return Ok(None),
        };
        match values.get_mut(at) {
            Some(slot) => *slot = value,
            None => more.push(value),
        }
    }
    let answer = worker.run(ready, values.into_iter().take(inputs.len()).chain(more))?;
    measure_of(&answer).map_err(|found| {
        Problem::new(Code::ScriptResult, format!("this measure answered {found}"))
            .at(ready.expression().place())
            .help("a measure answers a finite number, an estimate or evidence; `()` where there is no answer")
    })
}

/// Expressions that failed, each told once with the candidates that it failed for.
#[derive(Default)]
pub(super) struct Failures(Vec<(Problem, usize)>);

impl Failures {
    pub(super) fn one(problem: Problem, candidate: usize) -> Self {
        Self(vec![(problem, candidate)])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there are enough to give up on a chunk: an expression that never ends costs its limit each time.
    pub(super) fn enough(&self) -> bool {
        self.0.len() >= ENOUGH_FAILURES
    }

    pub(super) fn push(&mut self, problem: Problem, candidate: usize) {
        self.0.push((problem, candidate));
    }

    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(super) fn into_problems(self, assessment: &Assessment) -> Problems {
        type Key = (String, usize, Code);
        let mut told: BTreeMap<Key, (Problem, Vec<usize>)> = BTreeMap::new();
        for (problem, candidate) in self.0 {
            let at = |place: &Place| (place.source.name.clone(), place.span.start);
            let (file, start) = problem.place.as_ref().map(at).unwrap_or_default();
            let entry = told.entry((file, start, problem.code)).or_insert_with(|| (problem, Vec::new()));
            entry.1.push(candidate);
        }
        let mut problems = Problems::default();
        for (mut problem, candidates) in told.into_values() {
            let names: Vec<&str> = candidates
                .iter()
                .take(3)
                .filter_map(|candidate| assessment.candidates.get(*candidate))
                .map(|candidate| &*candidate.id)
                .collect();
            let more = if candidates.len() > names.len() { ", among others" } else { "" };
            problem.message = format!("{}, for {}{more}", problem.message, crate::diagnostic::quoted_list(&names));
            problems.push(problem);
        }
        problems
    }
}
