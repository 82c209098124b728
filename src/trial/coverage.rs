//! What of a rule set its tests reach: answers, lines and steps of value functions, gates, policies, tiers,
//! values of parameters, statements.
//!
//! A test of one criterion reaches what it has of that criterion; a test of a list all that any candidate has.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::excuse::{Stale, excused};
use super::{Subject, Suite, Test};
use crate::diagnostic::{Place, Problems};
use crate::rules::format::RuleSetFile;
use crate::rules::script::Statement;
use crate::rules::{Combine, Criterion, Dated, EvidenceKind, Parameter, RuleSet, Use, ValueFunction};
use crate::scoring::{Contribution, Reading, Standing, Trace};
use crate::toml_file::parse;

/// A part of the rules that tests can reach.
#[derive(Debug)]
pub struct Part {
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
    pub parts: Vec<Part>,
    /// Excuses of what was reached, or is no part.
    pub stale: Vec<Stale<'s>>,
}

impl Coverage<'_> {
    /// Those that no test reached and nothing excuses.
    pub fn unreached(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| !part.reached && part.excuse.is_none())
    }

    /// Whether all that can be reached was.
    pub fn is_full(&self) -> bool {
        self.unreached().next().is_none() && self.stale.is_empty()
    }
}

/// What tests saw, while they run.
#[derive(Debug, Default)]
pub struct Sight(BTreeSet<String>);

impl Sight {
    /// Notes what a test sees.
    pub fn of(&mut self, test: &Test, rules: &RuleSet, traces: &[Trace<'_>]) {
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
        let reads = |by: &BTreeSet<Use>| match subject {
            Subject::Criterion(number) => by.contains(&Use::Criterion(number)),
            Subject::Gate(number) => by.contains(&Use::Gate(number)),
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
            }
        }
    }

    /// What a contribution shows, among so many answers.
    fn part(&mut self, part: &Contribution<'_>, answers: usize) {
        let id = &part.criterion.id;
        if part.missing.is_some() {
            self.0.insert(of_missing(id));
        }
        let (Some(measure), Some(reading)) = (part.measure, part.reading) else { return };
        let segment = match reading {
            Reading::Below((from, _)) => Segment::Below(from),
            Reading::Line { from, to } => Segment::Line(from.0, to.0),
            Reading::Above((to, _)) => Segment::Above(to),
            Reading::Step { from, to } => step(&part.criterion.value, from, to),
            Reading::Curve { middle, .. } if measure.estimate < middle => Segment::Curve(middle, false),
            Reading::Curve { middle, .. } => Segment::Curve(middle, true),
            Reading::Script => Segment::Script,
            _ if answers > 1 => Segment::Relative,
            _ => return,
        };
        self.0.insert(segment.of(id));
    }

    fn gate(&mut self, number: usize, rules: &RuleSet, trace: &Trace<'_>) {
        let Some(gate) = rules.gates.get(number) else { return };
        let fires = trace.gates.iter().any(|fired| fired.id == gate.id);
        self.0.insert(of_gate(&gate.id, fires));
    }
}

/// All parts of `rules`: of those that a run saw, and the statements of scripts that it reached.
pub fn coverage<'s>(suite: &'s Suite, rules: &RuleSet, sight: &Sight, statements: &[Statement]) -> Coverage<'s> {
    let mut parts: Vec<Part> = Vec::new();
    for (name, place) in of_rules(rules) {
        let reached = sight.0.contains(&name);
        parts.push(Part { name, place, reached, excuse: None });
    }
    for statement in statements {
        let text = statement.place.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let file = statement.place.source.name.rsplit('/').next().unwrap_or_default();
        let name = format!("{file}, {}: {text}", statement.function);
        parts.push(Part { name, place: statement.place.clone(), reached: statement.reached, excuse: None });
    }
    super::excuse::numbered(parts.iter_mut().map(|part| &mut part.name));
    let open = parts.iter_mut().map(|part| (&*part.name, part.reached, &mut part.excuse));
    let stale = excused(&suite.unreachable, open);
    Coverage { parts, stale }
}

/// A stretch of a value function.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Segment {
    Below(f64),
    Line(f64, f64),
    Above(f64),
    /// From a threshold up to below another.
    Step(Option<f64>, Option<f64>),
    /// Below the middle of an S-curve, or from there up.
    Curve(f64, bool),
    Relative,
    Script,
}

impl Segment {
    fn of(self, criterion: &str) -> String {
        let what = match self {
            Self::Below(from) => format!("level below {from}"),
            Self::Line(from, to) => format!("line from {from} to {to}"),
            Self::Above(to) => format!("level from {to}"),
            Self::Step(Some(from), Some(to)) => format!("step from {from} to {to}"),
            Self::Step(Some(from), None) => format!("step from {from}"),
            Self::Step(None, to) => format!("step below {}", to.unwrap_or(0.0)),
            Self::Curve(middle, false) => format!("curve below {middle}"),
            Self::Curve(middle, true) => format!("curve from {middle}"),
            Self::Relative => "set against others".to_owned(),
            Self::Script => "scripted value".to_owned(),
        };
        format!("{criterion}: {what}")
    }

    /// Whether measures between these two ends can lie in it.
    fn meets(self, (low, high): (f64, f64)) -> bool {
        match self {
            Self::Below(from) | Self::Step(None, Some(from)) => low < from,
            Self::Line(from, to) | Self::Step(Some(from), Some(to)) => low < to && from <= high,
            Self::Above(to) | Self::Step(Some(to), None) => to <= high,
            _ => true,
        }
    }
}

/// Below the first threshold the first value counts, so that both are one step.
fn step(value: &ValueFunction, from: Option<f64>, to: Option<f64>) -> Segment {
    let first = match value {
        ValueFunction::Steps(steps) => steps.first().map(|step| step.0),
        _ => None,
    };
    let second = match value {
        ValueFunction::Steps(steps) => steps.get(1).map(|step| step.0),
        _ => None,
    };
    if from.is_none() || from == first { Segment::Step(None, second) } else { Segment::Step(from, to) }
}

fn segments(criterion: &Criterion) -> Vec<Segment> {
    let pairs = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
        points.iter().zip(points.iter().skip(1)).map(|(a, b)| (a.0, b.0)).collect()
    };
    match &criterion.value {
        ValueFunction::Points(points) => {
            let ends = (points.first().map(|it| Segment::Below(it.0)), points.last().map(|it| Segment::Above(it.0)));
            let lines = pairs(points).into_iter().map(|(from, to)| Segment::Line(from, to));
            ends.0.into_iter().chain(lines).chain(ends.1).collect()
        }
        ValueFunction::Steps(steps) => {
            let between = pairs(steps).into_iter().map(|(from, to)| step(&criterion.value, Some(from), Some(to)));
            let last = steps.last().map(|it| step(&criterion.value, Some(it.0), None));
            between.chain(last).collect()
        }
        ValueFunction::Logistic { middle, .. } => vec![Segment::Curve(*middle, false), Segment::Curve(*middle, true)],
        ValueFunction::Relative(_) => vec![Segment::Relative],
        ValueFunction::Script(_) => vec![Segment::Script],
    }
}

/// Between which ends a measure lies that is a figure as it was filed; anything else may be any number.
fn ends(criterion: &Criterion, rules: &RuleSet) -> (f64, f64) {
    let declared = criterion.plain.as_ref().and_then(|name| rules.evidence.get(name));
    match declared.map(|declared| (declared.kind, declared.scale)) {
        Some((EvidenceKind::Judgement, Some(scale))) => scale,
        Some((EvidenceKind::Percentage, _)) => (0.0, 100.0),
        Some((EvidenceKind::Number, _)) | None => (f64::NEG_INFINITY, f64::INFINITY),
        Some(_) => (0.0, f64::INFINITY),
    }
}

const COMBINE: &str = "total";

fn of_missing(criterion: &str) -> String {
    format!("{criterion}: missing")
}

fn of_gate(gate: &str, fires: bool) -> String {
    format!("{gate}: {}", if fires { "fires" } else { "does not fire" })
}

fn of_parameter(parameter: &Parameter, dated: &Dated) -> String {
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
        for segment in segments(criterion).into_iter().filter(|segment| segment.meets(possible)) {
            parts.push((segment.of(&criterion.id), Place::new(source, written.value.value.span.clone())));
        }
        parts.push((of_missing(&criterion.id), Place::new(source, written.value.missing.span.clone())));
    }
    for (gate, written) in rules.gates.iter().zip(&file.gate) {
        for fires in [true, false] {
            parts.push((of_gate(&gate.id, fires), Place::new(source, written.value.when.span.clone())));
        }
    }
    if let (Combine::Script(_), Some(written)) = (&rules.combine, &file.ruleset.combine) {
        parts.push((COMBINE.to_owned(), Place::new(source, written.span.clone())));
    }
    for (tier, written) in rules.tiers.iter().zip(&file.tier) {
        parts.push((of_tier(&tier.id), Place::new(source, written.value.id.span.clone())));
    }
    for parameter in rules.parameters.iter().filter(|parameter| !parameter.used_by.is_empty()) {
        parts.extend(parameter.values.iter().map(|dated| (of_parameter(parameter, dated), dated.place.clone())));
    }
    parts
}
