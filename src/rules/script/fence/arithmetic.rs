//! Arithmetic as a reader expects it: halves are halves, section scores are exact decimals.

use rhai::{Array, Dynamic, Engine, FLOAT, FnPtr, INT, ImmutableString};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::rules::script::coerce::{float, greater, lesser, nearest_decimal};
use crate::rules::script::refusal::{Fallible, refuse, refuse_arithmetic};
use crate::rules::script::types::any::{number, unlike};

/// The highest power of a score.
pub(in crate::rules::script) const MAX_POWER: INT = 100;

macro_rules! decimal_operators {
    ($engine:ident, $left:ty, $right:ty, $convert_left:expr, $convert_right:expr) => {
        $engine.register_fn("+", |a: $left, b: $right| sum($convert_left(a)?, $convert_right(b)?));
        $engine.register_fn("-", |a: $left, b: $right| sum($convert_left(a)?, -$convert_right(b)?));
        $engine.register_fn("*", |a: $left, b: $right| product($convert_left(a)?, $convert_right(b)?));
        $engine.register_fn("/", |a: $left, b: $right| quotient($convert_left(a)?, $convert_right(b)?));
        $engine.register_fn("min", |a: $left, b: $right| -> Fallible<Decimal> {
            Ok($convert_left(a)?.min($convert_right(b)?))
        });
        $engine.register_fn("max", |a: $left, b: $right| -> Fallible<Decimal> {
            Ok($convert_left(a)?.max($convert_right(b)?))
        });
    };
}

pub(super) fn register(engine: &mut Engine) {
    decimal_operators!(engine, Decimal, Decimal, same, same);
    decimal_operators!(engine, Decimal, INT, same, whole);
    decimal_operators!(engine, INT, Decimal, whole, same);
    decimal_operators!(engine, Decimal, FLOAT, same, nearest_decimal);
    decimal_operators!(engine, FLOAT, Decimal, nearest_decimal, same);
    engine.register_fn("/", |a: INT, b: INT| match b {
        0 => refuse_arithmetic("division by zero"),
        _ => Ok(float(a) / float(b)),
    });
    // With a function of its own a sort swallows the function's errors, limits included.
    for name in ["sort", "sort_desc", "order", "order_desc"] {
        engine.register_fn(name, |_: Array, _: FnPtr| {
            refuse_arithmetic::<()>("lists are sorted without a function here")
        });
        engine.register_fn(name, |_: Array, _: ImmutableString| {
            refuse_arithmetic::<()>("lists are sorted without a function here")
        });
    }
    engine.register_fn("abs", |x: Decimal| x.abs());
    engine.register_fn("floor", |x: Decimal| x.floor());
    engine.register_fn("ceiling", |x: Decimal| x.ceil());
    engine.register_fn("round", |x: Decimal| x.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero));
    engine.register_fn("pow", whole_power);
    engine.register_fn("to_float", |x: Decimal| x.to_f64().unwrap_or(FLOAT::NAN));
    engine.register_fn("clamp", |x: Dynamic, low: Dynamic, high: Dynamic| -> Fallible<FLOAT> {
        let ((x, least), (_, most)) = (two_numbers(&x, &low)?, two_numbers(&x, &high)?);
        Ok(lesser(greater(x, least), most))
    });
    engine.register_fn("min", |a: Dynamic, b: Dynamic| two_numbers(&a, &b).map(|(a, b)| lesser(a, b)));
    engine.register_fn("max", |a: Dynamic, b: Dynamic| two_numbers(&a, &b).map(|(a, b)| greater(a, b)));
    // As the script language has them these two pass over what is not a number.
    engine.register_fn("min", |a: FLOAT, b: FLOAT| two_finite(a, b).map(|(a, b)| lesser(a, b)));
    engine.register_fn("max", |a: FLOAT, b: FLOAT| two_finite(a, b).map(|(a, b)| greater(a, b)));
    engine.register_fn("min", |a: FLOAT, b: INT| two_finite(a, float(b)).map(|(a, b)| lesser(a, b)));
    engine.register_fn("max", |a: FLOAT, b: INT| two_finite(a, float(b)).map(|(a, b)| greater(a, b)));
    engine.register_fn("min", |a: INT, b: FLOAT| two_finite(float(a), b).map(|(a, b)| lesser(a, b)));
    engine.register_fn("max", |a: INT, b: FLOAT| two_finite(float(a), b).map(|(a, b)| greater(a, b)));
}

/// Two numbers that are set against each other.
fn two_numbers(a: &Dynamic, b: &Dynamic) -> Fallible<(FLOAT, FLOAT)> {
    match unlike(a, b) {
        Some(why) => refuse(&why),
        None => two_finite(number(a)?, number(b)?),
    }
}

/// Two numbers, one of which may be the answer: whatever is not finite would be lost in the other.
fn two_finite(a: FLOAT, b: FLOAT) -> Fallible<(FLOAT, FLOAT)> {
    match a.is_finite() && b.is_finite() {
        true => Ok((a, b)),
        false => refuse_arithmetic("a number that is infinite or not a number has no place between others"),
    }
}

fn decimal(operation: fn(Decimal, Decimal) -> Option<Decimal>, a: Decimal, b: Decimal) -> Fallible<Decimal> {
    match operation(a, b) {
        Some(answer) => Ok(answer),
        None => refuse_arithmetic("division by zero, or a number out of range"),
    }
}

/// A sum of decimals. Beside a number so large that there is no room for their decimals, smaller ones are refused: they would
/// be gone without a word.
fn sum(a: Decimal, b: Decimal) -> Fallible<Decimal> {
    let sum = decimal(Decimal::checked_add, a, b)?;
    let is_large = a.abs().max(b.abs()) >= LOSES_DECIMALS;
    match is_large && (sum.checked_sub(a) != Some(b) || sum.checked_sub(b) != Some(a)) {
        true => refuse_arithmetic("a number is lost in one that is far larger: exact arithmetic has 28 digits"),
        false => Ok(sum),
    }
}

/// A product of decimals. One so small that there is no room for its digits is refused: it would be zero, or another number,
/// without a word, also for what it is multiplied with afterwards.
fn product(a: Decimal, b: Decimal) -> Fallible<Decimal> {
    let product = decimal(Decimal::checked_mul, a, b)?;
    let is_exact = || a.normalize().scale() + b.normalize().scale() <= Decimal::MAX_SCALE;
    let is_zero = a.is_zero() || b.is_zero();
    if is_zero || product.abs() >= KEEPS_DIGITS || is_exact() { Ok(product) } else { too_small() }
}

/// A quotient of decimals, refused as a product is.
fn quotient(a: Decimal, b: Decimal) -> Fallible<Decimal> {
    let quotient = decimal(Decimal::checked_div, a, b)?;
    let is_exact = || quotient.checked_mul(b) == Some(a);
    if a.is_zero() || quotient.abs() >= KEEPS_DIGITS || is_exact() { Ok(quotient) } else { too_small() }
}

fn too_small() -> Fallible<Decimal> {
    refuse_arithmetic("a number becomes too small to be kept: exact arithmetic has 28 decimals")
}

/// Below this, 10⁻²², a decimal has fewer than six digits that are not zero.
const KEEPS_DIGITS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 28);

/// From here on, 10²², a decimal has fewer than six digits behind the point.
const LOSES_DECIMALS: Decimal = Decimal::from_parts(0xb240_0000, 0x19e0_c9ba, 0x21e, false, 0);

/// A decimal multiplied with itself so many times, to the digits that a decimal has.
fn whole_power(x: Decimal, power: INT) -> Fallible<Decimal> {
    if !(0..=MAX_POWER).contains(&power) {
        return refuse_arithmetic(&format!("a power of a score is a whole number from 0 to {MAX_POWER}"));
    }
    (0..power).try_fold(Decimal::ONE, |power, _| product(power, x))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands where a conversion may fail")]
fn whole(x: INT) -> Fallible<Decimal> {
    Ok(Decimal::from(x))
}

/// What needs no conversion.
#[expect(clippy::unnecessary_wraps, reason = "it stands where a conversion may fail")]
fn same(x: Decimal) -> Fallible<Decimal> {
    Ok(x)
}
