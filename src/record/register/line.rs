//! A line of a register: one record, by its digest, chained to the line before it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Problem;
use crate::digest::digest;
use crate::record::canonical::canonical;
use crate::record::stated::{day, is_digest, words};

/// The version of this format.
pub const SCHEMA: &str = "prioritise/register/1";
/// The longest line, in bytes.
pub const MAX_LINE_BYTES: usize = 64 << 10;

/// What a line says of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// `sha256:` and the digest of the record's tag manifest, which stands for the whole record.
    pub record: String,
    /// What was ranked.
    pub assessment: RegisteredAssessment,
    /// By which rules.
    pub rules: RegisteredRules,
    /// The digest of the record that it takes the place of; none where it takes that of none.
    pub supersedes: Option<String>,
}

/// A line of a register, as canonical JSON (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise register", rename = "Line")]
pub struct RegisterLine {
    /// What was ranked.
    pub assessment: RegisteredAssessment,
    /// `sha256:` and the digest of this line without this member. That of the last line is the register's head.
    pub digest: String,
    /// The line's number, from 1.
    pub line: u64,
    /// The digest of the line before; null in the first.
    pub previous: Option<String>,
    /// `sha256:` and the digest of the record's tag manifest, which stands for the whole record.
    pub record: String,
    /// By which rules.
    pub rules: RegisteredRules,
    /// `prioritise/register/1`.
    pub schema: String,
    /// What the person who added the line said.
    pub stated: RegisterStatement,
    /// The digest of the record that this one takes the place of, as it says itself; left out where it takes that of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
}

/// What was ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisteredAssessment {
    /// The digest of its content.
    pub digest: String,
    /// Who files it.
    pub partnership: String,
    /// The period it is about, in words.
    pub period: String,
    /// The assessment's title.
    pub title: String,
}

/// By which rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisteredRules {
    /// The digest of their content.
    pub digest: String,
    /// The rule set's name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What only a person can say: nothing of it is taken from the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StatedInRegister")]
pub struct RegisterStatement {
    /// Who added the line, by role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The day, `2020-02-14`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Anything else, such as the minute that the record was adopted under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl RegisterStatement {
    /// What is wrong with what was said.
    pub fn faults(&self) -> impl Iterator<Item = Problem> {
        let faults = [
            self.by.as_deref().and_then(|by| words(by).err()),
            self.date.as_deref().and_then(|date| day(date).err()),
            self.note.as_deref().and_then(|note| words(note).err()),
        ];
        faults.into_iter().flatten()
    }
}

/// Why bytes are no line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineFault {
    /// They are not a line's JSON at all, and why.
    Shape(String),
    /// They are, and were changed: their digest is another than they say.
    Digest(Box<RegisterLine>),
}

impl RegisterLine {
    /// The line that follows on `last`.
    pub(super) fn new(entry: RegisterEntry, stated: RegisterStatement, last: Option<&Self>) -> Self {
        let mut line = Self {
            assessment: entry.assessment,
            digest: String::new(),
            line: last.map_or(1, |last| last.line.saturating_add(1)),
            previous: last.map(|last| last.digest.clone()),
            record: entry.record,
            rules: entry.rules,
            schema: SCHEMA.to_owned(),
            stated,
            supersedes: entry.supersedes,
        };
        line.digest = line.own_digest();
        line
    }

    /// What it says of its record.
    pub fn entry(&self) -> RegisterEntry {
        RegisterEntry {
            record: self.record.clone(),
            assessment: self.assessment.clone(),
            rules: self.rules.clone(),
            supersedes: self.supersedes.clone(),
        }
    }

    /// The line as it stands in the file, without its end.
    pub fn text(&self) -> String {
        // A line has nothing that JSON can't hold.
        String::from_utf8(canonical(self)).unwrap_or_default()
    }

    /// The digest of what it says, itself left out.
    fn own_digest(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(members) = value.as_object_mut() {
            members.remove("digest");
        }
        digest(&canonical(&value))
    }

    /// Which member is not of the form that every line's has. Titles and names can be any words.
    fn fault(&self) -> Option<&'static str> {
        match self {
            _ if !is_digest(&self.record) => Some("record"),
            _ if !is_digest(&self.assessment.digest) => Some("assessment"),
            _ if !is_digest(&self.rules.digest) => Some("rules"),
            _ if !is_digest(&self.digest) => Some("digest"),
            _ if self.previous.as_ref().is_some_and(|previous| !is_digest(previous)) => Some("previous"),
            _ if self.supersedes.as_ref().is_some_and(|other| !is_digest(other)) => Some("supersedes"),
            _ if self.stated.faults().next().is_some() => Some("stated"),
            _ => None,
        }
    }

    /// Reads a line without its end.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, LineFault> {
        if bytes.is_empty() {
            return Err(LineFault::Shape("it is empty".to_owned()));
        }
        if bytes.len() > MAX_LINE_BYTES {
            return Err(LineFault::Shape(format!("it has {} bytes, and a line at most {MAX_LINE_BYTES}", bytes.len())));
        }
        let line: Self = serde_json::from_slice(bytes).map_err(|error| LineFault::Shape(why(&error)))?;
        if line.schema != SCHEMA {
            return Err(LineFault::Shape(format!("it is not of the kind `{SCHEMA}`")));
        }
        if line.digest != line.own_digest() {
            return Err(LineFault::Digest(Box::new(line)));
        }
        if let Some(member) = line.fault() {
            return Err(LineFault::Shape(format!("its `{member}` is not what a line has there")));
        }
        match line.text().as_bytes() == bytes {
            true => Ok(line),
            false => Err(LineFault::Shape("it is not laid out as a line must be (RFC 8785)".to_owned())),
        }
    }
}

/// An error of the JSON reader, without the line number, which is always 1, and without what was read.
fn why(error: &serde_json::Error) -> String {
    match error.classify() {
        serde_json::error::Category::Data => {
            format!("it does not have what a line must have, at column {}", error.column())
        }
        _ => format!("it is not JSON, at column {}", error.column()),
    }
}
