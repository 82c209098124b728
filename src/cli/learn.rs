//! `prioritise learn`: the weights that reproduce a list the board agreed on.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::assessment_arguments::AssessmentArguments;
use super::disk::{Disk, text_of};
use super::output::{Terminal, typed};
use super::result_options::ResultOptions;
use super::{Exit, rules_file};
use crate::diagnostic::{Code, Problem, Problems};
use crate::learning::{AgreedList, Learning, learn, read};
use crate::report;
use crate::scoring::{self, Ranking};

/// Find the weights that reproduce a list the board agreed on
#[derive(Debug, clap::Args)]
pub(super) struct Learn {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// What was agreed; without it, what the decisions filed with the assessment say
    #[arg(value_name = "AGREED.toml")]
    agreed: Option<PathBuf>,
    /// Write the learnt weights into ruleset.toml, with where they come from; nothing else in it changes
    #[arg(long, requires_all = ["agreed", "by"])]
    write: bool,
    /// The role of those who agreed, to be recorded with the weights: `Board of the partnership`
    #[arg(long, value_name = "ROLE", requires = "write")]
    by: Option<String>,
    #[command(flatten)]
    result: ResultOptions<Format>,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For a paper or a page
    Markdown,
    /// For programs; `prioritise schema learning` describes it
    Json,
}

pub(super) fn run(asked: &Learn, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    let (assessment, rules, problems) = asked.subject.load(terminal)?;
    terminal.warn(&problems);
    let ranking = scoring::rank(&assessment, &rules, asked.subject.threads())?;
    let agreed = agreed(asked, &ranking)?;
    let busy = terminal.show_busy("learning");
    let learning = learn(&ranking, agreed)?;
    drop(busy);
    let text = match format {
        Format::Text => report::learning::text(&ranking, &learning, asked.result.colour(terminal)),
        Format::Markdown => report::learning::markdown(&ranking, &learning),
        Format::Json => report::learning::json(&ranking, &learning),
    };
    if asked.write {
        asked.result.refuse_target()?;
        write(asked, &ranking, &learning, terminal)?;
    }
    let written = asked.result.write(&text, terminal);
    if let Some(agreed) = asked.agreed.as_ref().filter(|_| !asked.write && learning.learnt_weights().is_some()) {
        let (assessment, agreed) = (typed(&asked.subject.assessment), typed(agreed));
        terminal.suggest(&format!("prioritise learn {assessment} {agreed} --write --by ROLE"));
    }
    written
}

/// Writes the learnt weights into the rules.
fn write(asked: &Learn, ranking: &Ranking<'_>, learning: &Learning, terminal: &Terminal) -> Result<(), Problems> {
    let refuse = |message: &str, help: &str| Problem::new(Code::ImportOption, message).help(help);
    let by = asked.by.as_deref().unwrap_or_default().trim();
    if by.is_empty() {
        return Err(refuse("`--by` names nobody", "name the role of those who agreed").into());
    }
    let Some(date) = learning.agreed.date() else {
        let message = "no statement says when it was agreed, so the weights can't be recorded";
        return Err(refuse(message, "add `date = \"2026-04-20\"` to the statements").into());
    };
    if learning.learnt_weights().is_none() {
        return Err(refuse("no weights were learnt, so none are written", "run it without `--write` to see why").into());
    }
    let rules = ranking.rules;
    let agreed = asked.agreed.as_deref().unwrap_or(Path::new(""));
    let new = |path: &str| learning.new_weights(rules, by, date, path);
    rules_file::write(&rules.place.source.name, agreed, rules, new, terminal)
}

fn agreed(asked: &Learn, ranking: &Ranking<'_>) -> Result<AgreedList, Problems> {
    let Some(file) = &asked.agreed else { return Ok(read::from_decisions(ranking)?) };
    let mut problems = Problems::default();
    read::load(&Disk, &text_of(file)?, ranking.assessment, &mut problems).ok_or(problems)
}
