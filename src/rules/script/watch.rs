//! Where a run of scripts is at every step. Watching changes no answer: it is Rhai's own interface for debuggers, told to
//! step into everything and to note where it is.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use rhai::Engine;
use rhai::debugger::DebuggerCommand;

/// A function, and line and column of something in it that ran.
pub(super) type Reached = (String, usize, usize);

thread_local! {
    static ON: Cell<bool> = const { Cell::new(false) };
    static REACHED: RefCell<BTreeSet<Reached>> = const { RefCell::new(BTreeSet::new()) };
}

/// Whether this thread is being watched.
pub(super) fn is_on() -> bool {
    ON.get()
}

/// `engine`, noting on its thread what runs.
pub(super) fn watching(mut engine: Engine) -> Engine {
    #[expect(deprecated, reason = "it is volatile, not deprecated; rhai's version is pinned")]
    engine.register_debugger(
        |_, debugger| debugger,
        |context, _, node, _, _| {
            let frames = context.global_runtime_state().debugger().call_stack();
            if let (Some(frame), position) = (frames.last(), node.position())
                && let (Some(line), Some(column)) = (position.line(), position.position())
            {
                REACHED.with_borrow_mut(|reached| reached.insert((frame.fn_name.to_string(), line, column)));
            }
            Ok(DebuggerCommand::StepInto)
        },
    );
    engine
}

/// Does `work` on this thread, and says what ran meanwhile. What other threads do is not seen.
pub(super) fn watch<T>(work: impl FnOnce() -> T) -> (T, BTreeSet<Reached>) {
    REACHED.take();
    let watching = Watching::new();
    let answer = work();
    drop(watching);
    (answer, REACHED.take())
}

/// While this lives its thread is watched, however the work ends.
struct Watching;

impl Watching {
    fn new() -> Self {
        ON.set(true);
        Self
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        ON.set(false);
    }
}
