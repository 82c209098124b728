//! A sign of life for work that takes more than a second: on a terminal only, and never in a result.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

/// How long work may take before it shows.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the sign moves.
const TICK: Duration = Duration::from_millis(120);

/// Work under way; the sign goes when this is dropped.
pub(super) struct BusySign(Option<(Sender<()>, JoinHandle<()>)>);

impl BusySign {
    /// Work that shows as `what` after a second, where `shown`.
    pub(super) fn new(shown: bool, what: &'static str) -> Self {
        if !shown {
            return Self(None);
        }
        let (done, waiting) = channel();
        let thread = std::thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let sign = ProgressBar::new_spinner().with_message(what);
                sign.enable_steady_tick(TICK);
                // It ends when the work does, and the sender is dropped.
                let _ = waiting.recv();
                sign.finish_and_clear();
            }
        });
        Self(Some((done, thread)))
    }
}

impl Drop for BusySign {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.0.take() {
            drop(done);
            // A sign that could not be shown is no reason to fail.
            let _ = thread.join();
        }
    }
}
