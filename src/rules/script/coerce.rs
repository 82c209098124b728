//! Numbers from one of the engine's types into another.

use rhai::{Dynamic, FLOAT, INT};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::refusal::{Fallible, refuse_arithmetic};
use crate::stats::Estimate;

#[expect(clippy::cast_precision_loss, reason = "a whole number in a rule is far below 2^53")]
pub(super) fn float(x: INT) -> FLOAT {
    x as FLOAT
}

/// How many there are, as the engine counts.
pub(super) fn whole(number: usize) -> INT {
    INT::try_from(number).unwrap_or(INT::MAX)
}

/// The decimal that a float is written as: 0.8 is eight tenths, not the nearest binary fraction.
///
/// # Errors
/// Refuses what a decimal can't hold: it would be another number, or zero.
pub(super) fn nearest_decimal(x: FLOAT) -> Fallible<Decimal> {
    match x.to_string().parse() {
        Ok(held) if is_exact(x) => Ok(held),
        _ => refuse_arithmetic(&format!("{x:e} is beyond what exact arithmetic can hold")),
    }
}

/// The least and the greatest size of a number beside exact ones: there is room for their products, and for decimals behind
/// what they are added to.
pub(in crate::rules) const EXACT_SIZES: (FLOAT, FLOAT) = (1e-15, 1e18);

/// Whether a number can stand beside exact ones.
pub fn is_exact(x: FLOAT) -> bool {
    let (least, most) = EXACT_SIZES;
    x == 0.0 || (least..=most).contains(&x.abs())
}

/// A number of any type; none where it is something else.
pub(super) fn plain_number(value: &Dynamic) -> Option<FLOAT> {
    let decimal = || value.as_decimal().ok().and_then(|number: Decimal| number.to_f64());
    value.as_float().ok().or_else(|| value.as_int().ok().map(float)).or_else(decimal)
}

/// The lesser of two finite numbers; of a zero and its negative the first, on every machine.
pub(super) fn lesser(a: FLOAT, b: FLOAT) -> FLOAT {
    if a <= b { a } else { b }
}

/// The greater of two finite numbers; of equals the first.
pub(super) fn greater(a: FLOAT, b: FLOAT) -> FLOAT {
    if a >= b { a } else { b }
}

/// An optional number: `()` where there is none.
pub(super) fn or_unit(number: Option<f64>) -> Dynamic {
    number.map_or(Dynamic::UNIT, Dynamic::from_float)
}

/// An optional estimate: `()` where there is none.
pub(super) fn estimate_or_unit(estimate: Option<Estimate>) -> Dynamic {
    estimate.map_or(Dynamic::UNIT, Dynamic::from)
}
