//! What gates leave open: they read evidence, and so may an answer to a question.

use std::collections::BTreeSet;

use crate::rules::{Criterion, Gate, RuleSet};
use crate::scoring::Trace;
use crate::words::{listed, lower_title};

/// What would change where a candidate stands that a gate decided on, in sentences; none where no gate did.
pub fn beyond_the_gate(trace: &Trace<'_>, rules: &RuleSet) -> Option<String> {
    let decided = trace.overruling_gate()?;
    let gate = rules.gates.iter().find(|gate| gate.id == decided.id)?;
    let evidence = gate.when.reads.iter().filter_map(|name| rules.evidence.get(name));
    let reads: Vec<String> = evidence.map(|declared| format!("\"{}\"", declared.title)).collect();
    let only = match &*reads {
        [] => String::new(),
        _ if !gate.sees.is_empty() => format!(" The gate reads {}: other evidence there could.", listed(&reads)),
        _ => format!(" The gate reads {} alone: other evidence there could.", listed(&reads)),
    };
    let asked = questions_read_by(std::iter::once(gate), rules);
    let questions = match &*asked {
        [] => String::new(),
        _ if reads.is_empty() => format!(" Another answer on {} could, which the gate sees.", listed(&asked)),
        _ if !gate.sees.is_empty() => format!(" So could another answer on {}.", listed(&asked)),
        _ => format!(" So could another answer on {}, which the same evidence answers.", listed(&asked)),
    };
    Some(format!("No weight and no points would change that.{only}{questions}"))
}

/// The titles of the questions whose answers one of these gates sees, or that are answered by evidence which one reads, in the
/// order of the rules.
pub(super) fn questions_read_by<'r>(gates: impl Iterator<Item = &'r Gate>, rules: &RuleSet) -> Vec<String> {
    let gates: Vec<&Gate> = gates.collect();
    let read: BTreeSet<&String> = gates.iter().flat_map(|gate| &gate.when.reads).collect();
    let seen: BTreeSet<usize> = gates.iter().flat_map(|gate| gate.sees.iter().copied()).collect();
    let shared = |(number, criterion): &(usize, &Criterion)| {
        seen.contains(number) || criterion.measure.reads.iter().any(|name| read.contains(name))
    };
    let asked = rules.criteria.iter().enumerate().filter(shared);
    asked.map(|(_, criterion)| lower_title(&criterion.title)).collect()
}
