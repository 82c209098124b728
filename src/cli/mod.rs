//! The edge: arguments, files and the terminal. One file for each command; nothing is decided here.

mod area;
mod assessment_arguments;
mod changed;
mod check;
mod choose;
mod diff;
mod disk;
mod elicit;
mod exit;
mod explain;
mod form;
mod history;
mod import;
mod key;
mod learn;
mod locked_file;
mod new;
mod next_year;
mod opened;
mod output;
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
mod templates;
mod test;
mod verify;
mod watch;
mod watched_files;
mod workshop;

use std::borrow::Cow;

use clap::error::{ContextKind, ContextValue};
use clap::{Parser, Subcommand};

use crate::budget;
use crate::diagnostic::render;
use crate::words::visible;
use output::{OutputOptions, Terminal, write_errors, write_rendered};

pub use exit::Exit;

/// Turns a community safety partnership's evidence into priorities that it can defend.
#[derive(Debug, Parser)]
#[command(name = "prioritise", version, max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    manner: OutputOptions,
    /// How many steps the rules may take in this run, all together, before it is ended
    #[arg(long, value_name = "STEPS", global = true, value_parser = clap::value_parser!(u64).range(1..))]
    budget: Option<u64>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Rank an assessment's candidates and explain the list
    Rank(rank::Rank),
    /// Explain one candidate's place, question by question, and what would change it
    Explain(explain::Explain),
    /// Show what moved between two rule sets or two years, which change did it, and what became of the priorities
    Diff(diff::Diff),
    /// Show where everybody stood over the years, what broke in between, and which change made each step
    History(history::History),
    /// Show how much the list depends on the weights and the evidence
    Sensitivity(sensitivity::Sensitivity),
    /// Find the best set of a plan's actions for the money and people there are
    Choose(choose::Choose),
    /// Work out weights from people's answers, and write them into the rules
    Elicit(elicit::Elicit),
    /// Find the weights that reproduce a list the board agreed on
    Learn(learn::Learn),
    /// Make a page on which a board settles weights, judgements and decisions, or write a session of it into the folder
    Workshop(workshop::Workshop),
    /// Make a form for people with a spreadsheet to fill in
    Form(form::Form),
    /// Show what became of the plans that an assessment names, measure by measure
    Review(review::Review),
    /// List every problem in evidence and rules
    Check(check::Check),
    /// Run a rule set's own tests, and list what they do not reach or notice
    Test(test::Test),
    /// Seal an assessment, its rules and its ranking in a folder that anyone can check and reproduce
    Record(record::Record),
    /// Check a record's digests, make its list again, and show the first difference
    Verify(verify::Verify),
    /// Rank again whenever a file is saved, and say what moved
    Watch(watch::Watch),
    /// Sign a record: beside it, in the folder `signatures`
    Sign(sign::Sign),
    /// Make keys to sign records with
    Key(key::Key),
    /// Keep a register of records: lines are added and never changed
    Register(register::Register),
    /// Turn published files into evidence, with an account of every row
    Import(import::Import),
    /// Make a folder with a commented assessment and rule set to start from
    New(new::New),
    /// Print the JSON Schema of a file format, for editors
    Schema(schema::Schema),
    /// Write the paper's templates to a folder, for you to change
    Templates(templates::Templates),
}

/// What people call that is no command, and what does it.
const ELSEWHERE: [(&str, &str); 1] =
    [("paper", "the board's paper is a form of the list: `prioritise rank ASSESSMENT --format html -o paper.html`")];

/// Adds where to find what is no command of its own.
fn hint(error: &mut clap::Error) {
    let Some(ContextValue::String(called)) = error.get(ContextKind::InvalidSubcommand) else { return };
    if let Some((_, hint)) = ELSEWHERE.iter().find(|(name, _)| name == called) {
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![(*hint).into()]));
    }
}

/// Shows help, the version or what is wrong with the command line. What somebody typed or pasted can't steer a terminal: then
/// it has no colours either.
fn print(error: &clap::Error) {
    let said = error.render().to_string();
    match visible(&said, &['\n']) {
        Cow::Owned(safe) => write_rendered(&safe),
        Cow::Borrowed(_) => drop(error.print()),
    }
}

/// Runs the command that the process was called with.
pub fn run() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(mut error) => {
            hint(&mut error);
            print(&error);
            // Help and version are results; anything else is a wrong command line.
            return if error.use_stderr() { Exit::Wrong } else { Exit::Done };
        }
    };
    let terminal = Terminal::new(&arguments.manner);
    if let Some(steps) = arguments.budget {
        budget::allow(steps);
    }
    let outcome = match arguments.command {
        Command::Rank(rank) => rank::run(&rank, &terminal),
        Command::Explain(explain) => explain::run(&explain, &terminal),
        Command::Diff(asked) => diff::run(&asked, &terminal),
        Command::History(asked) => history::run(&asked, &terminal),
        Command::Sensitivity(asked) => sensitivity::run(&asked, &terminal),
        Command::Choose(asked) => choose::run(&asked, &terminal),
        Command::Elicit(elicit) => elicit::run(&elicit, &terminal),
        Command::Learn(asked) => learn::run(&asked, &terminal),
        Command::Workshop(asked) => workshop::run(&asked, &terminal),
        Command::Form(asked) => form::run(&asked, &terminal),
        Command::Review(asked) => review::run(&asked, &terminal),
        Command::Check(check) => check::run(&check, &terminal),
        Command::Test(test) => test::run(&test, &terminal),
        Command::Record(record) => record::run(&record, &terminal),
        Command::Verify(verify) => verify::run(&verify, &terminal),
        Command::Watch(watch) => watch::run(&watch, &terminal),
        Command::Sign(sign) => sign::run(&sign, &terminal),
        Command::Key(key) => key::run(&key, &terminal),
        Command::Register(register) => register::run(&register, &terminal),
        Command::Import(import) => import::run(&import, &terminal),
        Command::New(new) => new::run(&new, &terminal),
        Command::Schema(schema) => schema::run(&schema, &terminal),
        Command::Templates(write) => templates::run(&write, &terminal),
    };
    outcome.unwrap_or_else(|problems| {
        let is_told = problems.has_errors();
        let told = if is_told { problems.without_notes() } else { problems.sorted() };
        write_rendered(&render(&told, terminal.errors, terminal.colour_errors));
        if !is_told {
            write_errors("error: this failed, and the engine does not know why: that is a fault of the engine\n");
        }
        Exit::Wrong
    })
}
