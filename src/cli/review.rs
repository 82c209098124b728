//! `prioritise review`: what became of the plans that an assessment names.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::disk::{Disk, text_of};
use super::output::Terminal;
use super::result_options::{CsvMark, ResultOptions};
use crate::assessment::{self, Period};
use crate::diagnostic::{Code, Problem, Problems};
use crate::members;
use crate::report::review::{self, ReviewView};

/// Show what became of the plans that an assessment names: each measure's change, outcome and chance, and what is claimed
#[derive(Debug, clap::Args)]
pub(super) struct Review {
    /// The assessment: a folder, or its assessment.toml; the folder you are in, if left out
    #[arg(default_value = ".", hide_default_value = true)]
    assessment: PathBuf,
    /// The day to see it from, `2013-12-31`: measures whose figure was due before and is not filed are told
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Period>,
    #[command(flatten)]
    result: ResultOptions<Format>,
    #[command(flatten)]
    mark: CsvMark,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For a paper or a page
    Markdown,
    /// For a browser: one file, no script
    Html,
    /// For programs; `prioritise schema review` describes it
    Json,
    /// For a spreadsheet: a measure a row
    Csv,
    /// A workbook: measures and claims
    Xlsx,
}

/// A day as people write it in files.
fn day(text: &str) -> Result<Period, String> {
    assessment::day_of(text).ok_or_else(|| "write the day as 2013-12-31".to_owned())
}

pub(super) fn run(asked: &Review, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    asked.mark.only_in_csv(matches!(format, Format::Csv))?;
    let mut problems = Problems::default();
    let read = members::load_assessment(&Disk, &text_of(&asked.assessment)?, &mut problems);
    let Some(assessment) = read.assessment.filter(|_| !problems.has_errors()) else { return Err(problems) };
    terminal.warn(&problems);
    let view = ReviewView { on: asked.on, ..ReviewView::new(&assessment) };
    if view.plans.is_empty() && view.last_plan.is_empty() {
        let message = "the assessment names no plan to be reviewed";
        let help = "write a plan with its measures, and name it: `reviews = [\"plan-2013.toml\"]`";
        return Err(Problem::new(Code::NothingToReview, message).help(help).into());
    }
    let bytes = match format {
        Format::Text => review::text(&view, asked.result.colour(terminal)).into_bytes(),
        Format::Markdown => review::markdown(&view).into_bytes(),
        Format::Html => review::html(&view).into_bytes(),
        Format::Json => review::json(&view).into_bytes(),
        Format::Csv => asked.mark.marked(review::csv(&view)).into_bytes(),
        Format::Xlsx => review::workbook(&view)?,
    };
    asked.result.write(&bytes, terminal)
}
