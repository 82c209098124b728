//! `prioritise diff`: what is other between two lists, and why.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Exit;
use super::disk::available_threads;
use super::opened::{SideArgument, open};
use super::output::Terminal;
use super::result_options::ResultOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::diff::compare;
use crate::report;

/// Show what moved between two rule sets or two years, which change did it, and what became of the priorities
#[derive(Debug, clap::Args)]
pub(super) struct Diff {
    /// The assessment: a folder, its assessment.toml, or a record; the folder you are in, if left out
    #[arg(default_value = ".", hide_default_value = true)]
    assessment: PathBuf,
    /// A later assessment or record to compare with the first
    new: Option<PathBuf>,
    /// A rule set. Of one assessment: twice, the old and the new one; or once, the new one, against the assessment's own.
    /// Of two assessments: once, for both
    #[arg(long, value_name = "FOLDER")]
    rules: Vec<PathBuf>,
    #[command(flatten)]
    result: ResultOptions<Format>,
    /// How many threads to use; the result is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For a paper or a page
    Markdown,
    /// For programs; `prioritise schema diff` describes it
    Json,
}

pub(super) fn run(asked: &Diff, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    let [old, new] = sides(asked)?;
    let busy = terminal.show_busy("comparing");
    let threads = asked.threads.unwrap_or_else(available_threads);
    let mut problems = Problems::default();
    let (old, new) = (open(old, threads, &mut problems)?, open(new, threads, &mut problems)?);
    terminal.warn(&problems);
    let found = compare(old.side(), new.side(), threads)?;
    let text = match format {
        Format::Text => report::diff::text(&found, asked.result.colour(terminal)),
        Format::Markdown => report::diff::markdown(&found),
        Format::Json => report::diff::json(&found),
    };
    drop(busy);
    asked.result.write(&text, terminal)
}

/// What is compared with what.
fn sides(asked: &Diff) -> Result<[SideArgument<'_>; 2], Problem> {
    let old = asked.assessment.as_path();
    let rules: Vec<&Path> = asked.rules.iter().map(PathBuf::as_path).collect();
    let problem = |message: &str, help: &str| Err(Problem::new(Code::BadValue, message).help(help));
    match (asked.new.as_deref(), &*rules) {
        (None, []) => {
            problem("there is nothing to compare with", "name another rule set with `--rules`, or a second assessment")
        }
        (None, [rules]) => Ok([(old, None), (old, Some(rules))]),
        (None, [first, second]) => Ok([(old, Some(first)), (old, Some(second))]),
        (Some(new), []) => Ok([(old, None), (new, None)]),
        (Some(new), [rules]) => Ok([(old, Some(rules)), (new, Some(rules))]),
        (Some(_), [_, _]) => problem(
            "two assessments are compared with one rule set for both, or each with its own",
            "name one rule set, or none; or compare the two rule sets on one assessment",
        ),
        (_, [_, _, ..]) => problem("`--rules` is given more than twice", "name the old rule set and the new one"),
    }
}
