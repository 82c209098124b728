//! The functions of a rule set, and the files that they stand in.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rhai::{AST, Engine, Position};

use super::position::word_at;
use crate::budget::Budget;
use crate::diagnostic::{Place, SourceFile};

/// A script file that a rule set names: functions, and no statement outside them.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Its name and text.
    pub source: Arc<SourceFile>,
    /// The functions in it, by name, with the numbers of values that they take.
    pub functions: BTreeMap<String, BTreeSet<usize>>,
}

/// All functions that a rule set's expressions can call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library {
    /// The files, in the order the rule set names them.
    pub scripts: Vec<Script>,
    /// Whether every file that the rule set names could be read: only then a function that is not there is unknown.
    pub complete: bool,
    /// What they and the expressions may spend.
    pub budget: Budget,
}

impl Script {
    /// The function that a byte of the file stands in: the last one that begins before it.
    pub fn function_at(&self, at: usize) -> &str {
        let before = self.source.text.get(..at).unwrap_or_default();
        let named = |start: usize| before.get(start + 3..)?.split('(').next().map(str::trim);
        let names = before.rmatch_indices("fn ").filter_map(|(start, _)| named(start));
        names.into_iter().find(|name| self.functions.contains_key(*name)).unwrap_or_default()
    }

    /// The place of a function's name, with the `fn` before it.
    pub fn place_of(&self, function: &str) -> Place {
        let at = self.source.text.find(&format!("fn {function}")).unwrap_or_default();
        Place::new(&self.source, at..at + 3 + function.len())
    }

    /// The place of a position in the file, as long as the word that stands there.
    pub(super) fn place_at(&self, position: Position) -> Place {
        let characters: Vec<char> = self.source.text.chars().collect();
        self.place_of_characters(word_at(&characters, position).unwrap_or(0..0))
    }

    /// The place of some characters of the file.
    pub(super) fn place_of_characters(&self, characters: Range<usize>) -> Place {
        let bytes = |count: usize| self.source.text.chars().take(count).map(char::len_utf8).sum::<usize>();
        Place::new(&self.source, bytes(characters.start)..bytes(characters.end))
    }
}

impl Library {
    /// The file that defines a function.
    pub fn script_of(&self, function: &str) -> Option<&Script> {
        self.scripts.iter().find(|script| script.functions.contains_key(function))
    }

    /// The functions as one tree.
    pub(super) fn compile(&self, engine: &Engine) -> AST {
        self.scripts
            .iter()
            .filter_map(|script| engine.compile(&script.source.text).ok())
            .fold(AST::empty(), |all, one| all.merge(&one))
    }
}
