//! What gates leave open: they read evidence, and so may an answer to a question.

use std::collections::BTreeSet;

use crate::rules::{Criterion, Gate, RuleSet};
use crate::scoring::Trace;
use crate::words::{listed, lower_title};

/// What would change where a candidate stands that a gate decided on, in sentences; none where no gate did.
pub fn beyond_the_gate(trace: &Trace<'_>, rules: &RuleSet) -> Option<String> {
    let decided = trace.gates.first()?;
    let gate = rules.gates.iter().find(|gate| gate.id == decided.id)?;
    let evidence = gate.when.reads.iter().filter_map(|name| rules.evidence.get(name));
    let reads: Vec<String> = evidence.map(|declared| format!("\"{}\"", declared.title)).collect();
    let only = match &*reads {
        [] => String::new(),
        _ => format!(" The gate reads {} alone: other evidence there could.", listed(&reads)),
    };
    let asked = questions_read_by(std::iter::once(gate), rules);
    let questions = match &*asked {
        [] => String::new(),
        _ => format!(" So could another answer on {}, which the same evidence answers.", listed(&asked)),
    };
    Some(format!("No weight and no points would change that.{only}{questions}"))
}

/// The titles of the questions that are answered by evidence which one of these gates reads, in the order of the rules.
pub(super) fn questions_read_by<'r>(gates: impl Iterator<Item = &'r Gate>, rules: &RuleSet) -> Vec<String> {
    let read: BTreeSet<&String> = gates.flat_map(|gate| &gate.when.reads).collect();
    let shared = |criterion: &&Criterion| criterion.measure.reads.iter().any(|name| read.contains(name));
    rules.criteria.iter().filter(shared).map(|criterion| lower_title(&criterion.title)).collect()
}
