//! Evidence and statistics as expressions see them: typed values with fields and methods.

use rhai::{Array, Dynamic, Engine, EvalAltResult, FLOAT, INT, Position};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::fence::{float, number};
use crate::assessment::{Count, Figure, Judgement, Offences, Peers, Percentage, Rate, Series};
use crate::stats::{self, Estimate};
use crate::words;

type Fallible<T> = Result<T, Box<EvalAltResult>>;

fn refuse<T>(message: &str) -> Fallible<T> {
    Err(Box::new(EvalAltResult::ErrorRuntime(message.to_owned().into(), Position::NONE)))
}

/// A figure as an expression sees it. A number or an answer is plain; what is missing is `()`.
pub fn figure_to_dynamic(figure: &Figure) -> Dynamic {
    match figure {
        Figure::Count(count) => Dynamic::from(count.clone()),
        Figure::Series(series) => Dynamic::from(series.clone()),
        Figure::Rate(rate) => Dynamic::from(rate.clone()),
        Figure::Percentage(percentage) => Dynamic::from(percentage.clone()),
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

/// What an expression answered, as a measure: a number, an estimate, or evidence for its headline figure. `None` for
/// `()`, which says that there is no answer.
///
/// # Errors
/// Names what it answered instead.
pub fn measure_of(answer: &Dynamic) -> Result<Option<Estimate>, String> {
    if answer.is_unit() {
        return Ok(None);
    }
    let measure = plain_number(answer).map(Estimate::exact).or_else(|| figure_of(answer));
    match measure {
        Some(measure) if measure.is_finite() => Ok(Some(measure)),
        Some(_) => Err("a number that is infinite or not a number".to_owned()),
        None => Err(described(answer)),
    }
}

/// The headline figure of an estimate or of evidence.
pub(super) fn figure_of(value: &Dynamic) -> Option<Estimate> {
    match value.read_lock::<Estimate>() {
        Some(estimate) => Some(*estimate),
        None => as_figure(value)?.headline(),
    }
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

/// True or false; `None` for anything else.
pub fn answer_of(answer: &Dynamic) -> Option<bool> {
    answer.as_bool().ok()
}

/// What an expression answered, in words, for messages.
pub fn described(answer: &Dynamic) -> String {
    match answer.type_name() {
        "()" => "nothing".to_owned(),
        "bool" => "true or false".to_owned(),
        "string" => "text".to_owned(),
        "array" => "a list".to_owned(),
        "map" => "a map".to_owned(),
        "i64" | "f64" => "a number".to_owned(),
        other => format!("a value of type {}", other.rsplit("::").next().unwrap_or(other)),
    }
}

/// A value as a sentence shows it, numbers to `decimals`.
///
/// # Errors
/// Names what can't be shown: a number that is infinite or not a number.
pub fn show(value: &Dynamic, decimals: u32) -> Result<String, String> {
    let infinite = || "a number that is infinite or not a number".to_owned();
    if let Some(plain) = plain_number(value) {
        return if plain.is_finite() { Ok(words::number(plain, decimals)) } else { Err(infinite()) };
    }
    if let Some(estimate) = value.read_lock::<Estimate>() {
        return if estimate.is_finite() { Ok(words::estimate(&estimate, decimals)) } else { Err(infinite()) };
    }
    match figure_of(value) {
        Some(headline) => Ok(words::number(headline.estimate, decimals)),
        None => Ok(value.to_string()),
    }
}

pub(super) fn register(engine: &mut Engine) {
    register_estimate(engine);
    register_counts(engine);
    register_published(engine);
    register_offences(engine);
    register_opinions(engine);
    // Numbers in sentences look as they do everywhere else.
    engine.register_fn("to_string", |number: FLOAT| words::number(number, 6));
    engine.register_fn("show", |value: Dynamic, decimals: INT| -> Fallible<String> {
        let decimals = u32::try_from(decimals).unwrap_or(0).min(9);
        show(&value, decimals).or_else(|found| refuse(&format!("`show` can't show {found}")))
    });
}

/// A method that takes one number, whole or not.
macro_rules! with_number {
    ($engine:ident, $name:literal, $type:ty, $body:expr) => {
        $engine.register_fn($name, |value: &mut $type, number: INT| $body(value, float(number)));
        $engine.register_fn($name, |value: &mut $type, number: FLOAT| $body(value, number));
    };
}

/// An optional number: `()` where there is none.
fn or_unit(number: Option<f64>) -> Dynamic {
    number.map_or(Dynamic::UNIT, Dynamic::from_float)
}

fn estimate_or_unit(estimate: Option<Estimate>) -> Dynamic {
    estimate.map_or(Dynamic::UNIT, Dynamic::from)
}

fn register_estimate(engine: &mut Engine) {
    engine.register_type_with_name::<Estimate>("Estimate");
    engine.register_get("estimate", |value: &mut Estimate| value.estimate);
    engine.register_get("lower", |value: &mut Estimate| or_unit(value.interval.map(|interval| interval.0)));
    engine.register_get("upper", |value: &mut Estimate| or_unit(value.interval.map(|interval| interval.1)));
    engine.register_fn("has_interval", |value: &mut Estimate| value.interval.is_some());
    engine.register_fn("to_string", |value: &mut Estimate| words::estimate(value, 2));
    with_number!(engine, "*", Estimate, |value: &mut Estimate, factor: f64| value.times(factor));
    with_number!(engine, "/", Estimate, |value: &mut Estimate, divisor: f64| {
        if divisor == 0.0 { refuse("division by nought") } else { Ok(value.times(1.0 / divisor)) }
    });
    engine.register_fn("*", |factor: INT, value: Estimate| value.times(float(factor)));
    engine.register_fn("*", |factor: FLOAT, value: Estimate| value.times(factor));
    with_number!(engine, "+", Estimate, |value: &mut Estimate, more: f64| value.plus(more));
    with_number!(engine, "-", Estimate, |value: &mut Estimate, less: f64| value.plus(-less));
    engine.register_fn("+", |more: INT, value: Estimate| value.plus(float(more)));
    engine.register_fn("+", |more: FLOAT, value: Estimate| value.plus(more));
    engine.register_fn("-", |from: INT, value: Estimate| value.times(-1.0).plus(float(from)));
    engine.register_fn("-", |from: FLOAT, value: Estimate| value.times(-1.0).plus(from));
    engine.register_fn("estimate", |figure: Dynamic| number(&figure).map(Estimate::exact));
    engine.register_fn("estimate", |figure: Dynamic, lower: Dynamic, upper: Dynamic| -> Fallible<Estimate> {
        let (figure, lower, upper) = (number(&figure)?, number(&lower)?, number(&upper)?);
        let ordered = lower <= figure && figure <= upper;
        if ordered { Ok(Estimate::between(figure, lower, upper)) } else { refuse("an interval holds its figure") }
    });
}

fn register_counts(engine: &mut Engine) {
    engine.register_type_with_name::<Count>("Count");
    engine.register_get("count", |value: &mut Count| value.count);
    engine.register_get("lower", |value: &mut Count| value.headline().interval.map_or(value.count, |ends| ends.0));
    engine.register_get("upper", |value: &mut Count| value.headline().interval.map_or(value.count, |ends| ends.1));
    engine.register_get("months", |value: &mut Count| value.period.months());
    engine.register_get("period", |value: &mut Count| value.period.to_string());
    engine.register_get("population", |value: &mut Count| or_unit(value.population));
    engine.register_get("suppressed", |value: &mut Count| value.suppressed.is_some());
    engine.register_fn("to_string", |value: &mut Count| words::number(value.count, 0));
    engine.register_fn("per_year", |value: &mut Count| match value.period.is_day() {
        true => refuse("a count of one day is a state: it has no yearly rate"),
        false => Ok(value.per_year()),
    });
    with_number!(engine, "rate", Count, |value: &mut Count, per: f64| match value.period.is_day() {
        true => refuse("a count of one day is a state: it has no yearly rate"),
        false => Ok(estimate_or_unit(value.rate(per))),
    });
    engine.register_fn("rate_ratio", |now: &mut Count, before: Count| rate_ratio(now, &before));
    engine.register_type_with_name::<Series>("Series");
    engine.register_get("length", |value: &mut Series| INT::try_from(value.counts.len()).unwrap_or(INT::MAX));
    engine.register_fn("to_string", |value: &mut Series| {
        value.latest().map_or_else(String::new, |count| words::number(count.count, 0))
    });
    let or_nothing = |count: Option<&Count>| count.cloned().map_or(Dynamic::UNIT, Dynamic::from);
    engine.register_fn("latest", move |value: &mut Series| or_nothing(value.latest()));
    engine.register_fn("previous", move |value: &mut Series| or_nothing(value.previous()));
    engine.register_fn("first", move |value: &mut Series| or_nothing(value.first()));
    engine.register_fn("counts", |value: &mut Series| -> Array {
        value.counts.iter().cloned().map(Dynamic::from).collect()
    });
}

/// The ratio of two counts' rates with its interval; `()` where the earlier count is nought.
fn rate_ratio(now: &Count, before: &Count) -> Dynamic {
    let exposure = (now.exposure(before), before.exposure(now));
    let found = stats::rate_ratio((now.count, exposure.0), (before.count, exposure.1));
    estimate_or_unit(found.and_then(stats::RateRatio::to_estimate))
}

fn register_published(engine: &mut Engine) {
    engine.register_type_with_name::<Rate>("Rate");
    engine.register_get("rate", |value: &mut Rate| value.rate.estimate);
    engine.register_get("per", |value: &mut Rate| value.per);
    engine.register_get("period", |value: &mut Rate| {
        value.period.map_or(Dynamic::UNIT, |period| period.to_string().into())
    });
    engine.register_fn("to_estimate", |value: &mut Rate| value.rate);
    engine.register_fn("to_string", |value: &mut Rate| words::number(value.rate.estimate, 2));
    engine.register_type_with_name::<Percentage>("Percentage");
    engine.register_get("percentage", |value: &mut Percentage| value.percentage.estimate);
    engine.register_get("base", |value: &mut Percentage| or_unit(value.base));
    engine.register_fn("to_estimate", |value: &mut Percentage| value.headline());
    engine.register_fn("to_string", |value: &mut Percentage| words::number(value.percentage.estimate, 2));
    engine.register_type_with_name::<Peers>("Peers");
    engine.register_fn("ratio_to_mean", |value: &mut Peers| estimate_or_unit(value.ratio_to_mean()));
    engine.register_fn("rank", |value: &mut Peers| INT::try_from(value.rank()).unwrap_or(INT::MAX));
    engine.register_get("length", |value: &mut Peers| INT::try_from(value.peers.len()).unwrap_or(INT::MAX));
}

fn register_offences(engine: &mut Engine) {
    engine.register_type_with_name::<Offences>("Offences");
    engine.register_get("count", |value: &mut Offences| value.count());
    engine.register_get("months", |value: &mut Offences| value.period.months());
    engine.register_get("period", |value: &mut Offences| value.period.to_string());
    engine.register_fn("harm", |value: &mut Offences| value.harm());
    engine.register_fn("harm_per_offence", |value: &mut Offences| estimate_or_unit(value.harm_per_offence()));
    engine.register_fn("harm_per_year", |value: &mut Offences| value.harm().times(12.0 / value.period.months()));
    engine.register_fn("heaviest_share", |value: &mut Offences| or_unit(value.heaviest_share()));
    engine.register_fn("heaviest", |value: &mut Offences| {
        let heaviest = value.offences.iter().max_by(|a, b| (a.count * a.harm).total_cmp(&(b.count * b.harm)));
        heaviest.map(|offence| offence.offence.clone()).unwrap_or_default()
    });
}

fn register_opinions(engine: &mut Engine) {
    engine.register_type_with_name::<Judgement>("Judgement");
    engine.register_get("score", |value: &mut Judgement| value.score());
    engine.register_get("lowest", |value: &mut Judgement| value.lowest());
    engine.register_get("highest", |value: &mut Judgement| value.highest());
    engine.register_get("spread", |value: &mut Judgement| value.highest() - value.lowest());
    engine.register_get("scorers", |value: &mut Judgement| INT::try_from(value.scores.len()).unwrap_or(INT::MAX));
    engine.register_get("because", |value: &mut Judgement| value.because.to_string());
    engine.register_fn("to_string", |value: &mut Judgement| words::number(value.score(), 2));
}
