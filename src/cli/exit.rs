//! What a command ends with.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All that was asked was done: exit code 0.
    Done,
    /// Done, and the answer is no: `check` found something, or a test failed.
    No,
    /// The input or the command line is wrong.
    Wrong,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::from(0),
            Exit::No => Self::from(1),
            Exit::Wrong => Self::from(2),
        }
    }
}
