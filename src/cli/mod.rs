//! The edge: arguments, files and the terminal. One file for each command; nothing is decided here.

mod check;
mod diff;
mod disk;
mod elicit;
mod explain;
mod import;
mod key;
mod learn;
mod locked;
mod new;
mod output;
mod password;
mod progress;
mod rank;
mod record;
mod recorder;
mod register;
mod rules_file;
mod schema;
mod sensitivity;
mod sign;
mod templates;
mod test;
mod verify;
mod watch;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::assessment::Assessment;
use crate::diagnostic::{Code, ErrorFormat, Problem, Problems, render};
use crate::rules::RuleSet;
use disk::Disk;
use output::{Terminal, write_errors};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
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

/// Turns a community safety partnership's evidence into priorities that it can defend.
#[derive(Debug, Parser)]
#[command(name = "prioritise", version, max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    manner: Manner,
}

/// How a command speaks.
#[derive(Debug, clap::Args)]
struct Manner {
    /// How problems are written: with the offending line, a sentence each for screen readers, or JSON a line
    #[arg(long, value_enum, default_value = "human", global = true)]
    error_format: ErrorWords,
    /// Say nothing but results and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When to use colour; `NO_COLOR` is heeded
    #[arg(long, value_enum, default_value = "auto", global = true)]
    color: When,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ErrorWords {
    Human,
    Plain,
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Rank an assessment's candidates and explain the list
    Rank(rank::Rank),
    /// Explain one candidate's place, question by question, and what would change it
    Explain(explain::Explain),
    /// Tell what moved between two rule sets or two years, which change did it, and what became of the priorities
    Diff(diff::Diff),
    /// Show how much the list depends on the weights and the evidence
    Sensitivity(sensitivity::Sensitivity),
    /// Make weights of what people answer, and write them into the rules
    Elicit(elicit::Elicit),
    /// Find the weights that reproduce a list the board agreed on
    Learn(learn::Learn),
    /// List every problem in evidence and rules
    Check(check::Check),
    /// Run a rule set's own tests, and tell what they do not reach or notice
    Test(test::Test),
    /// Seal an assessment, its rules and its ranking in a folder that anyone can check and reproduce
    Record(record::Record),
    /// Check a record's digests, make its list again, and tell the first difference
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
    /// Write the paper's templates to a folder, to be changed
    Templates(templates::Write),
}

/// What every command that reads an assessment is told.
#[derive(Debug, clap::Args)]
struct Subject {
    /// The assessment: a folder, or its assessment.toml
    assessment: PathBuf,
    /// Rank by the rule set in this folder instead of the one that the assessment names
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// How many threads to use; the result is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Subject {
    fn threads(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(disk::available_threads)
    }

    fn assessment(&self) -> Result<String, Problem> {
        text_of(&self.assessment)
    }

    fn rules(&self) -> Result<Option<String>, Problem> {
        self.rules.as_deref().map(text_of).transpose()
    }

    /// The assessment and its rules, with what a reader should know of them.
    fn load(&self, terminal: &Terminal) -> Result<(Assessment, RuleSet, Problems), Problems> {
        let mut problems = Problems::default();
        let busy = terminal.busy("reading");
        let loaded = crate::load(&Disk, &self.assessment()?, self.rules()?.as_deref(), &mut problems);
        drop(busy);
        match loaded {
            Some((assessment, rules)) => Ok((assessment, rules, problems)),
            None => Err(problems),
        }
    }
}

/// A path as text; the core knows no other.
fn text_of(path: &Path) -> Result<String, Problem> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Problem::new(Code::FileUnreadable, format!("the path `{}` is not UTF-8", path.display()))
            .help("rename the folder")
    })
}

/// Runs the command that the process was called with.
pub fn run() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are results; anything else is a wrong command line.
            let _ = error.print();
            return if error.use_stderr() { Exit::Wrong } else { Exit::Done };
        }
    };
    let terminal = Terminal::new(&arguments.manner);
    let outcome = match arguments.command {
        Command::Rank(rank) => rank::run(&rank, &terminal),
        Command::Explain(explain) => explain::run(&explain, &terminal),
        Command::Diff(asked) => diff::run(&asked, &terminal),
        Command::Sensitivity(asked) => sensitivity::run(&asked, &terminal),
        Command::Elicit(elicit) => elicit::run(&elicit, &terminal),
        Command::Learn(asked) => learn::run(&asked, &terminal),
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
        write_errors(&render(&problems.without_notes(), terminal.errors, terminal.colour_errors));
        Exit::Wrong
    })
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

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        let mut problems = Self::default();
        problems.push(problem);
        problems
    }
}
