//! The answers and values of a candidate as gates see them, by criterion; `()` where there is none.

use std::rc::Rc;

use rhai::{Dynamic, Engine};

use super::with_number::with_number;
use crate::rules::script::coerce::{or_unit, whole};
use crate::rules::script::refusal::{Fallible, refuse};
use crate::words::{listed, lower_title};

/// Of each criterion its id, its title and what is seen; cheap to pass on.
pub(in crate::rules::script) type Seen = Rc<Vec<(String, String, Dynamic)>>;

/// Answers in their own units.
#[derive(Debug, Clone)]
pub(in crate::rules::script) struct AnswerTable(pub(in crate::rules::script) Seen);

/// Values, which are on one scale.
#[derive(Debug, Clone)]
pub(in crate::rules::script) struct ValueTable(pub(in crate::rules::script) Seen);

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<AnswerTable>("Answers");
    engine.register_type_with_name::<ValueTable>("Values");
    // A field that is not registered is looked up here, too: `value.volume` is `value["volume"]`.
    engine.register_indexer_get(|table: &mut AnswerTable, id: &str| of(&table.0, id));
    engine.register_indexer_get(|table: &mut ValueTable, id: &str| of(&table.0, id));
    engine.register_fn("highest", |table: &mut ValueTable| or_unit(numbers(table).map(|(_, it)| it).reduce(f64::max)));
    engine.register_fn("lowest", |table: &mut ValueTable| or_unit(numbers(table).map(|(_, it)| it).reduce(f64::min)));
    with_number!(engine, "at_least", ValueTable, |table: &mut ValueTable, least: f64| whole(
        titles(table, least).len()
    ));
    with_number!(engine, "which_at_least", ValueTable, |table: &mut ValueTable, least: f64| listed(&titles(
        table, least
    )));
}

fn of(seen: &Seen, id: &str) -> Fallible<Dynamic> {
    match seen.iter().find(|(own, ..)| own == id) {
        Some((.., answer)) => Ok(answer.clone()),
        None => refuse(&format!("there is no criterion `{id}`")),
    }
}

/// The values that there are, with the titles of their questions.
fn numbers(table: &ValueTable) -> impl Iterator<Item = (&str, f64)> {
    table.0.iter().filter_map(|(_, title, value)| Some((&**title, value.as_float().ok()?)))
}

fn titles(table: &ValueTable, least: f64) -> Vec<String> {
    numbers(table).filter(|(_, value)| *value >= least).map(|(title, _)| lower_title(title)).collect()
}
