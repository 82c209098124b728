//! What a document says of a measure, exactly as it is written.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

use crate::assessment::evidence::OutcomeWord;
use crate::toml_file::At;

/// What a document says of a measure: of its outcome, of its change, or in words alone. What can be checked is.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table such as { percent = \"26\", direction = \"fall\" }")]
pub struct MeasureClaim {
    /// The outcome that it names.
    pub outcome: Option<At<OutcomeWord>>,
    /// The change in per cent, as printed: `"26"`, or `"-26"` with its sign.
    pub percent: Option<At<AsPrinted>>,
    /// The change in the measure's own unit, as printed: `"108"`.
    pub change: Option<At<AsPrinted>>,
    /// Which way it is said to have gone.
    pub direction: Option<At<Direction>>,
    /// The period within which it is said to have gone that way, where that is not from baseline to actual.
    pub period: Option<At<String>>,
    /// The document's own words. Alone they can't be checked.
    pub text: Option<At<String>>,
    /// The source's id, where it is not the measure's.
    pub source: Option<At<String>>,
    /// The place in the source, where it is not the measure's.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// It fell.
    Fall,
    /// It rose.
    Rise,
    /// It stayed.
    Same,
}

/// Digits as a document prints them: in quotes, or as a number whose digits are read from the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AsPrinted;

impl<'de> Deserialize<'de> for AsPrinted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PrintedVisitor)
    }
}

struct PrintedVisitor;

impl Visitor<'_> for PrintedVisitor {
    type Value = AsPrinted;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_i64<E>(self, _: i64) -> Result<AsPrinted, E> {
        Ok(AsPrinted)
    }

    fn visit_f64<E>(self, _: f64) -> Result<AsPrinted, E> {
        Ok(AsPrinted)
    }

    fn visit_str<E>(self, _: &str) -> Result<AsPrinted, E> {
        Ok(AsPrinted)
    }
}

impl JsonSchema for AsPrinted {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AsPrinted".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "number"] })
    }
}
