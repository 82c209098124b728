//! `prioritise import evidence`: forms for figures that came back, as evidence in the assessment's own files.

use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::paths;
use crate::cli::Exit;
use crate::cli::changed::{ChangeOptions, tell_and_write};
use crate::cli::disk::{Disk, available_threads, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::figures::{self, FiguresRequest};

/// Forms for figures that `prioritise form ASSESSMENT evidence` made and colleagues filled in: evidence in the assessment's own
/// files
#[derive(Debug, clap::Args)]
pub(super) struct Evidence {
    /// The forms that came back: `.xlsx` or `.ods`
    #[arg(required = true)]
    forms: Vec<PathBuf>,
    /// The assessment that they were made of, into whose evidence files the figures go
    #[arg(long, value_name = "ASSESSMENT")]
    into: PathBuf,
    /// Its rule set, where it is another than the assessment names
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// What is done with figures that are filed; what is missing always gives way, and later periods join a series
    #[arg(long, value_enum, default_value = "keep")]
    existing: ExistingWord,
    #[command(flatten)]
    change: ChangeOptions,
}

/// What is done with figures that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExistingWord {
    /// They stay, and other figures for the same are left out and told
    Keep,
    /// The new figures take their place
    Replace,
}

pub(super) fn run(asked: &Evidence, terminal: &Terminal) -> Result<Exit, Problems> {
    let (forms, assessment) = (paths(&asked.forms)?, text_of(&asked.into)?);
    let rules = asked.rules.as_deref().map(text_of).transpose()?;
    let request = FiguresRequest {
        assessment: &assessment,
        rules: rules.as_deref(),
        forms: &forms,
        replaces: asked.existing == ExistingWord::Replace,
    };
    let busy = terminal.show_busy("ranking");
    let imported = figures::import(&Disk, &request, available_threads())?;
    drop(busy);
    terminal.warn(&imported.problems);
    tell_and_write(&imported.summary(), &imported.movement, &imported.files, &asked.change, terminal)
}
