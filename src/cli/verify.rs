//! `prioritise verify`: whether a record is whole, unaltered, and gives the list that it holds.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::disk::{Disk, available_threads, read_folder, text_of};
use super::output::{Terminal, write_result};
use crate::diagnostic::Problems;
use crate::record::signature::trust::{self, Signer};
use crate::record::{self, views};

/// Check a record's digests, make its list again, and show the first difference
#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    /// The record's folder
    record: PathBuf,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write it to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whose signatures it must have: a public key or a list of signers; repeat for
    /// each file
    #[arg(long, value_name = "FILE")]
    trust: Vec<PathBuf>,
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
    let trusted = trusted(&asked.trust)?;
    let busy = terminal.show_busy("verifying");
    let contents = read_folder(&asked.record)?;
    let found = record::verify(&contents, asked.threads.unwrap_or_else(available_threads));
    let found = found.with_signatures(&contents, &trusted);
    drop(busy);
    let text = match asked.format {
        Format::Text => views::verification::text(&found, terminal.colour && asked.output.is_none()),
        Format::Json => views::verification::json(&found),
    };
    write_result(&text, asked.output.as_deref())?;
    Ok(if found.holds() { Exit::Done } else { Exit::No })
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
