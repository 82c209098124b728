//! Texts into ids and evidence names, each with the texts that it stands for.

use std::collections::BTreeMap;

use crate::toml_file::is_id;
use crate::words::as_read;
use crate::words::{id_of, name_of};

/// What a text is known by, and the first text that it was.
#[derive(Debug, Default)]
pub(super) struct NamedTexts {
    /// By key, id or evidence name: its number.
    numbers: BTreeMap<String, u32>,
    /// By number.
    pub(super) all: Vec<NamedText>,
    /// Texts met before, by how they are written: most rows name what an earlier row names.
    known: BTreeMap<String, u32>,
}

/// An id or an evidence name, with the text that it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedText {
    pub(super) key: String,
    pub(super) text: String,
    /// The same text as it is written elsewhere: with other capitals or marks.
    pub(super) other: Option<String>,
}

/// Why a text names nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoName {
    /// It has no letter or digit of English.
    Nothing,
    /// Another text has the same key, and is not the same.
    Taken { key: String, by: String },
}

impl NamedTexts {
    /// The number of the text that is known by `key`, or why it can't be.
    pub(super) fn number(&mut self, text: &str, key: impl Fn(&str) -> String) -> Result<u32, NoName> {
        if let Some(number) = self.known.get(text) {
            return Ok(*number);
        }
        let key = key(text);
        if key.is_empty() {
            return Err(NoName::Nothing);
        }
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(key.clone()).or_insert(next);
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        match self.all.get_mut(place) {
            Some(named) if letters(&named.text) != letters(text) => {
                return Err(NoName::Taken { key, by: named.text.clone() });
            }
            Some(named) => {
                named.other.get_or_insert_with(|| text.to_owned());
            }
            None => self.all.push(NamedText { key, text: text.to_owned(), other: None }),
        }
        self.known.insert(text.to_owned(), number);
        Ok(number)
    }

    /// Texts by number, in this order. No text can be added to them.
    pub(super) fn of(all: Vec<NamedText>) -> Self {
        Self { numbers: BTreeMap::new(), all, known: BTreeMap::new() }
    }

    /// What has this number.
    pub(super) fn get(&self, number: u32) -> Option<&NamedText> {
        self.all.get(usize::try_from(number).ok()?)
    }
}

/// The letters and digits of any language, in small letters: what tells one text from another.
fn letters(text: &str) -> String {
    let text = text.replace('&', " and ");
    as_read(&text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether a text may name the sum of the others.
pub(super) fn may_be_total(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let whole =
        ["total", "totals", "subtotal", "all", "overall", "sum", "persons", "people", "both", "everyone", "combined"];
    let begins = ["all ", "total ", "sum of ", "both "];
    // `All other theft` is one part of theft.
    let is_part = text.starts_with("all other");
    let is_sum = text.ends_with(" total") || text.ends_with("sub-total") || text.ends_with(" combined");
    whole.contains(&&*text) || is_sum || !is_part && begins.iter().any(|word| text.starts_with(word))
}

/// Whether a text may name the mean of the others.
pub(super) fn is_average(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let words = ["average", "mean", "median"];
    words.iter().any(|word| text == *word || text.ends_with(&format!(" {word}")))
}

/// Whether a text says that there is no case number.
pub(super) fn is_no_number(text: &str) -> bool {
    let words = [
        "-",
        "–",
        "—",
        ".",
        "..",
        "...",
        "?",
        "0",
        "n/a",
        "na",
        "n.a.",
        "n/k",
        "nk",
        "n.k.",
        "none",
        "null",
        "nil",
        "unknown",
        "not known",
        "not recorded",
        "blank",
        "tbc",
        "tba",
        "[x]",
        "[z]",
    ];
    words.contains(&&*text.trim().to_lowercase())
}

/// The id of a code that has a title beside it: as it stands, where it can.
pub(super) fn id_of_code(code: &str) -> String {
    if is_id(code) { code.to_owned() } else { id_of(code) }
}

/// The evidence name made of a text; where the text begins with a digit, `before` comes first.
pub(super) fn evidence_name(text: &str, before: &str) -> String {
    let name = name_of(text);
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("{before}_{name}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_read_the_same_are_one() {
        let mut names = NamedTexts::default();
        assert_eq!(names.number("Arson & damage", id_of), Ok(0));
        assert_eq!(names.number("ARSON and Damage", id_of), Ok(0));
        assert_eq!(names.number("Theft", id_of), Ok(1));
        assert_eq!(names.number("—", id_of), Err(NoName::Nothing));
        assert_eq!(names.all[0].other.as_deref(), Some("ARSON and Damage"));
        // Ids have no accents, so the two would share one.
        assert_eq!(names.number("Zoë", id_of), Ok(2));
        let taken = NoName::Taken { key: "zoe".to_owned(), by: "Zoë".to_owned() };
        assert_eq!(names.number("Zoé", id_of), Err(taken));
    }

    #[test]
    fn totals_are_told_from_their_parts() {
        for text in ["Total", "All ages", "Persons", "District total", "Sum of wards", "Both sexes", "Grand Total"] {
            assert!(may_be_total(text), "{text}");
        }
        for text in ["All other theft offences", "Allotments", "Theft from the person", "North", "Totalling"] {
            assert!(!may_be_total(text), "{text}");
        }
    }

    #[test]
    fn names_that_expressions_can_read() {
        assert_eq!(evidence_name("Theft from the person", "recorded"), "theft_from_the_person");
        assert_eq!(evidence_name("2024 count", "recorded"), "recorded_2024_count");
        assert_eq!(id_of_code("E05008123"), "E05008123");
        assert_eq!(id_of_code("North ward"), "north-ward");
    }
}
