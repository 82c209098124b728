//! Parameters: numbers that hold from a day on, each with its source. What was in force is told, and what is stale.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::RuleSet;
use super::setting::Use;
use crate::assessment::{Day, Period};
use crate::diagnostic::{Code, Place, Problem, Problems};
use crate::words;

/// A number or a table of numbers that a document or a meeting gives, and from when.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Unique among parameters, evidence, groups, criteria and functions.
    pub name: String,
    /// What it is.
    pub title: String,
    /// What it counts.
    pub unit: Option<String>,
    /// Its values, the earliest first; at least one.
    pub values: Vec<Dated>,
    /// Where the rules read it.
    pub used_by: BTreeSet<Use>,
    /// Where it is declared.
    pub place: Place,
}

/// A value of a parameter, and from when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The first day on which it holds.
    pub from: Day,
    /// The value.
    pub value: Amount,
    /// Who says so and where.
    pub source: String,
    /// The last day for which it may be used without looking at it again.
    pub review: Option<Day>,
    /// Where it is written.
    pub place: Place,
}

/// What a parameter's value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// A finite number.
    Number(f64),
    /// Finite numbers by name; at least one.
    Table(Arc<BTreeMap<String, f64>>),
}

impl Parameter {
    /// The value in force on a day; none before the first.
    pub fn on(&self, day: Day) -> Option<&Dated> {
        self.values.iter().rfind(|dated| dated.from <= day)
    }

    /// A value as a reader sees it, with its unit.
    pub fn shown(&self, value: &Amount) -> String {
        let shown = match value {
            Amount::Number(number) => words::number(*number, 6),
            Amount::Table(table) => format!("a table of {}", words::counted(table.len(), "number", "numbers")),
        };
        match &self.unit {
            Some(unit) if matches!(value, Amount::Table(_)) => format!("{shown} ({unit})"),
            Some(unit) => words::with_unit(&shown, unit),
            None => shown,
        }
    }
}

impl RuleSet {
    /// Each parameter with the value that is in force here.
    pub fn in_force(&self) -> impl Iterator<Item = (&Parameter, &Dated)> {
        let on = |day: Day| self.parameters.iter().filter_map(move |it| Some((it, it.on(day)?)));
        self.since.into_iter().flat_map(on)
    }
}

/// Warns of values in force that have not been looked at since long, and of those that took force within the period.
pub(super) fn in_time(rules: &RuleSet, period: Period, problems: &mut Problems) {
    for (parameter, dated) in rules.in_force() {
        stale(parameter, dated, period, problems);
        replaced(parameter, dated, period, problems);
    }
}

fn stale(parameter: &Parameter, dated: &Dated, period: Period, problems: &mut Problems) {
    let Some(review) = dated.review.filter(|review| *review < period.last_day()) else { return };
    let message = format!(
        "`{}` was to be looked at again by {review}, and the period ends on {}: it has been {} since {} ({})",
        parameter.name,
        period.last_day(),
        parameter.shown(&dated.value),
        dated.from,
        dated.source
    );
    let help = "ask whether it still holds: add the new value with its `from` and `source`, or write a later `review`";
    problems.push(Problem::new(Code::StaleParameter, message).at(dated.place.clone()).help(help));
}

/// A value that took the place of another within the period.
fn replaced(parameter: &Parameter, dated: &Dated, period: Period, problems: &mut Problems) {
    let Some(before) = parameter.on(period.first_day()).filter(|before| before.from != dated.from) else { return };
    let message = format!(
        "`{}` changed within the period, {period}: its value from {} is used ({}), not the one before ({})",
        parameter.name,
        dated.from,
        parameter.shown(&dated.value),
        parameter.shown(&before.value)
    );
    let help = "the value in force on the period's last day is used; say in the assessment that it changed";
    problems.push(Problem::new(Code::ParameterChanged, message).at(dated.place.clone()).help(help));
}
