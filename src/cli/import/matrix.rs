//! `prioritise import matrix`: a scoring spreadsheet.

use std::path::PathBuf;

use super::shared::{CandidateWord, OutputFolder, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::matrix::{self, MatrixOptions};

/// A scoring spreadsheet: candidates down, criteria across, weights in a row
#[derive(Debug, clap::Args)]
pub(super) struct Matrix {
    /// The workbook or CSV file
    file: PathBuf,
    /// The sheet, where several have a row of weights
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The lowest and highest possible score, where the sheet does not state its scale
    #[arg(long, num_args = 2, value_names = ["LOWEST", "HIGHEST"], allow_negative_numbers = true)]
    scale: Option<Vec<f64>>,
    /// The role of the person who scored
    #[arg(long, value_name = "ROLE")]
    by: String,
    /// When it was scored: `2026-04-20`
    #[arg(long)]
    date: String,
    /// Why it was scored so, in a sentence
    #[arg(long, value_name = "SENTENCE")]
    because: String,
    /// The assessment's title
    #[arg(long)]
    title: String,
    /// The partnership's name
    #[arg(long, value_name = "NAME")]
    partnership: String,
    /// The assessment's period: `2025/26`
    #[arg(long)]
    period: String,
    /// What each candidate is
    #[arg(long, value_enum, default_value = "theme")]
    kind: CandidateWord,
    /// How many candidates can be priorities
    #[arg(long, value_name = "N")]
    places: Option<u32>,
    #[command(flatten)]
    into: OutputFolder,
}

pub(super) fn run(asked: &Matrix, terminal: &Terminal) -> Result<Exit, Problems> {
    let options = MatrixOptions {
        path: text_of(&asked.file)?,
        sheet: asked.sheet.clone(),
        scale: match asked.scale.as_deref() {
            Some([low, high]) => Some((*low, *high)),
            _ => None,
        },
        by: asked.by.clone(),
        date: asked.date.clone(),
        because: asked.because.clone(),
        title: asked.title.clone(),
        partnership: asked.partnership.clone(),
        period: asked.period.clone(),
        kind: asked.kind.into(),
        places: asked.places,
    };
    write(&matrix::import(&Disk, &options)?, &asked.into, terminal)
}
