//! Measure → value → points → ranking. Pure: values in, values out, and no text but what rules and evidence say.
//!
//! Each stage is rounded once, to what is printed, and the next stage starts from the printed figure: measures to
//! their criterion's decimals, values and weights to two decimals more than points, points and totals to the rule
//! set's decimals. From the value on all arithmetic is of whole numbers, so a reader with a pencil gets the same.

mod fixed;
mod gate;
mod measure;
mod narrow;
mod order;
mod pieces;
mod points;
mod total;
mod trace;
mod value;
mod worker;

pub use fixed::{Fixed, divide_rounding};
pub use gate::Fired;
pub use order::Standing;
pub use trace::{Citation, Contribution, GateTrace, MissingTrace, Section, Trace, Tracer};
pub use value::Z_REACH;

use std::num::NonZeroUsize;

use crate::assessment::Assessment;
use crate::diagnostic::Problems;
use crate::rules::{Criterion, RuleSet};
use measure::{Failures, Measures};
use order::Order;
use points::Points;
use value::Scale;

/// Everything the engine computed, in columns as long as the list of candidates.
#[derive(Debug)]
pub struct Ranking<'a> {
    /// What was ranked.
    pub assessment: &'a Assessment,
    /// By which rules.
    pub rules: &'a RuleSet,
    /// The gates that fired for each candidate that any fired for, in the order of the rules.
    gates: gate::Gates,
    measures: Vec<Measures<'a>>,
    scales: Vec<Scale<'a>>,
    points: Points,
    order: Order,
}

impl Ranking<'_> {
    /// The candidates in the order of their totals, by number; those that could not be ranked come last, by id.
    pub fn order(&self) -> &[usize] {
        &self.order.sequence
    }

    /// What the computing itself found worth a warning, with what the rule set's own checks did.
    pub fn warnings(&self) -> &Problems {
        &self.order.warnings
    }

    /// A candidate's total in units of the rule set's decimals; none where it could not be ranked.
    pub fn total(&self, candidate: usize) -> Option<i64> {
        self.points.totals.get(candidate).copied().flatten()
    }

    /// A candidate's competition rank, from 1; none where it could not be ranked.
    pub fn rank(&self, candidate: usize) -> Option<usize> {
        self.order.ranks.get(candidate).copied().flatten()
    }

    /// Where a candidate stands: in a tier, vetoed, deferred or not ranked.
    pub fn standing(&self, candidate: usize) -> Standing {
        self.order.standings.get(candidate).copied().unwrap_or(Standing::NotRanked)
    }
}

/// Ranks the candidates of `assessment` by `rules`, on so many threads. The number of threads changes no byte.
///
/// # Errors
/// Every expression that failed for some candidate, at its place in the rules.
pub fn rank<'a>(
    assessment: &'a Assessment,
    rules: &'a RuleSet,
    threads: NonZeroUsize,
) -> Result<Ranking<'a>, Problems> {
    let computed = pieces::on_threads(threads, assessment.candidates.len(), || compute(assessment, rules));
    computed.map_err(|failures| failures.into_problems(assessment))
}

fn compute<'a>(assessment: &'a Assessment, rules: &'a RuleSet) -> Result<Ranking<'a>, Failures> {
    let measures = measure::measures(assessment, rules)?;
    let scale = |(criterion, measures): (&'a Criterion, &Measures<'a>)| Scale::new(criterion, &measures.estimates);
    let scales: Vec<Scale<'a>> = rules.criteria.iter().zip(&measures).map(scale).collect();
    let values = value::values(rules, &scales, &measures)?;
    let points = points::points(rules, &measures, values)?;
    let gates = gate::gates(assessment, rules)?;
    let order = order::order(assessment, rules, &points, &gates);
    Ok(Ranking { assessment, rules, gates, measures, scales, points, order })
}
