//! What every command that reads an assessment is told, and how it is read.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::disk::{Disk, available_threads, text_of};
use super::output::Terminal;
use crate::assessment::Assessment;
use crate::diagnostic::{Problem, Problems};
use crate::rules::RuleSet;

/// What every command that reads an assessment is told.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct AssessmentArguments {
    /// The assessment: a folder, or its assessment.toml; the folder you are in, if left out
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) assessment: PathBuf,
    /// Rank by the rule set in this folder instead of the one that the assessment names
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    /// How many threads to use; the result is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl AssessmentArguments {
    pub(super) fn threads(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(available_threads)
    }

    /// The same of the assessment in the folder that the person is in.
    pub(super) fn of_this_folder(&self) -> Self {
        Self { assessment: PathBuf::from("."), ..self.clone() }
    }

    pub(super) fn assessment(&self) -> Result<String, Problem> {
        text_of(&self.assessment)
    }

    pub(super) fn rules(&self) -> Result<Option<String>, Problem> {
        self.rules.as_deref().map(text_of).transpose()
    }

    /// The assessment and its rules, with what a reader should know of them.
    pub(super) fn load(&self, terminal: &Terminal) -> Result<(Assessment, RuleSet, Problems), Problems> {
        let mut problems = Problems::default();
        let busy = terminal.show_busy("reading");
        let loaded = crate::load(&Disk, &self.assessment()?, self.rules()?.as_deref(), &mut problems);
        drop(busy);
        match loaded {
            Some((assessment, rules)) => Ok((assessment, rules, problems)),
            None => Err(problems),
        }
    }
}
