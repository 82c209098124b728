//! `prioritise import matrix`: a scoring spreadsheet.

mod details;

use std::path::PathBuf;

use super::shared::{CandidateWord, write};
use crate::cli::disk::{Disk, text_of};
use crate::cli::done::DoneFormat;
use crate::cli::output::Terminal;
use crate::cli::person::TerminalConversation;
use crate::cli::{Exit, person};
use crate::diagnostic::{Problem, Problems};
use crate::import::matrix::{self, CombineScores, CriteriaRun, MatrixOptions, SectionWeights};
use crate::imported;
use details::Details;

/// A scoring spreadsheet: a matrix of scores with weights or without, or a risk register
#[derive(Debug, clap::Args)]
pub(super) struct Matrix {
    /// The workbook or CSV file
    file: PathBuf,
    /// The sheet, where several have scores
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The lowest and highest possible score, where the sheet does not state its scale
    #[arg(long, num_args = 2, value_names = ["LOWEST", "HIGHEST"], allow_negative_numbers = true)]
    scale: Option<Vec<f64>>,
    /// What a word stands for, as a score: `--score "High=3"`, once for each word
    #[arg(long, value_name = "WORD=SCORE", value_parser = word_and_score)]
    score: Vec<(String, f64)>,
    /// Which way the criteria run, where the weights don't show it
    #[arg(long, value_enum)]
    criteria: Option<Run>,
    /// How scores become a total, where the totals don't show it
    #[arg(long, value_enum)]
    combine: Option<Combine>,
    /// How the weights of sections and of their criteria go together, where the totals don't show it
    #[arg(long, value_enum, value_name = "HOW")]
    section_weights: Option<Sections>,
    /// A column, row or section that is no part of it, by its header or as `column F`, `row 7` or `rows 7 to 9`; once for each
    #[arg(long, value_name = "NAME")]
    leave_out: Vec<String>,
    /// A candidate that looks as if it were none, such as `All violence`, by its name; once for each
    #[arg(long, value_name = "NAME")]
    keep: Vec<String>,
    /// Leave out what the spreadsheet hides, rather than read it like the rest
    #[arg(long)]
    leave_out_hidden: bool,
    /// What each candidate is
    #[arg(long, value_enum, default_value = "theme")]
    kind: CandidateWord,
    /// How many candidates can be priorities
    #[arg(long, value_name = "N")]
    places: Option<u32>,
    /// Overwrite files that exist
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    said: DoneFormat,
    #[command(flatten)]
    details: Details,
}

/// Which way criteria run.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Run {
    /// A column for each criterion, a row for each candidate
    Across,
    /// A row for each criterion, a column for each candidate
    Down,
}

/// How scores become a total.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Combine {
    /// Weight × score, added up
    Sum,
    /// Scores multiplied, as likelihood and impact are
    Product,
    /// Weight × score, added up in each section, and the sections multiplied
    Sections,
}

/// How sections' weights and those of their criteria go together.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Sections {
    /// A section's weight is shared among its criteria
    Shared,
    /// A criterion's weight is multiplied by its section's
    Multiplied,
}

fn word_and_score(text: &str) -> Result<(String, f64), String> {
    let found = text.rsplit_once('=').and_then(|(word, score)| Some((word.trim(), score.trim().parse::<f64>().ok()?)));
    let sound = found.filter(|(word, score)| !word.is_empty() && score.is_finite());
    sound.map(|(word, score)| (word.to_owned(), score)).ok_or_else(|| "write it as `High=3`".to_owned())
}

pub(super) fn run(asked: &Matrix, terminal: &Terminal) -> Result<Exit, Problems> {
    let given = asked.details.given();
    let mut options = asked.options()?;
    let sheet = match matrix::read(&Disk, &options) {
        Err(problems) if given.is_ok() && person::is_there() && matrix::lacks_scale(&problems) => {
            options.scale = Some(details::ask_scale(&mut TerminalConversation)?);
            matrix::read(&Disk, &options)
        }
        read => read,
    };
    // Nobody answers questions about a sheet that can't be read, and both are told at once.
    let (sheet, given) = match (sheet, given) {
        (Ok(sheet), Ok(given)) => (sheet, given),
        (sheet, given) => {
            let mut problems = sheet.err().unwrap_or_default();
            problems.extend(given.err().unwrap_or_default());
            return Err(problems);
        }
    };
    let (details, into) = given.complete(asked.kind.into(), asked.places, (asked.force, asked.said))?;
    let mut made = sheet.folder(&details);
    made.import.remarks.extend(imported::compare(&made.import, &made.list)?);
    write(&made.import, &into, terminal)
}

impl Matrix {
    /// How the sheet is to be read.
    fn options(&self) -> Result<MatrixOptions, Problem> {
        Ok(MatrixOptions {
            path: text_of(&self.file)?,
            sheet: self.sheet.clone(),
            scale: match self.scale.as_deref() {
                Some([low, high]) => Some((*low, *high)),
                _ => None,
            },
            words: self.score.clone(),
            criteria: self.criteria.map(|run| match run {
                Run::Across => CriteriaRun::Across,
                Run::Down => CriteriaRun::Down,
            }),
            combine: self.combine.map(|combine| match combine {
                Combine::Sum => CombineScores::Sum,
                Combine::Product => CombineScores::Product,
                Combine::Sections => CombineScores::Sections,
            }),
            sections: self.section_weights.map(|sections| match sections {
                Sections::Shared => SectionWeights::Shared,
                Sections::Multiplied => SectionWeights::Multiplied,
            }),
            leave_out: self.leave_out.clone(),
            keep: self.keep.clone(),
            leave_out_hidden: self.leave_out_hidden,
        })
    }
}
