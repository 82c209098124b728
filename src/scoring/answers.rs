//! The answers of all candidates and their values, as gates see them: of one question at a time, and no points.

use super::input::{Input, Readable};
use super::measure::Measures;
use crate::exact::Fixed;
use crate::rules::script::Argument;
use crate::rules::{Criterion, Gate};

/// The answers of all candidates and their values.
#[derive(Clone, Copy)]
pub(super) struct Answers<'r, 'a> {
    pub(super) of: Readable<'r>,
    pub(super) measures: &'r [Measures<'a>],
    /// In units of the fine decimals.
    pub(super) values: &'r [Vec<i64>],
}

impl Answers<'_, '_> {
    /// What a gate is given for one of the names of [`Gate::ANSWERS`]; none for any other, and where evidence has the name.
    pub(super) fn argument(&self, name: &str, candidate: usize) -> Option<Argument> {
        if self.of.rules.evidence.contains_key(name) {
            return None;
        }
        let seen = |of: fn(&Self, usize, &Criterion, usize) -> Argument| {
            let of_one = move |(number, criterion): (usize, &Criterion)| {
                (criterion.id.clone(), criterion.title.clone(), of(self, number, criterion, candidate))
            };
            self.of.rules.criteria.iter().enumerate().map(of_one)
        };
        match Gate::ANSWERS.iter().position(|known| *known == name)? {
            0 => Some(Argument::answers(seen(Self::answer))),
            _ => Some(Argument::values(seen(Self::value))),
        }
    }

    /// An answer, in words where it is one.
    fn answer(&self, number: usize, criterion: &Criterion, candidate: usize) -> Argument {
        let level = criterion.levels.as_ref().and(criterion.plain.as_ref());
        if let Some(name) = level {
            return Input::new(self.of, name).argument(candidate);
        }
        let measure = self.measures.get(number).and_then(|column| column.get(candidate));
        measure.map_or(Argument::MISSING, Argument::estimate)
    }

    /// The value of an answer. What stands in for a missing one is none.
    fn value(&self, number: usize, _: &Criterion, candidate: usize) -> Argument {
        if self.measures.get(number).is_none_or(|column| column.is_missing(candidate)) {
            return Argument::MISSING;
        }
        let units = self.values.get(number).and_then(|column| column.get(candidate)).copied();
        Argument::number(Fixed::new(units.unwrap_or(0), self.of.rules.fine_decimals()).to_f64())
    }
}
