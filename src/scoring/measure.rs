//! Evidence → measure: the answer to each criterion's question in natural units, for every candidate.

use std::collections::BTreeMap;
use std::ops::Range;

use super::input::{CandidateInput, Input, Readable};
use super::pieces::{fill_column, map_pieces, pieces};
use crate::assessment::{Assessment, Declared, Figure, Pools, TableColumn};
use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::exact::round_to;
use crate::rules::script::{Argument, Compiled, Compiler, Expression, NumberColumn};
use crate::rules::{Criterion, RuleSet};
use crate::stats::Estimate;

/// How many failures of one expression are enough to give up on a piece.
const ENOUGH_FAILURES: usize = 5;

/// For so many candidates an expression is run at once.
const ROWS: usize = 512;

/// So many candidates are asked how much of a measure is rounded away.
const MOST_UNROUNDED: usize = 10_000;

/// One criterion's measures, rounded to its decimals.
#[derive(Debug)]
pub(super) struct Measures<'a> {
    /// A measure per candidate; not a number where it is missing.
    pub(super) estimates: Vec<f64>,
    intervals: Intervals<'a>,
    decimals: u32,
}

/// The intervals of a criterion's measures.
#[derive(Debug)]
enum Intervals<'a> {
    /// Lower and upper ends; empty where no candidate has an interval, not a number where this one has none.
    Known(Vec<(f64, f64)>),
    /// Those of a table's figures. They are made when somebody asks, because hardly anybody does: points need none.
    Of(&'a TableColumn, Option<&'a Declared>),
}

impl<'a> Measures<'a> {
    pub(super) fn with_room(candidates: usize, decimals: u32) -> Self {
        Self { estimates: Vec::with_capacity(candidates), intervals: Intervals::Known(Vec::new()), decimals }
    }

    /// The headline figures of a table.
    fn of_table(table: &'a TableColumn, declared: Option<&'a Declared>, decimals: u32) -> Self {
        let intervals = Intervals::Of(table, declared);
        let Some((numbers, between)) = table.headline_numbers() else {
            return Self { estimates: vec![f64::NAN; table.numbers.len()], intervals, decimals };
        };
        let mut estimates = fill_column(numbers, |numbers, estimates| {
            estimates.iter_mut().zip(numbers).for_each(|(estimate, number)| *estimate = round_to(*number, decimals));
        });
        for (candidate, number) in between {
            if let Some(estimate) = estimates.get_mut(candidate) {
                *estimate = round_to(number, decimals);
            }
        }
        Self { estimates, intervals, decimals }
    }

    /// The measure of a candidate, if it has one.
    pub(super) fn get(&self, candidate: usize) -> Option<Estimate> {
        let estimate = self.estimates.get(candidate).copied().filter(|estimate| !estimate.is_nan())?;
        let interval = match &self.intervals {
            Intervals::Known(intervals) => intervals.get(candidate).copied().filter(|(lower, _)| !lower.is_nan()),
            Intervals::Of(table, declared) => {
                let read = |figure| headline(&figure, *declared)?.interval;
                table.figure_of(candidate).and_then(read).map(self.rounded())
            }
        };
        Some(Estimate { estimate, interval })
    }

    /// Whether a candidate has no measure.
    pub(super) fn is_missing(&self, candidate: usize) -> bool {
        self.estimates.get(candidate).is_none_or(|estimate| estimate.is_nan())
    }

    fn rounded(&self) -> impl Fn((f64, f64)) -> (f64, f64) + use<> {
        let decimals = self.decimals;
        move |(lower, upper)| (round_to(lower, decimals), round_to(upper, decimals))
    }

    pub(super) fn push(&mut self, measure: Option<Estimate>) {
        let interval = measure.and_then(|measure| measure.interval).map(self.rounded());
        if let (Some(ends), Intervals::Known(intervals)) = (interval, &mut self.intervals) {
            intervals.resize(self.estimates.len(), (f64::NAN, f64::NAN));
            intervals.push(ends);
        }
        self.estimates.push(measure.map_or(f64::NAN, |measure| round_to(measure.estimate, self.decimals)));
    }

    fn append(&mut self, other: Self) {
        if let (Intervals::Known(intervals), Intervals::Known(more)) = (&mut self.intervals, other.intervals)
            && !more.is_empty()
        {
            intervals.resize(self.estimates.len(), (f64::NAN, f64::NAN));
            intervals.extend(more);
        }
        self.estimates.extend(other.estimates);
    }
}

/// All criteria's measures.
///
/// # Errors
/// Every expression that failed for some candidate.
pub(super) fn measures<'a>(
    assessment: &'a Assessment,
    rules: &'a RuleSet,
    pools: &Pools,
) -> Result<Vec<Measures<'a>>, Failures> {
    let candidates = assessment.candidates.len();
    let column = |criterion: &Criterion| match table_of(assessment, criterion) {
        Some(table) => Measures::of_table(table, declaration(rules, criterion), criterion.decimals),
        None => Measures::with_room(candidates, criterion.decimals),
    };
    let mut columns: Vec<Measures<'a>> = rules.criteria.iter().map(column).collect();
    // The others are answered candidate by candidate, all of them while a piece of the evidence is at hand.
    let others: Vec<usize> = rules
        .criteria
        .iter()
        .enumerate()
        .filter(|(_, it)| table_of(assessment, it).is_none())
        .map(|(it, _)| it)
        .collect();
    if others.is_empty() {
        return Ok(columns);
    }
    let answered = map_pieces(
        pieces(candidates),
        || Compiler::new(&rules.library),
        |compiler, range| measure_piece(compiler, (assessment, rules, pools), &others, &range),
    );
    let mut failures = Failures::default();
    for piece in answered {
        for (criterion, part) in others.iter().zip(piece.columns) {
            if let Some(column) = columns.get_mut(*criterion) {
                column.append(part);
            }
        }
        failures.append(piece.failures);
    }
    if failures.is_empty() { Ok(columns) } else { Err(failures) }
}

/// The table whose headline figures are a criterion's measures: no script is run.
fn table_of<'a>(assessment: &'a Assessment, criterion: &Criterion) -> Option<&'a TableColumn> {
    // What a word stands for the rules say, candidate by candidate.
    assessment.evidence.get(criterion.plain.as_ref()?)?.as_table().filter(|table| !table.has_words())
}

struct Piece<'a> {
    columns: Vec<Measures<'a>>,
    failures: Failures,
}

fn measure_piece<'a>(
    compiler: &Result<Compiler<'a>, Problem>,
    (assessment, rules, pools): (&'a Assessment, &'a RuleSet, &Pools),
    criteria: &[usize],
    range: &Range<usize>,
) -> Piece<'a> {
    let mut piece = Piece { columns: Vec::new(), failures: Failures::default() };
    for criterion in criteria.iter().filter_map(|criterion| rules.criteria.get(*criterion)) {
        let column = match (&criterion.plain, compiler) {
            (Some(_), _) => Ok(plain_column(assessment, rules, criterion, range)),
            (None, Ok(compiler)) => {
                let of = Readable { assessment, rules, pools };
                script_column(compiler, of, criterion, range, &mut piece.failures)
            }
            (None, Err(problem)) => Err(problem.clone()),
        };
        match column {
            Ok(column) => piece.columns.push(column),
            Err(problem) => piece.failures.push(problem, range.start),
        }
    }
    piece
}

/// The headline figures of one kind of evidence: no script is run.
pub(super) fn plain_column(
    assessment: &Assessment,
    rules: &RuleSet,
    criterion: &Criterion,
    range: &Range<usize>,
) -> Measures<'static> {
    let column = criterion.plain.as_ref().and_then(|name| assessment.evidence.get(name));
    let declared = declaration(rules, criterion);
    let mut measures = Measures::with_room(range.len(), criterion.decimals);
    for candidate in range.clone() {
        let evidence = column.and_then(|column| column.get(candidate));
        measures.push(evidence.and_then(|evidence| headline(&evidence.figure, declared)));
    }
    measures
}

/// How the rules declare the evidence whose headline figures are a criterion's measures.
fn declaration<'a>(rules: &'a RuleSet, criterion: &Criterion) -> Option<&'a Declared> {
    rules.evidence.get(criterion.plain.as_ref()?)
}

/// The figure that stands for evidence, as the rules that declare it read it.
fn headline(figure: &Figure, declared: Option<&Declared>) -> Option<Estimate> {
    match declared {
        Some(declared) => figure.read_by(declared).headline(),
        None => figure.headline(),
    }
}

fn script_column<'a>(
    compiler: &Compiler<'a>,
    of: Readable<'_>,
    criterion: &'a Criterion,
    range: &Range<usize>,
    failures: &mut Failures,
) -> Result<Measures<'a>, Problem> {
    let mut expression = compiler.compile(&criterion.measure)?;
    let inputs = inputs(of, &criterion.measure, &criterion.optional);
    let mut measures = Measures::with_room(range.len(), criterion.decimals);
    let mut failed = Failures::default();
    let mut arguments = Vec::with_capacity(inputs.len());
    for start in range.clone().step_by(ROWS) {
        let rows = start..range.end.min(start + ROWS);
        let answers = measures_of_rows(&mut expression, &inputs, &rows);
        for (at, candidate) in rows.enumerate() {
            let known = answers.get(at).copied().filter(|answer| answer.is_finite()).map(Estimate::exact);
            let answer = match known {
                None if !failed.enough() => measure(&mut expression, &inputs, &mut arguments, candidate)
                    .unwrap_or_else(|problem| {
                        failed.push(problem, candidate);
                        None
                    }),
                known => known,
            };
            measures.push(answer);
        }
    }
    failures.append(failed);
    Ok(measures)
}

/// The measures of some candidates, where an expression makes numbers of plain ones: not finite for those whom it has to be run
/// for one by one, nothing where those are all.
fn measures_of_rows<'a>(expression: &mut Compiled<'_>, inputs: &[(Input<'a>, bool)], rows: &Range<usize>) -> Vec<f64> {
    let column = |(input, _): &(Input<'a>, bool)| {
        let column = input.numbers()?;
        Some(NumberColumn { numbers: column.numbers.get(rows.clone())?, ..column })
    };
    let columns: Option<Vec<_>> = inputs.iter().map(column).collect();
    columns.map(|columns| expression.run_rows(&columns)).unwrap_or_default()
}

/// A criterion's measures before they are rounded, of the first [`MOST_UNROUNDED`] candidates: those that have one, by
/// number.
///
/// # Errors
/// As the expression.
pub(super) fn unrounded(of: Readable<'_>, criterion: &Criterion) -> Result<Vec<(usize, f64)>, Problem> {
    let compiler = Compiler::new(&of.rules.library)?;
    let mut expression = compiler.compile(&criterion.measure)?;
    let inputs = inputs(of, &criterion.measure, &criterion.optional);
    let mut arguments = Vec::new();
    let mut measures = Vec::new();
    for candidate in 0..of.assessment.candidates.len().min(MOST_UNROUNDED) {
        let found = measure(&mut expression, &inputs, &mut arguments, candidate)?;
        measures.extend(found.map(|measure| (candidate, measure.estimate)));
    }
    Ok(measures)
}

/// What an expression reads, in order, and whether each may be missing.
pub(super) fn inputs<'a>(of: Readable<'a>, expression: &'a Expression, optional: &[String]) -> Vec<(Input<'a>, bool)> {
    expression.reads.iter().map(|name| (Input::new(of, name), optional.contains(name))).collect()
}

/// What an expression answers about a candidate; none where evidence that it needs is missing, or all that it reads.
pub(super) fn measure(
    expression: &mut Compiled<'_>,
    inputs: &[(Input<'_>, bool)],
    arguments: &mut Vec<Argument>,
    candidate: usize,
) -> Result<Option<Estimate>, Problem> {
    arguments.clear();
    let mut has_nothing = !inputs.is_empty();
    for (input, optional) in inputs {
        match input.of_candidate(candidate) {
            CandidateInput::Value(value) => {
                has_nothing = false;
                arguments.push(value);
            }
            CandidateInput::Missing(_) if *optional => arguments.push(Argument::MISSING),
            CandidateInput::Missing(_) => return Ok(None),
        }
    }
    // Whatever it said would stand in for an answer, and `missing` says what does.
    if has_nothing {
        return Ok(None);
    }
    expression.run(arguments)?.measure().map_err(|found| {
        Problem::new(Code::ScriptResult, format!("this measure gave {found}"))
            .at(expression.expression().place())
            .help("a measure must be a finite number, an estimate or evidence, or `()` where there is no answer")
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

    pub(super) fn into_first(self) -> Option<Problem> {
        self.0.into_iter().next().map(|(problem, _)| problem)
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
