//! The edge: arguments, files and the terminal. One file for each command; nothing is decided here.

mod area;
mod assessment_arguments;
mod changed;
mod check;
mod choose;
mod diff;
mod disk;
mod done;
mod elicit;
mod exit;
mod explain;
mod fmt;
mod form;
mod help;
mod history;
mod import;
mod key;
mod learn;
mod locked_file;
mod new;
mod next_year;
mod opened;
mod output;
mod pager;
mod password;
mod person;
mod progress;
mod rank;
mod record;
mod register;
mod result_options;
mod review;
mod rules_file;
mod schema;
mod sensitivity;
mod sign;
mod taken;
mod templates;
mod test;
mod upgrade;
mod verify;
mod watch;
mod watched_files;
mod workshop;

use std::borrow::Cow;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::budget;
use crate::diagnostic::Problems;
use crate::files::Files;
use crate::words::visible;
use output::{OutputOptions, Terminal, write_errors, write_rendered};

pub use exit::Exit;
pub use help::Guide;

/// Turns a community safety partnership's evidence into priorities that it can defend.
#[derive(Debug, Parser)]
#[command(name = "prioritise", version, max_term_width = 80, disable_help_flag = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    manner: OutputOptions,
}

#[derive(Debug, Subcommand)]
enum Command {
    Rank(rank::Rank),
    Explain(explain::Explain),
    Diff(diff::Diff),
    History(history::History),
    Sensitivity(sensitivity::Sensitivity),
    Choose(choose::Choose),
    Elicit(elicit::Elicit),
    Learn(learn::Learn),
    Workshop(workshop::Workshop),
    Form(form::Form),
    Review(review::Review),
    Check(check::Check),
    Fmt(fmt::Fmt),
    Test(test::Test),
    Record(record::Record),
    Verify(verify::Verify),
    Watch(watch::Watch),
    Sign(sign::Sign),
    Key(key::Key),
    Register(register::Register),
    Import(import::Import),
    New(new::New),
    Upgrade(upgrade::Upgrade),
    Schema(schema::Schema),
    Templates(templates::Templates),
    Help(help::Help),
}

/// What people call that is no command, and what does it.
const ELSEWHERE: [(&str, &str); 6] = [
    ("paper", "the board's paper is a form of the list: `prioritise rank ASSESSMENT --format html -o paper.html`"),
    ("init", "a folder to start from is made by `prioritise new FOLDER`"),
    ("validate", "every problem in evidence and rules is listed by `prioritise check ASSESSMENT`"),
    ("seal", "an assessment and its list are sealed by `prioritise record ASSESSMENT -o FOLDER`"),
    ("compare", "two rule sets or two years are compared by `prioritise diff`"),
    ("export", "a result goes to a file with `-o`: `prioritise rank ASSESSMENT -o list.xlsx`"),
];

/// Adds where to find what is no command of its own.
fn hint(error: &mut clap::Error) {
    let Some(ContextValue::String(called)) = error.get(ContextKind::InvalidSubcommand) else { return };
    if let Some((_, hint)) = ELSEWHERE.iter().find(|(name, _)| name == called) {
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![(*hint).into()]));
    }
}

/// The command line: every command with its arguments and its help.
pub fn command() -> clap::Command {
    help::dressed(Arguments::command())
}

/// Says what is wrong with the command line. What somebody typed or pasted can't steer a terminal: then it has no colours
/// either.
fn print(error: &clap::Error) {
    let said = error.render().to_string();
    match visible(&said, &['\n']) {
        Cow::Owned(safe) => write_rendered(&safe),
        Cow::Borrowed(plain) if taken::is_taken() => write_rendered(plain),
        Cow::Borrowed(_) => drop(error.print()),
    }
}

/// What a command said that a program called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How it ended.
    pub exit: Exit,
    /// Its result: what would have gone to standard output.
    pub result: Vec<u8>,
    /// What it told of problems, and else what would have gone to standard error.
    pub told: String,
}

/// Runs a command for a program in this process, which gets what a terminal would have got, to the byte. `arguments` are those
/// behind the name of the command; `guides` is what `prioritise help` prints. Of several calls at once one waits for the other.
pub fn call(arguments: impl IntoIterator<Item = OsString>, guides: &[Guide]) -> Answer {
    let _alone = disk::ThisRun::begin();
    let (exit, taken) = taken::taking(|| run(arguments, guides));
    Answer { exit, result: taken.result, told: taken.told }
}

/// The files of this machine, for a program in this process that reads an assessment itself. What rules may do is counted anew,
/// and other calls wait until this is dropped.
pub fn disk() -> impl Files {
    disk::ThisRun::begin()
}

/// Runs the command of these arguments, those behind its name. `guides` is what `prioritise help` prints.
pub fn run(arguments: impl IntoIterator<Item = OsString>, guides: &[Guide]) -> Exit {
    let whole = std::iter::once(OsString::from("prioritise")).chain(arguments);
    let parsed = command().try_get_matches_from(whole).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        // Help and version are results; anything else is a wrong command line.
        Err(error) if !error.use_stderr() => return help::show(&error.render()).unwrap_or(Exit::Wrong),
        Err(mut error) => {
            hint(&mut error);
            print(&error);
            return Exit::Wrong;
        }
    };
    let terminal = Terminal::new(&arguments.manner);
    if let Some(steps) = arguments.manner.budget {
        budget::allow(steps);
    }
    outcome(arguments.command, guides, &terminal).unwrap_or_else(|problems| {
        let is_told = problems.has_errors();
        let told = if is_told { problems.without_notes() } else { problems.sorted() };
        write_rendered(&terminal.rendered(&told));
        if !is_told {
            write_errors("error: this failed, and the engine does not know why: that is a fault of the engine\n");
        }
        Exit::Wrong
    })
}

fn outcome(command: Command, guides: &[Guide], terminal: &Terminal) -> Result<Exit, Problems> {
    match command {
        Command::Rank(rank) => rank::run(&rank, terminal),
        Command::Explain(explain) => explain::run(&explain, terminal),
        Command::Diff(asked) => diff::run(&asked, terminal),
        Command::History(asked) => history::run(&asked, terminal),
        Command::Sensitivity(asked) => sensitivity::run(&asked, terminal),
        Command::Choose(asked) => choose::run(&asked, terminal),
        Command::Elicit(elicit) => elicit::run(&elicit, terminal),
        Command::Learn(asked) => learn::run(&asked, terminal),
        Command::Workshop(asked) => workshop::run(&asked, terminal),
        Command::Form(asked) => form::run(&asked, terminal),
        Command::Review(asked) => review::run(&asked, terminal),
        Command::Check(check) => check::run(&check, terminal),
        Command::Fmt(asked) => fmt::run(&asked, terminal),
        Command::Test(test) => test::run(&test, terminal),
        Command::Record(record) => record::run(&record, terminal),
        Command::Verify(verify) => verify::run(&verify, terminal),
        Command::Watch(watch) => watch::run(&watch, terminal),
        Command::Sign(sign) => sign::run(&sign, terminal),
        Command::Key(key) => key::run(&key, terminal),
        Command::Register(register) => register::run(&register, terminal),
        Command::Import(import) => import::run(&import, terminal),
        Command::New(new) => new::run(&new, terminal),
        Command::Upgrade(asked) => upgrade::run(&asked, terminal),
        Command::Schema(schema) => schema::run(&schema, terminal),
        Command::Templates(write) => templates::run(&write, terminal),
        Command::Help(asked) => help::run(&asked, &mut self::command(), guides),
    }
}
