//! Where results and problems go: results to standard output or a file, everything else to standard error.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::path::Path;

use clap::ValueEnum;
use terminal_size::{Width, terminal_size_of};

use super::disk::{columns, is_dumb, no_color};
use super::exit::Exit;
use super::pager;
use super::progress::BusySign;
use super::taken;
use crate::diagnostic::{Code, ErrorFormat, Problem, Problems, render_within};
use crate::words::{isolated, visible};

/// The heading of what every command takes.
pub(super) const EVERYWHERE: &str = "Options of every command";

/// How a command speaks.
#[derive(Debug, clap::Args)]
pub(super) struct OutputOptions {
    /// How problems are written: with the line in question, one sentence each for screen readers, or one JSON object a line
    #[arg(long, value_enum, value_name = "HOW", default_value = "human", global = true, help_heading = EVERYWHERE)]
    error_format: ErrorWords,
    /// Say nothing but results and errors
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    quiet: bool,
    /// When to use colour; the variable `NO_COLOR` turns it off, and so does `TERM=dumb`
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true, help_heading = EVERYWHERE)]
    color: ColorWord,
    /// How many steps the rules may take in this run, all together, before it is ended
    #[arg(long, value_name = "STEPS", global = true, value_parser = clap::value_parser!(u64).range(1..), help_heading = EVERYWHERE)]
    pub(super) budget: Option<u64>,
    /// Print help; `-h` prints less of it
    #[arg(long, short, global = true, action = clap::ArgAction::Help, help_heading = EVERYWHERE)]
    help: Option<bool>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ErrorWords {
    Human,
    Plain,
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorWord {
    Auto,
    Always,
    Never,
}

impl From<ErrorWords> for ErrorFormat {
    fn from(words: ErrorWords) -> Self {
        match words {
            ErrorWords::Human => Self::Human,
            ErrorWords::Plain => Self::Plain,
            ErrorWords::Json => Self::Json,
        }
    }
}

/// How this run speaks.
pub(super) struct Terminal {
    pub errors: ErrorFormat,
    pub quiet: bool,
    pub colour: bool,
    pub colour_errors: bool,
    /// How many letters a line of standard error has; none where it goes to no screen.
    error_width: Option<usize>,
}

impl Terminal {
    pub(super) fn new(manner: &OutputOptions) -> Self {
        let wanted = |is_terminal: bool| match manner.color {
            ColorWord::Always => true,
            ColorWord::Never => false,
            ColorWord::Auto => is_terminal && !taken::is_taken() && !no_color() && !is_dumb(),
        };
        Self {
            errors: manner.error_format.into(),
            quiet: manner.quiet,
            colour: wanted(io::stdout().is_terminal()),
            colour_errors: wanted(io::stderr().is_terminal()),
            error_width: width(terminal_size_of(io::stderr())),
        }
    }

    /// Problems as this run writes them to standard error.
    pub(super) fn rendered(&self, problems: &[Problem]) -> String {
        render_within(problems, self.errors, self.colour_errors, self.error_width)
    }

    /// Problems as a result, for standard output or a file.
    pub(super) fn rendered_as_result(&self, problems: &[Problem], is_file: bool, colour: bool) -> String {
        let width = if is_file { None } else { width(terminal_size_of(io::stdout())) };
        render_within(problems, self.errors, colour, width)
    }

    /// Whether standard output is a person's screen.
    pub(super) fn shows_results() -> bool {
        io::stdout().is_terminal() && !taken::is_taken()
    }

    /// Whether what goes to standard output is coloured where nobody says otherwise.
    pub(super) fn colours_results() -> bool {
        Self::shows_results() && !no_color() && !is_dumb()
    }

    /// Says in a line what was done, unless the person asked for quiet or a program reads what is told.
    pub(super) fn say(&self, words: &str) {
        if !self.quiet && self.errors != ErrorFormat::Json {
            write_errors(&format!("{words}\n"));
        }
    }

    /// Says what to type next, to a person who sees the result on a terminal.
    pub(super) fn suggest(&self, command: &str) {
        if Self::shows_results() && io::stderr().is_terminal() {
            self.say(&format!("next: {command}"));
        }
    }

    /// Work that shows after a second, on a terminal, unless the person asked for quiet.
    pub(super) fn show_busy(&self, what: &'static str) -> BusySign {
        BusySign::new(!self.quiet && !taken::is_taken() && io::stderr().is_terminal() && !is_dumb(), what)
    }

    /// Shows what a reader should know, unless they asked for quiet.
    pub(super) fn warn(&self, problems: &Problems) {
        if self.quiet {
            return;
        }
        write_rendered(&self.rendered(&problems.clone().without_notes()));
    }
}

/// How many letters a line of a screen may have: as the person says, or else as it has; none where it goes to no screen.
fn width(screen: Option<(Width, terminal_size::Height)>) -> Option<usize> {
    screen.map(|(Width(width), _)| columns().unwrap_or(usize::from(width)))
}

/// Writes a result whole to standard output; one that is longer than a person's screen by their pager. A reader who has seen
/// enough is no error.
pub(super) fn write_result(result: &(impl AsRef<[u8]> + ?Sized)) -> Result<Exit, Problems> {
    if taken::take_result(result.as_ref()) || pager::show(result.as_ref()) {
        return Ok(Exit::Done);
    }
    let mut output = io::stdout().lock();
    match output.write_all(result.as_ref()).and_then(|()| output.flush()) {
        Ok(()) => Ok(Exit::Done),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => {
            let message = format!("the result can't be written: {}", error.kind());
            Err(Problem::new(Code::WriteFailed, message).help("check that there is room where it goes").into())
        }
    }
}

/// Writes a part of a result that goes on; false where nobody reads any more.
pub(super) fn write_on(part: &str) -> bool {
    if taken::take_result(part.as_bytes()) {
        return true;
    }
    let mut output = io::stdout().lock();
    output.write_all(part.as_bytes()).and_then(|()| output.flush()).is_ok()
}

/// Writes words to standard error, in which names of files may stand: none of them steers a terminal.
pub(super) fn write_errors(text: &str) {
    write_rendered(&isolated(&visible(text, &['\n'])));
}

/// A path as it is typed: in quotes where it has a space.
pub(super) fn typed(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}

/// Writes what can be shown as it is to standard error; there is nowhere to tell that this failed.
pub(super) fn write_rendered(text: &str) {
    if taken::take_told(text) {
        return;
    }
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
