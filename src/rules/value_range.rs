//! Between which numbers the values of a rule set lie: from 0 to 1 unless it says otherwise.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{SeqAccessDeserializer, StrDeserializer};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::list::closed_list;
use crate::toml_file::WrittenNumber;
use crate::words::number;

/// No value is farther from zero.
const FARTHEST: f64 = 1e9;
/// The most decimals that an end is shown with.
const DECIMALS: u32 = 6;

closed_list! {
    /// Values that may be any number.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
    pub enum WithoutEnds {
        /// There is no least and no highest value.
        "unbounded" => Unbounded,
    }
}

/// Between which numbers values lie, as it is written.
#[derive(Debug, Clone, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Values")]
pub enum WrittenValues {
    /// The least and the highest: `[0, 3]`.
    Ends(Vec<WrittenNumber>),
    /// A word that says that there is neither.
    Word(WithoutEnds),
}

impl<'de> Deserialize<'de> for WrittenValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = WrittenValues;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "two numbers such as [0, 3], or \"{}\"", WithoutEnds::Unbounded.word())
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<WrittenValues, E> {
        WithoutEnds::deserialize(StrDeserializer::new(word)).map(WrittenValues::Word)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<WrittenValues, A::Error> {
        Vec::<WrittenNumber>::deserialize(SeqAccessDeserializer::new(list)).map(WrittenValues::Ends)
    }
}

/// Between which numbers values lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueRange {
    /// No value is lower: at most 0.
    pub least: f64,
    /// No value is higher: at least 1.
    pub most: f64,
    /// Whether these are declared; where not, they are only what can be reckoned with.
    pub has_ends: bool,
}

impl ValueRange {
    /// From 0 to 1.
    pub const UNLESS_WRITTEN: Self = Self { least: 0.0, most: 1.0, has_ends: true };
    /// Any number that can be reckoned with.
    pub(super) const UNBOUNDED: Self = Self { least: -FARTHEST, most: FARTHEST, has_ends: false };

    /// Between two numbers; none where that can't be.
    pub(super) fn between(least: f64, most: f64) -> Option<Self> {
        let fits = (-FARTHEST..=0.0).contains(&least) && (1.0..=FARTHEST).contains(&most);
        fits.then_some(Self { least, most, has_ends: true })
    }

    /// Whether values run from 0 to 1.
    pub fn is_usual(self) -> bool {
        self == Self::UNLESS_WRITTEN
    }

    /// Whether a value lies in it.
    pub fn contains(self, value: f64) -> bool {
        (self.least..=self.most).contains(&value)
    }

    /// What lies in the middle.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.least, self.most)
    }

    /// `from 0 to 1`.
    pub fn in_words(self) -> String {
        format!("from {} to {}", number(self.least, DECIMALS), number(self.most, DECIMALS))
    }
}
