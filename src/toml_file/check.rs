//! Checks that hold for any format: numbers that are numbers, ids that are ids, text that says something.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{At, LostKeys, WrittenNumber};
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::words::{thousands_with_a_point, unlike_in, whole};

/// The longest id.
const MAX_ID: usize = 200;

/// Judges the values of one file and notes what is wrong with them.
pub struct Checker<'a> {
    /// The file whose values are judged.
    pub source: &'a Arc<SourceFile>,
    /// What its shape made it lose.
    pub lost: &'a LostKeys,
    /// What was found so far.
    pub problems: &'a mut Problems,
}

impl Checker<'_> {
    /// The place of a stretch of this file.
    pub fn place(&self, span: &Range<usize>) -> Place {
        Place::new(self.source, span.clone())
    }

    /// Notes a problem at a stretch of this file.
    pub fn problem(&mut self, code: Code, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let place = self.place(span);
        self.problems.push(Problem::new(code, message).at(place).help(help));
    }

    /// A finite number.
    pub fn finite(&mut self, number: &At<WrittenNumber>) -> Option<f64> {
        let value = number.value.0;
        if value.is_finite() {
            return Some(value);
        }
        let written = self.place(&number.span).text().to_owned();
        self.problem(Code::NotFinite, &number.span, format!("`{written}` is not a finite number"), "write a number");
        None
    }

    /// A finite number that is not below zero.
    pub fn not_negative(&mut self, number: &At<WrittenNumber>, what: &str) -> Option<f64> {
        let value = self.finite(number)?;
        if value >= 0.0 {
            return Some(value);
        }
        self.problem(Code::Negative, &number.span, format!("{what} can't be {value}"), "write a number from 0 up");
        None
    }

    /// A finite number above zero.
    pub fn positive(&mut self, number: &At<WrittenNumber>, what: &str) -> Option<f64> {
        let value = self.not_negative(number, what)?;
        if value > 0.0 {
            return Some(value);
        }
        self.problem(Code::BadValue, &number.span, format!("{what} can't be 0"), "write a number above 0");
        None
    }

    /// A whole number above zero, small enough to be exact.
    pub fn whole_above_zero(&mut self, number: &At<WrittenNumber>, what: &str) -> Option<f64> {
        self.whole(number, what).and_then(|_| self.positive(number, what))
    }

    /// A whole number that is not below zero and small enough to be exact.
    pub fn whole(&mut self, number: &At<WrittenNumber>, what: &str) -> Option<f64> {
        let value = self.not_negative(number, what)?;
        let written = self.place(&number.span).text().to_owned();
        if let Some(meant) = thousands_with_a_point(&written) {
            let message = format!("{what} is a whole number, and `{written}` has three decimals");
            let help = format!("write {meant} if the point stands between thousands");
            self.problem(Code::NotWhole, &number.span, message, help);
            return None;
        }
        if value.fract() != 0.0 {
            self.problem(Code::NotWhole, &number.span, format!("{what} can't be {value}"), "write a whole number");
            return None;
        }
        if value > 9e15 {
            self.problem(
                Code::BadValue,
                &number.span,
                format!("{what} can't be as high as {value}"),
                "check the figure",
            );
            return None;
        }
        Some(value)
    }

    /// A whole number within a range.
    pub fn whole_within(
        &mut self,
        number: &At<WrittenNumber>,
        what: &str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = self.whole(number, what)?;
        let found = range.clone().find(|candidate| f64::from(*candidate) == value);
        if found.is_none() {
            let (low, high) = range.into_inner();
            let message = format!("{what} can't be {value}");
            self.problem(Code::BadValue, &number.span, message, format!("write a whole number from {low} to {high}"));
        }
        found
    }

    /// Text that is not empty.
    pub fn text(&mut self, text: &At<String>, what: &str) -> Option<String> {
        let trimmed = text.value.trim();
        if trimmed.is_empty() {
            self.problem(Code::BadValue, &text.span, format!("{what} is empty"), format!("write {what} here"));
            return None;
        }
        if !self.visible(text, what) {
            return None;
        }
        Some(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Whether text has no tab in it. Other letters that nobody sees, and what is longer than anybody writes, are told of
    /// every text where the file is read.
    pub fn visible(&mut self, text: &At<String>, what: &str) -> bool {
        let written = text.value.trim();
        let tab = written.contains('\t');
        if tab {
            let message = format!("{what} has the control character U+0009 in it");
            self.problem(Code::BadValue, &text.span, message, "take it out");
        }
        !tab
    }

    /// An id, as [`is_id`] judges.
    pub fn id(&mut self, id: &At<String>) -> Option<String> {
        if is_id(&id.value) {
            return Some(id.value.clone());
        }
        let (message, help) = not_an_id(&id.value);
        self.problem(Code::BadId, &id.span, message, help);
        None
    }

    /// The lowest and the highest possible score of a scale.
    pub fn scale(&mut self, scale: &At<Vec<WrittenNumber>>) -> Option<(f64, f64)> {
        if let [WrittenNumber(low), WrittenNumber(high)] = *scale.value
            && low.is_finite()
            && high.is_finite()
            && low < high
        {
            return Some((low, high));
        }
        let help = "write the lowest and the highest possible score: `scale = [0, 5]`";
        self.problem(Code::BadValue, &scale.span, "this is not a scale", help);
        None
    }

    /// Notes a second one of something, and where the first stands.
    pub fn duplicate(&mut self, span: &Range<usize>, what: &str, id: &str, first: Option<&Place>) {
        let place = self.place(span);
        self.problems.push(duplicate(place, what, id, first));
    }

    /// Notes an id that was given before; `first` has where each was given first.
    pub fn once<'w>(&mut self, first: &mut BTreeMap<&'w str, Place>, what: &str, id: &'w At<String>) {
        if let Some(first) = first.get(&*id.value) {
            self.duplicate(&id.span, what, &id.value, Some(first));
        }
        first.entry(&id.value).or_insert_with(|| self.place(&id.span));
    }

    /// Notes a second one of something, alike to the letter or to a reader.
    pub fn again(&mut self, span: &Range<usize>, what: &str, id: &str, (other, first): (&str, &Place)) {
        let place = self.place(span);
        self.problems.push(match id == other {
            true => duplicate(place, what, id, Some(first)),
            false => look_alike(place, what, id, other, Some(first)),
        });
    }
}

/// One of something that reads like another, `other`, and differs from it only in capitals or in how letters are stored.
pub fn look_alike(place: Place, what: &str, id: &str, other: &str, first: Option<&Place>) -> Problem {
    let there = first.map(in_line).unwrap_or_default();
    let message =
        format!("there is already {what} `{other}`{there}: it and `{id}` differ only in {}", unlike_in(id, other));
    Problem::new(Code::DuplicateId, message)
        .at(place)
        .help("write both alike if they are the same, or give one of the two another name")
}

fn in_line(place: &Place) -> String {
    let line = place.source.line(place.span.start);
    format!(" in {}, line {line}", place.source.name)
}

/// A second one of something, and where the first stands.
pub fn duplicate(place: Place, what: &str, id: &str, first: Option<&Place>) -> Problem {
    let there = first.map(in_line).unwrap_or_default();
    Problem::new(Code::DuplicateId, format!("there is already {what} `{id}`{there}"))
        .at(place)
        .help("take one of the two out, or give it another name")
}

/// Whether `text` can be an id: letters a to z, digits, `-`, `_` and `.`, beginning with a letter or digit, 200 at most.
pub fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= MAX_ID
        && text.bytes().all(allowed)
        && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// Why `text` can't be an id, where it can't, and how to mend that.
pub fn not_an_id(text: &str) -> (String, String) {
    let letters = text.chars().count();
    if text.is_empty() {
        return ("the id is empty".to_owned(), "write an id, such as a word or a number".to_owned());
    }
    if letters > MAX_ID {
        let message = format!("this id has {} characters, and {MAX_ID} is the most", whole(letters));
        return (message, "shorten it; a title may be longer".to_owned());
    }
    let accented = text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let which = if accented { "the letters a to z without accents" } else { "letters" };
    let help = format!("use {which}, digits, `-`, `_` and `.`, beginning with a letter or digit");
    (format!("`{text}` can't be an id"), help)
}
