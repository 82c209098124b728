//! How a command says what it did that makes files and no result of its own: in words, or as JSON of one shape.

use clap::ValueEnum;

use super::exit::Exit;
use super::output::write_result;
use crate::diagnostic::Problems;
use crate::report::done::Done;

/// How what was done is said.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct DoneFormat {
    /// How to say what was done
    #[arg(long, value_enum, default_value = "text")]
    format: DoneWord,
}

/// The formats of what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DoneWord {
    /// For people
    Text,
    /// For programs; `prioritise schema done` describes it
    Json,
}

impl DoneFormat {
    /// Says what was done: the lines to standard output, or all of it as JSON.
    pub(super) fn say(self, done: &Done) -> Result<Exit, Problems> {
        match self.format {
            DoneWord::Json => write_result(&done.json())?,
            DoneWord::Text => write_result(&done.told)?,
        };
        Ok(if done.fails { Exit::No } else { Exit::Done })
    }

    /// Whether people read it.
    pub(super) fn is_text(self) -> bool {
        self.format == DoneWord::Text
    }
}
