//! Series of percentages as expressions see them.

use rhai::{Array, Dynamic, Engine};

use super::finding::Finding;
use super::published::difference;
use crate::assessment::{PercentageOf, Percentages};
use crate::rules::script::coerce::whole;
use crate::rules::script::price::all;
use crate::words;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Percentages>("Percentages");
    engine.register_get("length", |value: &mut Percentages| whole(value.points.len()));
    engine.register_fn("latest", |value: &mut Percentages| or_nothing(value.latest()));
    engine.register_fn("previous", |value: &mut Percentages| or_nothing(value.previous()));
    engine.register_fn("first", |value: &mut Percentages| or_nothing(value.first()));
    engine.register_fn("percentages", |value: &mut Percentages| -> Array {
        all(value).points.iter().map(|point| Dynamic::from(point.percentage)).collect()
    });
    engine.register_fn("change_from_first", |value: &mut Percentages| moved(all(value), value.first()));
    engine.register_fn("change_from_previous", |value: &mut Percentages| moved(all(value), value.previous()));
    engine.register_fn("to_string", |value: &mut Percentages| {
        value.latest().map_or_else(String::new, |point| words::number(point.percentage.percentage.estimate, 2))
    });
}

fn or_nothing(point: Option<&PercentageOf>) -> Dynamic {
    point.map_or(Dynamic::UNIT, |point| Dynamic::from(point.percentage))
}

/// How many points the latest percentage is from an earlier one, with Newcombe's interval. Refused across a break.
fn moved(of: &Percentages, from: Option<&PercentageOf>) -> Finding {
    let (Some(now), Some(before)) = (of.latest(), from.filter(|from| Some(*from) != of.latest())) else {
        return Finding::refused("one percentage alone has not moved");
    };
    let breaks = of.breaks_told(before.period, now.period);
    if !breaks.is_empty() {
        return Finding::refused(format!("the difference can't be judged: {}", words::listed(&breaks)));
    }
    difference(&now.percentage, &before.percentage)
}
