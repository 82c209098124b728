//! `prioritise import`: other people's files into evidence. One file for each kind; what all kinds share is here.

mod deprivation;
mod fingertips;
mod harm;
mod home_office;
mod matrix;
mod police_uk;

use std::path::{Path, PathBuf};

use super::Exit;
use super::disk::{exists, make_folder, write_together};
use super::output::{Terminal, write_errors, write_result};
use crate::assessment::CandidateKind;
use crate::diagnostic::{Code, Problem, Problems};
use crate::import;

/// Turn published files into evidence, with an account of every row
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    #[command(subcommand)]
    kind: Kind,
}

/// The kinds of data that can be imported.
#[derive(Debug, clap::Subcommand)]
enum Kind {
    /// Small areas of the English Indices of Deprivation
    Deprivation(deprivation::Deprivation),
    /// Public health figures from Fingertips
    Fingertips(fingertips::Fingertips),
    /// Harm weights: the Cambridge Crime Harm Index, the Crime Severity Score
    #[command(name = "harm-index")]
    Harm(harm::Harm),
    /// Recorded crime by community safety partnership from the Home Office
    #[command(name = "home-office-csp")]
    HomeOffice(home_office::HomeOffice),
    /// A scoring spreadsheet: candidates down, criteria across, weights in a row
    Matrix(matrix::Matrix),
    /// Street-level crime from data.police.uk
    PoliceUk(police_uk::PoliceUk),
}

/// Where an import goes.
#[derive(Debug, clap::Args)]
struct Into {
    /// The folder to write to; it is made if it does not exist
    #[arg(long, short, value_name = "FOLDER")]
    output: PathBuf,
    /// Overwrite files that exist
    #[arg(long)]
    force: bool,
}

/// The document that the evidence cites.
#[derive(Debug, clap::Args)]
struct Document {
    /// The title of the document that the evidence cites
    #[arg(long, value_name = "TITLE")]
    document: Option<String>,
    /// When the document was published: `2026-04`
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
}

impl Document {
    fn cited(&self) -> import::Cited {
        import::Cited { title: self.document.clone(), date: self.published.clone() }
    }
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum CandidateWord {
    /// A type of crime or disorder
    Crime,
    /// A group of people
    People,
    /// A place
    Place,
    /// A theme that runs across them
    Theme,
}

impl From<CandidateWord> for CandidateKind {
    fn from(word: CandidateWord) -> Self {
        match word {
            CandidateWord::Crime => Self::Crime,
            CandidateWord::People => Self::People,
            CandidateWord::Place => Self::Place,
            CandidateWord::Theme => Self::Theme,
        }
    }
}

/// Paths as text.
fn paths(files: &[PathBuf]) -> Result<Vec<String>, Problem> {
    files.iter().map(|file| super::text_of(file)).collect()
}

pub(super) fn run(import: &Import, terminal: &Terminal) -> Result<Exit, Problems> {
    match &import.kind {
        Kind::Deprivation(kind) => deprivation::run(kind, terminal),
        Kind::Fingertips(kind) => fingertips::run(kind, terminal),
        Kind::Harm(kind) => harm::run(kind, terminal),
        Kind::HomeOffice(kind) => home_office::run(kind, terminal),
        Kind::Matrix(kind) => matrix::run(kind, terminal),
        Kind::PoliceUk(kind) => police_uk::run(kind, terminal),
    }
}

/// Writes what an import made, all of it or nothing, and then its account.
fn write(import: &import::Import, into: &Into, terminal: &Terminal) -> Result<Exit, Problems> {
    import.account.balance()?;
    let mut files: Vec<(PathBuf, &str)> = Vec::new();
    for (name, text) in &import.files {
        files.push((into.output.join(name), text));
    }
    if !into.force {
        refuse_existing(files.iter().map(|(path, _)| &**path))?;
    }
    for folder in files.iter().filter_map(|(path, _)| path.parent()) {
        make_folder(folder)?;
    }
    write_together(&files)?;
    let written = write_result(&import.told(), None);
    if !terminal.quiet {
        let written: Vec<String> = files.iter().map(|(path, _)| format!("wrote {}\n", path.display())).collect();
        write_errors(&written.concat());
    }
    written
}

/// Notes every file that is there already.
fn refuse_existing<'a>(paths: impl Iterator<Item = &'a Path>) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for path in paths.filter(|path| exists(path)) {
        let message = format!("`{}` exists already: nothing is written", path.display());
        problems.push(Problem::new(Code::FileExists, message).help("name another folder, or add `--force`"));
    }
    if problems.any_error() { Err(problems) } else { Ok(()) }
}
