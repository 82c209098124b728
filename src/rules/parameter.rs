//! Parameters: numbers that hold from a day on, each with its source.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assessment::Day;
use crate::diagnostic::Place;
use crate::words;

/// A number or a table of numbers that a document or a meeting gives, and from when.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Unique among parameters, evidence, groups, criteria and functions.
    pub name: String,
    /// What it is, in a reader's words.
    pub title: String,
    /// What its numbers are of: `pounds`; none where they are bare.
    pub unit: Option<String>,
    /// Its values, the earliest first; at least one.
    pub values: Vec<DatedAmount>,
    /// Where the rules read it.
    pub used_by: BTreeSet<ParameterUse>,
    /// The whole table in the rule file, for problems.
    pub place: Place,
}

/// A value of a parameter, and from when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedAmount {
    /// The first day on which it holds.
    pub from: Day,
    /// The number or table that holds from that day, up to the next value's.
    pub value: Amount,
    /// Who says so and where.
    pub source: String,
    /// The last day for which it may be used without looking at it again.
    pub review: Option<Day>,
    /// Where this value stands in the rule file.
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

/// Where a rule set reads a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterUse {
    /// How points become a total.
    Combine,
    /// A group's weight, by the group's number.
    Group(usize),
    /// A criterion's weight, measure, value or sentence, by its number.
    Criterion(usize),
    /// A gate's condition or reason, by the gate's number.
    Gate(usize),
    /// A tier's bound or places, by the tier's number.
    Tier(usize),
}

impl Parameter {
    /// The value in force on a day; none before the first.
    pub fn on(&self, day: Day) -> Option<&DatedAmount> {
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
