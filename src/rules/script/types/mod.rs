//! Evidence and statistics as expressions see them: typed values with fields and methods, a file for each kind.
//!
//! Nothing is computed here: `stats` does that. What it finds is joined with a sentence, and refused where evidence is
//! not fit for it.

use rhai::{Dynamic, Engine, EvalAltResult, FLOAT, INT, Position};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::fence::float;
use crate::assessment::{Count, Figure, Judgement, Offences, Peers, Percentage, Rate, Series, Unit};
use crate::stats::Estimate;
use crate::words;
pub(super) use counts::UNLIKE;
use finding::Finding;
use table::Table;
pub(super) use table::parameter_to_dynamic;

/// A method that takes one number, whole or not.
macro_rules! with_number {
    ($engine:ident, $name:literal, $type:ty, $body:expr) => {
        $engine.register_fn($name, |value: &mut $type, number: INT| $body(value, float(number)));
        $engine.register_fn($name, |value: &mut $type, number: rhai::FLOAT| $body(value, number));
    };
}

/// An operator with a number, whole or not, before it.
macro_rules! number_with {
    ($engine:ident, $name:literal, $type:ty, $body:expr) => {
        $engine.register_fn($name, |number: INT, value: $type| $body(float(number), value));
        $engine.register_fn($name, |number: rhai::FLOAT, value: $type| $body(number, value));
    };
}

mod counts;
mod estimate;
mod finding;
mod offences;
mod opinions;
mod peers;
mod published;
mod table;
mod told;

type Fallible<T> = Result<T, Box<EvalAltResult>>;

fn refuse<T>(message: &str) -> Fallible<T> {
    Err(Box::new(EvalAltResult::ErrorRuntime(message.to_owned().into(), Position::NONE)))
}

/// A figure as an expression sees it. A number or an answer is plain; what is missing is `()`.
pub(super) fn figure_to_dynamic(figure: &Figure) -> Dynamic {
    match figure {
        Figure::Count(count) => Dynamic::from(count.clone()),
        Figure::Series(series) => Dynamic::from(series.clone()),
        Figure::Rate(rate) => Dynamic::from(*rate),
        Figure::Percentage(percentage) => Dynamic::from(*percentage),
        Figure::Number(number) => number_to_dynamic(*number),
        Figure::Offences(offences) => Dynamic::from(offences.clone()),
        Figure::Peers(peers) => Dynamic::from(peers.clone()),
        Figure::Judgement(judgement) => Dynamic::from(judgement.clone()),
        Figure::Answer(answer) => Dynamic::from_bool(*answer),
        Figure::Missing(_) => Dynamic::UNIT,
    }
}

/// A figure with an interval keeps it; one without is a plain number.
fn number_to_dynamic(number: Estimate) -> Dynamic {
    match number.interval {
        Some(_) => Dynamic::from(number),
        None => Dynamic::from_float(number.estimate),
    }
}

/// What an expression answered, as a measure: a number, an estimate, a finding, or evidence for its headline figure. `None`
/// for `()`, which says that there is no answer, and for a finding that was refused.
///
/// # Errors
/// Names what it answered instead.
pub(super) fn measure_of(answer: &Dynamic) -> Result<Option<Estimate>, String> {
    let measure = plain_number(answer).map(Estimate::exact).or_else(|| figure_of(answer));
    if measure.is_none() && is_nothing(answer) {
        return Ok(None);
    }
    match measure {
        Some(measure) if measure.is_finite() => Ok(Some(measure)),
        Some(_) => Err("a number that is infinite or not a number".to_owned()),
        None => Err(described(answer)),
    }
}

/// The headline figure of an estimate, a finding or evidence.
pub(super) fn figure_of(value: &Dynamic) -> Option<Estimate> {
    if let Some(estimate) = value.read_lock::<Estimate>() {
        return Some(*estimate);
    }
    match value.read_lock::<Finding>() {
        Some(finding) => finding.figure(),
        None => as_figure(value)?.headline(),
    }
}

/// What a rate that was worked out is of: those of people and of households don't compare.
pub(super) fn unit_of_rate(value: &Dynamic) -> Option<Unit> {
    value.read_lock::<Finding>()?.unit_of_rate()
}

/// Whether there is nothing to compare or to measure: missing evidence, or what was refused.
pub(super) fn is_nothing(value: &Dynamic) -> bool {
    value.is_unit() || refusal_of(value).is_some()
}

/// Why a finding or an offence table has no figure, in a sentence; none of anything else.
pub(super) fn refusal_of(value: &Dynamic) -> Option<String> {
    if let Some(offences) = value.read_lock::<Offences>() {
        return offences.headline().is_none().then(|| "None of the offences has a harm weight.".to_owned());
    }
    value.read_lock::<Finding>().and_then(|finding| finding.refusal())
}

fn plain_number(answer: &Dynamic) -> Option<f64> {
    let decimal = || answer.as_decimal().ok().and_then(|number: Decimal| number.to_f64());
    answer.as_float().ok().or_else(|| answer.as_int().ok().map(float)).or_else(decimal)
}

fn as_figure(answer: &Dynamic) -> Option<Figure> {
    macro_rules! one_of {
        ($($kind:ident),+) => {
            $(if let Some(found) = answer.read_lock::<$kind>() { return Some(Figure::$kind(found.clone())); })+
        };
    }
    one_of!(Count, Series, Rate, Percentage, Offences, Peers, Judgement);
    None
}

/// What an expression answered, in words, for messages.
pub(super) fn described(answer: &Dynamic) -> String {
    if refusal_of(answer).is_some() {
        return "a finding that was refused".to_owned();
    }
    match answer.type_name() {
        "()" => "nothing".to_owned(),
        "bool" => "true or false".to_owned(),
        "string" => "text".to_owned(),
        "array" => "a list".to_owned(),
        "map" => "a map".to_owned(),
        _ if answer.is::<Table>() => "a table of numbers".to_owned(),
        "i64" | "f64" => "a number".to_owned(),
        other => format!("a value of type {}", other.rsplit("::").next().unwrap_or(other)),
    }
}

/// A value as a sentence shows it, numbers to `decimals`.
///
/// # Errors
/// Names what can't be shown: a number that is infinite or not a number.
pub(super) fn show(value: &Dynamic, decimals: u32) -> Result<String, String> {
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
    if value.is::<Table>() {
        return Err("a table of numbers".to_owned());
    }
    match figure_of(value) {
        Some(headline) => Ok(words::number(headline.estimate, decimals)),
        None => Ok(value.to_string()),
    }
}

pub(super) fn register(engine: &mut Engine) {
    estimate::register(engine);
    finding::register(engine);
    counts::register(engine);
    published::register(engine);
    peers::register(engine);
    offences::register(engine);
    opinions::register(engine);
    table::register(engine);
    // Numbers in sentences look as they do everywhere else.
    engine.register_fn("to_string", |number: FLOAT| words::number(number, 6));
    engine.register_fn("show", |value: Dynamic, decimals: INT| -> Fallible<String> {
        let decimals = u32::try_from(decimals).unwrap_or(0).min(9);
        show(&value, decimals).or_else(|found| refuse(&format!("`show` can't show {found}")))
    });
}

/// What a rule wants done where evidence is not quite fit for a statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// No figure, and why.
    Refuse,
    /// The figure, and what speaks against it.
    Qualify,
}

fn choice(text: &str) -> Fallible<Choice> {
    match text {
        "refuse" => Ok(Choice::Refuse),
        "qualify" => Ok(Choice::Qualify),
        other => refuse(&format!("the choice is \"refuse\" or \"qualify\", not \"{other}\"")),
    }
}

/// An optional number: `()` where there is none.
fn or_unit(number: Option<f64>) -> Dynamic {
    number.map_or(Dynamic::UNIT, Dynamic::from_float)
}

fn estimate_or_unit(estimate: Option<Estimate>) -> Dynamic {
    estimate.map_or(Dynamic::UNIT, Dynamic::from)
}
