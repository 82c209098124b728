//! `prioritise schema`: the JSON Schemas of the file formats.

use clap::ValueEnum;
use schemars::generate::SchemaSettings;

use super::Exit;
use super::output::{Terminal, write_result};
use crate::assessment::decisions::format::DecisionsFile;
use crate::assessment::document::format::DocumentFile;
use crate::assessment::format::{AssessmentFile, EvidenceFile};
use crate::assessment::members::format::{MemberListFile, ThemesFile};
use crate::assessment::plan::format::PlanFile;
use crate::diagnostic::Problems;
use crate::elicitation::format::AnswersFile;
use crate::learning::format::AgreedFile;
use crate::record::register::RegisterLine;
use crate::record::signature::trust::SignersFile;
use crate::record::views::register::RegisterList;
use crate::record::views::verification::VerificationFile;
use crate::report::check::CheckFile;
use crate::report::choose::ChoiceFile;
use crate::report::diff::DiffFile;
use crate::report::done::DoneFile;
use crate::report::elicitation::ElicitationFile;
use crate::report::history::HistoryFile;
use crate::report::json::RankingFile;
use crate::report::learning::LearningFile;
use crate::report::review::ReviewFile;
use crate::report::sensitivity::SensitivityFile;
use crate::report::workshop::Block;
use crate::report::{ExplanationFile, ResultsFile};
use crate::rules::format::RuleSetFile;
use crate::sensitivity::format::WeightsFile;
use crate::trial::format::TestsFile;
use crate::workshop::session::format::SessionFile;

/// Print the JSON Schema of a file format, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Schema {
    /// Which format
    of: SchemaFormat,
    /// The draft of JSON Schema to write it in
    #[arg(long, value_enum, default_value = "2020-12")]
    draft: SchemaDraft,
}

/// The formats that have a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaFormat {
    /// assessment.toml
    Assessment,
    /// The evidence files that it names
    Evidence,
    /// The files that say what documents print
    Document,
    /// decisions.toml
    Decisions,
    /// The file of themes that members' candidates are gathered under
    Themes,
    /// The list of a member that files no assessment
    MemberList,
    /// Plans: plan.toml, and those that are reviewed
    Plan,
    /// The file of what was agreed that `learn` reads
    Agreed,
    /// ruleset.toml
    Rules,
    /// The files of a rule set's tests
    Tests,
    /// What `rank --format json` writes
    Ranking,
    /// What `explain --format json` writes
    Explanation,
    /// What `check --format json` writes
    Check,
    /// What `test --format json` writes
    Results,
    /// What `sensitivity --format json` writes
    Sensitivity,
    /// What `choose --format json` writes
    Choice,
    /// What `learn --format json` writes
    Learning,
    /// What `review --format json` writes
    Review,
    /// What `diff --format json` writes
    Diff,
    /// What `history --format json` writes
    History,
    /// What `verify --format json` writes
    Verification,
    /// The file that `sensitivity --weights` reads
    Weights,
    /// The file that `elicit` reads: what people answered
    Answers,
    /// What `elicit --format json` writes
    Elicitation,
    /// The data of the page that `workshop` makes
    Workshop,
    /// The session that the page saves, and `workshop --apply` reads
    WorkshopSession,
    /// The file that `verify --trust` reads
    Signers,
    /// A line of a register
    Register,
    /// What `register list --format json` writes
    RegisterList,
    /// What `record`, `sign`, `key`, `import` and others that make files write with `--format json`
    Done,
}

/// Drafts of JSON Schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaDraft {
    /// Draft 7, which older editors read
    #[value(name = "7")]
    Seven,
    /// Draft 2020-12
    #[value(name = "2020-12")]
    Latest,
}

impl SchemaFormat {
    /// The formats that people write by hand.
    pub(super) const WRITTEN: [Self; 10] = [
        Self::Assessment,
        Self::Evidence,
        Self::Document,
        Self::Decisions,
        Self::Themes,
        Self::MemberList,
        Self::Plan,
        Self::Rules,
        Self::Tests,
        Self::Weights,
    ];

    /// The name of its schema's file.
    pub(super) fn file_name(self) -> String {
        let name = self.to_possible_value().map(|value| value.get_name().to_owned());
        format!("{}.json", name.unwrap_or_default())
    }
}

pub(super) fn run(schema: &Schema, _: &Terminal) -> Result<Exit, Problems> {
    write_result(&text(schema.of, schema.draft))
}

/// The schema of a format.
pub(super) fn text(of: SchemaFormat, draft: SchemaDraft) -> String {
    let settings = match draft {
        SchemaDraft::Seven => SchemaSettings::draft07(),
        SchemaDraft::Latest => SchemaSettings::draft2020_12(),
    };
    let read = || settings.clone().into_generator();
    let written = || settings.clone().for_serialize().into_generator();
    let made = match of {
        SchemaFormat::Assessment => read().into_root_schema_for::<AssessmentFile>(),
        SchemaFormat::Evidence => read().into_root_schema_for::<EvidenceFile>(),
        SchemaFormat::Document => read().into_root_schema_for::<DocumentFile>(),
        SchemaFormat::Decisions => read().into_root_schema_for::<DecisionsFile>(),
        SchemaFormat::Themes => read().into_root_schema_for::<ThemesFile>(),
        SchemaFormat::MemberList => read().into_root_schema_for::<MemberListFile>(),
        SchemaFormat::Plan => read().into_root_schema_for::<PlanFile>(),
        SchemaFormat::Agreed => read().into_root_schema_for::<AgreedFile>(),
        SchemaFormat::Rules => read().into_root_schema_for::<RuleSetFile>(),
        SchemaFormat::Tests => read().into_root_schema_for::<TestsFile>(),
        SchemaFormat::Workshop => written().into_root_schema_for::<Block<'_>>(),
        SchemaFormat::WorkshopSession => read().into_root_schema_for::<SessionFile>(),
        SchemaFormat::Ranking => written().into_root_schema_for::<RankingFile<'_>>(),
        SchemaFormat::Explanation => written().into_root_schema_for::<ExplanationFile<'_>>(),
        SchemaFormat::Check => written().into_root_schema_for::<CheckFile<'_>>(),
        SchemaFormat::Results => written().into_root_schema_for::<ResultsFile<'_>>(),
        SchemaFormat::Sensitivity => written().into_root_schema_for::<SensitivityFile<'_>>(),
        SchemaFormat::Choice => written().into_root_schema_for::<ChoiceFile<'_>>(),
        SchemaFormat::Learning => written().into_root_schema_for::<LearningFile<'_>>(),
        SchemaFormat::Review => written().into_root_schema_for::<ReviewFile<'_>>(),
        SchemaFormat::Diff => written().into_root_schema_for::<DiffFile<'_>>(),
        SchemaFormat::History => written().into_root_schema_for::<HistoryFile<'_>>(),
        SchemaFormat::Verification => written().into_root_schema_for::<VerificationFile<'_>>(),
        SchemaFormat::Weights => read().into_root_schema_for::<WeightsFile>(),
        SchemaFormat::Answers => read().into_root_schema_for::<AnswersFile>(),
        SchemaFormat::Elicitation => written().into_root_schema_for::<ElicitationFile<'_>>(),
        SchemaFormat::Signers => read().into_root_schema_for::<SignersFile>(),
        SchemaFormat::Register => written().into_root_schema_for::<RegisterLine>(),
        SchemaFormat::RegisterList => written().into_root_schema_for::<RegisterList<'_>>(),
        SchemaFormat::Done => written().into_root_schema_for::<DoneFile<'_>>(),
    };
    let mut text = serde_json::to_string_pretty(&made).unwrap_or_default();
    text.push('\n');
    text
}
