//! The functions of a rule set, and the files that they stand in.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rhai::{AST, Engine, Position};

use super::position::word;
use crate::budget::Budget;
use crate::diagnostic::{Place, SourceFile};

/// A script file that a rule set names: functions, and no statement outside them.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Its name and text.
    pub source: Arc<SourceFile>,
    /// The functions in it, by name, with the numbers of values that they take.
    pub functions: BTreeMap<String, BTreeSet<usize>>,
    places: Places,
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

/// Where each function of a file is: looked up, not searched for, since a file can have thousands.
#[derive(Debug, Clone, PartialEq, Default)]
struct Places {
    /// The first place of each function's name, with the `fn` before it.
    first: BTreeMap<String, Range<usize>>,
    /// Where each begins, in the order of the file.
    starts: Vec<(usize, String)>,
}

impl Places {
    fn of(text: &str, functions: &BTreeMap<String, BTreeSet<usize>>) -> Self {
        let mut places = Self::default();
        for (start, found) in text.match_indices("fn ") {
            let behind = text.get(start + found.len()..).unwrap_or_default();
            let name: String = word(behind.trim_start().chars()).collect();
            if functions.contains_key(&name) {
                let end = text.len() - behind.trim_start().len() + name.len();
                places.starts.push((start, name.clone()));
                places.first.entry(name).or_insert(start..end);
            }
        }
        places
    }
}

impl Script {
    /// The file with these functions.
    pub(super) fn new(source: &Arc<SourceFile>, functions: BTreeMap<String, BTreeSet<usize>>) -> Self {
        Self { source: Arc::clone(source), places: Places::of(&source.text, &functions), functions }
    }

    /// The function that a byte of the file stands in: the last one that begins before it.
    pub fn function_at(&self, at: usize) -> &str {
        let before = self.places.starts.partition_point(|(start, _)| *start < at);
        before.checked_sub(1).and_then(|last| self.places.starts.get(last)).map_or("", |(_, name)| name)
    }

    /// The place of a function's name, with the `fn` before it.
    pub fn place_of(&self, function: &str) -> Place {
        Place::new(&self.source, self.places.first.get(function).cloned().unwrap_or(0..0))
    }

    /// The place of a position in the file, as long as the word that stands there.
    pub(super) fn place_at(&self, position: Position) -> Place {
        place_at(&self.source, position)
    }
}

/// The place of a position in a file of functions, as long as the word that stands there; at the start of a line where
/// the position has no column.
pub(super) fn place_at(source: &Arc<SourceFile>, position: Position) -> Place {
    let Some(line) = position.line() else { return Place::new(source, 0..0) };
    let start = source.byte_at(line, position.position().unwrap_or(1));
    let rest = source.text.get(start..).unwrap_or_default();
    let length = word(rest.chars()).map(char::len_utf8).sum::<usize>();
    let one = rest.chars().next().map_or(0, char::len_utf8);
    Place::new(source, start..start + length.max(one))
}

/// The place of some characters of a file of functions.
pub(super) fn place_of_characters(source: &Arc<SourceFile>, characters: Range<usize>) -> Place {
    Place::new(source, source.byte_of_character(characters.start)..source.byte_of_character(characters.end))
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
