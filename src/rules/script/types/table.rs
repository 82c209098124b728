//! Tables of parameters as expressions see them: numbers by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{Engine, FLOAT};

use crate::diagnostic::nearest;
use crate::rules::script::coerce::whole;
use crate::rules::script::refusal::{Fallible, refuse};

/// Numbers by name; cheap to pass on.
#[derive(Debug, Clone)]
pub(in crate::rules::script) struct ParameterTable(pub(in crate::rules::script) Arc<BTreeMap<String, f64>>);

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<ParameterTable>("Table");
    // A field that is not registered is looked up here, too: `weights.robbery` is `weights["robbery"]`.
    engine.register_indexer_get(|table: &mut ParameterTable, name: &str| number(table, name));
    engine.register_fn("contains", |table: &mut ParameterTable, name: &str| table.0.contains_key(name));
    engine.register_fn("len", |table: &mut ParameterTable| whole(table.0.len()));
}

fn number(table: &ParameterTable, name: &str) -> Fallible<FLOAT> {
    match table.0.get(name) {
        Some(number) => Ok(*number),
        None => match nearest(name, table.0.keys().map(String::as_str)) {
            Some(near) => refuse(&format!("this table has no number `{name}`, but one called `{near}`")),
            None => refuse(&format!("this table has no number `{name}`")),
        },
    }
}
