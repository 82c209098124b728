//! `prioritise history`: several years of one list.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::area::AreaOption;
use super::disk::available_threads;
use super::opened::{OpenedSide, open};
use super::output::Terminal;
use super::result_options::{CsvMark, ResultOptions};
use crate::diagnostic::{Code, Problem, Problems};
use crate::history::{self, YearSource};
use crate::report;

/// Show where everybody stood over the years, what broke in between, and which change made each step
#[derive(Debug, clap::Args)]
pub(super) struct History {
    /// A year each: records or assessments' folders, two or more, in any order
    #[arg(required = true, value_name = "RECORD")]
    years: Vec<PathBuf>,
    #[command(flatten)]
    area: AreaOption,
    #[command(flatten)]
    result: ResultOptions<Format>,
    #[command(flatten)]
    mark: CsvMark,
    /// How many threads to use; the result is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// The formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal, 80 columns
    Text,
    /// For a paper or a page
    Markdown,
    /// A page with a chart of all places
    Html,
    /// For programs; `prioritise schema history` describes it
    Json,
    /// For a spreadsheet: a row for each candidate and year
    Csv,
    /// A workbook with the same tables; name its file with `-o`
    Xlsx,
}

pub(super) fn run(asked: &History, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    asked.mark.only_in_csv(matches!(format, Format::Csv))?;
    if asked.years.len() < 2 {
        let problem = Problem::new(Code::BadValue, "a history needs two years or more");
        return Err(problem.help("name another record or assessment's folder").into());
    }
    let threads = asked.threads.unwrap_or_else(available_threads);
    let busy = terminal.show_busy("going through the years");
    let mut problems = Problems::default();
    let mut years = Vec::new();
    for path in &asked.years {
        years.push((path.display().to_string(), open((path, None), threads, &mut problems)?));
    }
    let lookups: Vec<_> = years.iter().flat_map(|(_, year)| year.assessment.lookups.values().cloned()).collect();
    let of_area = |(name, year): (String, OpenedSide)| {
        let assessment = asked.area.of_year(year.assessment, &year.rules, &lookups)?;
        Ok((name, OpenedSide { assessment, ..year }))
    };
    let years = years.into_iter().map(of_area).collect::<Result<Vec<_>, Problem>>()?;
    terminal.warn(&problems);
    let found = history::History::new(years.iter().map(source).collect(), threads)?;
    let bytes = match format {
        Format::Text => report::history::text(&found, asked.result.colour(terminal)).into_bytes(),
        Format::Markdown => report::history::markdown(&found).into_bytes(),
        Format::Html => report::history::html(&found).into_bytes(),
        Format::Json => report::history::json(&found).into_bytes(),
        Format::Csv => asked.mark.marked(report::history::csv(&found)).into_bytes(),
        Format::Xlsx => report::history::workbook(&found)?,
    };
    drop(busy);
    asked.result.write(&bytes, terminal)
}

fn source((name, year): &(String, OpenedSide)) -> YearSource<'_> {
    YearSource {
        side: year.side(),
        name,
        engine: year.record.as_ref().map(|record| &*record.engine),
        list_differs: year.record.as_ref().and_then(|record| record.list_differs.as_deref()),
    }
}
