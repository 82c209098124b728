//! `prioritise import`: other people's files into evidence. One file for each kind.

mod deprivation;
mod evidence;
mod fingertips;
mod form;
mod harm;
mod home_office;
mod matrix;
mod members;
mod police_uk;
mod population;
mod shared;
mod table;
mod workbook;

use super::Exit;
use super::output::Terminal;
use crate::diagnostic::Problems;

/// Turn published files into evidence, with an account of every row
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    #[command(subcommand)]
    kind: ImportKind,
}

/// The kinds of data that can be imported.
#[derive(Debug, clap::Subcommand)]
enum ImportKind {
    /// Small areas of the English Indices of Deprivation
    Deprivation(deprivation::Deprivation),
    /// Forms for figures that colleagues filled in: evidence in the assessment's own files
    Evidence(evidence::Evidence),
    /// Public health figures from Fingertips
    Fingertips(fingertips::Fingertips),
    /// Scorers' forms that `prioritise form` made and people filled in: judgements in the assessment's own files
    Form(form::Form),
    /// Harm weights: the Cambridge Crime Harm Index, the Crime Severity Score
    #[command(name = "harm-index")]
    Harm(harm::Harm),
    /// Recorded crime by community safety partnership from the Home Office
    #[command(name = "home-office-csp")]
    HomeOffice(home_office::HomeOffice),
    /// A scoring spreadsheet: a matrix of scores with weights or without, or a risk register
    Matrix(matrix::Matrix),
    /// Lists of members' priorities, for an assessment that is made from several
    Members(members::Members),
    /// Street-level crime, outcomes, stop and search from data.police.uk
    PoliceUk(police_uk::PoliceUk),
    /// Population estimates of the ONS: what counts are set against
    Population(population::Population),
    /// Any other table: a row for each figure, periods across, or a row for each thing that happened
    ///
    /// Say what the columns are, by their headers or as `column F`; with a file and `-o` alone it says which headers there are.
    /// Each text under `--id` becomes a candidate. Figures stand in the columns of `--value` or across the headers
    /// (`--across`), or each row is one thing that happened (`--count-rows`). Nothing is guessed: what is neither a number
    /// nor a mark that is known is refused, with its cell.
    Table(Box<table::Table>),
    /// What was changed in a workbook that `rank --format xlsx` wrote
    Workbook(workbook::Workbook),
}

pub(super) fn run(import: &Import, terminal: &Terminal) -> Result<Exit, Problems> {
    match &import.kind {
        ImportKind::Deprivation(kind) => deprivation::run(kind, terminal),
        ImportKind::Evidence(kind) => evidence::run(kind, terminal),
        ImportKind::Fingertips(kind) => fingertips::run(kind, terminal),
        ImportKind::Form(kind) => form::run(kind, terminal),
        ImportKind::Harm(kind) => harm::run(kind, terminal),
        ImportKind::HomeOffice(kind) => home_office::run(kind, terminal),
        ImportKind::Matrix(kind) => matrix::run(kind, terminal),
        ImportKind::Members(kind) => members::run(kind, terminal),
        ImportKind::PoliceUk(kind) => police_uk::run(kind, terminal),
        ImportKind::Population(kind) => population::run(kind, terminal),
        ImportKind::Table(kind) => table::run(kind, terminal),
        ImportKind::Workbook(kind) => workbook::run(kind, terminal),
    }
}
