//! `prioritise import home-office-csp`: recorded crime by partnership.

use clap::ValueEnum;

use super::shared::{CitedDocument, OutputFolder, paths, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::home_office::{self, CandidateColumn, HomeOfficeOptions, YearOrQuarter};

/// Recorded crime by community safety partnership from the Home Office
#[derive(Debug, clap::Args)]
pub(super) struct HomeOffice {
    /// The workbooks or CSV files
    #[arg(required = true)]
    files: Vec<std::path::PathBuf>,
    /// The partnership; repeat for each that became part of it: they are added up
    #[arg(long, value_name = "NAME", required = true)]
    csp: Vec<String>,
    /// What makes a candidate
    #[arg(long = "as", value_name = "WHAT", value_enum, default_value = "group")]
    candidates: CandidateColumnWord,
    /// Count what the files call OLD as NEW, where a name changed; repeat for each
    #[arg(long, value_name = "OLD=NEW", value_parser = two_names)]
    join: Vec<(String, String)>,
    /// What each count of a series covers
    #[arg(long, value_enum, default_value = "year")]
    every: PointSpan,
    /// A table of `Area` and `Population`, your own included: the areas to compare with
    #[arg(long, value_name = "FILE")]
    peers: Option<std::path::PathBuf>,
    /// The evidence name of the series
    #[arg(long, value_name = "NAME", default_value = "recorded")]
    evidence: String,
    #[command(flatten)]
    document: CitedDocument,
    #[command(flatten)]
    into: OutputFolder,
}

/// Columns that make candidates.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum CandidateColumnWord {
    /// Offence Group
    Group,
    /// Offence Subgroup
    Subgroup,
    /// Offence Code
    Code,
}

/// What a count covers.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PointSpan {
    /// April to March
    Year,
    /// Three months
    Quarter,
}

fn two_names(text: &str) -> Result<(String, String), String> {
    match text.split_once('=').map(|(old, new)| (old.trim(), new.trim())) {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => Ok((old.to_owned(), new.to_owned())),
        _ => Err("write the old name, `=` and the new one, in quotes".to_owned()),
    }
}

pub(super) fn run(asked: &HomeOffice, terminal: &Terminal) -> Result<Exit, Problems> {
    let options = HomeOfficeOptions {
        paths: paths(&asked.files)?,
        csp: asked.csp.clone(),
        by: match asked.candidates {
            CandidateColumnWord::Group => CandidateColumn::Group,
            CandidateColumnWord::Subgroup => CandidateColumn::Subgroup,
            CandidateColumnWord::Code => CandidateColumn::Code,
        },
        join: asked.join.clone(),
        every: match asked.every {
            PointSpan::Year => YearOrQuarter::Year,
            PointSpan::Quarter => YearOrQuarter::Quarter,
        },
        peers: asked.peers.as_deref().map(text_of).transpose()?,
        evidence: asked.evidence.clone(),
        cited: asked.document.cited(),
    };
    write(&home_office::import(&Disk, &options)?, &asked.into, terminal)
}
