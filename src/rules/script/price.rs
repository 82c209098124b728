//! What a step costs that does more than one: a list or a text is copied where a variable is read, and comparing lists
//! compares their items. Counted while an evaluation runs, so that nobody gets much for one step.

use std::cell::Cell;

use rhai::{Dynamic, Engine};

use super::limits::MAX_OPERATIONS;
use crate::assessment::{Offences, Peers, Series};

/// So many items of a list, or bytes of a text, are as much work as a step.
pub(super) const UNITS: usize = 16;

thread_local! {
    static MORE: Cell<u64> = const { Cell::new(0) };
}

/// Has `engine` count on its thread what steps cost beyond one, and end an evaluation that has spent all.
pub(super) fn register(engine: &mut Engine) {
    engine.on_progress(|steps| (steps.saturating_add(MORE.get()) > MAX_OPERATIONS).then_some(Dynamic::UNIT));
    #[expect(deprecated, reason = "it is volatile, not deprecated; rhai's version is pinned")]
    engine.on_var(|name, _, context| {
        if let Some(value) = context.scope().get(name) {
            add(cost_of(value));
        }
        Ok(None)
    });
}

/// Adds to what the evaluation on this thread costs.
pub(super) fn add(steps: usize) {
    MORE.set(MORE.get().saturating_add(steps as u64));
}

/// What the evaluation on this thread cost beyond its steps; the next one begins anew.
pub(super) fn take() -> u64 {
    MORE.replace(0)
}

/// What reading a value costs beyond the step.
fn cost_of(value: &Dynamic) -> usize {
    if value.is_array() || value.is_map() {
        return items_of(value) / UNITS;
    }
    if value.is_string() {
        return value.as_immutable_string_ref().map_or(0, |text| text.len()) / UNITS;
    }
    if !value.is_variant() {
        return 0;
    }
    // A method of evidence looks at all of it.
    let offences = || value.read_lock::<Offences>().map(|all| all.offences.len());
    let counts = || value.read_lock::<Series>().map(|all| all.counts.len());
    let areas = || value.read_lock::<Peers>().map(|all| all.peers.len());
    offences().or_else(counts).or_else(areas).unwrap_or(0) / UNITS
}

/// How many values a list or a map holds, those of lists within it included.
fn items_of(value: &Dynamic) -> usize {
    if let Ok(list) = value.as_array_ref() {
        return list.iter().map(|item| 1 + items_of(item)).sum();
    }
    value.as_map_ref().map_or(0, |map| map.values().map(|item| 1 + items_of(item)).sum())
}
