//! How our own functions refuse: errors that the engine tells at the place of the call.

use rhai::{EvalAltResult, Position};

pub(super) type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// Why evidence or values don't allow what was asked.
pub(super) fn refuse<T>(message: &str) -> Fallible<T> {
    Err(Box::new(EvalAltResult::ErrorRuntime(message.to_owned().into(), Position::NONE)))
}

/// Why numbers don't allow what was asked: an `if` can guard against it.
pub(super) fn refuse_arithmetic<T>(message: &str) -> Fallible<T> {
    Err(Box::new(EvalAltResult::ErrorArithmetic(message.to_owned(), Position::NONE)))
}
