//! A rule set's tests exactly as they are written: `tests/*.toml` beside its `ruleset.toml`.
//!
//! Parsed here, judged in `judge`: a value of these types has the right keys and types, and nothing more is known of it.
//! The doc comments are what editors show, through the JSON Schema made from these types.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::assessment::evidence::format::Evidence;
use crate::assessment::format::Candidate;
use crate::diagnostic::Code;
use crate::rules::list::one_of;
use crate::rules::{Effect, Leader, Missing};
use crate::scoring::Standing;
use crate::toml_file::{At, WrittenNumber};

/// What a rule set is expected to do: a file of its tests.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise rule tests")]
pub struct TestsFile {
    /// The period of counts and offence tables that do not say it, and of the values of parameters; without one the latest
    /// values are used.
    pub period: Option<At<String>>,
    /// The people whom counts are set against, unless a count names its own.
    pub people: Option<At<WrittenNumber>>,
    /// One criterion or gate, given some evidence about one candidate.
    #[serde(default)]
    pub case: Vec<At<Case>>,
    /// Many such cases, a row each.
    #[serde(default)]
    pub table: Vec<At<CaseTable>>,
    /// A whole assessment, and the list that is expected of it.
    #[serde(default)]
    pub assessment: Vec<At<WholeAssessment>>,
    /// Changes of the rules that make no difference, so that no test can notice them.
    #[serde(default)]
    pub equivalent: Vec<At<Equivalent>>,
    /// Parts of the rules that no evidence can reach.
    #[serde(default)]
    pub unreachable: Vec<At<Unreachable>>,
}

/// One criterion or gate, given some evidence about one candidate. What is left out of `measure` to `reason` may be
/// anything.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Case {
    /// What it is a case of, in a few words.
    pub name: At<String>,
    /// The criterion that is tested, by its id.
    pub criterion: Option<At<String>>,
    /// The gate that is tested, by its id.
    pub gate: Option<At<String>>,
    /// The period, instead of the file's: its last day says which values of parameters are in force.
    pub period: Option<At<String>>,
    /// The evidence, by evidence name, as in an evidence file; it needs no source and a judgement only its score.
    #[serde(default)]
    pub given: BTreeMap<String, At<Evidence>>,
    /// The measure: a number, or the word of a level.
    pub measure: Option<At<ExpectedMeasure>>,
    /// The lower end of its interval.
    pub lower: Option<At<ExpectedMeasure>>,
    /// The upper end of its interval.
    pub upper: Option<At<ExpectedMeasure>>,
    /// The value that the measure has, or that stands in for it.
    pub value: Option<At<WrittenNumber>>,
    /// The criterion's share of the weight, with this evidence and no other.
    pub weight: Option<At<WrittenNumber>>,
    /// The points, with this evidence and no other.
    pub points: Option<At<WrittenNumber>>,
    /// Whether the measure is missing, or what is done about it.
    pub missing: Option<At<MissingExpectation>>,
    /// Words of the sentence for the reader, or of why the measure is missing.
    pub because: Option<At<String>>,
    /// Whether the gate fires.
    pub fires: Option<At<bool>>,
    /// Words of the gate's reason.
    pub reason: Option<At<String>>,
    /// The error that the rules end in.
    pub error: Option<At<ExpectedError>>,
    /// Words of the error's message.
    pub message: Option<At<String>>,
    /// How far a number may lie from what is expected: 0 unless told, which is equal as printed.
    pub tolerance: Option<At<WrittenNumber>>,
}

/// Cases of one criterion or gate, a row each: in `rows` under `columns`, or in a CSV file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(rename = "Table")]
pub struct CaseTable {
    /// What the rows are cases of; a row has a name of its own where there is a column `name`.
    pub name: At<String>,
    /// The criterion that is tested, by its id.
    pub criterion: Option<At<String>>,
    /// The gate that is tested, by its id.
    pub gate: Option<At<String>>,
    /// The period, instead of the file's: its last day says which values of parameters are in force.
    pub period: Option<At<String>>,
    /// Evidence that all rows have in common.
    #[serde(default)]
    pub given: BTreeMap<String, At<Evidence>>,
    /// What the columns are: a key of a case, or evidence: `concern`, `concern.base`, `recorded 2018/19`.
    #[serde(default)]
    pub columns: Vec<At<String>>,
    /// The rows, as long as `columns`; `""` where there is nothing to say.
    #[serde(default)]
    pub rows: Vec<At<Vec<At<TestCell>>>>,
    /// The CSV file, relative to this one, whose headers are the columns.
    pub file: Option<At<String>>,
    /// How far a number may lie from what is expected: 0 unless told, which is equal as printed.
    pub tolerance: Option<At<WrittenNumber>>,
}

/// A whole assessment, and the list that is expected of it: candidates written here, in rows or each by itself, or an
/// assessment's folder.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(rename = "Whole")]
pub struct WholeAssessment {
    /// What it shows, in a few words.
    pub name: At<String>,
    /// The folder of an assessment, relative to this file, to be ranked by this rule set.
    pub path: Option<At<String>>,
    /// The period of candidates that are written here, instead of the file's: its last day says which values of parameters
    /// are in force.
    pub period: Option<At<String>>,
    /// The candidates; each needs an `id` and no more.
    #[serde(default)]
    pub candidate: Vec<At<Candidate>>,
    /// Evidence that all rows have in common.
    #[serde(default)]
    pub given: BTreeMap<String, At<Evidence>>,
    /// What the columns of `rows` are: `id`, `title` or evidence: `concern`, `concern.base`, `recorded 2018/19`.
    #[serde(default)]
    pub columns: Vec<At<String>>,
    /// Candidates, a row each, as long as `columns`; `""` where there is nothing to say.
    #[serde(default)]
    pub rows: Vec<At<Vec<At<TestCell>>>>,
    /// A CSV file of candidates, relative to this one, whose headers are the columns.
    pub file: Option<At<String>>,
    /// The ids of all that are ranked, first to last.
    pub order: Option<At<Vec<At<String>>>>,
    /// The ids of all that are in the first tier, in any order.
    pub top: Option<At<Vec<At<String>>>>,
    /// Pairs of ids: the first must have the better rank.
    #[serde(default)]
    pub above: Vec<At<Vec<At<String>>>>,
    /// Totals, by id.
    #[serde(default)]
    pub totals: BTreeMap<String, At<WrittenNumber>>,
    /// Where candidates stand, by id: a tier's id, or the word for a standing outside the tiers.
    #[schemars(description = format!(
        "Where candidates stand, by id: a tier's id, {}.",
        one_of(&Standing::words_outside_tiers(Effect::BANDS))
    ))]
    #[serde(default)]
    pub standings: BTreeMap<String, At<String>>,
    /// Who leads on candidates, by id; the board on whom no gate says so.
    #[serde(default)]
    pub leads: BTreeMap<String, At<Leader>>,
    /// Words that must be said of a candidate, by id: in a sentence of a criterion, a gate, what is missing, or what is too little to be ranked.
    #[serde(default)]
    pub says: BTreeMap<String, At<Vec<At<String>>>>,
    /// The error that the rules end in.
    pub error: Option<At<ExpectedError>>,
    /// Words of the error's message.
    pub message: Option<At<String>>,
    /// How far a total may lie from what is expected: 0 unless told, which is equal as printed.
    pub tolerance: Option<At<WrittenNumber>>,
}

/// A change of the rules that makes no difference.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Equivalent {
    /// The change, as `prioritise test --mutate` writes it.
    pub change: At<String>,
    /// Why no test can notice it.
    pub because: At<String>,
}

/// A part of the rules that no evidence can reach.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Unreachable {
    /// The part, as `prioritise test --coverage` writes it.
    pub part: At<String>,
    /// Why nothing can reach it.
    pub because: At<String>,
}

/// The errors that rules can end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Fault")]
pub enum ExpectedError {
    /// An expression that failed.
    ScriptFailed,
    /// An expression that took more steps, depth or memory than allowed.
    ScriptLimit,
    /// An expression that answered something other than what was asked.
    ScriptResult,
    /// A total that is too large to be written.
    TotalOutOfRange,
}

impl ExpectedError {
    /// Its code among the problems.
    pub fn code(self) -> Code {
        match self {
            Self::ScriptFailed => Code::ScriptFailed,
            Self::ScriptLimit => Code::ScriptLimit,
            Self::ScriptResult => Code::ScriptResult,
            Self::TotalOutOfRange => Code::TotalOutOfRange,
        }
    }
}

/// Whether a measure is missing, and what is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingExpectation {
    /// It is, or it is not.
    Is(bool),
    /// It is, and what is done has this word.
    By(&'static str),
}

impl MissingExpectation {
    /// What the word of a policy says; none where no policy has it.
    pub(super) fn by(word: &str) -> Option<Self> {
        Missing::WORDS.iter().find(|known| **known == word).map(|word| Self::By(word))
    }
}

/// A measure, or an end of one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a number or the word of a level")]
#[schemars(inline)]
pub enum ExpectedMeasure {
    /// A number, whole or not.
    Number(WrittenNumber),
    /// The word of a level: no number.
    Word(#[schemars(regex(pattern = "[^-+.0-9]"))] String),
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum TestCell {
    /// A number, whole or not.
    Number(f64),
    /// Words; empty where there is nothing to say.
    Text(String),
    /// `true` or `false`.
    Truth(bool),
}

impl<'de> Deserialize<'de> for MissingExpectation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AbsentVisitor)
    }
}

struct AbsentVisitor;

impl Visitor<'_> for AbsentVisitor {
    type Value = MissingExpectation;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("true, false or a policy")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<MissingExpectation, E> {
        Ok(MissingExpectation::Is(truth))
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<MissingExpectation, E> {
        MissingExpectation::by(word).ok_or_else(|| E::unknown_variant(word, Missing::WORDS))
    }
}

impl JsonSchema for MissingExpectation {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Absent".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = Missing::WORDS.iter().map(|word| Value::from(*word));
        let all: Vec<Value> = [true.into(), false.into()].into_iter().chain(words).collect();
        schemars::json_schema!({ "enum": all })
    }
}

impl<'de> Deserialize<'de> for TestCell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = TestCell;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number, text in quotes, true or false")
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_i64<E>(self, number: i64) -> Result<TestCell, E> {
        Ok(TestCell::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<TestCell, E> {
        Ok(TestCell::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<TestCell, E> {
        Ok(TestCell::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<TestCell, E> {
        Ok(TestCell::Truth(truth))
    }
}

impl JsonSchema for TestCell {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Cell".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["number", "string", "boolean"] })
    }
}
