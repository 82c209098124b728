//! Letters that no reader sees, in every text of a file: what is shown must be all that is there.
//! Code may have tabs and line ends in it; what is no code is judged for tabs by itself.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::words::{odd_in_words, odd_letter};

/// The most texts that are told of one file.
const MAX_TOLD: usize = 20;

/// Tells of each text below `table`, and of each key, the first letter that acts on terminals or that nobody sees.
pub(super) fn judge(table: &DeTable<'_>, source: &Arc<SourceFile>, problems: &mut Problems) {
    let mut found = Vec::new();
    in_table(table, &mut found);
    for (what, odd, span) in found.into_iter().take(MAX_TOLD) {
        let help = match odd.is_control() {
            true => "take it out",
            false => "take it out: write the words anew where it can't be found",
        };
        let problem = Problem::new(Code::BadValue, format!("{what} has {}", odd_in_words(odd))).help(help);
        problems.push(problem.at(Place::new(source, span)));
    }
}

/// What has such a letter in it, the letter and the place.
type Odd = (String, char, Range<usize>);

fn in_table(table: &DeTable<'_>, found: &mut Vec<Odd>) {
    for (key, value) in table {
        if let Some(odd) = odd_letter(key.get_ref()) {
            found.push(("this key".to_owned(), odd, key.span()));
        }
        in_value(key.get_ref(), value, found);
    }
}

fn in_value(key: &str, value: &Spanned<DeValue<'_>>, found: &mut Vec<Odd>) {
    match value.get_ref() {
        DeValue::String(text) => {
            if let Some(odd) = odd_letter(text) {
                found.push((format!("`{key}`"), odd, value.span()));
            }
        }
        DeValue::Array(items) => items.iter().for_each(|item| in_value(key, item, found)),
        DeValue::Table(table) => in_table(table, found),
        _ => {}
    }
}
