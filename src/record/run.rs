//! `run.json`: what was run, and what a person said about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::canonical::canonical;
use super::stated::{self, is_digest};
use crate::assessment::{Assessment, Handling};
use crate::bag::MOST_ANSWERS;
use crate::diagnostic::{Code, Problem};
use crate::rules::RuleSet;
use crate::sensitivity::MAX_DRAWS;

/// The version of this format.
pub(super) const SCHEMA: &str = "prioritise/record/1";
/// The paper as it went to the board.
pub(super) const PAPER: &str = "paper.html";
/// The public edition of the paper, where the assessment says what that keeps back.
pub(super) const PUBLIC_PAPER: &str = "paper-public.html";

/// What is to be run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The draws of weights and evidence, where the record tells how sure the list is.
    pub draws: Option<Draws>,
    /// What the person said.
    pub stated: SealStatement,
}

/// Draws of weights and evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draws {
    /// The number of draws, at least 1.
    pub draws: u64,
    /// The seed: the same one, the same draws.
    pub seed: u64,
}

/// What only a person can say: nothing of it is taken from the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealStatement {
    /// The day, `2020-02-14`.
    pub date: Option<String>,
    /// Who sealed it, by role.
    pub by: Option<String>,
    /// Anything else to be stated, in one line.
    pub note: Option<String>,
    /// The digest of the record that this one corrects and takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
}

/// `run.json`: what was run, on what, and what a person stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunFile {
    /// `prioritise/record/1`.
    pub schema: String,
    /// What was ranked.
    pub assessment: RunAssessment,
    /// By which rules.
    pub rules: RunRules,
    /// The draws; null where there were none.
    pub sensitivity: Option<Draws>,
    /// Who may see each paper of the record, by its file; left out where nothing is declared of that.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub editions: BTreeMap<String, RunEdition>,
    /// What the person said.
    pub stated: SealStatement,
}

/// Who may see a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunEdition {
    /// `full`, or `public` with small numbers suppressed.
    pub edition: String,
    /// `official`, `official-sensitive` or `public`; null where that is not declared.
    pub handling: Option<String>,
}

/// What was ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunAssessment {
    /// The assessment's title.
    pub title: String,
    /// The partnership that files the assessment.
    pub partnership: String,
    /// The period it is about, in words.
    pub period: String,
    /// The digest of its content.
    pub digest: String,
}

/// By which rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunRules {
    /// The rule set's name.
    pub name: String,
    /// The rule set's version, as its file states it.
    pub version: String,
    /// The digest of its content.
    pub digest: String,
}

impl Run {
    /// What is wrong with it.
    pub(super) fn fault(&self) -> Option<Problem> {
        if self.draws.is_some_and(|draws| draws.draws == 0 || draws.draws > MAX_DRAWS) {
            let message = format!("the draws must be 1 to {MAX_DRAWS}");
            return Some(
                Problem::new(Code::BadValue, message).help("give how many lists are to be drawn, such as 10000"),
            );
        }
        let SealStatement { date, by, note, supersedes } = &self.stated;
        if let Some(other) = supersedes.as_ref().filter(|other| !is_digest(other)) {
            let message = format!("`{}` is not the digest of a record", other.escape_debug());
            let help = "it is `sha256:` and 64 digits, as `record` printed it when that record was sealed";
            return Some(Problem::new(Code::BadValue, message).help(help));
        }
        let day = date.as_deref().and_then(|date| stated::day(date).err());
        day.or_else(|| [by, note].into_iter().flatten().find_map(|text| stated::words(text).err()))
    }
}

impl Draws {
    /// What is wrong with so many draws of a list.
    pub(super) fn fault(self, candidates: usize, criteria: usize) -> Option<Problem> {
        let answers = (candidates as u64).saturating_mul(criteria as u64).max(1);
        let most = MOST_ANSWERS / answers;
        (self.draws > most).then(|| {
            let message = format!(
                "{} draws of {candidates} candidates are more than a record may ask those who verify it to repeat",
                self.draws
            );
            let help = match most {
                0 => "seal this list without `--draws`; `prioritise sensitivity` draws as often as you like".to_owned(),
                most => format!("take {most} draws or fewer"),
            };
            Problem::new(Code::BadValue, message).help(help)
        })
    }
}

/// Which edition each paper is, and who may see it; empty where the assessment says nothing of that.
fn editions(assessment: &Assessment) -> BTreeMap<String, RunEdition> {
    let edition = |edition: &str, handling: Option<Handling>| RunEdition {
        edition: edition.to_owned(),
        handling: handling.map(|handling| handling.word().to_owned()),
    };
    let mut editions = BTreeMap::new();
    if assessment.publication.is_some() || assessment.handling.is_some() {
        editions.insert(PAPER.to_owned(), edition("full", assessment.handling));
    }
    if assessment.publication.is_some() {
        editions.insert(PUBLIC_PAPER.to_owned(), edition("public", Some(Handling::Public)));
    }
    editions
}

impl RunFile {
    /// What was run on these.
    pub(super) fn new(run: &Run, assessment: &Assessment, rules: &RuleSet) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            assessment: RunAssessment {
                title: assessment.title.clone(),
                partnership: assessment.partnership.clone(),
                period: assessment.period.to_string(),
                digest: assessment.digest.clone(),
            },
            rules: RunRules { name: rules.name.clone(), version: rules.version.clone(), digest: rules.digest.clone() },
            sensitivity: run.draws,
            editions: editions(assessment),
            stated: run.stated.clone(),
        }
    }

    /// In what it is not what this engine writes.
    pub(super) fn faults(&self) -> Vec<Problem> {
        if self.schema != SCHEMA {
            let kind = self.schema.escape_debug();
            let message = format!("the record is of the kind `{kind}`, and this engine reads only `{SCHEMA}`");
            return vec![Problem::new(Code::RecordMalformed, message).help("verify it with the version that made it")];
        }
        let digests = [("assessment", &self.assessment.digest), ("rules", &self.rules.digest)];
        let wrong = digests.into_iter().filter(|(_, digest)| !is_digest(digest)).map(|(of, _)| {
            let message = format!("`data/run.json` was altered: the digest of the {of} is none");
            Problem::new(Code::RecordMalformed, message).help("ask for the folder as it was sealed")
        });
        wrong.chain(self.run().fault()).collect()
    }

    /// The same, with what was stated in `other`, which nothing can be compared with.
    pub(super) fn stated_as(&self, other: &Self) -> Self {
        Self { stated: other.stated.clone(), ..self.clone() }
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
