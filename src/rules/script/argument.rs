//! What an expression is given for a name that it reads.

use std::sync::Arc;

use rhai::Dynamic;
use rust_decimal::Decimal;

use super::types::table::Table;
use crate::assessment::Figure;
use crate::rules::Amount;
use crate::stats::Estimate;

/// The value of a name that an expression reads.
#[derive(Debug, Clone)]
#[repr(transparent)]
pub struct Argument(pub(super) Dynamic);

impl Argument {
    /// What is missing: `()`.
    pub const MISSING: Self = Self(Dynamic::UNIT);

    /// A plain number.
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

    /// Words.
    pub fn text(text: String) -> Self {
        Self(Dynamic::from(text))
    }

    /// Evidence with all its fields. A number without an interval or an answer is plain, and what is missing is
    /// [`Argument::MISSING`].
    #[inline]
    pub fn evidence(figure: &Figure) -> Self {
        Self(match figure {
            Figure::Count(count) => Dynamic::from(count.clone()),
            Figure::Series(series) => Dynamic::from(series.clone()),
            Figure::Rate(rate) => Dynamic::from(*rate),
            Figure::Percentage(percentage) => Dynamic::from(*percentage),
            Figure::Number(number) if number.interval.is_some() => Dynamic::from(*number),
            Figure::Number(number) => Dynamic::from_float(number.estimate),
            Figure::Offences(offences) => Dynamic::from(offences.clone()),
            Figure::Peers(peers) => Dynamic::from(peers.clone()),
            Figure::Judgement(judgement) => Dynamic::from(judgement.clone()),
            Figure::Answer(answer) => Dynamic::from_bool(*answer),
            Figure::Missing(_) => Dynamic::UNIT,
        })
    }

    /// The value of a parameter.
    pub(super) fn parameter(value: &Amount) -> Self {
        Self(match value {
            Amount::Number(number) => Dynamic::from_float(*number),
            Amount::Table(table) => Dynamic::from(Table(Arc::clone(table))),
        })
    }
}
