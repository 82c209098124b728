//! Outcomes of measures as expressions see them: a word that compares as a level does, and what stands beside it.

use rhai::{Dynamic, Engine};

use crate::assessment::Outcome;
use crate::rules::script::coerce::or_unit;
use crate::rules::script::price::all;
use crate::stats::Estimate;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Outcome>("Outcome");
    engine.register_get("outcome", |value: &mut Outcome| value.level());
    engine.register_get("place", |value: &mut Outcome| or_unit(value.level().place()));
    engine.register_get("change_percent", |value: &mut Outcome| estimate(value.found.change_percent));
    engine.register_get("change", |value: &mut Outcome| estimate(value.found.change));
    engine.register_get("by_chance", |value: &mut Outcome| value.found.by_chance.to_owned());
    engine.register_get("p", |value: &mut Outcome| or_unit(value.found.p));
    engine.register_get("because", |value: &mut Outcome| all(value).found.because.clone());
    engine.register_fn("to_string", |value: &mut Outcome| value.word.phrase().to_owned());
}

/// A number where its interval is not known, and nothing where it is not known itself.
fn estimate(known: Option<Estimate>) -> Dynamic {
    match known {
        None => Dynamic::UNIT,
        Some(known) if known.interval.is_some() => Dynamic::from(known),
        Some(known) => Dynamic::from_float(known.estimate),
    }
}
