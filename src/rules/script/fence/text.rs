//! Functions of texts that make much of little: each costs what it does, and nothing is made that would be refused.

use rhai::{Array, Engine, EvalAltResult, INT, ImmutableString, Position};

use crate::rules::script::limits::MAX_TEXT;
use crate::rules::script::price;
use crate::rules::script::refusal::{Fallible, refuse};

pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("replace", |text: &mut ImmutableString, from: &str, to: &str| replace(text, from, to));
    engine.register_fn("replace", |text: &mut ImmutableString, from: char, to: &str| {
        replace(text, from.encode_utf8(&mut [0; 4]), to)
    });
    engine.register_fn("replace", |text: &mut ImmutableString, from: &str, to: char| {
        replace(text, from, to.encode_utf8(&mut [0; 4]))
    });
    engine.register_fn("replace", |text: &mut ImmutableString, from: char, to: char| {
        replace(text, from.encode_utf8(&mut [0; 4]), to.encode_utf8(&mut [0; 4]))
    });
    engine.register_fn("pad", |text: &mut ImmutableString, to: INT, with: &str| pad(text, to, with));
    engine.register_fn("pad", |text: &mut ImmutableString, to: INT, with: char| {
        pad(text, to, with.encode_utf8(&mut [0; 4]))
    });
    engine.register_fn("split", |text: &mut ImmutableString, at: &str| pieces(text, text.split(at)));
    engine.register_fn("split", |text: &mut ImmutableString, at: char| pieces(text, text.split(at)));
}

fn replace(text: &mut ImmutableString, from: &str, to: &str) -> Fallible<()> {
    let found = text.matches(from).count();
    let length = text.len() - found * from.len() + found * to.len();
    price::add((text.len() + length.min(MAX_TEXT)) / price::UNITS);
    if length > MAX_TEXT {
        return Err(Box::new(EvalAltResult::ErrorDataTooLarge("Length of string".to_owned(), Position::NONE)));
    }
    *text = text.replace(from, to).into();
    Ok(())
}

/// Fills a text up to so many letters. With an empty text the library's own never ends.
fn pad(text: &mut ImmutableString, to: INT, with: &str) -> Fallible<()> {
    if with.is_empty() {
        return refuse("a text can't be filled up with an empty one");
    }
    let lacking = usize::try_from(to).unwrap_or(0).saturating_sub(text.chars().count());
    price::add((text.len() + lacking.min(MAX_TEXT)) / price::UNITS);
    if lacking > MAX_TEXT {
        return Err(Box::new(EvalAltResult::ErrorDataTooLarge("Length of string".to_owned(), Position::NONE)));
    }
    let filled: String = text.chars().chain(with.chars().cycle().take(lacking)).collect();
    *text = filled.into();
    Ok(())
}

fn pieces<'t>(text: &ImmutableString, pieces: impl Iterator<Item = &'t str>) -> Array {
    price::add(text.len() / price::UNITS);
    pieces.map(Into::into).collect()
}
