//! Where a figure comes from, and what there is to know of it beside the figure itself.

use std::sync::Arc;

use crate::assessment::Period;

/// Where a figure comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origin {
    /// The document's id.
    pub source: Option<String>,
    /// The place in the document: table, row, page.
    pub place: Option<String>,
    /// Who judged, for judgements.
    pub judged: Option<JudgedBy>,
    /// Whether it is ours, made for illustration.
    pub illustration: bool,
    /// Whether it is kept for the reader and need not be read by any rule.
    pub context: bool,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
    /// What limits it, a sentence each.
    pub caveats: Vec<String>,
    /// Names of evidence about the same candidate that supports it.
    pub corroborated_by: Vec<String>,
    /// Names of evidence about the same candidate that speaks against it.
    pub contradicted_by: Vec<String>,
    /// From when on a series counts something else.
    pub breaks: Vec<Break>,
    /// What the source printed beside it.
    pub published: Vec<Published>,
    /// The period that it covers, where said.
    pub period: Option<Period>,
    /// Where single counts of a series come from, where that differs from the series.
    pub points: Vec<PointOrigin>,
}

impl Origin {
    /// The time that it is about: the period that it covers, or the day on which people judged.
    pub fn is_about(&self) -> Option<Period> {
        self.period.or_else(|| Period::parse(&self.judged.as_ref()?.date).ok())
    }
}

/// Where one count of a series comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointOrigin {
    /// The period of the count, in words.
    pub period: String,
    /// The document's id, where it differs from the series'.
    pub source: Option<String>,
    /// The place in the document, where it differs from the series'.
    pub place: Option<String>,
}

/// Who judged, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedBy {
    /// The roles that judged.
    pub by: Vec<String>,
    /// The day, or any other period, as it was written.
    pub date: String,
    /// The reason given for the score.
    pub because: String,
}

/// A figure as printed beside a count, with its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What it is: `6.3 per 1,000`, `21.5%`, `5.1% change`.
    pub printed: String,
    /// The place in the source.
    pub place: String,
}

/// When what a series counts was changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Break {
    /// From its first day on.
    pub date: Period,
    /// What changed, in a few words.
    pub cause: Arc<str>,
}

impl Break {
    /// Whether it is after the first day of the earlier period and not after the last day of the later one.
    pub fn is_between(&self, earlier: Period, later: Period) -> bool {
        self.date.starts_after(earlier) && self.date.starts_by_end_of(later)
    }

    /// That what `of` names changed, as a clause: `the series changed in April 2017 (burglary counted differently)`.
    pub fn told(&self, of: &str) -> String {
        format!("{of} changed {} ({})", self.date.when(), self.cause)
    }
}
