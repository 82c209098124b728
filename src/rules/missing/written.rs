//! Missing policies as they are written in a rule set's file: a word, or a table where there is more to say.

use std::fmt;
use std::ops::Range;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use super::stated::WrittenStated;
use super::{Missing, MissingWord, STATED};
use crate::diagnostic::Code;
use crate::rules::judge::RuleSetJudge;
use crate::rules::setting::Setting;
use crate::rules::shape::Unbounded;
use crate::rules::value_range::ValueRange;
use crate::rules::variation::RuleVariation;
use crate::toml_file::At;

/// How a stated value is written.
const TABLE: &str = "a table such as { value = 0.4, because = \"as if nothing had changed\" }";

/// What stands in where a measure is missing, as it is written.
#[derive(Debug, Clone, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Missing")]
pub enum WrittenMissing {
    /// A word that says it all.
    Word(MissingWord),
    /// A value, and why just that one.
    Stated(WrittenStated),
}

impl At<WrittenMissing> {
    /// The policy that it makes for values of which `unbounded` is to be known. None where something in it is wrong,
    /// which is told.
    pub(in crate::rules) fn judged(
        &self,
        judge: &mut RuleSetJudge<'_>,
        unbounded: Option<Unbounded>,
        values: ValueRange,
    ) -> Option<Missing> {
        match &self.value {
            WrittenMissing::Word(word) => {
                if let Some((message, help)) = word.policy().misfit(unbounded) {
                    judge.check.problem(Code::BadValueFunction, &self.span, message, help);
                }
                Some(Missing::Word(*word))
            }
            WrittenMissing::Stated(stated) => stated.judged(judge, unbounded, values).map(Missing::Stated),
        }
    }
}

impl WrittenMissing {
    /// The number in it that may be a parameter's.
    pub(in crate::rules) fn setting(&mut self) -> Option<&mut At<Setting>> {
        match self {
            Self::Word(_) => None,
            Self::Stated(stated) => Some(&mut stated.value),
        }
    }

    /// Small changes of it, which stands at `span`, to ask whether any test notices.
    pub fn variations(&self, span: &Range<usize>) -> Vec<RuleVariation> {
        let (now, of_it) = match self {
            Self::Word(word) => (word.word(), None),
            Self::Stated(stated) => ("", stated.variations()),
        };
        let swapped = RuleVariation::words("missing", span, now, MissingWord::WORDS.iter().copied());
        swapped.into_iter().chain(of_it).collect()
    }
}

impl<'de> Deserialize<'de> for WrittenMissing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MissingVisitor)
    }
}

struct MissingVisitor;

impl<'de> Visitor<'de> for MissingVisitor {
    type Value = WrittenMissing;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a word or {TABLE}")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<WrittenMissing, E> {
        // The word that results have for what a table says.
        if word == STATED {
            return Err(E::invalid_type(Unexpected::Str(word), &TABLE));
        }
        MissingWord::deserialize(StrDeserializer::new(word)).map(WrittenMissing::Word)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenMissing, A::Error> {
        WrittenStated::deserialize(MapAccessDeserializer::new(map)).map(WrittenMissing::Stated)
    }
}
