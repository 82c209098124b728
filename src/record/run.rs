//! `run.json`: what was run, and what a person said about it.

use serde::{Deserialize, Serialize};

use super::results::canonical;
use crate::assessment::{Assessment, Period};
use crate::diagnostic::{Code, Problem};
use crate::rules::RuleSet;
use crate::sensitivity::MOST_DRAWS;

/// The version of this format.
pub(super) const SCHEMA: &str = "prioritise/record/1";
/// The longest thing that a person may state, in bytes.
const LONGEST: usize = 2_000;

/// What is to be run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The draws of weights and evidence, where the record tells how sure the list is.
    pub draws: Option<Draws>,
    /// What the person said.
    pub stated: Stated,
}

/// Draws of weights and evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draws {
    /// How many.
    pub draws: u64,
    /// The seed: the same one, the same draws.
    pub seed: u64,
}

/// What only a person can say: nothing of it is taken from the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// The day, `2020-02-14`.
    pub date: Option<String>,
    /// Who sealed it, by role.
    pub by: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// `run.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunFile {
    /// `prioritise/record/1`.
    pub schema: String,
    /// What was ranked.
    pub assessment: About,
    /// By which rules.
    pub rules: Rules,
    /// The draws; null where there were none.
    pub sensitivity: Option<Draws>,
    /// What the person said.
    pub stated: Stated,
}

/// What was ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The assessment's title.
    pub title: String,
    /// Who files it.
    pub partnership: String,
    /// The period it is about, in words.
    pub period: String,
    /// The digest of its content.
    pub digest: String,
}

/// By which rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The rule set's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The digest of its content.
    pub digest: String,
}

impl Run {
    /// What is wrong with it.
    pub(super) fn fault(&self) -> Option<Problem> {
        let wrong = |message: String| Some(Problem::new(Code::BadValue, message));
        if let Some(date) = &self.stated.date
            && (date.len() != 10 || Period::parse(date).is_err())
        {
            return wrong(format!("`{date}` is not a day")).map(|problem| problem.help("write it as `2020-02-14`"));
        }
        if self.draws.is_some_and(|draws| draws.draws == 0 || draws.draws > MOST_DRAWS) {
            return wrong(format!("the draws must be 1 to {MOST_DRAWS}"));
        }
        for text in [&self.stated.by, &self.stated.note].into_iter().flatten() {
            if text.trim().is_empty() || text.len() > LONGEST || text.chars().any(char::is_control) {
                return wrong("what is stated must be one line of text".to_owned());
            }
        }
        None
    }
}

impl RunFile {
    /// What was run on these.
    pub(super) fn new(run: &Run, assessment: &Assessment, rules: &RuleSet) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            assessment: About {
                title: assessment.title.clone(),
                partnership: assessment.partnership.clone(),
                period: assessment.period.to_string(),
                digest: assessment.digest.clone(),
            },
            rules: Rules { name: rules.name.clone(), version: rules.version.clone(), digest: rules.digest.clone() },
            sensitivity: run.draws,
            stated: run.stated.clone(),
        }
    }

    /// What is to be run to do it again.
    pub fn run(&self) -> Run {
        Run { draws: self.sensitivity, stated: self.stated.clone() }
    }

    /// The bytes of the file.
    pub(super) fn json(&self) -> Vec<u8> {
        canonical(self)
    }
}
