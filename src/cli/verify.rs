//! `prioritise verify`: what can be proven of a record: unaltered, reproduced, signed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::disk::{Disk, available_threads, read_folder, text_of};
use super::output::{Terminal, typed};
use super::result_options::ResultOptions;
use crate::diagnostic::Problems;
use crate::files::Files as _;
use crate::record::signature::trust::{self, Signer};
use crate::record::{self, views};

/// Check a record's digests, make its list again, and show the first difference
#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    /// The record's folder
    record: PathBuf,
    #[command(flatten)]
    result: ResultOptions<Format>,
    /// Whose signatures it must have: a public key or a list of signers; repeat for
    /// each file
    #[arg(long, value_name = "FILE")]
    trust: Vec<PathBuf>,
    /// Be content with the list where another engine made the record: its papers
    /// are then not checked
    #[arg(long)]
    list_only: bool,
    /// How many threads to use; the result is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// The formats of the answer.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For programs; `prioritise schema verification` describes it
    Json,
}

pub(super) fn run(asked: &Verify, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    let trusted = trusted(&asked.trust)?;
    let busy = terminal.show_busy("verifying");
    let contents = read_folder(&asked.record)?;
    let found = record::verify(&contents, asked.threads.unwrap_or_else(available_threads), &Disk.budget());
    let found = found.with_signatures(&contents, &trusted);
    drop(busy);
    let holds = found.holds(asked.list_only);
    let text = match format {
        Format::Text => views::verification::text(&found, asked.result.colour(terminal)),
        Format::Json => views::verification::json(&found, holds),
    };
    asked.result.write(&text, terminal)?;
    if holds {
        terminal.suggest(&format!("prioritise register append REGISTER {}", typed(&asked.record)));
    }
    Ok(if holds { Exit::Done } else { Exit::No })
}

/// All those whom these files trust.
fn trusted(files: &[PathBuf]) -> Result<Vec<Signer>, Problems> {
    let mut problems = Problems::default();
    let mut signers = Vec::new();
    for file in files {
        signers.extend(trust::load(&Disk, &text_of(file)?, &mut problems));
    }
    if problems.has_errors() { Err(problems) } else { Ok(signers) }
}
