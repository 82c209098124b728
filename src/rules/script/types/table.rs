//! Tables of parameters as expressions see them: numbers by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{Dynamic, Engine, FLOAT, INT};

use super::{Fallible, refuse};
use crate::diagnostic::nearest;
use crate::rules::Amount;

/// Numbers by name; cheap to pass on.
#[derive(Debug, Clone)]
pub(super) struct Table(pub(super) Arc<BTreeMap<String, f64>>);

/// A parameter's value as expressions see it.
pub(in crate::rules::script) fn parameter_to_dynamic(value: &Amount) -> Dynamic {
    match value {
        Amount::Number(number) => Dynamic::from_float(*number),
        Amount::Table(table) => Dynamic::from(Table(Arc::clone(table))),
    }
}

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Table>("Table");
    // A field that is not registered is looked up here, too: `weights.robbery` is `weights["robbery"]`.
    engine.register_indexer_get(|table: &mut Table, name: &str| number(table, name));
    engine.register_fn("contains", |table: &mut Table, name: &str| table.0.contains_key(name));
    engine.register_fn("len", |table: &mut Table| INT::try_from(table.0.len()).unwrap_or(INT::MAX));
}

fn number(table: &Table, name: &str) -> Fallible<FLOAT> {
    match table.0.get(name) {
        Some(number) => Ok(*number),
        None => match nearest(name, table.0.keys().map(String::as_str)) {
            Some(near) => refuse(&format!("this table has no number `{name}`, but one called `{near}`")),
            None => refuse(&format!("this table has no number `{name}`")),
        },
    }
}
