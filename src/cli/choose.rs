//! `prioritise choose`: the best set of a plan's actions for what there is.

use clap::ValueEnum;

use super::Exit;
use super::area::{AreaOption, one_list};
use super::assessment_arguments::AssessmentArguments;
use super::output::Terminal;
use super::result_options::ResultOptions;
use crate::assessment::Period;
use crate::choose::{Asked, of_plan};
use crate::diagnostic::{Code, Problem, Problems};
use crate::report;
use crate::sensitivity::{DEFAULT_SEED, MAX_DRAWS};

/// Find the best set of a plan's actions for the money and people there are
#[derive(Debug, clap::Args)]
pub(super) struct Choose {
    #[command(flatten)]
    subject: AssessmentArguments,
    #[command(flatten)]
    area: AreaOption,
    /// The year whose amounts count, such as `2013/14`; that of the plan unless told
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// The resource for which to show the best set at every amount; without it that of a plan with one resource
    #[arg(long, value_name = "RESOURCE")]
    curve: Option<String>,
    /// How many times weights, evidence, shares and costs are drawn to see how often each action is chosen
    #[arg(long, value_name = "DRAWS", value_parser = clap::value_parser!(u64).range(1..=MAX_DRAWS))]
    draws: Option<u64>,
    /// The same seed gives the same draws
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    seed: u64,
    #[command(flatten)]
    result: ResultOptions<Format>,
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
    /// For programs; `prioritise schema choice` describes it
    Json,
    /// A workbook in which actions can be chosen, and what they use and are worth adds up
    Xlsx,
}

pub(super) fn run(asked: &Choose, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    let year = asked.year.as_deref().map(period).transpose()?;
    let (assessment, rules, problems) = asked.subject.load(terminal)?;
    let assessment = asked.area.of(assessment, &rules)?;
    one_list(&assessment, &rules, "choose")?;
    let threads = asked.subject.threads();
    let busy = terminal.show_busy("choosing");
    let report = crate::rank(&assessment, &rules, threads, problems)?;
    let draws = asked.draws.map(|draws| (draws, asked.seed));
    let wanted = Asked { year, curve: asked.curve.clone(), changes: true, draws };
    let choice = of_plan(&report, &wanted, threads, &rules.library.budget)?;
    let bytes = match format {
        Format::Text => report::choose::text(&report, &choice, asked.result.colour(terminal)).into_bytes(),
        Format::Markdown => report::choose::markdown(&report, &choice).into_bytes(),
        Format::Html => report::choose::html(&report, &choice).into_bytes(),
        Format::Json => report::choose::json(&report, &choice).into_bytes(),
        Format::Xlsx => report::choose::workbook(&report, &choice)?,
    };
    drop(busy);
    asked.result.write(&bytes, terminal)
}

fn period(text: &str) -> Result<Period, Problem> {
    Period::parse(text).map_err(|why| Problem::new(Code::BadPeriod, why.message).help(why.help))
}
