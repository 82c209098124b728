//! What every text of a file must be: as long as people write, and without letters that no reader sees, so that what is shown
//! is all that is there. Code may have tabs and line ends in it; what is no code is judged for tabs by itself.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::words::{odd_in_words, odd_letter, whole};

/// The most texts that are told of one file.
const MAX_TOLD: usize = 20;

/// How long a text may be.
const MAX_TEXT_BYTES: usize = 32_000;

/// Tells of each text below `table`, and of each key, the first letter that acts on terminals or that nobody sees, and
/// whether it is longer than anybody writes.
pub(super) fn judge(table: &DeTable<'_>, source: &Arc<SourceFile>, problems: &mut Problems) {
    let mut found = Vec::new();
    in_table(table, &mut found);
    for (what, wrong, span) in found.into_iter().take(MAX_TOLD) {
        let (message, help) = match wrong {
            Wrong::Letter(odd) if odd.is_control() => (format!("{what} has {}", odd_in_words(odd)), "take it out"),
            Wrong::Letter(odd) => (
                format!("{what} has {}", odd_in_words(odd)),
                "take it out: write the words anew where it can't be found",
            ),
            Wrong::Length(bytes) => (
                format!("{what} has {} bytes, and {} is the most of a text", whole(bytes), whole(MAX_TEXT_BYTES)),
                "shorten it",
            ),
        };
        let problem = Problem::new(Code::BadValue, message).help(help);
        problems.push(problem.at(Place::new(source, span)));
    }
}

/// What is wrong with a text.
enum Wrong {
    /// It has this letter.
    Letter(char),
    /// It has so many bytes.
    Length(usize),
}

/// A text with something wrong, what that is, and the place.
type Found = (String, Wrong, Range<usize>);

fn in_table(table: &DeTable<'_>, found: &mut Vec<Found>) {
    for (key, value) in table {
        found.extend(wrong_with(key.get_ref()).map(|wrong| ("this key".to_owned(), wrong, key.span())));
        in_value(key.get_ref(), value, found);
    }
}

fn in_value(key: &str, value: &Spanned<DeValue<'_>>, found: &mut Vec<Found>) {
    match value.get_ref() {
        DeValue::String(text) => {
            // A key that is too long is told by itself.
            let what = if key.len() > MAX_TEXT_BYTES { "this text".to_owned() } else { format!("`{key}`") };
            found.extend(wrong_with(text).map(|wrong| (what, wrong, value.span())));
        }
        DeValue::Array(items) => items.iter().for_each(|item| in_value(key, item, found)),
        DeValue::Table(table) => in_table(table, found),
        _ => {}
    }
}

fn wrong_with(text: &str) -> Option<Wrong> {
    let too_long = text.len() > MAX_TEXT_BYTES;
    odd_letter(text).map(Wrong::Letter).or_else(|| too_long.then_some(Wrong::Length(text.len())))
}
