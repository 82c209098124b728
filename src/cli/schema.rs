//! `prioritise schema`: the JSON Schemas of the file formats.

use clap::ValueEnum;
use schemars::generate::SchemaSettings;

use super::Exit;
use super::output::{Terminal, write_result};
use crate::assessment::decisions::format::DecisionsFile;
use crate::assessment::document::format::DocumentFile;
use crate::assessment::format::{AssessmentFile, EvidenceFile};
use crate::diagnostic::Problems;
use crate::elicitation::format::AnswersFile;
use crate::learning::format::AgreedFile;
use crate::report::ResultsFile;
use crate::report::elicitation::ElicitationFile;
use crate::report::json::RankingFile;
use crate::report::learning::LearningFile;
use crate::report::sensitivity::SensitivityFile;
use crate::rules::format::RuleSetFile;
use crate::sensitivity::format::WeightsFile;
use crate::trial::format::TestsFile;

/// Print the JSON Schema of a file format, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Schema {
    /// Which format
    of: Of,
    /// The draft of JSON Schema to write it in
    #[arg(long, value_enum, default_value = "2020-12")]
    draft: Draft,
}

/// The formats that have a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// assessment.toml
    Assessment,
    /// The evidence files that it names
    Evidence,
    /// The files that say what documents print
    Document,
    /// decisions.toml
    Decisions,
    /// The file of what was agreed that `learn` reads
    Agreed,
    /// ruleset.toml
    Rules,
    /// The files of a rule set's tests
    Tests,
    /// What `rank --format json` writes
    Ranking,
    /// What `test --format json` writes
    Results,
    /// What `sensitivity --format json` writes
    Sensitivity,
    /// What `learn --format json` writes
    Learning,
    /// The file that `sensitivity --weights` reads
    Weights,
    /// The file that `elicit` reads: what people answered
    Answers,
    /// What `elicit --format json` writes
    Elicitation,
}

/// Drafts of JSON Schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Draft {
    /// Draft 7, which older editors read
    #[value(name = "7")]
    Seven,
    /// Draft 2020-12
    #[value(name = "2020-12")]
    Latest,
}

pub(super) fn run(schema: &Schema, _: &Terminal) -> Result<Exit, Problems> {
    let settings = match schema.draft {
        Draft::Seven => SchemaSettings::draft07(),
        Draft::Latest => SchemaSettings::draft2020_12(),
    };
    let generator = match schema.of {
        Of::Ranking | Of::Results | Of::Sensitivity | Of::Elicitation | Of::Learning => {
            settings.for_serialize().into_generator()
        }
        _ => settings.into_generator(),
    };
    let made = match schema.of {
        Of::Assessment => generator.into_root_schema_for::<AssessmentFile>(),
        Of::Evidence => generator.into_root_schema_for::<EvidenceFile>(),
        Of::Document => generator.into_root_schema_for::<DocumentFile>(),
        Of::Decisions => generator.into_root_schema_for::<DecisionsFile>(),
        Of::Agreed => generator.into_root_schema_for::<AgreedFile>(),
        Of::Rules => generator.into_root_schema_for::<RuleSetFile>(),
        Of::Tests => generator.into_root_schema_for::<TestsFile>(),
        Of::Ranking => generator.into_root_schema_for::<RankingFile<'_>>(),
        Of::Results => generator.into_root_schema_for::<ResultsFile<'_>>(),
        Of::Sensitivity => generator.into_root_schema_for::<SensitivityFile<'_>>(),
        Of::Learning => generator.into_root_schema_for::<LearningFile<'_>>(),
        Of::Weights => generator.into_root_schema_for::<WeightsFile>(),
        Of::Answers => generator.into_root_schema_for::<AnswersFile>(),
        Of::Elicitation => generator.into_root_schema_for::<ElicitationFile<'_>>(),
    };
    let mut text = serde_json::to_string_pretty(&made).unwrap_or_default();
    text.push('\n');
    write_result(&text, None)
}
