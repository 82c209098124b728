//! `prioritise workshop`: a page for the board's meeting, and what was settled there brought back into the folder.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::disk::{Disk, make_folder, refuse_in_record, text_of, write_together};
use super::output::{Terminal, write_errors, write_result};
use super::result_options::ResultOptions;
use crate::diagnostic::Problems;
use crate::files::{TABLE_LIMIT, read_text};
use crate::filing::ChangedFile;
use crate::report;
use crate::words::visible;
use crate::workshop::lists;
use crate::workshop::session::{AppliedSession, ApplyRequest, apply};

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
    result.write(&text)
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
    let shown = told(&applied);
    if !asked.dry_run {
        let files: Vec<(&Path, &str)> =
            applied.files.iter().map(|file| (Path::new(&file.path), &*file.after)).collect();
        files.iter().try_for_each(|(path, _)| refuse_in_record(path))?;
        for folder in files.iter().filter_map(|(path, _)| path.parent()).filter(|it| !it.as_os_str().is_empty()) {
            make_folder(folder)?;
        }
        write_together(&files)?;
    }
    let written = write_result(&*visible(&shown, &['\n']));
    if !terminal.quiet {
        let said = |file: &ChangedFile| match asked.dry_run {
            true => format!("would write {}\n", file.path),
            false => format!("wrote {}\n", file.path),
        };
        write_errors(&applied.files.iter().map(said).collect::<String>());
        if !asked.dry_run {
            write_errors(&format!(
                "the list is the session's, to the digit; seal it with: prioritise record {assessment} -o RECORD\n"
            ));
        }
    }
    written
}

/// What changes in words, who moves, and every line of the files that goes or comes.
fn told(applied: &AppliedSession) -> String {
    let mut text = String::new();
    let mut section = |title: &str, lines: &[String]| {
        text.push_str(&format!("{title}\n"));
        for line in lines {
            text.push_str(&format!("  {line}\n"));
        }
    };
    match applied.changes.is_empty() {
        true => section("Nothing was settled otherwise than it is filed.", &[]),
        false => section("What was settled:", &applied.changes),
    }
    let moved = report::moved_lines(&applied.movement);
    match moved.is_empty() {
        true => section("Nobody moves.", &[]),
        false => section("Who moves:", &moved),
    }
    for file in &applied.files {
        let lines = file.changed_lines();
        match &file.before {
            Some(_) => section(&format!("{}:", file.path), &lines),
            // Of a new file how long it is: a session has thousands of lines.
            None => section(&format!("{}: new", file.path), &new_file(&lines)),
        }
    }
    text
}

/// A new file of a few lines whole, else how many it has.
fn new_file(lines: &[String]) -> Vec<String> {
    const FEW: usize = 60;
    let lines = lines.get(1..).unwrap_or_default();
    match lines.len() {
        count if count > FEW => vec![format!("{count} lines")],
        _ => lines.to_vec(),
    }
}
