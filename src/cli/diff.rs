//! `prioritise diff`: what is other between two lists, and why.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::disk::{Disk, available_threads};
use super::output::{Terminal, write_result};
use super::{Exit, text_of};
use crate::assessment::Assessment;
use crate::diagnostic::{Code, Problem, Problems};
use crate::diff::{Side, difference};
use crate::report;
use crate::rules::RuleSet;

/// Tell what moved between two rule sets or two years, and which change did it
#[derive(Debug, clap::Args)]
pub(super) struct Diff {
    /// The assessment: a folder, or its assessment.toml
    assessment: PathBuf,
    /// A later assessment to compare with the first
    new: Option<PathBuf>,
    /// A rule set. Of one assessment: twice, the old and the new one; or once, the new one, against the assessment's own.
    /// Of two assessments: once, for both
    #[arg(long, value_name = "FOLDER")]
    rules: Vec<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write it to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
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

/// An assessment and the rules to rank it by; its own where none are named.
type Asked<'p> = (&'p Path, Option<&'p Path>);

pub(super) fn run(asked: &Diff, terminal: &Terminal) -> Result<Exit, Problems> {
    let [old, new] = sides(asked)?;
    let busy = terminal.busy("comparing");
    let (old_assessment, old_rules, mut problems) = load(old)?;
    let (new_assessment, new_rules, others) = load(new)?;
    problems.extend(others);
    terminal.warn(&problems);
    let threads = asked.threads.unwrap_or_else(available_threads);
    let old = Side { assessment: &old_assessment, rules: &old_rules, record: None };
    let new = Side { assessment: &new_assessment, rules: &new_rules, record: None };
    let found = difference(old, new, threads)?;
    let text = match asked.format {
        Format::Text => report::diff::text(&found, terminal.colour && asked.output.is_none()),
        Format::Markdown => report::diff::markdown(&found),
        Format::Json => report::diff::json(&found),
    };
    drop(busy);
    write_result(&text, asked.output.as_deref())
}

/// What is compared with what.
fn sides(asked: &Diff) -> Result<[Asked<'_>; 2], Problem> {
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
            "two assessments are compared by one rule set, or each by its own",
            "name one rule set, or none; or compare the two rule sets on one assessment",
        ),
        (_, [_, _, ..]) => problem("`--rules` is there more than twice", "name the old rule set and the new one"),
    }
}

fn load((assessment, rules): Asked<'_>) -> Result<(Assessment, RuleSet, Problems), Problems> {
    let mut problems = Problems::default();
    let rules = rules.map(text_of).transpose()?;
    let loaded = crate::load(&Disk, &text_of(assessment)?, rules.as_deref(), &mut problems);
    match loaded {
        Some((assessment, rules)) => Ok((assessment, rules, problems)),
        None => Err(problems),
    }
}
