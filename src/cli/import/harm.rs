//! `prioritise import harm-index`: harm weights, and counts joined with them.

use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::{CitedDocument, OutputFolder, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::harm::{self, CountsToJoin, HarmOptions, SeveralWeights};

/// Harm weights: the Cambridge Crime Harm Index, the Crime Severity Score
#[derive(Debug, clap::Args)]
pub(super) struct Harm {
    /// The workbook or CSV of weights
    file: PathBuf,
    /// The only sheet to read; every sheet that has weights if left out
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The header of the column of codes; the one that has the codes of the counts if left out
    #[arg(long, value_name = "HEADER")]
    code: Option<String>,
    /// Which edition it is, where the file does not say so
    #[arg(long)]
    edition: Option<String>,
    /// Counts to be joined: `Offence Code` or `Offence`, and `Count`; or the Home Office's by partnership
    #[arg(long, value_name = "FILE", requires = "period")]
    counts: Option<PathBuf>,
    /// The period that the counts cover: `2025/26`
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// The partnership, where the counts are the Home Office's; repeat for each that became part of it
    #[arg(long, value_name = "NAME")]
    csp: Vec<String>,
    /// The candidate's title, where the counts have no `Offence Group`
    #[arg(long, default_value = "All offences")]
    title: String,
    /// Which weight to use for a code with several; such counts are left out if it is not given
    #[arg(long, value_enum)]
    several: Option<SeveralWord>,
    #[command(flatten)]
    document: CitedDocument,
    #[command(flatten)]
    into: OutputFolder,
}

/// Which of several weights.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SeveralWord {
    /// The lowest
    Lowest,
    /// The highest
    Highest,
}

pub(super) fn run(asked: &Harm, terminal: &Terminal) -> Result<Exit, Problems> {
    let counts = match (&asked.counts, &asked.period) {
        (Some(path), Some(period)) => Some(CountsToJoin {
            path: text_of(path)?,
            period: period.clone(),
            csp: asked.csp.clone(),
            title: asked.title.clone(),
        }),
        _ => None,
    };
    let options = HarmOptions {
        path: text_of(&asked.file)?,
        sheet: asked.sheet.clone(),
        code: asked.code.clone(),
        edition: asked.edition.clone(),
        several: asked.several.map(|several| match several {
            SeveralWord::Lowest => SeveralWeights::Lowest,
            SeveralWord::Highest => SeveralWeights::Highest,
        }),
        counts,
        cited: asked.document.cited(),
    };
    write(&harm::import(&Disk, &options)?, &asked.into, terminal)
}
