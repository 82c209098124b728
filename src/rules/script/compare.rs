//! Comparisons, exact: tiers, steps and gates are decided by these.
//!
//! Floats compare as IEEE 754 has them. Evidence and estimates compare by their headline figure. What can't be compared
//! is refused, where the script language itself would answer `false` without a word; only `==` and `!=` with `()` always
//! answer, as that is how a rule asks whether evidence is missing.

use std::cmp::Ordering;

use rhai::{Dynamic, Engine, EvalAltResult, FLOAT, INT, Position};
use rust_decimal::Decimal;

use super::fence::{float, nearest_decimal};
use super::types::{UNLIKE, described, figure_of, is_nothing, unit_of_rate};

type Checked<T> = Result<T, Box<EvalAltResult>>;

macro_rules! compare {
    ($engine:ident, $type:ty) => {
        $engine.register_fn("==", |a: $type, b: $type| a == b);
        $engine.register_fn("!=", |a: $type, b: $type| a != b);
        $engine.register_fn("<", |a: $type, b: $type| a < b);
        $engine.register_fn("<=", |a: $type, b: $type| a <= b);
        $engine.register_fn(">", |a: $type, b: $type| a > b);
        $engine.register_fn(">=", |a: $type, b: $type| a >= b);
    };
}

/// Registers the six comparisons: for plain numbers each by its type, which is fast; for anything else one that looks.
pub(super) fn register(engine: &mut Engine) {
    compare!(engine, FLOAT);
    compare!(engine, INT);
    compare!(engine, Decimal);
    engine.register_fn("==", |a: Dynamic, b: Dynamic| equal(&a, &b));
    engine.register_fn("!=", |a: Dynamic, b: Dynamic| equal(&a, &b).map(|equal| !equal));
    engine.register_fn("<", |a: Dynamic, b: Dynamic| order(&a, &b).map(|order| order == Some(Ordering::Less)));
    engine.register_fn(">", |a: Dynamic, b: Dynamic| order(&a, &b).map(|order| order == Some(Ordering::Greater)));
    engine.register_fn("<=", |a: Dynamic, b: Dynamic| order(&a, &b).map(|order| order.is_some_and(Ordering::is_le)));
    engine.register_fn(">=", |a: Dynamic, b: Dynamic| order(&a, &b).map(|order| order.is_some_and(Ordering::is_ge)));
}

fn equal(a: &Dynamic, b: &Dynamic) -> Checked<bool> {
    if a.is_unit() || b.is_unit() {
        return Ok(is_nothing(a) && is_nothing(b));
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Ok(a == b);
    }
    order(a, b).map(|order| order == Some(Ordering::Equal))
}

/// How two values compare; none where one of them is not a number in the sense of IEEE 754.
fn order(a: &Dynamic, b: &Dynamic) -> Checked<Option<Ordering>> {
    if a.is_decimal() || b.is_decimal() {
        let exact = |x: &Dynamic| x.as_decimal().ok().or_else(|| number_of(x).map(nearest_decimal));
        if let (Some(a), Some(b)) = (exact(a), exact(b)) {
            return Ok(Some(a.cmp(&b)));
        }
    }
    let unlike = matches!((unit_of_rate(a), unit_of_rate(b)), (Some(a), Some(b)) if a != b);
    if let (Some(a), Some(b), false) = (number_of(a), number_of(b), unlike) {
        return Ok(a.partial_cmp(&b));
    }
    let message = match () {
        () if unlike => UNLIKE.to_owned(),
        () if is_nothing(a) || is_nothing(b) => {
            "missing evidence can't be compared with a number: ask for `== ()` first".to_owned()
        }
        () => format!("{} can't be compared with {}", described(a), described(b)),
    };
    Err(Box::new(EvalAltResult::ErrorRuntime(message.into(), Position::NONE)))
}

/// A number, or the headline figure of evidence, an estimate or a finding.
pub(super) fn number_of(value: &Dynamic) -> Option<FLOAT> {
    value
        .as_float()
        .ok()
        .or_else(|| value.as_int().ok().map(float))
        .or_else(|| figure_of(value).map(|figure| figure.estimate))
}
