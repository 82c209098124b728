//! `prioritise import population`: mid-year population estimates.

use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::{CitedDocument, OutputFolder, paths, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::lookup::{AreaKind, needed};
use crate::import::population::{self, Ages, PeopleGroup, PopulationOptions, PopulationOutput, Sex};

/// Population estimates of the ONS: what counts are set against
///
/// Reads mid-year estimates of local authorities, wards and neighbourhoods as the ONS and Nomis publish them, and writes
/// the assessment's population, evidence that rules can set counts against, or a table of peers.
#[derive(Debug, clap::Args)]
pub(super) struct Population {
    /// The workbooks or CSV files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The area, by name or code, or the district of small areas; repeat for each
    #[arg(long, value_name = "AREA")]
    area: Vec<String>,
    /// What to make of them
    #[arg(long = "as", value_name = "WHAT", value_enum, default_value = "assessment")]
    output_kind: OutputWord,
    /// Evidence for the candidate with this id, of the areas added up
    #[arg(long, value_name = "ID", conflicts_with = "output_kind")]
    candidate: Option<String>,
    /// The year of the estimate, the latest if left out; repeat for each in a table
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u32).range(1981..2100))]
    year: Vec<u32>,
    /// Whom to count
    #[arg(long, value_enum, default_value = "persons")]
    sex: SexWord,
    /// Of which ages: `10-17`, `65+`
    #[arg(long, value_name = "AGES", value_parser = ages, default_value = "all")]
    ages: Ages,
    /// Add up small areas: a table of `LSOA code` and `Area`, or of the ONS with `LSOA21CD` and `WD24NM`
    #[arg(long, value_name = "FILE")]
    lookup: Option<PathBuf>,
    /// The evidence name; `residents`, or one made of sex and ages, if left out
    #[arg(long, value_name = "NAME")]
    evidence: Option<String>,
    #[command(flatten)]
    document: CitedDocument,
    #[command(flatten)]
    into: OutputFolder,
}

/// What to make of the areas.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputWord {
    /// The assessment's population, of the areas added up
    Assessment,
    /// A candidate for each area, or area of `--lookup`
    Area,
    /// A candidate for each ward of `--lookup`
    Ward,
    /// A candidate for each district of `--lookup`
    District,
    /// A plain CSV: a row for each area, as `--peers` reads it
    Table,
}

/// Whom to count.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SexWord {
    /// Everybody
    Persons,
    /// Women and girls
    Female,
    /// Men and boys
    Male,
}

fn ages(text: &str) -> Result<Ages, String> {
    Ages::parse(text).ok_or_else(|| "write ages in completed years, such as `10-17`, `65+` or `all`".to_owned())
}

pub(super) fn run(asked: &Population, terminal: &Terminal) -> Result<Exit, Problems> {
    let kind = match asked.output_kind {
        OutputWord::Ward => Some(AreaKind::Ward),
        OutputWord::District => Some(AreaKind::District),
        OutputWord::Assessment | OutputWord::Area | OutputWord::Table => None,
    };
    let lookup = match (&asked.lookup, kind) {
        (Some(path), kind) => Some((text_of(path)?, kind)),
        (None, Some(kind)) => return Err(needed(kind).into()),
        (None, None) => None,
    };
    let output = match (&asked.candidate, asked.output_kind) {
        (Some(id), _) => PopulationOutput::Candidate(id.clone()),
        (None, OutputWord::Assessment) => PopulationOutput::Assessment,
        (None, OutputWord::Area | OutputWord::Ward | OutputWord::District) => PopulationOutput::Areas,
        (None, OutputWord::Table) => PopulationOutput::Table,
    };
    let options = PopulationOptions {
        paths: paths(&asked.files)?,
        areas: asked.area.clone(),
        output,
        lookup,
        years: asked.year.clone(),
        group: PeopleGroup {
            sex: match asked.sex {
                SexWord::Persons => Sex::Persons,
                SexWord::Female => Sex::Female,
                SexWord::Male => Sex::Male,
            },
            ages: asked.ages,
        },
        evidence: asked.evidence.clone(),
        cited: asked.document.cited(),
    };
    write(&population::import(&Disk, &options)?, &asked.into, terminal)
}
