//! `prioritise rank`: the ranked, explained list.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::disk::{Disk, text_of};
use super::output::Terminal;
use super::result_options::ResultOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::report;
use crate::report::paper::model::Paper;
use crate::report::paper::{MAX_SECTIONS, Templates};
use crate::sensitivity::acceptability::{Variation, acceptability};
use crate::sensitivity::{DEFAULT_SEED, DrawSettings, MAX_DRAWS, read};

/// Rank an assessment's candidates and explain the list
#[derive(Debug, clap::Args)]
pub(super) struct Rank {
    #[command(flatten)]
    subject: AssessmentArguments,
    #[command(flatten)]
    result: ResultOptions<Format>,
    /// Lay the paper out by the templates in this folder; `prioritise templates`
    /// writes some to start from
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
    /// Say in the paper what comes first in this many draws of weights and evidence
    #[arg(long, value_name = "DRAWS", value_parser = clap::value_parser!(u64).range(1..=MAX_DRAWS))]
    sensitivity: Option<u64>,
}

/// The formats of a ranking.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// The paper for the board, as Markdown
    Markdown,
    /// The paper for the board, as one HTML file
    Html,
    /// For programs; `prioritise schema ranking` describes it
    Json,
    /// For a spreadsheet, one row for each candidate
    Csv,
    /// A workbook that recomputes; name its file with `-o`
    Xlsx,
}

pub(super) fn run(rank: &Rank, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = rank.result.format()?;
    only_in_the_paper(rank, format)?;
    if matches!(format, Format::Xlsx) && rank.result.file().is_none() && Terminal::shows_results() {
        let problem = Problem::new(Code::WriteFailed, "a workbook can't be shown on a terminal");
        return Err(problem.help("name a file for it with `-o FILE.xlsx`").into());
    }
    let (assessment, rules, problems) = rank.subject.load(terminal)?;
    terminal.warn(&problems);
    let busy = terminal.show_busy("ranking");
    let mut report = crate::rank(&assessment, &rules, rank.subject.threads(), problems)?;
    let is_paper = matches!(format, Format::Markdown | Format::Html);
    if is_paper {
        report.find_changes(MAX_SECTIONS)?;
    }
    if let Some(draws) = rank.sensitivity.filter(|_| is_paper) {
        let settings = DrawSettings { draws, seed: DEFAULT_SEED, threads: rank.subject.threads() };
        let vary = Variation::Both(read::weights_around(&rules, read::DEFAULT_CONCENTRATION));
        report.acceptability = Some((acceptability(&report.ranking, &vary, settings)?, DEFAULT_SEED));
    }
    let paper = |report| Paper::new(report, &crate::recompute::recompute(&assessment));
    let bytes = match format {
        Format::Text => report::text(&report, rank.result.colour(terminal)).into_bytes(),
        Format::Markdown => templates(rank)?.markdown(&paper(&report))?.into_bytes(),
        Format::Html => templates(rank)?.html(&paper(&report))?.into_bytes(),
        Format::Json => report::json(&report).into_bytes(),
        Format::Csv => report::csv(&report).into_bytes(),
        Format::Xlsx => report::workbook(&report)?,
    };
    drop(busy);
    rank.result.write(&bytes)
}

/// Refuses what no other format than the paper would show.
fn only_in_the_paper(rank: &Rank, format: Format) -> Result<(), Problem> {
    let asked = [("--templates", rank.templates.is_some()), ("--sensitivity", rank.sensitivity.is_some())];
    let asked = asked.into_iter().find(|(_, asked)| *asked).map(|(option, _)| option);
    match asked.filter(|_| !matches!(format, Format::Markdown | Format::Html)) {
        Some(option) => Err(Problem::new(Code::BadValue, format!("`{option}` is for the paper"))
            .help("add `--format html` or `--format markdown`")),
        None => Ok(()),
    }
}

fn templates(rank: &Rank) -> Result<Templates, Problems> {
    match rank.templates.as_deref() {
        Some(folder) => Ok(Templates::of_folder(&Disk, &text_of(folder)?)?),
        None => Ok(Templates::default()),
    }
}
