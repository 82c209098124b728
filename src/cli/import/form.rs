//! `prioritise import form`: scorers' forms that came back, as judgements in the assessment's own files.

use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::paths;
use crate::cli::Exit;
use crate::cli::changed::{ChangeOptions, tell_and_write};
use crate::cli::disk::{Disk, available_threads, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::scorers::{self, ScoresRequest};

/// Scorers' forms that `prioritise form` made and people filled in: judgements in the assessment's own files
#[derive(Debug, clap::Args)]
pub(super) struct Form {
    /// The forms that came back, one of each person: `.xlsx` or `.ods`
    #[arg(required = true)]
    forms: Vec<PathBuf>,
    /// The assessment that they were made of, into whose evidence files the judgements go
    #[arg(long, value_name = "ASSESSMENT")]
    into: PathBuf,
    /// Its rule set, where it is another than the assessment names
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// What is done with what people judged before; made-up judgements and missing ones always give way
    #[arg(long, value_enum, default_value = "keep")]
    existing: ExistingWord,
    #[command(flatten)]
    change: ChangeOptions,
}

/// What is done with judgements that are there.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ExistingWord {
    /// They stay, and the new scores of the same are left out
    Keep,
    /// The new scores stand beside those of the people who judged before
    Add,
    /// The new scores take their place
    Replace,
}

impl From<ExistingWord> for scorers::Existing {
    fn from(word: ExistingWord) -> Self {
        match word {
            ExistingWord::Keep => Self::Keep,
            ExistingWord::Add => Self::Add,
            ExistingWord::Replace => Self::Replace,
        }
    }
}

pub(super) fn run(asked: &Form, terminal: &Terminal) -> Result<Exit, Problems> {
    let (forms, assessment) = (paths(&asked.forms)?, text_of(&asked.into)?);
    let rules = asked.rules.as_deref().map(text_of).transpose()?;
    let request = ScoresRequest {
        assessment: &assessment,
        rules: rules.as_deref(),
        forms: &forms,
        existing: asked.existing.into(),
    };
    let busy = terminal.show_busy("ranking");
    let imported = scorers::import(&Disk, &request, available_threads())?;
    drop(busy);
    imported.account.balance()?;
    terminal.warn(&imported.problems);
    tell_and_write(&imported.summary(), &imported.movement, &imported.files, &asked.change, terminal)
}
