//! `prioritise import deprivation`: the English Indices of Deprivation.

use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::{CitedDocument, OutputFolder, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::{Code, Problem, Problems};
use crate::import::deprivation::{self, CandidateArea, DeprivationOptions};
use crate::import::lookup::{AreaKind, needed};

/// Small areas of the English Indices of Deprivation
#[derive(Debug, clap::Args)]
pub(super) struct Deprivation {
    /// The file with all ranks, scores, deciles and populations (File 7)
    file: PathBuf,
    /// The district, by name or code; repeat for each
    #[arg(long, value_name = "NAME")]
    district: Vec<String>,
    /// What makes a candidate; each small area, or each area of the lookup, if left out
    #[arg(long = "as", value_name = "WHAT", value_enum)]
    candidates: Option<CandidateAreaWord>,
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
    /// Each ward of `--lookup`
    Ward,
    /// Each district
    District,
}

pub(super) fn run(asked: &Deprivation, terminal: &Terminal) -> Result<Exit, Problems> {
    let lookup = asked.lookup.as_deref().map(text_of).transpose()?;
    let by = match (lookup, asked.candidates) {
        (Some(path), None) => CandidateArea::Lookup(path, None),
        (Some(path), Some(CandidateAreaWord::Ward)) => CandidateArea::Lookup(path, Some(AreaKind::Ward)),
        (Some(path), Some(CandidateAreaWord::District)) => CandidateArea::Lookup(path, Some(AreaKind::District)),
        (Some(_), Some(CandidateAreaWord::SmallArea)) => {
            let problem = Problem::new(Code::ImportOption, "small areas need no lookup");
            return Err(problem.help("leave out `--lookup`, or `--as small-area`").into());
        }
        (None, Some(CandidateAreaWord::Ward)) => return Err(needed(AreaKind::Ward).into()),
        (None, Some(CandidateAreaWord::District)) => CandidateArea::District,
        (None, Some(CandidateAreaWord::SmallArea) | None) => CandidateArea::SmallArea,
    };
    let options = DeprivationOptions {
        path: text_of(&asked.file)?,
        districts: asked.district.clone(),
        by,
        cited: asked.document.cited(),
    };
    write(&deprivation::import(&Disk, &options)?, &asked.into, terminal)
}
