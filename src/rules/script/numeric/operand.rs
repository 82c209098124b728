//! The values of a program.

use rhai::{Dynamic, FLOAT, INT};

use crate::assessment::{Count, Denominator, Percentage, Period, Rate, Series};
use crate::rules::script::coerce::float;
use crate::rules::script::types::any::figure_of;
use crate::stats::{Confidence, Estimate};

/// What a variable or a part of an expression is.
#[derive(Clone, Copy)]
pub(super) enum Operand<'v> {
    Nothing,
    Truth(bool),
    Whole(INT),
    Float(FLOAT),
    Estimate(Estimate),
    Count(PlainCount),
    Rate(Rate),
    Percentage(Percentage),
    /// Anything else that a variable can be.
    Other(&'v Dynamic),
}

/// A count without what arithmetic does not look at.
#[derive(Clone, Copy)]
pub(super) struct PlainCount {
    pub(super) count: FLOAT,
    pub(super) suppressed: Option<(FLOAT, FLOAT)>,
    pub(super) shared_out: Option<(FLOAT, FLOAT)>,
    pub(super) period: Period,
    pub(super) among: Option<Denominator>,
    /// Whether its series has a break: what it is set against is then the engine's to judge.
    pub(super) has_breaks: bool,
    pub(super) confidence: Confidence,
}

impl PlainCount {
    pub(super) fn new(count: &Count) -> Self {
        let has_breaks = count.breaks.is_some();
        let Count { count, suppressed, shared_out, period, among, confidence, .. } = *count;
        Self { count, suppressed, shared_out, period, among, has_breaks, confidence }
    }

    /// As a count again, for what counts can do.
    pub(super) fn whole(self) -> Count {
        let Self { count, suppressed, shared_out, period, among, confidence, .. } = self;
        Count { count, suppressed, shared_out, period, among, breaks: None, confidence, pool: None }
    }
}

impl<'v> Operand<'v> {
    pub(super) fn new(value: &'v Dynamic) -> Self {
        if value.is_variant() {
            return Self::evidence(value);
        }
        let found = match value {
            _ if value.is_float() => value.as_float().map(Self::Float),
            _ if value.is_int() => value.as_int().map(Self::Whole),
            _ if value.is_bool() => value.as_bool().map(Self::Truth),
            _ if value.is_unit() => Ok(Self::Nothing),
            _ => Ok(Self::Other(value)),
        };
        found.unwrap_or(Self::Other(value))
    }

    fn evidence(value: &'v Dynamic) -> Self {
        if let Some(count) = value.read_lock::<Count>() {
            return Self::Count(PlainCount::new(&count));
        }
        if let Some(rate) = value.read_lock::<Rate>() {
            return Self::Rate(*rate);
        }
        if let Some(percentage) = value.read_lock::<Percentage>() {
            return Self::Percentage(*percentage);
        }
        if let Some(estimate) = value.read_lock::<Estimate>() {
            return Self::Estimate(*estimate);
        }
        Self::Other(value)
    }

    /// As an answer; none of what is infinite, which is the engine's to refuse, and of evidence as such.
    pub(super) fn answer(self) -> Option<Dynamic> {
        match self {
            Self::Nothing => Some(Dynamic::UNIT),
            Self::Truth(truth) => Some(Dynamic::from_bool(truth)),
            Self::Whole(whole) => Some(Dynamic::from_int(whole)),
            Self::Float(float) => float.is_finite().then(|| Dynamic::from_float(float)),
            Self::Estimate(estimate) => estimate.is_finite().then(|| Dynamic::from(estimate)),
            Self::Count(_) | Self::Rate(_) | Self::Percentage(_) | Self::Other(_) => None,
        }
    }

    pub(super) fn or_nothing(float: Option<FLOAT>) -> Self {
        float.map_or(Self::Nothing, Self::Float)
    }

    pub(super) fn truth(self) -> Option<bool> {
        if let Self::Truth(truth) = self { Some(truth) } else { None }
    }

    /// A plain number, whole or not.
    pub(super) fn plain(self) -> Option<FLOAT> {
        match self {
            Self::Float(number) => Some(number),
            Self::Whole(number) => Some(float(number)),
            _ => None,
        }
    }

    /// Whether it is of a series with a break.
    fn has_breaks(self) -> bool {
        match self {
            Self::Count(count) => count.has_breaks,
            Self::Other(value) => value
                .read_lock::<Series>()
                .is_some_and(|series| series.counts.iter().any(|count| count.breaks.is_some())),
            _ => false,
        }
    }

    /// The number that it is set against that of `other`; none where a break may stand between them.
    pub(super) fn number_against(self, other: Self) -> Option<FLOAT> {
        let apart = other.plain().is_none() && (self.has_breaks() || other.has_breaks());
        if apart { None } else { self.number() }
    }

    /// A number, or the headline figure of what has one.
    pub(super) fn number(self) -> Option<FLOAT> {
        match self {
            Self::Float(number) => Some(number),
            Self::Whole(number) => Some(float(number)),
            Self::Estimate(estimate) => Some(estimate.estimate),
            Self::Count(count) => Some(count.count),
            Self::Rate(rate) => Some(rate.rate.estimate),
            Self::Percentage(percentage) => Some(percentage.percentage.estimate),
            Self::Other(value) => figure_of(value).map(|figure| figure.estimate),
            Self::Nothing | Self::Truth(_) => None,
        }
    }
}

/// A function of one operand; no answer where that is the engine's to say.
pub(super) type One = for<'v> fn(Operand<'v>) -> Option<Operand<'v>>;
/// A function of two.
pub(super) type Two = for<'v> fn(Operand<'v>, Operand<'v>) -> Option<Operand<'v>>;
/// A function of three.
pub(super) type Three = for<'v> fn(Operand<'v>, Operand<'v>, Operand<'v>) -> Option<Operand<'v>>;
