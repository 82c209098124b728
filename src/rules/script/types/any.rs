//! A value of whatever type: as a figure, as a measure, in words.

use rhai::{Dynamic, Engine, FLOAT, INT};

use super::finding::Finding;
use super::kinds;
use super::level;
use super::table::ParameterTable;
use crate::assessment::{Count, Level, Offences, Outcome, Series, Unit};
use crate::rules::script::coerce::{float, plain_number};
use crate::rules::script::price;
use crate::rules::script::refusal::{Fallible, refuse, refuse_arithmetic};
use crate::stats::Estimate;
use crate::words;

/// Why rates of people and rates of households are not set against each other.
pub(super) const UNLIKE_RATES: &str = "a rate of people can't be compared with one of households";

pub(super) fn register(engine: &mut Engine) {
    // Numbers in sentences look as they do everywhere else.
    engine.register_fn("to_string", |number: FLOAT| words::number(number, 6));
    engine.register_fn("show", |value: Dynamic, decimals: INT| -> Fallible<String> {
        let decimals = u32::try_from(decimals).unwrap_or(0).min(9);
        show(&value, decimals).or_else(|found| refuse(&format!("`show` can't show {found}")))
    });
}

/// What an expression answered, as a measure: a number, an estimate, a finding, or evidence for its headline figure. `None`
/// for `()`, which says that there is no answer, and for a finding that was refused.
///
/// # Errors
/// Names what it answered instead.
pub(in crate::rules::script) fn measure_of(answer: &Dynamic) -> Result<Option<Estimate>, String> {
    let measure = plain_number(answer).map(Estimate::exact).or_else(|| figure_of(answer));
    if measure.is_none() && is_nothing(answer) {
        return Ok(None);
    }
    match measure {
        Some(measure) if measure.is_finite() => Ok(Some(measure)),
        Some(_) => Err("a number that is infinite or not a number".to_owned()),
        None if answer.is::<Outcome>() => Err("an outcome, which has no number but its `place`".to_owned()),
        None if answer.is::<Level>() => Err("a level, which has no number but its `place`".to_owned()),
        None => Err(described(answer)),
    }
}

/// The number that a value is, whole or not, or its headline figure.
pub(in crate::rules::script) fn number(value: &Dynamic) -> Fallible<FLOAT> {
    match number_of(value) {
        Some(number) => Ok(number),
        None => refuse_arithmetic(&format!("a number is needed, not {}", described(value))),
    }
}

/// A number, or the headline figure of evidence, an estimate or a finding.
pub(in crate::rules::script) fn number_of(value: &Dynamic) -> Option<FLOAT> {
    value
        .as_float()
        .ok()
        .or_else(|| value.as_int().ok().map(float))
        .or_else(|| figure_of(value).map(|figure| figure.estimate))
}

/// The headline figure of an estimate, a finding or evidence.
pub(in crate::rules::script) fn figure_of(value: &Dynamic) -> Option<Estimate> {
    if let Some(estimate) = value.read_lock::<Estimate>() {
        return Some(*estimate);
    }
    match value.read_lock::<Finding>() {
        Some(finding) => finding.figure(),
        None => kinds::figure(value)?.headline(),
    }
}

/// Why two values can't be set against each other: rates of people and of households, or counts of a series on the two
/// sides of a break. None where nothing speaks against it.
pub(in crate::rules::script) fn unlike(a: &Dynamic, b: &Dynamic) -> Option<String> {
    if !a.is_variant() || !b.is_variant() {
        return None;
    }
    let ((one, its_unit), (other, other_unit)) = (counted(a)?, counted(b)?);
    if matches!((its_unit, other_unit), (Some(a), Some(b)) if a != b) {
        return Some(UNLIKE_RATES.to_owned());
    }
    let breaks = if one.period == other.period { Vec::new() } else { told(&one, &other) };
    (!breaks.is_empty()).then(|| format!("counts can't be compared across a break: {}", words::listed(&breaks)))
}

fn told(one: &Count, other: &Count) -> Vec<String> {
    price::breaks(one, other);
    one.breaks_told(other)
}

/// The count that a value is, or is the rate or the series of; with what a rate is of.
fn counted(value: &Dynamic) -> Option<(Count, Option<Unit>)> {
    if let Some(count) = value.read_lock::<Count>() {
        return Some((count.clone(), None));
    }
    if let Some(series) = value.read_lock::<Series>() {
        return Some((series.latest()?.clone(), None));
    }
    let finding = value.read_lock::<Finding>()?;
    finding.rate_of().map(|(count, unit)| (count.clone(), Some(unit)))
}

/// Whether there is nothing to compare or to measure: missing evidence, or what was refused.
pub(in crate::rules::script) fn is_nothing(value: &Dynamic) -> bool {
    value.is_unit() || refusal_of(value).is_some()
}

/// Why a finding or an offence table has no figure, in a sentence; none of anything else.
pub(in crate::rules::script) fn refusal_of(value: &Dynamic) -> Option<String> {
    if let Some(offences) = value.read_lock::<Offences>() {
        return offences.headline().is_none().then(|| "None of the offences has a harm weight.".to_owned());
    }
    value.read_lock::<Finding>().and_then(|finding| finding.refusal())
}

/// What an expression answered, in words, for messages.
pub(in crate::rules::script) fn described(answer: &Dynamic) -> String {
    if refusal_of(answer).is_some() {
        return "a finding that was refused".to_owned();
    }
    match answer.type_name() {
        "()" => "nothing".to_owned(),
        "bool" => "true or false".to_owned(),
        "string" => "text".to_owned(),
        "array" => "a list".to_owned(),
        "map" => "a map".to_owned(),
        _ if answer.is::<ParameterTable>() => "a table of numbers".to_owned(),
        _ if answer.is::<Level>() => "a level".to_owned(),
        _ if answer.is::<Outcome>() => "an outcome".to_owned(),
        "i64" | "f64" => "a number".to_owned(),
        other => format!("a value of type {}", other.rsplit("::").next().unwrap_or(other)),
    }
}

/// A value as a sentence shows it, numbers to `decimals`.
///
/// # Errors
/// Names what can't be shown: a number that is infinite or not a number.
pub(in crate::rules::script) fn show(value: &Dynamic, decimals: u32) -> Result<String, String> {
    let infinite = || "a number that is infinite or not a number".to_owned();
    if let Some(plain) = plain_number(value) {
        return if plain.is_finite() { Ok(words::number(plain, decimals)) } else { Err(infinite()) };
    }
    if let Some(refusal) = refusal_of(value) {
        return Ok(refusal);
    }
    let found = value.read_lock::<Finding>().and_then(|finding| finding.figure());
    if let Some(estimate) = found.or_else(|| value.read_lock::<Estimate>().map(|estimate| *estimate)) {
        return if estimate.is_finite() { Ok(estimate.in_words(decimals)) } else { Err(infinite()) };
    }
    if let Some(level) = value.read_lock::<Level>() {
        return Ok(level::shown(&level));
    }
    if let Some(outcome) = value.read_lock::<Outcome>() {
        return Ok(outcome.word.phrase().to_owned());
    }
    if value.is::<ParameterTable>() {
        return Err("a table of numbers".to_owned());
    }
    if let Some((count, None)) = counted(value) {
        return Ok(count.in_words());
    }
    match figure_of(value) {
        Some(headline) => Ok(words::number(headline.estimate, decimals)),
        None => Ok(value.to_string()),
    }
}
