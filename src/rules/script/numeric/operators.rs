//! The values of a program, and the operators and functions of numbers: those of the fence, by the same rules. Where the
//! engine would refuse there is no answer here.

use std::cmp::Ordering;

use rhai::{Dynamic, FLOAT, INT};

use super::super::fence::float;
use super::super::types::figure_of;
use super::{One, Three, Two};
use crate::assessment::{Among, Count, Percentage, Period, Rate};
use crate::stats::Estimate;

/// What a variable or a part of an expression is.
#[derive(Clone, Copy)]
pub(super) enum Value<'v> {
    Nothing,
    Truth(bool),
    Whole(INT),
    Float(FLOAT),
    Estimate(Estimate),
    Count(Tally),
    Rate(Rate),
    Percentage(Percentage),
    /// Anything else that a variable can be.
    Other(&'v Dynamic),
}

/// A count without what arithmetic does not look at.
#[derive(Clone, Copy)]
pub(super) struct Tally {
    pub(super) count: FLOAT,
    pub(super) suppressed: Option<(FLOAT, FLOAT)>,
    pub(super) period: Period,
    pub(super) among: Option<Among>,
}

impl Tally {
    pub(super) fn of(count: &Count) -> Self {
        let Count { count, suppressed, period, among, .. } = *count;
        Self { count, suppressed, period, among }
    }

    /// As a count again, for what counts can do.
    pub(super) fn whole(self) -> Count {
        let Self { count, suppressed, period, among } = self;
        Count { count, suppressed, period, among, breaks: None }
    }
}

impl<'v> Value<'v> {
    pub(super) fn of(value: &'v Dynamic) -> Self {
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
            return Self::Count(Tally::of(&count));
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

    /// A number, or the headline figure of what has one.
    fn number(self) -> Option<FLOAT> {
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

pub(super) fn add<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    match (a, b) {
        (Value::Whole(a), Value::Whole(b)) => a.checked_add(b).map(Value::Whole),
        (Value::Estimate(estimate), more) | (more, Value::Estimate(estimate)) => {
            Some(Value::Estimate(estimate.plus(more.plain()?)))
        }
        _ => Some(Value::Float(a.plain()? + b.plain()?)),
    }
}

pub(super) fn subtract<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    match (a, b) {
        (Value::Whole(a), Value::Whole(b)) => a.checked_sub(b).map(Value::Whole),
        (Value::Estimate(estimate), less) => Some(Value::Estimate(estimate.plus(-less.plain()?))),
        (from, Value::Estimate(estimate)) => Some(Value::Estimate(estimate.times(-1.0).plus(from.plain()?))),
        _ => Some(Value::Float(a.plain()? - b.plain()?)),
    }
}

pub(super) fn multiply<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    match (a, b) {
        (Value::Whole(a), Value::Whole(b)) => a.checked_mul(b).map(Value::Whole),
        (Value::Estimate(estimate), factor) | (factor, Value::Estimate(estimate)) => {
            Some(Value::Estimate(estimate.times(factor.plain()?)))
        }
        _ => Some(Value::Float(a.plain()? * b.plain()?)),
    }
}

pub(super) fn divide<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    let divisor = b.plain()?;
    match (a, b) {
        (Value::Whole(_), Value::Whole(0)) => None,
        (Value::Estimate(_), _) if divisor == 0.0 => None,
        (Value::Estimate(estimate), _) => Some(Value::Estimate(estimate.times(1.0 / divisor))),
        _ => Some(Value::Float(a.plain()? / divisor)),
    }
}

pub(super) fn remainder<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    match (a, b) {
        (Value::Whole(a), Value::Whole(b)) => a.checked_rem(b).map(Value::Whole),
        _ => Some(Value::Float(a.plain()? % b.plain()?)),
    }
}

pub(super) fn power<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    Some(Value::Float(libm::pow(a.plain()?, b.plain()?)))
}

pub(super) fn negate(a: Value<'_>) -> Option<Value<'_>> {
    match a {
        Value::Whole(a) => a.checked_neg().map(Value::Whole),
        Value::Float(a) => Some(Value::Float(-a)),
        _ => None,
    }
}

pub(super) fn not(a: Value<'_>) -> Option<Value<'_>> {
    a.truth().map(|truth| Value::Truth(!truth))
}

/// The outer `None` is what can't be compared, the inner one a comparison with what is not a number.
fn order(a: Value<'_>, b: Value<'_>) -> Option<Option<Ordering>> {
    match (a, b) {
        (Value::Whole(a), Value::Whole(b)) => Some(Some(a.cmp(&b))),
        _ => Some(a.number()?.partial_cmp(&b.number()?)),
    }
}

fn same(a: Value<'_>, b: Value<'_>) -> Option<bool> {
    match (a, b) {
        (Value::Nothing, Value::Nothing) => Some(true),
        (Value::Nothing, _) | (_, Value::Nothing) => Some(false),
        (Value::Truth(a), Value::Truth(b)) => Some(a == b),
        _ => order(a, b).map(|order| order == Some(Ordering::Equal)),
    }
}

pub(super) fn equal<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    same(a, b).map(Value::Truth)
}

pub(super) fn unequal<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    same(a, b).map(|same| Value::Truth(!same))
}

pub(super) fn less<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    order(a, b).map(|order| Value::Truth(order == Some(Ordering::Less)))
}

pub(super) fn greater<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    order(a, b).map(|order| Value::Truth(order == Some(Ordering::Greater)))
}

pub(super) fn at_most<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    order(a, b).map(|order| Value::Truth(order.is_some_and(Ordering::is_le)))
}

pub(super) fn at_least<'v>(a: Value<'v>, b: Value<'v>) -> Option<Value<'v>> {
    order(a, b).map(|order| Value::Truth(order.is_some_and(Ordering::is_ge)))
}

/// A whole number has nothing to round.
fn rounded(x: Value<'_>, round: fn(FLOAT) -> FLOAT) -> Option<Value<'_>> {
    match x {
        Value::Whole(_) => Some(x),
        Value::Float(x) => Some(Value::Float(round(x))),
        _ => None,
    }
}

/// The function of one number with this name that is not of the portable library.
pub(super) fn of_one(name: &str) -> Option<One> {
    Some(match name {
        "round" => |x| rounded(x, FLOAT::round),
        "floor" => |x| rounded(x, FLOAT::floor),
        "ceiling" => |x| rounded(x, FLOAT::ceil),
        "int" => |x| rounded(x, FLOAT::trunc),
        "sqrt" => |x| x.plain().map(|x| Value::Float(x.sqrt())),
        "to_float" => |x| x.plain().map(Value::Float),
        "estimate" => |x| x.number().map(|x| Value::Estimate(Estimate::exact(x))),
        "abs" => |x| match x {
            Value::Whole(x) => x.checked_abs().map(Value::Whole),
            Value::Float(x) => Some(Value::Float(x.abs())),
            _ => None,
        },
        _ => return None,
    })
}

/// The function of two numbers with this name.
pub(super) fn of_two(name: &str) -> Option<Two> {
    Some(match name {
        "min" => |a, b| match (a, b) {
            (Value::Whole(a), Value::Whole(b)) => Some(Value::Whole(a.min(b))),
            _ => Some(Value::Float(match (a.plain(), b.plain()) {
                (Some(a), Some(b)) => {
                    if a <= b {
                        a
                    } else {
                        b
                    }
                }
                _ => a.number()?.min(b.number()?),
            })),
        },
        "max" => |a, b| match (a, b) {
            (Value::Whole(a), Value::Whole(b)) => Some(Value::Whole(a.max(b))),
            _ => Some(Value::Float(match (a.plain(), b.plain()) {
                (Some(a), Some(b)) => {
                    if a >= b {
                        a
                    } else {
                        b
                    }
                }
                _ => a.number()?.max(b.number()?),
            })),
        },
        "pow" => power,
        "log" => |x, base| match (x, base) {
            (Value::Float(x), Value::Float(base)) => Some(Value::Float(libm::log(x) / libm::log(base))),
            _ => None,
        },
        _ => return None,
    })
}

/// The function of three numbers with this name.
pub(super) fn of_three(name: &str) -> Option<Three> {
    Some(match name {
        "clamp" => |x, low, high| Some(Value::Float(x.number()?.max(low.number()?).min(high.number()?))),
        "estimate" => |figure, lower, upper| {
            let (figure, lower, upper) = (figure.number()?, lower.number()?, upper.number()?);
            let ordered = lower <= figure && figure <= upper;
            ordered.then(|| Value::Estimate(Estimate::between(figure, lower, upper)))
        },
        _ => return None,
    })
}
