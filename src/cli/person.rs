//! The person at the terminal, whom commands ask what they lack.

use std::io::{self, BufRead as _, IsTerminal as _};

use super::output::write_errors;
use crate::conversation::Conversation;

/// Whether somebody is there to be asked.
pub(super) fn is_there() -> bool {
    io::stdin().is_terminal()
}

/// A person at the terminal: questions go to standard error, so that standard output has nothing but the result.
pub(super) struct TerminalConversation;

impl Conversation for TerminalConversation {
    fn say(&mut self, words: &str) {
        write_errors(words);
    }

    fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(line),
        }
    }
}
