//! What of a rule set its tests reach: answers, lines and steps of value functions, gates, policies, tiers,
//! values of parameters, statements.
//!
//! A test of one criterion reaches what it has of that criterion; a test of a list all that any candidate has.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::excuse::{StaleExcuse, fill_in_excuses};
use super::{Subject, Suite, Test};
use crate::assessment::Declared;
use crate::diagnostic::{Place, Problems};
use crate::rules::format::RuleSetFile;
use crate::rules::script::ScriptStatement;
use crate::rules::shape::Segment;
use crate::rules::{Criterion, DatedAmount, Parameter, ParameterUse, RuleSet};
use crate::scoring::{Contribution, Standing, Trace};
use crate::toml_file::parse;

/// A part of the rules that tests can reach.
#[derive(Debug)]
pub struct RulePart {
    /// What it is, so that no two parts are called alike.
    pub name: String,
    /// Where it is written.
    pub place: Place,
    /// Whether a test reached it.
    pub reached: bool,
    /// Why nothing can reach it, where a test file says so.
    pub excuse: Option<String>,
}

/// Every part of a rule set, and whether a test reached it.
#[derive(Debug)]
pub struct Coverage<'s> {
    /// In the order of the rules, then of the scripts.
    pub parts: Vec<RulePart>,
    /// Excuses of what was reached, or is no part.
    pub stale: Vec<StaleExcuse<'s>>,
}

impl Coverage<'_> {
    /// Those that no test reached and nothing excuses.
    pub fn unreached(&self) -> impl Iterator<Item = &RulePart> {
        self.parts.iter().filter(|part| !part.reached && part.excuse.is_none())
    }

    /// Whether all that can be reached was.
    pub fn is_full(&self) -> bool {
        self.unreached().next().is_none() && self.stale.is_empty()
    }
}

/// What tests saw, while they run.
#[derive(Debug, Default)]
pub struct ReachedParts(BTreeSet<String>);

impl ReachedParts {
    /// Notes what a test sees.
    pub fn note(&mut self, test: &Test, rules: &RuleSet, traces: &[Trace<'_>]) {
        if !traces.is_empty() {
            self.parameters(test.subject, rules);
        }
        match test.subject {
            Subject::Criterion(number) => {
                traces.iter().filter_map(|trace| trace.contributions.get(number)).for_each(|part| self.part(part, 1));
            }
            Subject::Gate(number) => traces.iter().for_each(|trace| self.gate(number, rules, trace)),
            Subject::List => self.list(rules, traces),
        }
    }

    /// The values in force that what a test looks at reads; a list reads them all.
    fn parameters(&mut self, subject: Subject, rules: &RuleSet) {
        let reads = |by: &BTreeSet<ParameterUse>| match subject {
            Subject::Criterion(number) => by.contains(&ParameterUse::Criterion(number)),
            Subject::Gate(number) => by.contains(&ParameterUse::Gate(number)),
            Subject::List => !by.is_empty(),
        };
        let read = rules.in_force().filter(|(parameter, _)| reads(&parameter.used_by));
        self.0.extend(read.map(|(parameter, dated)| of_parameter(parameter, dated)));
    }

    fn list(&mut self, rules: &RuleSet, traces: &[Trace<'_>]) {
        for number in 0..rules.criteria.len() {
            let parts = || traces.iter().filter_map(|trace| trace.contributions.get(number));
            let answers = parts().filter(|part| part.measure.is_some()).count();
            parts().for_each(|part| self.part(part, answers));
        }
        for trace in traces {
            (0..rules.gates.len()).for_each(|number| self.gate(number, rules, trace));
            if let Standing::Tier(tier) = trace.standing {
                self.0.extend(rules.tiers.get(tier).map(|tier| of_tier(&tier.id)));
            }
            if trace.total.is_some() {
                self.0.insert(COMBINE.to_owned());
                let scored = trace.sections.iter().filter(|section| section.score.is_some());
                self.0.extend(scored.map(|section| of_group(section.id)));
            }
        }
    }

    /// What a contribution shows, among so many answers.
    fn part(&mut self, part: &Contribution<'_>, answers: usize) {
        let id = &part.criterion.id;
        if part.missing.is_some() {
            self.0.insert(of_missing(id));
        }
        let shape = part.criterion.value.shape();
        let Some(measure) = part.measure.filter(|_| answers > 1 || !shape.needs_facts()) else { return };
        self.0.extend(shape.segment_of(measure.estimate).map(|segment| of_segment(id, &segment)));
    }

    fn gate(&mut self, number: usize, rules: &RuleSet, trace: &Trace<'_>) {
        let Some(gate) = rules.gates.get(number) else { return };
        let fires = trace.fired().any(|fired| fired.id == gate.id);
        self.0.insert(of_gate(&gate.id, fires));
    }
}

/// All parts of `rules`: of those that a run saw, and the statements of scripts that it reached.
pub fn coverage<'s>(
    suite: &'s Suite,
    rules: &RuleSet,
    reached: &ReachedParts,
    statements: &[ScriptStatement],
) -> Coverage<'s> {
    let mut parts: Vec<RulePart> = Vec::new();
    for (name, place) in of_rules(rules) {
        let reached = reached.0.contains(&name);
        parts.push(RulePart { name, place, reached, excuse: None });
    }
    for statement in statements {
        let text = statement.place.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let file = statement.place.source.name.rsplit('/').next().unwrap_or_default();
        let name = format!("{file}, {}: {text}", statement.function);
        parts.push(RulePart { name, place: statement.place.clone(), reached: statement.reached, excuse: None });
    }
    super::excuse::numbered(parts.iter_mut().map(|part| &mut part.name));
    let open = parts.iter_mut().map(|part| (&*part.name, part.reached, &mut part.excuse));
    let stale = fill_in_excuses(&suite.unreachable, open);
    Coverage { parts, stale }
}

/// Between which ends a measure lies that is a figure as it was filed; anything else may be any number.
fn ends(criterion: &Criterion, rules: &RuleSet) -> (f64, f64) {
    let declared = criterion.plain.as_ref().and_then(|name| rules.evidence.get(name));
    declared.map_or((f64::NEG_INFINITY, f64::INFINITY), Declared::range)
}

const COMBINE: &str = "total";

fn of_group(group: &str) -> String {
    format!("the score of {group}")
}

fn of_segment(criterion: &str, segment: &Segment) -> String {
    format!("{criterion}: {}", segment.name)
}

fn of_missing(criterion: &str) -> String {
    format!("{criterion}: missing")
}

fn of_gate(gate: &str, fires: bool) -> String {
    format!("{gate}: {}", if fires { "fires" } else { "does not fire" })
}

fn of_parameter(parameter: &Parameter, dated: &DatedAmount) -> String {
    format!("parameter {} from {}", parameter.name, dated.from.iso())
}

fn of_tier(tier: &str) -> String {
    format!("tier {tier}")
}

/// The parts of `ruleset.toml`, and where each is written.
fn of_rules(rules: &RuleSet) -> Vec<(String, Place)> {
    let source: &Arc<_> = &rules.place.source;
    let Some(written) = parse::<RuleSetFile>(source, &mut Problems::default()) else { return Vec::new() };
    let file = written.file;
    let mut parts: Vec<(String, Place)> = Vec::new();
    for (criterion, written) in rules.criteria.iter().zip(&file.criterion) {
        let possible = ends(criterion, rules);
        for segment in criterion.value.shape().segments().iter().filter(|segment| segment.meets(possible)) {
            parts.push((of_segment(&criterion.id, segment), Place::new(source, written.value.value.span.clone())));
        }
        parts.push((of_missing(&criterion.id), Place::new(source, written.value.missing.span.clone())));
    }
    for (gate, written) in rules.gates.iter().zip(&file.gate) {
        for fires in [true, false] {
            parts.push((of_gate(&gate.id, fires), Place::new(source, written.value.when.span.clone())));
        }
    }
    for (group, _) in rules.combine.expressions() {
        let (part, written) = match group.and_then(|group| file.group.get(group)) {
            Some(group) => (of_group(&group.value.id.value), group.value.combine.as_ref()),
            None => (COMBINE.to_owned(), file.ruleset.combine.as_ref()),
        };
        parts.extend(written.map(|written| (part, Place::new(source, written.span.clone()))));
    }
    for (tier, written) in rules.tiers.iter().zip(&file.tier) {
        parts.push((of_tier(&tier.id), Place::new(source, written.value.id.span.clone())));
    }
    for parameter in rules.parameters.iter().filter(|parameter| !parameter.used_by.is_empty()) {
        parts.extend(parameter.values.iter().map(|dated| (of_parameter(parameter, dated), dated.place.clone())));
    }
    parts
}
