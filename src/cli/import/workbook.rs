//! `prioritise import workbook`: what was changed in a workbook of ours.

use std::path::PathBuf;

use super::shared::{OutputFolder, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, available_threads, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::returned::{self, ReturnOptions};

/// What was changed in a workbook that `rank --format xlsx` wrote: weights, tiers, anchors, judgements
#[derive(Debug, clap::Args)]
pub(super) struct Workbook {
    /// The changed workbook
    file: PathBuf,
    /// The assessment that the workbook was made of, as it was then; the folder you are in, if left out
    #[arg(long, value_name = "FOLDER", default_value = ".", hide_default_value = true)]
    original: PathBuf,
    /// Its rule set, where it is another than the assessment names
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// The role of the person who changed judgements
    #[arg(long, value_name = "ROLE")]
    by: String,
    /// When they were changed: `2026-04-20`
    #[arg(long, value_name = "DAY")]
    date: String,
    /// Why they were changed, in a sentence
    #[arg(long, value_name = "SENTENCE")]
    because: String,
    #[command(flatten)]
    into: OutputFolder,
}

pub(super) fn run(asked: &Workbook, terminal: &Terminal) -> Result<Exit, Problems> {
    let options = ReturnOptions {
        path: text_of(&asked.file)?,
        original: text_of(&asked.original)?,
        rules: asked.rules.as_deref().map(text_of).transpose()?,
        by: asked.by.clone(),
        date: asked.date.clone(),
        because: asked.because.clone(),
    };
    write(&returned::import(&Disk, &options, available_threads())?, &asked.into, terminal)
}
