//! Comparisons, exact: tiers, steps and gates are decided by these.
//!
//! Floats compare as IEEE 754 has them. Evidence and estimates compare by their headline figure, levels by their places
//! in the list. What can't be compared
//! is refused, where the script language itself would answer `false` without a word; only `==` and `!=` with `()` always
//! answer, as that is how a rule asks whether evidence is missing.

use std::cmp::Ordering;

use rhai::{Dynamic, Engine, FLOAT, INT, ImmutableString};
use rust_decimal::Decimal;

use crate::rules::script::coerce::nearest_decimal;
use crate::rules::script::price;
use crate::rules::script::refusal::{Fallible, refuse};
use crate::rules::script::types::any::{described, is_nothing, number_of, unlike};
use crate::rules::script::types::level;

macro_rules! compare {
    ($engine:ident, $type:ty) => {
        $engine.register_fn("==", |a: $type, b: $type| compared(a == b));
        $engine.register_fn("!=", |a: $type, b: $type| compared(a != b));
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

/// A list in ascending order; equals keep theirs. Each is put in its place by what it compares as, so that what can't be
/// compared is refused wherever it stands.
pub(super) fn sorted(list: &[Dynamic]) -> Fallible<Vec<Dynamic>> {
    let mut sorted: Vec<Dynamic> = Vec::with_capacity(list.len());
    // Items are moved aside for each, many at once.
    price::add(list.len() + list.len().saturating_mul(list.len()) / (128 * price::UNITS));
    for item in list {
        let (mut low, mut high) = (0, sorted.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let Some(other) = sorted.get(middle) else { break };
            match place_of(item, other)? {
                Ordering::Less => high = middle,
                Ordering::Equal | Ordering::Greater => low = middle + 1,
            }
        }
        sorted.insert(low, item.clone());
    }
    Ok(sorted)
}

/// How two items of a list stand to each other: text by its letters, all else as it compares.
fn place_of(a: &Dynamic, b: &Dynamic) -> Fallible<Ordering> {
    if let (Some(a), Some(b)) = (text(a), text(b)) {
        return Ok(a.cmp(&b));
    }
    match order(a, b)? {
        Some(order) => Ok(order),
        None => refuse("what is not a number has no place in an order"),
    }
}

/// Whether two are equal is asked item by item where lists are compared or searched: each costs as much as a step.
fn compared(answer: bool) -> bool {
    price::add(1);
    answer
}

fn equal(a: &Dynamic, b: &Dynamic) -> Fallible<bool> {
    price::add(1);
    if a.is_unit() || b.is_unit() {
        return Ok(is_nothing(a) && is_nothing(b));
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Ok(a == b);
    }
    if let (Some(a), Some(b)) = (text(a), text(b)) {
        return Ok(a == b);
    }
    order(a, b).map(|order| order == Some(Ordering::Equal))
}

/// Text, or a letter of one, which is text to who writes rules.
fn text(value: &Dynamic) -> Option<ImmutableString> {
    let letter = || value.as_char().ok().map(|letter| letter.to_string().into());
    value.as_immutable_string_ref().ok().map(|text| text.clone()).or_else(letter)
}

/// How two values compare; none where one of them is not a number in the sense of IEEE 754.
fn order(a: &Dynamic, b: &Dynamic) -> Fallible<Option<Ordering>> {
    if let Some(order) = level::order(a, b).filter(|_| !is_nothing(a) && !is_nothing(b)) {
        return order.map(Some);
    }
    if a.is_decimal() || b.is_decimal() {
        let exact = |x: &Dynamic| x.as_decimal().ok().map(Ok).or_else(|| number_of(x).map(nearest_decimal));
        if let (Some(a), Some(b)) = (exact(a).transpose()?, exact(b).transpose()?) {
            return Ok(Some(a.cmp(&b)));
        }
    }
    if let Some(why) = unlike(a, b) {
        return refuse(&why);
    }
    if let (Some(a), Some(b)) = (number_of(a), number_of(b)) {
        return Ok(a.partial_cmp(&b));
    }
    match () {
        () if is_nothing(a) || is_nothing(b) => {
            refuse("missing evidence can't be compared with a number: ask for `== ()` first")
        }
        () => refuse(&format!("{} can't be compared with {}", described(a), described(b))),
    }
}
