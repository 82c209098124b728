//! The engine's positions, lines and columns, as numbers of characters.

use std::ops::{Deref, Range};

use rhai::Position;

/// The characters of some code, and where its lines begin: code can have as many positions as characters, and none of
/// them is looked for from its start.
pub(super) struct Characters {
    letters: Vec<char>,
    /// The number of the first character of each line.
    lines: Vec<usize>,
}

impl Deref for Characters {
    type Target = [char];

    fn deref(&self) -> &[char] {
        &self.letters
    }
}

impl Characters {
    pub(super) fn of(code: &str) -> Self {
        let letters: Vec<char> = code.chars().collect();
        let ends = letters.iter().enumerate().filter(|(_, letter)| **letter == '\n').map(|(at, _)| at + 1);
        Self { lines: std::iter::once(0).chain(ends).collect(), letters }
    }

    /// The number of the character at a position; none where there is no position.
    pub(super) fn at(&self, position: Position) -> Option<usize> {
        let (line, column) = (position.line()?, position.position()?);
        Some(self.start_of_line(line)? + column - 1)
    }

    /// The characters of the word at a position, or the single character there; at the start of a line where the position
    /// has no column.
    pub(super) fn word_at(&self, position: Position) -> Option<Range<usize>> {
        let (line, column) = (position.line()?, position.position().unwrap_or(1));
        let start = (self.start_of_line(line)? + column - 1).min(self.len());
        let length = word(self.get(start..)?.iter().copied()).count().max(1);
        Some(start..(start + length).min(self.len()))
    }

    /// The line that a character stands in, counted from 1.
    pub(super) fn line(&self, number: usize) -> usize {
        self.lines.partition_point(|start| *start <= number)
    }

    fn start_of_line(&self, line: usize) -> Option<usize> {
        self.lines.get(line.checked_sub(1)?).copied()
    }
}

/// The letters of the word that some text begins with.
pub(super) fn word(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    letters.take_while(|letter| letter.is_alphanumeric() || *letter == '_')
}
