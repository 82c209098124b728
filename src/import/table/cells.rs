//! What a cell of figures means: a number, withheld, or no figure, with what a publisher marks on it. What is neither a
//! number nor a mark that is known is refused, with its place.
//!
//! Marks in square brackets are those of the Government Analysis Function, *Using symbols and shorthand in tables*. Older
//! ones (`..`, `:`, `.`) are those of the Government Statistical Service before it.

use std::collections::BTreeMap;

use super::headers::without_marks;
use super::{FigureKind, MarkMeaning, TableOptions};
use crate::sheet::{CellValue, figure, plain_number};
use crate::words::{as_read, counted, listed, thousands_with_a_point};

/// What a cell means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    /// A figure, with what is marked on it.
    Number(f64, FigureMarks),
    /// Withheld, as evidence writes it: `<5`, `*`, `c` or `-`.
    Withheld(&'static str),
    /// Withheld, and known to be below a number: `<5`.
    Below(u32),
    /// No figure, and why.
    Missing(&'static str),
}

/// What is marked on a figure: bits, one for each of [`MARKS_ON_FIGURES`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct FigureMarks(u8);

/// What is marked on figures in square brackets, and what it means.
const MARKS_ON_FIGURES: [(&str, &str); 7] = [
    ("b", "the series breaks here"),
    ("e", "estimated"),
    ("er", "the earliest that was revised"),
    ("f", "forecast"),
    ("p", "provisional"),
    ("r", "revised"),
    ("u", "of low reliability"),
];
/// Marks that say how far a figure is beyond chance. They change nothing of it.
const SIGNIFICANCE: [&str; 5] = ["n", "ns", "s", "ss", "sss"];
const WITHHELD: [(&str, &str); 7] =
    [("[c]", "c"), ("c", "c"), ("*", "*"), ("-", "-"), ("–", "-"), ("—", "-"), ("−", "-")];
const NOT_AVAILABLE: [&str; 9] = ["[x]", "..", "...", "…", ":", "na", "n/a", "n.a.", "null"];
/// What is said of a mark that is not known.
const PASSED_OVER: &str = "a footnote, and passed over";
const NOT_APPLICABLE: [&str; 2] = ["[z]", "."];
/// More than zero, and zero where it is rounded as the table is.
const LOW: [&str; 3] = ["[low]", "0 [low]", "0~"];

impl FigureMarks {
    /// With those of another figure.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the series breaks here.
    pub(super) fn breaks(self) -> bool {
        self.0 & 1 != 0
    }

    /// Each mark in brackets, with what it means, but for breaks.
    pub(super) fn meanings(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let set = move |at: &usize| self.0 & (1 << at) != 0;
        (1..MARKS_ON_FIGURES.len()).filter(set).filter_map(|at| MARKS_ON_FIGURES.get(at).copied())
    }
}

/// What is wrong with a cell, and how to mend it.
pub(super) type CellFault = (String, String);

/// Reads cells, and counts what is to be told of them.
pub(super) struct CellReader<'o> {
    options: &'o TableOptions,
    /// By mark as written and what it is read as: in how many cells, and where first.
    marks: BTreeMap<(String, &'static str), (usize, String)>,
    /// How many numbers there were, and how many of them were fractions of one without `%`.
    numbers: (usize, usize),
    first_fraction: Option<String>,
}

impl<'o> CellReader<'o> {
    pub(super) fn new(options: &'o TableOptions) -> Self {
        Self { options, marks: BTreeMap::new(), numbers: (0, 0), first_fraction: None }
    }

    /// What the cell means; `place` says where it is.
    pub(super) fn read(&mut self, cell: Option<&CellValue>, place: &dyn Fn() -> String) -> Result<Reading, CellFault> {
        let shown = cell.map(CellValue::text).unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ");
        let shown = shown.trim();
        if let Some((_, meaning)) = self.options.marks.iter().find(|(mark, _)| as_read(mark) == as_read(shown)) {
            return Ok(match meaning {
                MarkMeaning::Zero => self.told(shown, "zero, as you say", place, Reading::zero()),
                MarkMeaning::Withheld => self.told(shown, "withheld, as you say", place, Reading::Withheld("c")),
                MarkMeaning::Missing => self.told(shown, "no figure, as you say", place, Reading::Missing("no figure")),
            });
        }
        match cell {
            None => Ok(Reading::EMPTY),
            Some(CellValue::Text(_)) => match self.mark(shown, place) {
                Some(reading) => Ok(reading),
                None => self.written(shown, place),
            },
            Some(CellValue::Number(number)) if number.is_finite() => {
                self.count_fraction(*number, place);
                self.judged(*number, FigureMarks::default(), shown)
            }
            cell => match figure(cell) {
                Err((message, help)) => Err((message, help.to_owned())),
                Ok(_) => Err(unknown(shown)),
            },
        }
    }

    /// What stands in place of a figure.
    fn mark(&mut self, shown: &str, place: &dyn Fn() -> String) -> Option<Reading> {
        let small = shown.to_lowercase();
        if let Some((_, mark)) = WITHHELD.iter().find(|(mark, _)| *mark == small) {
            return Some(self.told(shown, "withheld", place, Reading::Withheld(mark)));
        }
        if let Some(below) = small.strip_prefix('<').and_then(|below| below.trim().parse().ok()).filter(|it| *it > 0) {
            return Some(self.told(shown, "withheld", place, Reading::Below(below)));
        }
        if NOT_AVAILABLE.contains(&&*small) {
            return Some(self.told(shown, "not available", place, Reading::Missing("not available")));
        }
        if NOT_APPLICABLE.contains(&&*small) {
            return Some(self.told(shown, "not applicable", place, Reading::Missing("not applicable")));
        }
        if small == "[u]" {
            return Some(self.told(shown, "too unreliable to be shown", place, Reading::Missing("too unreliable")));
        }
        LOW.contains(&&*small).then(|| self.told(shown, "a figure that rounds to zero", place, Reading::zero()))
    }

    /// A number as people write it: `8,000`, `(12)` below zero, `−3`, `12%`, `£5`, `12 [p]`.
    fn written(&mut self, shown: &str, place: &dyn Fn() -> String) -> Result<Reading, CellFault> {
        let (digits, marks) = self.without_brackets(shown, place);
        let Unwrapped { digits, per_cent, in_parentheses, minus } = unwrapped(digits);
        let below_zero = in_parentheses || minus;
        let number = plain_number(digits).filter(|number| !below_zero || *number >= 0.0 && !digits.starts_with('+'));
        let Some(number) = number.filter(|_| !(in_parentheses && minus)) else { return Err(unknown(shown)) };
        let number = if below_zero { -number } else { number };
        if self.options.figure == FigureKind::Count && thousands_with_a_point(digits).is_some() {
            let message = format!("`{shown}` may be meant with a point between thousands");
            return Err((message, "write the count without a point in the file".to_owned()));
        }
        if in_parentheses {
            self.note(shown, "below zero", place);
        }
        if per_cent && !matches!(self.options.figure, FigureKind::Percentage | FigureKind::Number) {
            let message = format!("`{shown}` is a percentage");
            return Err((message, "say `--figure percentage`, or name another column with `--value`".to_owned()));
        }
        if !per_cent {
            self.count_fraction(number, place);
        }
        self.judged(number, marks, shown)
    }

    /// What a header marks on all figures below it: `2024/25 [p]`.
    pub(super) fn marks_on(&mut self, header: &str, place: &dyn Fn() -> String) -> FigureMarks {
        self.marked(&without_marks(header).1, place)
    }

    /// The text before its marks in square brackets, and what they are.
    fn without_brackets<'t>(&mut self, shown: &'t str, place: &dyn Fn() -> String) -> (&'t str, FigureMarks) {
        match without_marks(shown) {
            (digits, marks) if shown.ends_with(']') => (digits, self.marked(&marks, place)),
            _ => (shown, FigureMarks::default()),
        }
    }

    /// What marks mean; those that are not known are told.
    fn marked(&mut self, written: &[&str], place: &dyn Fn() -> String) -> FigureMarks {
        let mut marks = FigureMarks::default();
        for mark in written {
            let mark = mark.to_lowercase();
            let is_note = mark.starts_with("note") || mark.bytes().all(|byte| byte.is_ascii_digit());
            match MARKS_ON_FIGURES.iter().position(|(known, _)| *known == mark) {
                Some(at) => {
                    marks.0 |= 1 << at;
                    let (_, meaning) = MARKS_ON_FIGURES.get(at).copied().unwrap_or_default();
                    self.note(&format!("[{mark}]"), meaning, place);
                }
                None if is_note || SIGNIFICANCE.contains(&&*mark) => {}
                None if mark.chars().all(char::is_alphanumeric) => {
                    self.note(&format!("[{mark}]"), PASSED_OVER, place);
                }
                None => self.note(&mark, PASSED_OVER, place),
            }
        }
        marks
    }

    /// The figure, if the kind of figures can have it.
    fn judged(&self, number: f64, marks: FigureMarks, shown: &str) -> Result<Reading, CellFault> {
        let number = self.options.times.map_or(number, |times| to_twelve_digits(number * times));
        let fault = |message: String, help: &str| Err((message, help.to_owned()));
        match self.options.figure {
            FigureKind::Count if number < 0.0 => {
                fault(format!("a count can't be below zero: `{shown}`"), "write the count, or say `--figure number`")
            }
            FigureKind::Count if number.fract() != 0.0 || number > 9e15 => fault(
                format!("a count must be a whole number: `{shown}`"),
                "say `--figure rate`, `percentage` or `number` if that is what it is",
            ),
            FigureKind::Percentage if !(0.0..=100.0).contains(&number) => fault(
                format!("a percentage goes from 0 to 100: `{shown}`"),
                match self.options.times {
                    Some(_) if shown.ends_with('%') => "leave out `--times`: what has `%` is a percentage as it stands",
                    _ => "say `--figure number` if it is a change in per cent",
                },
            ),
            _ => Ok(Reading::Number(number, marks)),
        }
    }

    fn count_fraction(&mut self, number: f64, place: &dyn Fn() -> String) {
        self.numbers.0 += 1;
        if (0.0..=1.0).contains(&number) {
            self.numbers.1 += 1;
            if number.fract() != 0.0 && self.first_fraction.is_none() {
                self.first_fraction = Some(place());
            }
        }
    }

    /// Where percentages are all between 0 and 1, and so may be fractions: the first of them.
    pub(super) fn may_be_fractions(&self) -> Option<&str> {
        let asked = self.options.figure == FigureKind::Percentage && self.options.times.is_none();
        self.first_fraction.as_deref().filter(|_| asked && self.numbers.0 == self.numbers.1)
    }

    fn told(&mut self, mark: &str, meaning: &'static str, place: &dyn Fn() -> String, reading: Reading) -> Reading {
        self.note(mark, meaning, place);
        reading
    }

    fn note(&mut self, mark: &str, meaning: &'static str, place: &dyn Fn() -> String) {
        let entry = self.marks.entry((mark.to_owned(), meaning)).or_insert_with(|| (0, place()));
        entry.0 += 1;
    }

    /// A sentence for each meaning: which marks were read so, in how many cells, and where first.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut by_meaning: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for ((mark, meaning), (cells, first)) in &self.marks {
            let shown = if mark.is_empty() { "an empty cell".to_owned() } else { format!("`{mark}`") };
            let from = if *cells > 1 { "first " } else { "" };
            let one = format!("{shown} ({}, {from}{first})", counted(*cells, "cell", "cells"));
            by_meaning.entry(meaning).or_default().push(one);
        }
        let mut remarks: Vec<String> =
            by_meaning.iter().map(|(meaning, marks)| format!("Read as {meaning}: {}.", listed(marks))).collect();
        let dashes = self.marks.keys().filter(|(mark, meaning)| {
            *meaning == "withheld" && WITHHELD.iter().any(|(known, means)| known == mark && *means == "-")
        });
        remarks.extend(dashes.map(|(mark, _)| format!("Where `{mark}` means zero, say `--mark {mark}=zero`.")));
        remarks
    }
}

impl Reading {
    /// Of an empty cell.
    pub(super) const EMPTY: Self = Self::Missing("empty");

    /// With these marks too, where it is a figure.
    pub(super) fn marked(self, marks: FigureMarks) -> Self {
        match self {
            Self::Number(number, own) => Self::Number(number, own.and(marks)),
            other => other,
        }
    }

    fn zero() -> Self {
        Self::Number(0.0, FigureMarks::default())
    }
}

/// Without the digits that only come of reckoning with binary fractions: 0.1 + 0.2 is 0.3.
pub(super) fn to_twelve_digits(number: f64) -> f64 {
    if number.fract() == 0.0 { number } else { format!("{number:.11e}").parse().unwrap_or(number) }
}

/// The digits of a figure, and what stands around them.
struct Unwrapped<'t> {
    digits: &'t str,
    per_cent: bool,
    in_parentheses: bool,
    /// A minus before a currency: `-£5`.
    minus: bool,
}

/// Takes `%`, parentheses, currencies and a minus before one off, each once: `£(3)`, `(£3)`, `-£5`, `(3.5%)`, `(3.5)%`.
fn unwrapped(shown: &str) -> Unwrapped<'_> {
    let mut found = Unwrapped { digits: shown.trim(), per_cent: false, in_parentheses: false, minus: false };
    let mut has_currency = false;
    loop {
        let digits = found.digits;
        let parentheses = || digits.strip_prefix('(')?.strip_suffix(')');
        let currencies = ['£', '$', '€'];
        if let Some(rest) = digits.strip_suffix('%').filter(|_| !found.per_cent) {
            (found.per_cent, found.digits) = (true, rest.trim());
        } else if let Some(rest) = parentheses().filter(|_| !found.in_parentheses) {
            (found.in_parentheses, found.digits) = (true, rest.trim());
        } else if let Some(rest) = digits.strip_prefix(currencies).filter(|_| !has_currency) {
            (has_currency, found.digits) = (true, rest.trim());
        } else if let Some(rest) = digits.strip_prefix(['-', '−']).map(str::trim).filter(|_| !found.minus) {
            if !rest.starts_with(currencies) {
                return found;
            }
            (found.minus, found.digits) = (true, rest);
        } else {
            return found;
        }
    }
}

fn unknown(shown: &str) -> CellFault {
    (
        format!("`{shown}` is neither a number nor a mark that is known"),
        format!("correct the cell; or say what it means with `--mark '{shown}=withheld'`, `missing` or `zero`"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_digits() {
        for (shown, digits, per_cent, in_parentheses, minus) in [
            ("£(3)", "3", false, true, false),
            ("(£3)", "3", false, true, false),
            ("-£5", "5", false, false, true),
            ("−£5", "5", false, false, true),
            ("£-5", "-5", false, false, false),
            ("(3.5%)", "3.5", true, true, false),
            ("(3.5)%", "3.5", true, true, false),
            ("-5", "-5", false, false, false),
            ("((3))", "(3)", false, true, false),
            ("££3", "£3", false, false, false),
        ] {
            let found = unwrapped(shown);
            assert_eq!(
                (found.digits, found.per_cent, found.in_parentheses, found.minus),
                (digits, per_cent, in_parentheses, minus),
                "{shown}"
            );
        }
    }
}
