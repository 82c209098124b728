//! What an expression is given for a name that it reads.

use std::rc::Rc;
use std::sync::Arc;

use rhai::Dynamic;
use rust_decimal::Decimal;

use super::types::answers::{AnswerTable, ValueTable};
use super::types::column::AnswersOfAll;
use super::types::kinds::value_of;
use super::types::table::ParameterTable;
use crate::assessment::{EvidenceKind, Figure};
use crate::rules::Amount;
use crate::stats::Estimate;

/// The value of a name that an expression reads.
#[derive(Debug, Clone)]
#[repr(transparent)]
pub struct Argument(pub(super) Dynamic);

/// What many rows have for a name that an expression reads: a number each, which is not one where a row has something else
/// or nothing.
#[derive(Debug, Clone, Copy)]
pub struct NumberColumn<'c> {
    /// The numbers, a row each.
    pub numbers: &'c [f64],
    /// The kind of evidence that they are numbers of; none of plain numbers.
    pub of: Option<EvidenceKind>,
}

impl Argument {
    /// What is missing: `()`.
    pub const MISSING: Self = Self(Dynamic::UNIT);

    /// A number without an interval.
    #[inline]
    pub fn number(number: f64) -> Self {
        Self(Dynamic::from_float(number))
    }

    /// A number that stays an exact decimal in arithmetic.
    #[inline]
    pub fn exact(number: Decimal) -> Self {
        Self(Dynamic::from(number))
    }

    /// A number with its interval, if it has one.
    #[inline]
    pub fn estimate(estimate: Estimate) -> Self {
        Self(Dynamic::from(estimate))
    }

    /// Words, as a candidate's title.
    pub fn text(text: String) -> Self {
        Self(Dynamic::from(text))
    }

    /// Evidence with all its fields. A number without an interval or an answer is plain, and what is missing is
    /// [`Argument::MISSING`].
    #[inline]
    pub fn evidence(figure: &Figure) -> Self {
        Self(value_of(figure))
    }

    /// The answers of all candidates to one question.
    pub fn column(all: &AnswersOfAll) -> Self {
        Self(Dynamic::from(all.clone()))
    }

    /// Answers by criterion: its id, its title and its answer.
    pub fn answers(seen: impl Iterator<Item = (String, String, Self)>) -> Self {
        Self(Dynamic::from(AnswerTable(Rc::new(seen.map(|(id, title, Self(answer))| (id, title, answer)).collect()))))
    }

    /// Values by criterion: its id, its title and its value.
    pub fn values(seen: impl Iterator<Item = (String, String, Self)>) -> Self {
        Self(Dynamic::from(ValueTable(Rc::new(seen.map(|(id, title, Self(value))| (id, title, value)).collect()))))
    }

    /// The value of a parameter.
    pub(super) fn parameter(value: &Amount) -> Self {
        Self(match value {
            Amount::Number(number) => Dynamic::from_float(*number),
            Amount::Table(table) => Dynamic::from(ParameterTable(Arc::clone(table))),
        })
    }
}
