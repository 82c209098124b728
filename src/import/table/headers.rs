//! Headers of other people's tables: which one a name means, and what is marked on it.

use crate::sheet::{SheetRow, column_letters, column_number};
use crate::words::as_read;

/// What is marked in round brackets, and the mark in square brackets that means the same.
const IN_PARENTHESES: [(&str, &str); 13] = [
    ("p", "p"),
    ("prov", "p"),
    ("prov.", "p"),
    ("provisional", "p"),
    ("r", "r"),
    ("rev", "r"),
    ("revised", "r"),
    ("e", "e"),
    ("est", "e"),
    ("estimate", "e"),
    ("estimated", "e"),
    ("f", "f"),
    ("forecast", "f"),
];
/// What points to a footnote.
const FOOTNOTES: [char; 14] = ['*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰'];

/// What a row has under a name.
pub(super) enum Headed {
    Nothing,
    Once(u32),
    Twice(u32, u32),
}

/// The column that is called so: by its header, but for the size of letters, blanks and marks; or as `column F`.
pub(super) fn headed(row: &SheetRow, name: &str) -> Headed {
    if let Some(column) = by_letters(name) {
        return Headed::Once(column);
    }
    let columns = |read: &dyn Fn(&str) -> String| -> Vec<u32> {
        let wanted = read(name);
        row.cells().filter(|(_, value)| read(&value.text()) == wanted).map(|(column, _)| column).collect()
    };
    let mut found = columns(&plain);
    if found.is_empty() {
        found = columns(&|text| plain(without_marks(text).0));
    }
    match *found {
        [] => Headed::Nothing,
        [only] => Headed::Once(only),
        [first, second, ..] => Headed::Twice(first, second),
    }
}

/// The column of `column F`, counted from 0.
pub(super) fn by_letters(name: &str) -> Option<u32> {
    let letters = name.trim().strip_prefix("column ")?.trim();
    if letters.len() > 3 { None } else { column_number(letters) }
}

/// A name as readers take it for the same: without the size of letters, and with one blank between words.
pub(super) fn plain(name: &str) -> String {
    as_read(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a column is called, to be told: its header, or its letter where it has none.
pub(super) fn called(row: &SheetRow, column: u32) -> String {
    match row.text(column) {
        header if header.trim().is_empty() => format!("column {}", column_letters(column)),
        header => header,
    }
}

/// The text before the marks at its end, and these: `2024/25 [p][note 2]`, `2024 (provisional)`, `Total*`. A mark in
/// round brackets is given as the one in square brackets that means the same.
pub(super) fn without_marks(text: &str) -> (&str, Vec<&str>) {
    let (mut rest, mut marks) = (text.trim(), Vec::new());
    while let Some((before, found)) = last_mark(rest).filter(|(before, _)| !before.is_empty()) {
        marks.extend(found);
        rest = before;
    }
    (rest, marks)
}

/// The text before its last mark, and the mark; several where one pair of brackets holds several.
fn last_mark(text: &str) -> Option<(&str, Vec<&str>)> {
    if let Some((before, marks)) = text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        return Some((before.trim_end(), marks.split(',').map(str::trim).collect()));
    }
    if let Some((before, word)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        let word = word.trim().to_lowercase();
        let known = IN_PARENTHESES.iter().find(|(known, _)| *known == word);
        return known.map(|(_, mark)| (before.trim_end(), vec![*mark]));
    }
    let mark = text.char_indices().next_back().filter(|(_, letter)| FOOTNOTES.contains(letter));
    mark.and_then(|(at, _)| Some((text.get(..at)?.trim_end(), vec![text.get(at..)?])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_letters() {
        for (name, column) in [("column A", Some(0)), ("column aa", Some(26)), ("column XFD", Some(16_383))] {
            assert_eq!(by_letters(name), column);
        }
        for name in ["Column", "column 3", "column", "A", "column abcd"] {
            assert_eq!(by_letters(name), None, "{name}");
        }
    }

    #[test]
    fn marks_at_the_end_are_no_part_of_a_header() {
        for (text, before, marks) in [
            ("2024/25 [p][note 2]", "2024/25", vec!["note 2", "p"]),
            ("2024 [p, r]", "2024", vec!["p", "r"]),
            ("2024 (Provisional)", "2024", vec!["p"]),
            ("2024/25*", "2024/25", vec!["*"]),
            ("Thefts¹ ²", "Thefts", vec!["²", "¹"]),
            ("2024/25 (Apr-Dec)", "2024/25 (Apr-Dec)", vec![]),
            ("Burglary (n)", "Burglary (n)", vec![]),
            ("Thefts (2023)", "Thefts (2023)", vec![]),
            ("Burglary %", "Burglary %", vec![]),
            ("[c]", "[c]", vec![]),
            ("*", "*", vec![]),
        ] {
            assert_eq!(without_marks(text), (before, marks), "{text}");
        }
    }
}
