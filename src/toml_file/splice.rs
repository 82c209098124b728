//! Stretches of a TOML file's text changed where they stand: everything else stays byte for byte.

use std::ops::Range;

/// Text that takes the place of a stretch of the file.
pub type Splice = (Range<usize>, String);

/// The text with every splice made; of those at the same place, in the order given.
pub fn spliced(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|(range, _)| range.start);
    let (mut whole, mut from) = (String::new(), 0);
    for (range, new) in splices {
        whole.push_str(text.get(from..range.start).unwrap_or_default());
        whole.push_str(&new);
        from = range.end.max(from);
    }
    whole.push_str(text.get(from..).unwrap_or_default());
    whole
}

/// Where the line begins that a byte stands in.
pub fn start_of_line(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Behind the end of the line that a byte stands in.
pub fn end_of_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}
