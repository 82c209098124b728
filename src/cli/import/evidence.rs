//! `prioritise import evidence`: forms for figures that came back, as evidence in the assessment's own files.

use clap::ValueEnum;

use super::shared::FormsInto;
use crate::cli::Exit;
use crate::cli::changed::tell_and_write;
use crate::cli::disk::{Disk, available_threads};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::figures::{self, FiguresRequest};

/// Forms for figures that `prioritise form ASSESSMENT evidence` made and colleagues filled in: evidence in the assessment's own
/// files
#[derive(Debug, clap::Args)]
pub(super) struct Evidence {
    #[command(flatten)]
    subject: FormsInto,
    /// What is done with figures that are filed; what is missing always gives way, and later periods join a series
    #[arg(long, value_enum, default_value = "keep")]
    existing: ExistingWord,
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
    let names = asked.subject.names()?;
    let request = FiguresRequest {
        assessment: &names.assessment,
        rules: names.rules.as_deref(),
        forms: &names.forms,
        replaces: asked.existing == ExistingWord::Replace,
    };
    let busy = terminal.show_busy("ranking");
    let imported = figures::import(&Disk, &request, available_threads())?;
    drop(busy);
    terminal.warn(&imported.problems);
    let summary = format!("{}\n", imported.summary());
    tell_and_write(&summary, &imported.movement, &imported.files, asked.subject.dry_run, terminal)
}
