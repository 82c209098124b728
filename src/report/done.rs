//! What a command did that makes files and no result of its own, as JSON: one shape for all of them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Problem, ProblemEntry};
use crate::words::indented_json;

/// The version of this format.
const SCHEMA: &str = "prioritise/done/1";

/// What a command did.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise done")]
pub struct DoneFile<'a> {
    /// `prioritise/done/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The command, with what it is within: `register append`.
    pub command: &'a str,
    /// Whether the answer is yes: exit code 0.
    pub holds: bool,
    /// The files that were written, or the folder of a record, as a person would type them; with `--dry-run` and `--check` those
    /// that would be.
    pub wrote: Vec<String>,
    /// What stands for it: the digest of the record that was sealed or signed, or the head of the register; null where nothing
    /// does.
    pub digest: Option<String>,
    /// What people are told, a line each.
    pub told: Vec<String>,
    /// What became of each row that an import read; null for other commands.
    pub account: Option<DoneAccount>,
    /// What a reader should know, and what is wrong where it does not hold.
    pub problems: Vec<ProblemEntry<'a>>,
}

/// What became of each row that was read: read = used + set aside.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DoneAccount {
    /// What the rows are: `street rows`.
    pub rows: String,
    /// How many were read.
    pub read: u64,
    /// How many were used.
    pub used: u64,
    /// Those that were set aside, by reason.
    pub set_aside: Vec<RowsAside>,
}

/// Rows that were set aside for one reason.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsAside {
    /// Why.
    pub reason: String,
    /// How many.
    pub rows: u64,
}

/// What a command did, as it knows it.
#[derive(Debug, Default)]
pub struct Done {
    /// The command, with what it is within.
    pub command: &'static str,
    /// Whether the answer is no.
    pub fails: bool,
    /// The files that were written.
    pub wrote: Vec<String>,
    /// What stands for it.
    pub digest: Option<String>,
    /// What people are told, in lines.
    pub told: String,
    /// What became of each row.
    pub account: Option<DoneAccount>,
    /// What a reader should know.
    pub problems: Vec<Problem>,
}

impl Done {
    /// As JSON, indented, ending in a line break.
    pub fn json(&self) -> String {
        indented_json(&DoneFile {
            schema: SCHEMA,
            engine: env!("CARGO_PKG_VERSION"),
            command: self.command,
            holds: !self.fails,
            wrote: self.wrote.clone(),
            digest: self.digest.clone(),
            told: self.told.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            account: self.account.clone(),
            problems: self.problems.iter().map(ProblemEntry::new).collect(),
        })
    }
}
