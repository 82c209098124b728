//! Estimates as expressions see them.

use rhai::{Dynamic, Engine};

use super::any::number;
use super::with_number::{number_with, with_number};
use crate::rules::script::coerce::or_unit;
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::Estimate;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Estimate>("Estimate");
    engine.register_get("estimate", |value: &mut Estimate| value.estimate);
    engine.register_get("lower", |value: &mut Estimate| or_unit(value.interval.map(|interval| interval.0)));
    engine.register_get("upper", |value: &mut Estimate| or_unit(value.interval.map(|interval| interval.1)));
    engine.register_fn("has_interval", |value: &mut Estimate| value.interval.is_some());
    engine.register_fn("to_string", |value: &mut Estimate| value.in_words(2));
    with_number!(engine, "*", Estimate, |value: &mut Estimate, factor: f64| value.times(factor));
    with_number!(engine, "/", Estimate, |value: &mut Estimate, divisor: f64| {
        if divisor == 0.0 { refuse("division by zero") } else { Ok(value.times(1.0 / divisor)) }
    });
    with_number!(engine, "+", Estimate, |value: &mut Estimate, more: f64| value.plus(more));
    with_number!(engine, "-", Estimate, |value: &mut Estimate, less: f64| value.plus(-less));
    number_with!(engine, "*", Estimate, |factor: f64, value: Estimate| value.times(factor));
    number_with!(engine, "+", Estimate, |more: f64, value: Estimate| value.plus(more));
    number_with!(engine, "-", Estimate, |from: f64, value: Estimate| value.times(-1.0).plus(from));
    engine.register_fn("estimate", |figure: Dynamic| number(&figure).map(Estimate::exact));
    engine.register_fn("estimate", |figure: Dynamic, lower: Dynamic, upper: Dynamic| -> Fallible<Estimate> {
        let (figure, lower, upper) = (number(&figure)?, number(&lower)?, number(&upper)?);
        let ordered = lower <= figure && figure <= upper;
        if ordered {
            Ok(Estimate::between(figure, lower, upper))
        } else {
            refuse("the figure must lie in its interval")
        }
    });
}
