//! Gates: rules outside the sum, which see evidence, answers and their values, and never points.

use std::collections::BTreeMap;

use super::answers::Answers;
use super::measure::{Failures, inputs};
use super::pieces::{map_pieces, pieces};
use crate::diagnostic::{Code, Problem};
use crate::rules::script::{Argument, Compiler, ExpressionAnswer};
use crate::rules::{Effect, Gate, Leader};

/// A gate that fired, by its number in the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    /// The gate's number in the rules.
    pub gate: usize,
    /// Where it puts the candidate.
    pub effect: Effect,
    /// The tier that it raises to, by number; only where it raises.
    pub tier: Option<usize>,
    /// Who leads; only where it says that.
    pub lead: Option<Leader>,
}

/// The gates that fired, by candidate, in the order of the rules. The first one decides.
pub(super) type Gates = BTreeMap<usize, Vec<Fired>>;

/// The gates that fired: those that decide on places, and those that say who leads.
pub(super) struct FiredGates {
    /// Those that may put a candidate elsewhere.
    pub(super) places: Gates,
    /// Those that say who leads.
    pub(super) leads: Gates,
}

/// Asks every gate about every candidate.
///
/// # Errors
/// Every gate that failed for some candidate.
pub(super) fn gates(answers: Answers<'_, '_>) -> Result<FiredGates, Failures> {
    let (assessment, rules) = (answers.of.assessment, answers.of.rules);
    let mut all = FiredGates { places: Gates::new(), leads: Gates::new() };
    let mut failures = Failures::default();
    for (number, gate) in rules.gates.iter().enumerate() {
        let parts: Vec<(Vec<usize>, Failures)> = map_pieces(
            pieces(assessment.candidates.len()),
            || Compiler::new(&rules.library),
            |compiler, range| match compiler {
                Ok(compiler) => fires_for(compiler, answers, gate, range),
                Err(problem) => (Vec::new(), Failures::one(problem.clone(), range.start)),
            },
        );
        for (candidates, failed) in parts {
            failures.append(failed);
            for candidate in candidates {
                let fired = Fired { gate: number, effect: gate.effect, tier: gate.tier, lead: gate.lead };
                let of = if gate.effect.names_lead() { &mut all.leads } else { &mut all.places };
                of.entry(candidate).or_default().push(fired);
            }
        }
    }
    if failures.is_empty() { Ok(all) } else { Err(failures) }
}

fn fires_for<'a>(
    compiler: &Compiler<'a>,
    answers: Answers<'_, '_>,
    gate: &'a Gate,
    range: std::ops::Range<usize>,
) -> (Vec<usize>, Failures) {
    let mut fires = Vec::new();
    let mut failed = Failures::default();
    let mut expression = match compiler.compile(&gate.when) {
        Ok(expression) => expression,
        Err(problem) => return (fires, Failures::one(problem, range.start)),
    };
    let inputs = inputs(answers.of, &gate.when, &[]);
    for candidate in range {
        if failed.enough() {
            break;
        }
        // Missing evidence is `()` to a gate: that nothing is known can itself be the reason.
        let named = gate.when.reads.iter().zip(&inputs);
        let given = named
            .map(|(name, (input, _))| answers.argument(name, candidate).unwrap_or_else(|| input.argument(candidate)));
        let mut arguments: Vec<Argument> = given.collect();
        match expression.run(&mut arguments).and_then(|answer| yes_or_no(&answer, gate)) {
            Ok(true) => fires.push(candidate),
            Ok(false) => {}
            Err(problem) => failed.push(problem, candidate),
        }
    }
    (fires, failed)
}

fn yes_or_no(answer: &ExpressionAnswer, gate: &Gate) -> Result<bool, Problem> {
    answer.truth().ok_or_else(|| {
        Problem::new(Code::ScriptResult, format!("this gate's `when` gave {}", answer.described()))
            .at(gate.when.place())
            .help("`when` must be true or false; compare, as in `evidence == true`")
    })
}
