//! A file of answers exactly as it is written. The doc comments are what editors show, through the JSON Schema made from
//! these types.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::rules::Combined;
use crate::toml_file::{At, WrittenNumber};

/// What people answered when they were asked for weights.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise answers")]
pub struct AnswersFile {
    /// How they were asked.
    pub answers: AnswersHeader,
    /// For swings: the measures between which each was asked about, by criterion: `harm = [1, 1000]`.
    #[serde(default)]
    pub ranges: BTreeMap<String, At<MeasureEnds>>,
    /// The people who answered.
    #[serde(default)]
    pub person: Vec<At<Person>>,
}

/// The measure that earns least, and the one that earns most.
pub type MeasureEnds = (At<WrittenNumber>, At<WrittenNumber>);

/// How people were asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(rename = "Header")]
pub struct AnswersHeader {
    /// The method.
    pub method: At<AskedMethod>,
    /// How the answers of several people become one: the arithmetic mean of their weights unless told, in pairwise
    /// comparison the geometric mean of their judgements.
    pub combined: Option<At<Combined>>,
}

/// How people can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Asked")]
pub enum AskedMethod {
    /// What each swing from the least to the most is worth: 100 for the one that matters most.
    Swing,
    /// How many times as much each matters as every other, on Saaty's scale from 1 to 9.
    Pairwise,
    /// The order of importance: 1 for what matters most; equals have the same number.
    RankOrder,
    /// 100 points shared out.
    Points,
}

/// What one person answered.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Person {
    /// The person's role; no names.
    pub by: At<String>,
    /// The day: `2026-11-02`.
    pub date: At<String>,
    /// Why, in a sentence.
    pub because: Option<At<String>>,
    /// A number for each criterion, by id.
    #[serde(default)]
    pub criteria: BTreeMap<String, At<WrittenNumber>>,
    /// A number for each group, by id.
    #[serde(default)]
    pub groups: BTreeMap<String, At<WrittenNumber>>,
    /// How many times as much a criterion matters as others, by id: `harm = { volume = 5, change = "1/3" }`.
    #[serde(default)]
    pub pairs: BTreeMap<String, BTreeMap<String, At<Comparison>>>,
    /// The same for groups.
    #[serde(default)]
    pub group_pairs: BTreeMap<String, BTreeMap<String, At<Comparison>>>,
}

/// How many times as much one thing matters as another: `5`, or `"1/5"`.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// A number from 1/9 to 9.
    Number(f64),
    /// A fraction, as text.
    Text(String),
}

impl<'de> Deserialize<'de> for Comparison {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ComparisonVisitor)
    }
}

struct ComparisonVisitor;

impl Visitor<'_> for ComparisonVisitor {
    type Value = Comparison;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number from 1 to 9, or text such as \"1/5\"")
    }

    #[expect(clippy::cast_precision_loss, reason = "what is not on the scale is refused where it is judged")]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Comparison, E> {
        Ok(Comparison::Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Comparison, E> {
        Ok(Comparison::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Comparison, E> {
        Ok(Comparison::Text(value.to_owned()))
    }
}

impl JsonSchema for Comparison {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Comparison".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "anyOf": [{ "type": "number", "minimum": 0, "maximum": 9 }, { "type": "string", "pattern": "^ *1 */ *[1-9] *$" }]
        })
    }
}
