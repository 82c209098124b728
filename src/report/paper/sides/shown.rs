//! Figures as the five sides show them: one form for each, rougher than in the annex.

use crate::assessment::CandidateKind;
use crate::ranked::RankedAssessment;
use crate::rules::RuleSet;
use crate::scoring::{Fixed, Trace};
use crate::words::{fixed, listed, number};

/// How many decimals points and ends of ranges have: on a scale of a hundred one and none.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    points: u32,
    ends: u32,
}

impl Shown {
    /// By the scale of some rules: points in about a thousandth of it, and never finer than the engine has them.
    pub(super) fn new(rules: &RuleSet) -> Self {
        let points = rules.rough_decimals();
        Self { points, ends: points.saturating_sub(1) }
    }

    /// Points or a total.
    pub(super) fn points(self, points: Fixed) -> String {
        fixed(points.to_f64(), self.points)
    }

    /// The same of a number of points that no trace has.
    pub(super) fn part(self, points: f64) -> String {
        fixed(points, self.points)
    }

    /// An end of what a total could be.
    pub(super) fn end(self, end: Fixed) -> String {
        fixed(end.to_f64(), self.ends)
    }

    /// The same of a sum of them.
    pub(super) fn sum(self, points: f64) -> String {
        fixed(points, self.ends)
    }

    /// What a total could be; none where nothing leaves room.
    pub(super) fn range(self, trace: &Trace<'_>) -> Option<String> {
        let range = trace.range?;
        Some(format!("{} to {}", self.end(range.low), self.end(range.high)))
    }
}

/// A length or a place in per cent of a width.
pub(in crate::report::paper) fn per_cent(part: f64) -> String {
    number(part * 100.0, 2)
}

/// A small number as a word.
pub(super) fn in_words(count: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    words.get(count).map_or_else(|| crate::words::whole(count), |word| (*word).to_owned())
}

/// `two places`.
pub(super) fn so_many(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", in_words(count), if count == 1 { one } else { many })
}

/// A place in the list as a word: `second`.
pub(super) fn ordinal(place: usize) -> String {
    let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let ending = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    place
        .checked_sub(1)
        .and_then(|at| words.get(at))
        .map_or_else(|| format!("{place}{ending}"), |word| (*word).to_owned())
}

/// A share of draws as so many of a hundred; what is not quite none or all is not told as such.
pub(in crate::report::paper) fn of_a_hundred(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.005 => "under 1".to_owned(),
        share if (0.995..1.0).contains(&share) => "over 99".to_owned(),
        share => number(share * 100.0, 0),
    }
}

/// What stands in the list, one and several: places where all of them are, and problems otherwise.
pub(super) fn nouns(report: &RankedAssessment<'_>) -> (&'static str, &'static str) {
    let mut kinds = report.assessment.candidates.iter().map(|candidate| candidate.kind);
    match kinds.all(|kind| kind == Some(CandidateKind::Place)) {
        true => ("area", "areas"),
        false => ("problem", "problems"),
    }
}

/// Titles side by side: `a, b and c`, and `a; b; and c` where one has a comma or an `and` of its own.
pub(super) fn side_by_side(titles: &[String]) -> String {
    let is_plain = |title: &String| !title.contains([',', ';']) && !title.contains(" and ");
    match titles {
        [first @ .., last] if !first.is_empty() && !titles.iter().all(is_plain) => {
            format!("{}; and {last}", first.join("; "))
        }
        _ => listed(titles),
    }
}

/// The first so many titles side by side, and the others counted.
pub(super) fn first_side_by_side(titles: &[String], most: usize) -> String {
    let more = titles.len().saturating_sub(most);
    match titles.get(..most).filter(|_| more > 0) {
        Some(told) => format!("{} and {more} more", told.join("; ")),
        None => side_by_side(titles),
    }
}

/// The first sentence of a text, and where in the annex there is more of it; the whole where it is short.
pub(super) fn first_sentence(text: &str, most: usize, place: &str) -> String {
    first_of_several(text, most).map_or_else(|| text.to_owned(), |first| format!("{first} More: {place}."))
}

/// The first sentence of a text that is longer than so many letters; none of a shorter one, and of one with one sentence.
pub(super) fn first_of_several(text: &str, most: usize) -> Option<&str> {
    let end = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(". "));
    (0..text.len()).find(end).and_then(|at| text.get(..=at)).filter(|_| text.chars().count() > most)
}

/// The titles of some, as filed.
pub(super) fn titles<'t, 'a: 't>(traces: impl IntoIterator<Item = &'t Trace<'a>>) -> Vec<String> {
    traces.into_iter().map(|trace| trace.candidate.title.clone()).collect()
}

/// An amount of money or of anything else: `£22,500`, `£22,500.50`, `40 days`.
pub(super) fn amount(amount: Fixed, unit: &str) -> String {
    let number = amount.to_f64();
    match unit {
        "GBP" if number.fract() == 0.0 => format!("£{}", fixed(number, 0)),
        "GBP" => format!("£{}", fixed(number, 2)),
        _ => format!("{} {unit}", crate::words::number(number, amount.decimals())),
    }
}
