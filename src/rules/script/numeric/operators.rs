//! The operators and functions of numbers: those of the fence, by the same rules. Where the engine would refuse there is
//! no answer here.

use std::cmp::Ordering;

use rhai::FLOAT;

use super::super::coerce;
use super::operand::{One, Operand, Three, Two};
use crate::stats::Estimate;

pub(super) fn add<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    match (a, b) {
        (Operand::Whole(a), Operand::Whole(b)) => a.checked_add(b).map(Operand::Whole),
        (Operand::Estimate(estimate), more) | (more, Operand::Estimate(estimate)) => {
            Some(Operand::Estimate(estimate.plus(more.plain()?)))
        }
        _ => Some(Operand::Float(a.plain()? + b.plain()?)),
    }
}

pub(super) fn subtract<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    match (a, b) {
        (Operand::Whole(a), Operand::Whole(b)) => a.checked_sub(b).map(Operand::Whole),
        (Operand::Estimate(estimate), less) => Some(Operand::Estimate(estimate.plus(-less.plain()?))),
        (from, Operand::Estimate(estimate)) => Some(Operand::Estimate(estimate.times(-1.0).plus(from.plain()?))),
        _ => Some(Operand::Float(a.plain()? - b.plain()?)),
    }
}

pub(super) fn multiply<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    match (a, b) {
        (Operand::Whole(a), Operand::Whole(b)) => a.checked_mul(b).map(Operand::Whole),
        (Operand::Estimate(estimate), factor) | (factor, Operand::Estimate(estimate)) => {
            Some(Operand::Estimate(estimate.times(factor.plain()?)))
        }
        _ => Some(Operand::Float(a.plain()? * b.plain()?)),
    }
}

pub(super) fn divide<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    let divisor = b.plain()?;
    match (a, b) {
        (Operand::Whole(_), Operand::Whole(0)) => None,
        (Operand::Estimate(_), _) if divisor == 0.0 => None,
        (Operand::Estimate(estimate), _) => Some(Operand::Estimate(estimate.times(1.0 / divisor))),
        _ => Some(Operand::Float(a.plain()? / divisor)),
    }
}

pub(super) fn remainder<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    match (a, b) {
        (Operand::Whole(a), Operand::Whole(b)) => a.checked_rem(b).map(Operand::Whole),
        _ => Some(Operand::Float(a.plain()? % b.plain()?)),
    }
}

pub(super) fn power<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    Some(Operand::Float(libm::pow(a.plain()?, b.plain()?)))
}

pub(super) fn negate(a: Operand<'_>) -> Option<Operand<'_>> {
    match a {
        Operand::Whole(a) => a.checked_neg().map(Operand::Whole),
        Operand::Float(a) => Some(Operand::Float(-a)),
        _ => None,
    }
}

pub(super) fn not(a: Operand<'_>) -> Option<Operand<'_>> {
    a.truth().map(|truth| Operand::Truth(!truth))
}

/// The outer `None` is what can't be compared, the inner one a comparison with what is not a number.
fn order(a: Operand<'_>, b: Operand<'_>) -> Option<Option<Ordering>> {
    match (a, b) {
        (Operand::Whole(a), Operand::Whole(b)) => Some(Some(a.cmp(&b))),
        _ => Some(a.number_against(b)?.partial_cmp(&b.number_against(a)?)),
    }
}

fn same(a: Operand<'_>, b: Operand<'_>) -> Option<bool> {
    match (a, b) {
        (Operand::Nothing, Operand::Nothing) => Some(true),
        (Operand::Nothing, _) | (_, Operand::Nothing) => Some(false),
        (Operand::Truth(a), Operand::Truth(b)) => Some(a == b),
        _ => order(a, b).map(|order| order == Some(Ordering::Equal)),
    }
}

pub(super) fn equal<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    same(a, b).map(Operand::Truth)
}

pub(super) fn unequal<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    same(a, b).map(|same| Operand::Truth(!same))
}

pub(super) fn less<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    order(a, b).map(|order| Operand::Truth(order == Some(Ordering::Less)))
}

pub(super) fn greater<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    order(a, b).map(|order| Operand::Truth(order == Some(Ordering::Greater)))
}

pub(super) fn at_most<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    order(a, b).map(|order| Operand::Truth(order.is_some_and(Ordering::is_le)))
}

pub(super) fn at_least<'v>(a: Operand<'v>, b: Operand<'v>) -> Option<Operand<'v>> {
    order(a, b).map(|order| Operand::Truth(order.is_some_and(Ordering::is_ge)))
}

/// A whole number has nothing to round.
fn rounded(x: Operand<'_>, round: fn(FLOAT) -> FLOAT) -> Option<Operand<'_>> {
    match x {
        Operand::Whole(_) => Some(x),
        Operand::Float(x) => Some(Operand::Float(round(x))),
        _ => None,
    }
}

/// The function of one number with this name that is not of the portable library.
pub(super) fn function_of_one(name: &str) -> Option<One> {
    Some(match name {
        "round" => |x| rounded(x, FLOAT::round),
        "floor" => |x| rounded(x, FLOAT::floor),
        "ceiling" => |x| rounded(x, FLOAT::ceil),
        "int" => |x| rounded(x, FLOAT::trunc),
        "sqrt" => |x| x.plain().map(|x| Operand::Float(x.sqrt())),
        "to_float" => |x| x.plain().map(Operand::Float),
        "estimate" => |x| x.number().map(|x| Operand::Estimate(Estimate::exact(x))),
        "abs" => |x| match x {
            Operand::Whole(x) => x.checked_abs().map(Operand::Whole),
            Operand::Float(x) => Some(Operand::Float(x.abs())),
            _ => None,
        },
        _ => return None,
    })
}

/// Two numbers, one of which may be the answer; none where one is infinite or not a number.
fn two_finite(a: Operand<'_>, b: Operand<'_>) -> Option<(FLOAT, FLOAT)> {
    let (a, b) = (a.number_against(b)?, b.number_against(a)?);
    (a.is_finite() && b.is_finite()).then_some((a, b))
}

/// The function of two numbers with this name.
pub(super) fn function_of_two(name: &str) -> Option<Two> {
    Some(match name {
        "min" => |a, b| match (a, b) {
            (Operand::Whole(a), Operand::Whole(b)) => Some(Operand::Whole(a.min(b))),
            _ => two_finite(a, b).map(|(a, b)| Operand::Float(coerce::lesser(a, b))),
        },
        "max" => |a, b| match (a, b) {
            (Operand::Whole(a), Operand::Whole(b)) => Some(Operand::Whole(a.max(b))),
            _ => two_finite(a, b).map(|(a, b)| Operand::Float(coerce::greater(a, b))),
        },
        "pow" => power,
        "log" => |x, base| match (x, base) {
            (Operand::Float(x), Operand::Float(base)) => Some(Operand::Float(libm::log(x) / libm::log(base))),
            _ => None,
        },
        _ => return None,
    })
}

/// The function of three numbers with this name.
pub(super) fn function_of_three(name: &str) -> Option<Three> {
    Some(match name {
        "clamp" => |x, low, high| {
            let ((x, least), (_, most)) = (two_finite(x, low)?, two_finite(x, high)?);
            Some(Operand::Float(coerce::lesser(coerce::greater(x, least), most)))
        },
        "estimate" => |figure, lower, upper| {
            let (figure, lower, upper) = (figure.number()?, lower.number()?, upper.number()?);
            let ordered = lower <= figure && figure <= upper;
            ordered.then(|| Operand::Estimate(Estimate::between(figure, lower, upper)))
        },
        _ => return None,
    })
}
