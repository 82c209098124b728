//! `prioritise workshop`: a page for the board's meeting, and what was settled there brought back into the folder.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::changed::tell_and_write;
use super::disk::{Disk, text_of};
use super::output::{Terminal, typed, write_result};
use super::result_options::ResultOptions;
use crate::diagnostic::Problems;
use crate::files::{TABLE_LIMIT, read_text};
use crate::report;
use crate::workshop::lists;
use crate::workshop::session::{AppliedSession, ApplyRequest, apply, rules_elsewhere};

/// Make a page on which a board settles weights, judgements and decisions, or write a session of it into the folder
#[derive(Debug, clap::Args)]
pub(super) struct Workshop {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// Write what was settled in the page into the assessment and its rules: the session that the page saved
    #[arg(long, value_name = "SESSION")]
    apply: Option<PathBuf>,
    /// Show what `--apply` changes, and write nothing
    #[arg(long, requires = "apply")]
    dry_run: bool,
    /// The name of the meeting, where `--apply` makes a new decisions.toml
    #[arg(long, value_name = "TITLE", requires = "apply")]
    meeting: Option<String>,
    /// Make the list of each setting in this file, a line of JSON for each: what the page's figures are held against
    #[arg(long, value_name = "SETTINGS", conflicts_with_all = ["apply", "format", "output"])]
    lists: Option<PathBuf>,
    /// How to write it; without it the ending of FILE decides, and else it is the page
    #[arg(long, value_enum, conflicts_with = "apply")]
    format: Option<Format>,
    /// Write it to this file; `-` is standard output, where it goes without this
    #[arg(long, short, value_name = "FILE", conflicts_with = "apply")]
    output: Option<PathBuf>,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// The page: one file that a browser opens without a server
    Html,
    /// The data of the page alone; `prioritise schema workshop` describes it
    Json,
}

pub(super) fn run(asked: &Workshop, terminal: &Terminal) -> Result<Exit, Problems> {
    if let Some(session) = &asked.apply {
        return apply_session(asked, session, terminal);
    }
    if let Some(settings) = &asked.lists {
        return lists_of(asked, settings, terminal);
    }
    let result = ResultOptions::new(asked.format, asked.output.clone());
    let format = result.format()?;
    let (assessment, rules, problems) = asked.subject.load(terminal)?;
    let threads = asked.subject.threads();
    let busy = terminal.show_busy("ranking");
    let ranked = crate::rank(&assessment, &rules, threads, problems)?;
    let text = match format {
        Format::Html => report::workshop::page(&ranked, threads)?,
        Format::Json => report::workshop::data(&ranked, threads)?,
    };
    drop(busy);
    terminal.warn(&ranked.warnings.clone().into());
    let elsewhere = rules_elsewhere(&Disk, &asked.subject.assessment()?, &rules);
    if let (Some(path), Format::Html) = (elsewhere, format) {
        terminal.say(&format!(
            "note: `{path}` is not in the assessment's own folder, and `--apply` writes weights into no other; to have it do so \
             copy that folder into the assessment's as `rules`, and let assessment.toml say `rules = \"rules\"`"
        ));
    }
    let written = result.write(&text, terminal);
    if result.file().is_some() {
        let assessment = typed(&asked.subject.assessment);
        terminal.suggest(&format!("prioritise workshop {assessment} --apply SESSION, once the page has saved one"));
    }
    written
}

/// Makes the list of each setting in a file.
fn lists_of(asked: &Workshop, settings: &Path, terminal: &Terminal) -> Result<Exit, Problems> {
    let path = text_of(settings)?;
    let settings = read_text(&Disk, &path, TABLE_LIMIT, None)?;
    let (assessment, mut rules, problems) = asked.subject.load(terminal)?;
    terminal.warn(&problems);
    write_result(&lists(&assessment, &mut rules, (&path, &settings.text), asked.subject.threads())?)
}

/// Shows what a session changes, and writes it: all of it or nothing.
fn apply_session(asked: &Workshop, session: &Path, terminal: &Terminal) -> Result<Exit, Problems> {
    let (assessment, rules, session) = (asked.subject.assessment()?, asked.subject.rules()?, text_of(session)?);
    let request = ApplyRequest {
        assessment: &assessment,
        rules: rules.as_deref(),
        session: &session,
        meeting: asked.meeting.as_deref(),
    };
    let busy = terminal.show_busy("ranking");
    let applied = apply(&Disk, &request, asked.subject.threads())?;
    drop(busy);
    terminal.warn(&applied.problems);
    let written = tell_and_write(&settled(&applied), &applied.movement, &applied.files, asked.dry_run, terminal);
    if !asked.dry_run && written.is_ok() {
        terminal.say(&format!(
            "the list is the session's, to the digit; seal it with: prioritise record {} -o RECORD",
            typed(&asked.subject.assessment)
        ));
    }
    written
}

/// What changes, in words.
fn settled(applied: &AppliedSession) -> String {
    if applied.changes.is_empty() {
        return "Nothing was settled otherwise than it is filed.\n".to_owned();
    }
    let changes: Vec<String> = applied.changes.iter().map(|change| format!("  {change}\n")).collect();
    format!("What was settled:\n{}", changes.concat())
}
