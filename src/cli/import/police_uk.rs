//! `prioritise import police-uk`: the monthly files of data.police.uk.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;

use super::shared::{OutputFolder, write};
use crate::cli::Exit;
use crate::cli::disk::{Disk, text_of};
use crate::cli::output::Terminal;
use crate::diagnostic::Problems;
use crate::import::lookup::{self, AreaKind, PointLookup};
use crate::import::police_uk::{self, CountKind, Month, PoliceUkOptions};

/// Street-level crime, outcomes, stop and search from data.police.uk
///
/// Reads the monthly files and counts their rows by crime type, neighbourhood and month. A row whose Crime ID an earlier
/// row has, of British Transport Police, without a neighbourhood or outside the area is set aside and accounted for. A
/// month without a force's file is a gap, never zero.
#[derive(Debug, clap::Args)]
pub(super) struct PoliceUk {
    /// The zip from data.police.uk, a folder with its files, or one of them
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[command(flatten)]
    into: OutputFolder,
    /// What to count
    #[arg(long, value_enum, default_value = "crimes")]
    count: CountWord,
    /// What to make of the counts
    #[arg(long = "as", value_name = "WHAT", value_enum, default_value = "type")]
    output_kind: OutputWord,
    /// What each count of a series covers; a year with months missing is left out, and the account says so
    #[arg(long, value_enum, default_value = "month")]
    every: PointSpan,
    /// Only neighbourhoods whose LSOA name begins with these words: `Huntingdonshire`; repeat for each
    #[arg(long, value_name = "AREA")]
    area: Vec<String>,
    /// Only the LSOA codes in this file: one a line, or in a column such as `LSOA code` or `LSOA21CD`
    #[arg(long, value_name = "FILE")]
    area_codes: Option<PathBuf>,
    /// Count areas such as wards, not neighbourhoods: a table of `LSOA code` and `Area`, or of the ONS with `LSOA21CD` and
    /// `WD24NM`
    #[arg(long, value_name = "FILE")]
    lookup: Option<PathBuf>,
    /// In which neighbourhood points are, for stop and search, which has no neighbourhoods: a table of `Longitude`,
    /// `Latitude` and `LSOA code`, such as a street file; repeat for each
    #[arg(long, value_name = "FILE")]
    points: Vec<PathBuf>,
    /// The first month, `2024-04`; the first that has files if left out
    #[arg(long, value_name = "PERIOD", value_parser = month)]
    from: Option<Month>,
    /// The last month, `2025-03`; the last that has files if left out
    #[arg(long, value_name = "PERIOD", value_parser = month)]
    to: Option<Month>,
    /// Also count rows whose Crime ID an earlier row has
    #[arg(long)]
    keep_duplicates: bool,
    /// The evidence name of the series, as the rule set declares it
    #[arg(long, value_name = "NAME", default_value = "recorded")]
    evidence: String,
}

/// What to count.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum CountWord {
    /// Crimes and anti-social behaviour, by crime type
    Crimes,
    /// What became of crimes, by type of outcome, in the month in which it did
    Outcomes,
    /// Stops and searches, by what was searched for
    Stops,
    /// Stops and searches, by what came of them
    StopOutcomes,
}

/// What to make of the counts.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputWord {
    /// A candidate for each crime type, or what else is counted by, with a series
    Type,
    /// A candidate for each neighbourhood, or area of `--lookup`, with a count for each crime type
    Area,
    /// The same for each ward of `--lookup`
    Ward,
    /// The same for each district of `--lookup`
    District,
    /// A plain CSV: a row for each neighbourhood and crime type, a column for each month
    Table,
}

/// What a count covers.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PointSpan {
    /// A month
    Month,
    /// January to December
    Year,
    /// April to March
    FinancialYear,
}

pub(super) fn run(police: &PoliceUk, terminal: &Terminal) -> Result<Exit, Problems> {
    let mut problems = Problems::default();
    let path = text_of(&police.path)?;
    let mut remarks = Vec::new();
    let options = options(police, &mut remarks)?;
    let busy = terminal.show_busy("reading the files of months");
    let import = police_uk::import(&Disk, &path, &options, &mut problems);
    drop(busy);
    let Some(mut import) = import else { return Err(problems) };
    import.remarks.extend(remarks);
    terminal.warn(&problems);
    write(&import, &police.into, terminal)
}

fn options(police: &PoliceUk, remarks: &mut Vec<String>) -> Result<PoliceUkOptions, Problems> {
    let codes = match &police.area_codes {
        Some(path) => lookup::read_codes(&Disk, &text_of(path)?, remarks)?,
        None => BTreeSet::new(),
    };
    let kind = match police.output_kind {
        OutputWord::Ward => Some(AreaKind::Ward),
        OutputWord::District => Some(AreaKind::District),
        OutputWord::Type | OutputWord::Area | OutputWord::Table => None,
    };
    let lookup = match (&police.lookup, kind) {
        (Some(path), kind) => Some(lookup::read_areas(&Disk, &text_of(path)?, kind, remarks)?.areas),
        (None, Some(kind)) => return Err(lookup::needed(kind).into()),
        (None, None) => None,
    };
    let mut points = (!police.points.is_empty()).then(PointLookup::default);
    for path in &police.points {
        if let Some(points) = &mut points {
            points.read(&Disk, &text_of(path)?, remarks)?;
        }
    }
    Ok(PoliceUkOptions {
        count: match police.count {
            CountWord::Crimes => CountKind::Crimes,
            CountWord::Outcomes => CountKind::Outcomes,
            CountWord::Stops => CountKind::Stops,
            CountWord::StopOutcomes => CountKind::StopOutcomes,
        },
        by: match police.output_kind {
            OutputWord::Type => police_uk::OutputKind::Type,
            OutputWord::Area | OutputWord::Ward | OutputWord::District => police_uk::OutputKind::Area,
            OutputWord::Table => police_uk::OutputKind::Table,
        },
        every: match police.every {
            PointSpan::Month => police_uk::PointSpan::Month,
            PointSpan::Year => police_uk::PointSpan::Year,
            PointSpan::FinancialYear => police_uk::PointSpan::FinancialYear,
        },
        areas: police.area.clone(),
        codes,
        lookup,
        points,
        from: police.from,
        to: police.to,
        keep_duplicates: police.keep_duplicates,
        evidence: police.evidence.clone(),
    })
}

fn month(text: &str) -> Result<Month, String> {
    Month::parse_any(text).ok_or_else(|| "write a month from 2010 on, such as `2024-04`".to_owned())
}
