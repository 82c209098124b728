//! Numbers of a rule set that may be a parameter's, as they are written. What a name stands for is judged elsewhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::toml_file::{At, WrittenNumber};

/// A number, or the name of a parameter that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The number. Of a parameter it is not a number until the parameter's is put in its place.
    pub number: f64,
    /// The parameter's name, where one is named.
    pub parameter: Option<String>,
}

/// What a parameter's value is, as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum WrittenAmount {
    /// One number, not yet known to be finite.
    Number(f64),
    /// Numbers by name, each where it stands.
    Table(BTreeMap<String, At<WrittenNumber>>),
}

impl At<Setting> {
    /// The number, where it stands.
    pub fn number(&self) -> At<WrittenNumber> {
        At { value: WrittenNumber(self.value.number), span: self.span.clone() }
    }

    /// Whether it names a parameter that has no number.
    pub fn is_open(&self) -> bool {
        self.value.parameter.is_some() && self.value.number.is_nan()
    }
}

impl Setting {
    /// The number or the name, as it is written.
    pub fn as_written(&self) -> String {
        match &self.parameter {
            Some(name) => format!("\"{name}\""),
            None => self.number.to_string(),
        }
    }
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl Visitor<'_> for SettingVisitor {
    type Value = Setting;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number or the name of a parameter")
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_i64<E>(self, number: i64) -> Result<Setting, E> {
        Ok(Setting { number: number as f64, parameter: None })
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_i128<E>(self, number: i128) -> Result<Setting, E> {
        Ok(Setting { number: number as f64, parameter: None })
    }

    fn visit_f64<E>(self, number: f64) -> Result<Setting, E> {
        Ok(Setting { number, parameter: None })
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Setting, E> {
        // A number in quotes is a slip; anything else that is no parameter is told as such.
        if name.trim().is_empty() || name.trim().parse::<f64>().is_ok() {
            return Err(E::invalid_type(Unexpected::Str(name), &self));
        }
        Ok(Setting { number: f64::NAN, parameter: Some(name.to_owned()) })
    }
}

impl JsonSchema for Setting {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Setting".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["number", "string"], "pattern": "^[a-z][A-Za-z0-9_]*$" })
    }
}

impl<'de> Deserialize<'de> for WrittenAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

struct AmountVisitor;

impl<'de> Visitor<'de> for AmountVisitor {
    type Value = WrittenAmount;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number or a table of numbers")
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_i64<E>(self, number: i64) -> Result<WrittenAmount, E> {
        Ok(WrittenAmount::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "figures above 2^53 are refused where they are judged")]
    fn visit_i128<E>(self, number: i128) -> Result<WrittenAmount, E> {
        Ok(WrittenAmount::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<WrittenAmount, E> {
        Ok(WrittenAmount::Number(number))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WrittenAmount, A::Error> {
        let mut table = BTreeMap::new();
        while let Some((name, number)) = map.next_entry::<String, At<WrittenNumber>>()? {
            table.insert(name, number);
        }
        Ok(WrittenAmount::Table(table))
    }
}

impl JsonSchema for WrittenAmount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "anyOf": [{ "type": "number" }, { "type": "object", "additionalProperties": { "type": "number" } }]
        })
    }
}
