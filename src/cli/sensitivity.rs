//! `prioritise sensitivity`: how much the list depends on the weights and the evidence.

use clap::ValueEnum;

use super::Exit;
use super::area::{AreaOption, one_list};
use super::assessment_arguments::AssessmentArguments;
use super::disk::{Disk, text_of};
use super::output::{Terminal, typed};
use super::result_options::{CsvMark, ResultOptions};
use crate::diagnostic::Problems;
use crate::report;
use crate::rules::RuleSet;
use crate::scoring;
use crate::sensitivity::acceptability::Variation;
use crate::sensitivity::weights::WeightSpace;
use crate::sensitivity::{DEFAULT_DRAWS, DEFAULT_SEED, DrawSettings, MAX_DRAWS, read, sensitivity};

/// Show how much the list depends on the weights and the evidence
#[derive(Debug, clap::Args)]
pub(super) struct Sensitivity {
    #[command(flatten)]
    subject: AssessmentArguments,
    #[command(flatten)]
    area: AreaOption,
    /// What varies
    #[arg(long, value_enum, default_value = "weights")]
    vary: VariedWord,
    /// Which weights: `uniform` for any, `current` for some around those of the rules, or a file of bounds and orders
    #[arg(long, value_name = "uniform|current|FILE", default_value = "uniform")]
    weights: String,
    /// How many draws
    #[arg(long, value_name = "DRAWS", default_value_t = DEFAULT_DRAWS, value_parser = clap::value_parser!(u64).range(1..=MAX_DRAWS))]
    draws: u64,
    /// The same seed gives the same draws
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SEED)]
    seed: u64,
    #[command(flatten)]
    result: ResultOptions<Format>,
    #[command(flatten)]
    mark: CsvMark,
}

/// What varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum VariedWord {
    /// The weights
    Weights,
    /// The evidence, redrawn from its own distributions
    Evidence,
    /// Both
    Both,
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
    /// For programs; `prioritise schema sensitivity` describes it
    Json,
    /// For a spreadsheet: who comes where how often, a candidate a row
    Csv,
}

pub(super) fn run(asked: &Sensitivity, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = asked.result.format()?;
    asked.mark.only_in_csv(matches!(format, Format::Csv))?;
    let (assessment, rules, problems) = asked.subject.load(terminal)?;
    let assessment = asked.area.of(assessment, &rules)?;
    one_list(&assessment, &rules, "sensitivity")?;
    terminal.warn(&problems);
    let vary = match asked.vary {
        VariedWord::Weights => Variation::Weights(space(asked, &rules)?),
        VariedWord::Evidence => Variation::Evidence,
        VariedWord::Both => Variation::Both(space(asked, &rules)?),
    };
    let busy = terminal.show_busy("drawing");
    let threads = asked.subject.threads();
    let ranking = scoring::rank(&assessment, &rules, threads)?;
    let found = sensitivity(&ranking, vary, DrawSettings { draws: asked.draws, seed: asked.seed, threads })?;
    let text = match format {
        Format::Text => report::sensitivity::text(&ranking, &found, asked.result.colour(terminal)),
        Format::Markdown => report::sensitivity::markdown(&ranking, &found),
        Format::Html => report::sensitivity::html(&ranking, &found),
        Format::Json => report::sensitivity::json(&ranking, &found),
        Format::Csv => asked.mark.marked(report::sensitivity::csv(&ranking, &found)),
    };
    drop(busy);
    let written = asked.result.write(&text, terminal);
    terminal.suggest(&format!("prioritise workshop {} -o workshop.html", typed(&asked.subject.assessment)));
    written
}

fn space(asked: &Sensitivity, rules: &RuleSet) -> Result<WeightSpace, Problems> {
    match &*asked.weights {
        "uniform" => Ok(read::any_weights(rules)),
        "current" => Ok(read::weights_around(rules, read::DEFAULT_CONCENTRATION)),
        file => {
            let mut problems = Problems::default();
            let path = text_of(file.as_ref())?;
            read::load(&Disk, &path, rules, &mut problems).ok_or(problems)
        }
    }
}
