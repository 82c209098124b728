//! A result that is longer than the screen is shown by the person's pager. Nothing goes there that does not go to a terminal.
#![expect(clippy::disallowed_methods, reason = "this is the edge: the variables of the person's terminal")]

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};

use memchr::memchr_iter;
use terminal_size::{Height, terminal_size};

use super::disk::is_dumb;

/// What shows long texts where the person names nothing.
const USUAL: &str = "less";
/// How `less` is asked to behave where the person does not say: leave at once what fits, show colours, leave the screen as it is.
const LESS: &str = "FRX";

/// Shows a text with the person's pager; false where it is for standard output itself.
pub(super) fn show(text: &[u8]) -> bool {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() || is_dumb() || fits(text) {
        return false;
    }
    let wanted = env::var("PAGER").unwrap_or_else(|_| USUAL.to_owned());
    let mut words = wanted.split_whitespace();
    let Some(program) = words.next().filter(|program| *program != "cat") else { return false };
    let mut pager = Command::new(program);
    pager.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        pager.env("LESS", LESS);
    }
    let Ok(mut pager) = pager.spawn() else { return false };
    // The person stops the pager, and the pager ends this. A handler that can't be set changes nothing but that.
    let _ = ctrlc::set_handler(|| {});
    if let Some(mut into) = pager.stdin.take() {
        // Whoever has seen enough leaves before the end.
        let _ = into.write_all(text);
    }
    pager.wait().is_ok()
}

/// Whether the screen has a line for each of the text, and one for what is typed next.
fn fits(text: &[u8]) -> bool {
    let lines = memchr_iter(b'\n', text).count();
    terminal_size().is_none_or(|(_, Height(height))| lines < usize::from(height))
}
