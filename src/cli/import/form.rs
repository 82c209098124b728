//! `prioritise import form`: scorers' forms that came back, as judgements in the assessment's own files.

use clap::ValueEnum;

use super::shared::FormsInto;
use crate::cli::Exit;
use crate::cli::changed::tell_and_write;
use crate::cli::disk::{Disk, available_threads};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::scorers::{self, ScoresRequest};

/// Scorers' forms that `prioritise form` made and people filled in: judgements in the assessment's own files
#[derive(Debug, clap::Args)]
pub(super) struct Form {
    #[command(flatten)]
    subject: FormsInto,
    /// What is done with what people judged before; made-up judgements and missing ones always give way
    #[arg(long, value_enum, default_value = "keep")]
    existing: ExistingWord,
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
    let names = asked.subject.names()?;
    let request = ScoresRequest {
        assessment: &names.assessment,
        rules: names.rules.as_deref(),
        forms: &names.forms,
        existing: asked.existing.into(),
    };
    let busy = terminal.show_busy("ranking");
    let imported = scorers::import(&Disk, &request, available_threads())?;
    drop(busy);
    imported.account.balance()?;
    terminal.warn(&imported.problems);
    let summary = format!("{}\n", imported.summary());
    tell_and_write(&summary, &imported.movement, &imported.files, asked.subject.dry_run, terminal)
}
