//! `prioritise import deprivation`: the English Indices of Deprivation.

use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::{CitedDocument, OutputFolder, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::deprivation::{self, CandidateArea, DeprivationOptions};

/// Small areas of the English Indices of Deprivation
#[derive(Debug, clap::Args)]
pub(super) struct Deprivation {
    /// The file with all ranks, scores, deciles and populations (File 7)
    file: PathBuf,
    /// The district, by name or code; repeat for each
    #[arg(long, value_name = "NAME")]
    district: Vec<String>,
    /// What makes a candidate
    #[arg(long, value_enum, default_value = "small-area", conflicts_with = "lookup")]
    by: CandidateAreaWord,
    /// A table of `LSOA code` and `Area`, or of the ONS with `LSOA21CD` and `WD24NM`: its areas make candidates
    #[arg(long, value_name = "FILE")]
    lookup: Option<PathBuf>,
    #[command(flatten)]
    document: CitedDocument,
    #[command(flatten)]
    into: OutputFolder,
}

/// What makes a candidate.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum CandidateAreaWord {
    /// Each small area (LSOA)
    SmallArea,
    /// Each district
    District,
}

pub(super) fn run(asked: &Deprivation, terminal: &Terminal) -> Result<Exit, Problems> {
    let by = match (&asked.lookup, asked.by) {
        (Some(path), _) => CandidateArea::Lookup(text_of(path)?),
        (None, CandidateAreaWord::SmallArea) => CandidateArea::SmallArea,
        (None, CandidateAreaWord::District) => CandidateArea::District,
    };
    let options = DeprivationOptions {
        path: text_of(&asked.file)?,
        districts: asked.district.clone(),
        by,
        cited: asked.document.cited(),
    };
    write(&deprivation::import(&Disk, &options)?, &asked.into, terminal)
}
