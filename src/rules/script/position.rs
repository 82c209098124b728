//! The engine's positions, lines and columns, as numbers of characters.

use std::ops::Range;

use rhai::Position;

/// The number of the character at a position; none where there is no position.
pub(super) fn offset(characters: &[char], position: Position) -> Option<usize> {
    let (line, column) = (position.line()?, position.position()?);
    Some(start_of_line(characters, line)? + column - 1)
}

/// The characters of the word at a position, or the single character there; at the start of a line where the position
/// has no column.
pub(super) fn word_at(characters: &[char], position: Position) -> Option<Range<usize>> {
    let (line, column) = (position.line()?, position.position().unwrap_or(1));
    let start = (start_of_line(characters, line)? + column - 1).min(characters.len());
    let in_word = |letter: &&char| letter.is_alphanumeric() || **letter == '_';
    let length = characters.get(start..)?.iter().take_while(in_word).count().max(1);
    Some(start..(start + length).min(characters.len()))
}

fn start_of_line(characters: &[char], line: usize) -> Option<usize> {
    let mut start = 0;
    for _ in 1..line {
        start += characters.get(start..)?.iter().position(|letter| *letter == '\n')? + 1;
    }
    Some(start)
}
