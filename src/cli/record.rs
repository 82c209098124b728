//! `prioritise record`: the sealed folder that lets anyone reproduce a ranking.

use std::path::{Path, PathBuf};

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::disk::{Disk, read_folder, text_of, write_folder};
use super::done::DoneFormat;
use super::output::{Terminal, typed};
use crate::diagnostic::Problems;
use crate::digest::digest;
use crate::files::Files as _;
use crate::record::{self, Draws, Run, SealStatement, TAG_MANIFEST};
use crate::report::done::Done;
use crate::sensitivity::{DEFAULT_SEED, MAX_DRAWS};

/// Seal an assessment, its rules and its ranking in a folder that anyone can check and reproduce
#[derive(Debug, clap::Args)]
pub(super) struct Record {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// The folder to make; it must not exist
    #[arg(long, short, value_name = "FOLDER")]
    output: PathBuf,
    /// Lay the paper out by the templates in this folder
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
    /// Include where each candidate comes in this many draws of weights and evidence
    #[arg(long, value_name = "DRAWS", value_parser = clap::value_parser!(u64).range(1..=MAX_DRAWS))]
    draws: Option<u64>,
    /// The seed of the draws
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED, requires = "draws")]
    seed: u64,
    /// The day to state, `2020-02-14`; the clock is not read
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// The role of the person who seals it
    #[arg(long, value_name = "ROLE")]
    by: Option<String>,
    /// Anything else to state, in a line
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The record that this one corrects and takes the place of: its folder, or its digest
    #[arg(long, value_name = "RECORD")]
    supersedes: Option<String>,
    #[command(flatten)]
    said: DoneFormat,
}

/// The digest of a record that is named by its folder or by that digest.
///
/// # Errors
/// Where the record in the folder is not whole and unaltered.
fn superseded(named: &str) -> Result<String, Problems> {
    if named.starts_with("sha256:") {
        return Ok(named.to_owned());
    }
    let contents = read_folder(Path::new(named)).map_err(|found| record::about_record(named, found))?;
    let found = record::check_integrity(&contents).map_err(|found| record::about_record(named, found))?;
    Ok(found.digest)
}

pub(super) fn run(asked: &Record, terminal: &Terminal) -> Result<Exit, Problems> {
    let run = Run {
        draws: asked.draws.map(|draws| Draws { draws, seed: asked.seed }),
        stated: SealStatement {
            date: asked.date.clone(),
            by: asked.by.clone(),
            note: asked.note.clone(),
            supersedes: asked.supersedes.as_deref().map(superseded).transpose()?,
        },
    };
    let templates = asked.templates.as_deref().map(text_of).transpose()?;
    let subject = &asked.subject;
    let busy = terminal.show_busy("sealing");
    let mut problems = Problems::default();
    let inputs = record::gather(
        &Disk,
        &subject.assessment()?,
        subject.rules()?.as_deref(),
        templates.as_deref(),
        &mut problems,
    )?;
    let contents = record::seal(&inputs, &run, subject.threads(), &Disk.budget())?;
    drop(busy);
    terminal.warn(&problems);
    write_folder(&asked.output, &contents)?;
    let digest = contents.get(TAG_MANIFEST).map(|bytes| digest(bytes)).unwrap_or_default();
    let (folder, typed) = (asked.output.display(), typed(&asked.output));
    terminal.say(&format!("sealed {} files in {folder}; check it with: prioritise verify {typed}", contents.len()));
    asked.said.say(&Done {
        command: "record",
        wrote: vec![text_of(&asked.output)?],
        told: format!("{digest}\n"),
        digest: Some(digest),
        problems: problems.without_notes(),
        ..Done::default()
    })
}
