//! Expressions: what evidence each reads, and where each character of it stands in its file.

use std::ops::Range;
use std::sync::Arc;

use rhai::Position;

use super::offsets::offsets_of;
use super::position::Characters;
use crate::diagnostic::{Place, SourceFile};
use crate::rules::Amount;
use crate::rules::value_range::ValueRange;
use crate::toml_file::At;

/// An expression of a rule file. Plain data: each thread compiles its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The code without the quotes and escapes of the rule file.
    pub code: String,
    /// The evidence and other variables that it reads.
    pub reads: Vec<String>,
    /// The criteria whose answers or values it sees, by id; only of gates.
    pub sees: Vec<String>,
    /// The parameters that it reads, each with its value.
    pub parameters: Vec<(String, Amount)>,
    /// Between which numbers its answer lies, where that is a value.
    pub values: ValueRange,
    source: Arc<SourceFile>,
    /// For each character of the code where it stands in the file, and where the code ends.
    offsets: Arc<[usize]>,
}

impl Expression {
    /// The expression that stands at `text` in `source`.
    pub fn new(source: &Arc<SourceFile>, text: &At<String>) -> Self {
        let raw = source.text.get(text.span.clone()).unwrap_or_default();
        let offsets = offsets_of(raw, &text.value, text.span.start);
        Self {
            code: text.value.clone(),
            reads: Vec::new(),
            sees: Vec::new(),
            parameters: Vec::new(),
            values: ValueRange::UNLESS_WRITTEN,
            source: Arc::clone(source),
            offsets: offsets.into(),
        }
    }

    /// The characters in `range` of this expression as an expression of their own.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        let code = self.code.chars().skip(range.start).take(range.len()).collect();
        let offsets = self.offsets.get(range.start..=range.end).unwrap_or_default();
        Self {
            code,
            reads: Vec::new(),
            sees: Vec::new(),
            parameters: Vec::new(),
            values: ValueRange::UNLESS_WRITTEN,
            source: Arc::clone(&self.source),
            offsets: offsets.into(),
        }
    }

    /// The number of a parameter that it reads; none where it is a table or not read.
    pub fn number(&self, parameter: &str) -> Option<f64> {
        self.parameters.iter().find_map(|(name, value)| match value {
            Amount::Number(number) if name == parameter => Some(*number),
            _ => None,
        })
    }

    /// The whole expression's place.
    pub fn place(&self) -> Place {
        let start = self.offsets.first().copied().unwrap_or_default();
        Place::new(&self.source, start..self.offsets.last().copied().unwrap_or(start))
    }

    /// The place of some characters of the code.
    pub fn place_of(&self, characters: Range<usize>) -> Place {
        let at = |index: usize| self.offsets.get(index).copied().unwrap_or_default();
        Place::new(&self.source, at(characters.start)..at(characters.end))
    }

    /// The place of a position within the code, as long as the word that stands there.
    pub(super) fn place_at(&self, position: Position) -> Place {
        match Characters::of(&self.code).word_at(position) {
            Some(word) => self.place_of(word),
            None => self.place(),
        }
    }
}
