//! Rates and percentages as expressions see them.

use rhai::{Dynamic, Engine};

use super::finding::Finding;
use super::or_unit;
use super::told::Told;
use crate::assessment::{Percentage, Rate};
use crate::stats;
use crate::words;

pub(super) fn register(engine: &mut Engine) {
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
    engine.register_fn("difference_from", |now: &mut Percentage, before: Percentage| difference(now, &before));
    engine.register_fn("difference_from", |_: &mut Percentage, (): ()| ());
}

/// How many points a percentage moved; chance explains it where the interval holds nought.
fn difference(now: &Percentage, before: &Percentage) -> Finding {
    let share = |of: &Percentage| of.base.map(|base| (of.percentage.estimate / 100.0, base));
    let (Some(new), Some(old)) = (share(now), share(before)) else {
        return Finding::refused("a percentage whose base is not known can't be compared");
    };
    let told = Told::Points { now: now.percentage.estimate, before: before.percentage.estimate };
    match stats::difference(new, old) {
        Some(found) => {
            let explains = found.interval.map(|(lower, upper)| lower <= 0.0 && upper >= 0.0);
            Finding::new(found.times(100.0), told).chance(explains)
        }
        None => Finding::refused("there is nothing to compare"),
    }
}
