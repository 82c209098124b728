//! A text file that was read, and where its lines and characters are.

use std::sync::OnceLock;

/// How many bytes lie between two counts of characters.
const STRIDE: usize = 1024;

/// A text file that was read, under the name a person would use for it.
///
/// It knows its lines and characters: a file can have as many problems as bytes, and none of them reads it from its start.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as the person gave it or could type it, with `/` between folders.
    pub name: String,
    /// The whole text, without a byte-order mark.
    pub text: String,
    /// Made when it is first asked for: most files have no problem.
    index: OnceLock<TextIndex>,
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text) == (&other.name, &other.text)
    }
}

impl Eq for SourceFile {}

impl SourceFile {
    /// The file `name` with this text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), index: OnceLock::new() }
    }

    /// The line that a byte stands in, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.index().line(offset)
    }

    /// Line and column of a byte offset, both counted from 1, the column in characters.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.line(offset);
        let before = self.characters_before(offset) - self.characters_before(self.start_of_line(line));
        (line, before + 1)
    }

    /// Where a line begins, in bytes; the end of the text for one that is not there.
    pub fn start_of_line(&self, line: usize) -> usize {
        self.index().lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The byte at which the character begins that so many others stand before; the end of the text where there are no
    /// more.
    pub fn byte_of_character(&self, number: usize) -> usize {
        let counts = &self.index().characters;
        let stride = counts.partition_point(|count| *count <= number).saturating_sub(1);
        let before = counts.get(stride).copied().unwrap_or_default();
        let start = stride * STRIDE;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let mut begins = rest.iter().enumerate().filter(|(_, byte)| begins_character(**byte));
        begins.nth(number - before).map_or(self.text.len(), |(at, _)| start + at)
    }

    /// The byte at a line and column, both counted from 1, the column in characters.
    pub fn byte_at(&self, line: usize, column: usize) -> usize {
        self.byte_of_character(self.characters_before(self.start_of_line(line)) + column.saturating_sub(1))
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let counted = self.index().characters.get(stride).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or_default();
        counted + rest.iter().filter(|byte| begins_character(**byte)).count()
    }

    fn index(&self) -> &TextIndex {
        self.index.get_or_init(|| TextIndex::of(&self.text))
    }
}

/// Where lines and characters are, so that each is found without reading what stands before it.
#[derive(Debug)]
struct TextIndex {
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    /// How many characters begin before each [`STRIDE`] of bytes.
    characters: Vec<usize>,
}

impl TextIndex {
    fn of(text: &str) -> Self {
        let mut count = 0;
        let counts = text.as_bytes().chunks(STRIDE).map(|bytes| {
            count += bytes.iter().filter(|byte| begins_character(**byte)).count();
            count
        });
        let characters = std::iter::once(0).chain(counts).collect();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { lines, characters }
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).max(1)
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = SourceFile::new("x", "one\n£ä = 3\n");
        let offset = source.text.find('=').unwrap();
        assert_eq!(source.line_and_column(offset), (2, 4));
        assert_eq!(source.line_and_column(999), (3, 1));
        assert_eq!((source.line(3), source.line(4), source.start_of_line(2)), (1, 2, 4));
        assert_eq!((source.byte_at(2, 4), source.byte_at(9, 1)), (offset, source.text.len()));
        assert_eq!(SourceFile::new("x", "").line_and_column(0), (1, 1));
    }

    /// Without the index this would read a gigabyte for each of them.
    #[test]
    fn places_far_into_a_long_line_are_found_at_once() {
        let source = SourceFile::new("x", ["aé€\n".repeat(10), "é€a".repeat(500_000)].concat());
        let letters: Vec<usize> = source.text.char_indices().map(|(at, _)| at).collect();
        for number in (0..letters.len()).step_by(7) {
            let at = letters[number];
            assert_eq!(source.byte_of_character(number), at);
            if number >= 40 {
                assert_eq!(source.line_and_column(at), (11, number - 39));
            }
        }
        assert_eq!(source.byte_of_character(usize::MAX), source.text.len());
    }
}
