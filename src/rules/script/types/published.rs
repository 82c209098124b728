//! Rates and percentages as expressions see them.

use rhai::{Dynamic, Engine};

use super::finding::Finding;
use super::statistic::Statistic;
use crate::assessment::{Percentage, Rate};
use crate::rules::script::coerce::or_unit;
use crate::rules::script::price;
use crate::stats::{self, Estimate};
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
    engine.register_fn("to_estimate", |value: &mut Percentage| share(value, value.headline()));
    engine.register_fn("exact", |value: &mut Percentage| exact(value));
    engine.register_fn("to_string", |value: &mut Percentage| words::number(value.percentage.estimate, 2));
    engine.register_fn("difference_from", |now: &mut Percentage, before: Percentage| difference(now, &before));
    engine.register_fn("difference_from", |_: &mut Percentage, (): ()| ());
}

/// The percentage with the exact interval.
fn exact(value: &Percentage) -> Finding {
    price::interval();
    match value.exact() {
        Some(figure) => share(value, figure),
        None => Finding::refused("a percentage whose base is not known has no exact interval"),
    }
}

fn share(value: &Percentage, figure: Estimate) -> Finding {
    let base = value.base;
    Finding::new(figure, Statistic::Share { percentage: figure.estimate, base, interval: figure.interval })
}

/// How many points a percentage moved; chance explains it where the interval holds zero.
pub(super) fn difference(now: &Percentage, before: &Percentage) -> Finding {
    let share = |of: &Percentage| of.base.map(|base| (of.percentage.estimate / 100.0, base));
    let (Some(new), Some(old)) = (share(now), share(before)) else {
        return Finding::refused("a percentage whose base is not known can't be compared");
    };
    let points = Statistic::Points { now: now.percentage.estimate, before: before.percentage.estimate };
    match stats::difference(new, old, now.confidence) {
        Some(found) => {
            let explains = found.interval.map(|(lower, upper)| lower <= 0.0 && upper >= 0.0);
            Finding::new(found.times(100.0), points).chance(explains)
        }
        None => Finding::refused("there is nothing to compare"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Confidence;

    #[test]
    fn without_its_base_a_percentage_is_not_compared() {
        // Wellingborough Community Safety Partnership, annual review 2013-14: 10.4% and 7.0%, of how many is not printed.
        let of = |percentage: f64, base: Option<f64>| {
            let percentage = Estimate::exact(percentage);
            Percentage { percentage, base, confidence: Confidence::default() }
        };
        let found = difference(&of(7.0, None), &of(10.4, None));
        assert_eq!(found.refusal().unwrap(), "A percentage whose base is not known can't be compared.");
        assert_eq!(difference(&of(7.0, Some(500.0)), &of(10.4, Some(500.0))).refusal(), None);
    }
}
