//! What people answered, judged: it fits the rules that it is to weigh, and nothing in it is wrong.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::assessment::Period;
use crate::diagnostic::Place;
use crate::rules::{Combined, WeightMethod};

/// What people answered, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// How they were asked.
    pub method: WeightMethod,
    /// How the answers of several people become one.
    pub combined: Combined,
    /// Who answered, in the order of the file; at least one, and of each round too.
    pub people: Vec<Person>,
    /// The measures between which swings were asked about, by criterion, where the file says so.
    pub ranges: BTreeMap<usize, (f64, f64)>,
    /// `sha256:` and the digest of what they say: neither their form nor their order is part of it.
    pub digest: String,
    /// Where the answers begin.
    pub place: Option<Place>,
}

impl Answers {
    /// The day of the last answer.
    pub fn date(&self) -> Option<Period> {
        self.people.iter().map(|person| person.date).max()
    }
}

/// What one person answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The person's role.
    pub by: String,
    /// The day on which the person was asked.
    pub date: Period,
    /// Why, where that is said.
    pub because: Option<String>,
    /// The answers, one for each round of the rules, in one at least; none where the person left something of it blank.
    pub rounds: Vec<Option<RoundAnswers>>,
}

/// The answers of one round.
#[derive(Debug, Clone, PartialEq)]
pub enum RoundAnswers {
    /// A number for each item: a swing from 0 to 100, a place from 1, or points.
    Numbers(Vec<Decimal>),
    /// How each item compares with each later one, on Saaty's scale: 5 for five times, -5 for a fifth, 1 for equal.
    Comparisons(Vec<((usize, usize), i32)>),
}
