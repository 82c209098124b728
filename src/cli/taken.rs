//! What a command says, taken by a program that called it in the same process, instead of a terminal.

use std::cell::RefCell;

/// What was said so far.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub result: Vec<u8>,
    pub told: String,
}

thread_local! {
    /// Commands speak on the thread that they were called on.
    static TAKEN: RefCell<Option<Taken>> = const { RefCell::new(None) };
}

/// Runs `command`, and takes what it says.
pub(super) fn taking<T>(command: impl FnOnce() -> T) -> (T, Taken) {
    TAKEN.with_borrow_mut(|taken| *taken = Some(Taken::default()));
    let ended = command();
    (ended, TAKEN.take().unwrap_or_default())
}

/// Whether a program takes what is said on this thread.
pub(super) fn is_taken() -> bool {
    TAKEN.with_borrow(Option::is_some)
}

/// Takes a part of a result; false where it is for standard output.
pub(super) fn take_result(part: &[u8]) -> bool {
    take(|taken| taken.result.extend(part))
}

/// Takes what is told beside a result; false where it is for standard error.
pub(super) fn take_told(text: &str) -> bool {
    take(|taken| taken.told.push_str(text))
}

fn take(into: impl FnOnce(&mut Taken)) -> bool {
    TAKEN.with_borrow_mut(|taken| taken.as_mut().map(into).is_some())
}
