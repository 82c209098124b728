//! Levels as expressions see them: words that compare by their places in the list.

use std::cmp::Ordering;

use rhai::{Dynamic, Engine};

use super::finding::Finding;
use super::statistic::Statistic;
use crate::assessment::{Level, Outcome};
use crate::rules::script::coerce::{or_unit, whole};
use crate::rules::script::price::{all, in_order};
use crate::rules::script::refusal::{Fallible, refuse};
use crate::stats::{self, Estimate};

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Level>("Level");
    engine.register_get("place", |value: &mut Level| or_unit(in_order(value).place()));
    engine.register_get("lowest", |value: &mut Level| end(value, |places| places.first().copied()));
    engine.register_get("highest", |value: &mut Level| end(value, |places| places.last().copied()));
    engine.register_get("scorers", |value: &mut Level| whole(value.scorers()));
    engine.register_get("because", |value: &mut Level| all(value).because.to_string());
    engine.register_fn("to_string", |value: &mut Level| shown(value));
    engine.register_fn("agreement", |value: &mut Level| agreement(value));
}

/// The word that counts.
pub(super) fn shown(level: &Level) -> String {
    in_order(level).word().unwrap_or_default().to_owned()
}

/// The lowest or highest word that was given, as a level of the same list.
fn end(level: &Level, which: fn(&[f64]) -> Option<f64>) -> Dynamic {
    let place = in_order(level).places().and_then(|places| which(&places));
    place.map_or(Dynamic::UNIT, |place| Dynamic::from(level.at(place)))
}

/// How far the scorers agree, from 0 to 1, by the places of their words.
fn agreement(level: &Level) -> Finding {
    let (Some(places), Some(levels)) = (in_order(level).places(), level.levels()) else {
        return Finding::refused("nobody has read these words by a list");
    };
    match stats::agreement(&places, levels.ends()) {
        Some(found) => Finding::new(Estimate::exact(found.index), Statistic::Agreement(found)),
        None => Finding::refused("one scorer can't agree or disagree"),
    }
}

/// How a level compares with a word or another level; none where neither of the two is a level. An outcome is one.
pub(in crate::rules::script) fn order(a: &Dynamic, b: &Dynamic) -> Option<Fallible<Ordering>> {
    if let Some(level) = level_of(a) {
        return Some(order_of(&level, b));
    }
    level_of(b).map(|level| order_of(&level, a).map(Ordering::reverse))
}

/// The level that a value is; an outcome by its word.
fn level_of(value: &Dynamic) -> Option<Level> {
    let level = value.read_lock::<Level>().map(|level| level.clone());
    level.or_else(|| value.read_lock::<Outcome>().map(|outcome| outcome.level()))
}

fn order_of(level: &Level, other: &Dynamic) -> Fallible<Ordering> {
    let (Some(own), Some(levels)) = (in_order(level).place(), level.levels()) else {
        return refuse("nobody has read this level by a list");
    };
    if let Some(other) = level_of(other) {
        return match in_order(&other).place().filter(|_| other.levels() == Some(levels)) {
            Some(place) => Ok(own.total_cmp(&place)),
            None => refuse("levels of different lists can't be compared"),
        };
    }
    let Ok(word) = other.clone().into_immutable_string() else {
        return refuse("a level is compared with a word of its list, in quotes; its number in the list is `place`");
    };
    match levels.place(&word) {
        Some(place) => Ok(own.total_cmp(&place)),
        None => refuse(&format!("there is no level `{word}`: {}", levels.instead_of(&word))),
    }
}
