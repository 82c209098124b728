//! A figure of a measure, judged, with the digits that it was printed with.

use crate::assessment::evidence::{Figure, Percentage, Rate};
use crate::assessment::period::Period;
use crate::exact::Fixed;
use crate::words::number;

/// A figure of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// A count, rate, percentage or number.
    pub figure: Figure,
    /// What it covers.
    pub period: Period,
    /// The lowest that it can be, with the digits as printed; a suppressed count has another highest.
    pub low: Fixed,
    /// The highest that it can be, likewise.
    pub high: Fixed,
    /// As printed: `421`, `10.4%`, `<5`.
    pub printed: String,
    /// The evidence that it is, where it is filed as that.
    pub link: Option<EvidenceLink>,
}

/// Evidence that a measure names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLink {
    /// The candidate's id.
    pub candidate: String,
    /// The name of its evidence.
    pub name: String,
}

/// What sort of figure a measure has: only those of the same sort compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReadingKind {
    /// How often something happened.
    Count,
    /// A rate per so many.
    Rate(f64),
    /// A share of a hundred.
    Percentage,
    /// Any other figure.
    Number,
}

impl ReadingKind {
    /// What sort a figure is.
    pub fn of(figure: &Figure) -> Self {
        match figure {
            Figure::Count(_) => Self::Count,
            Figure::Rate(Rate { per, .. }) => Self::Rate(*per),
            Figure::Percentage(_) => Self::Percentage,
            _ => Self::Number,
        }
    }

    /// The key that such a figure is written under.
    pub fn key(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Rate(_) => "rate",
            Self::Percentage => "percentage",
            Self::Number => "number",
        }
    }

    /// Such a figure as a document prints it: `3,754`, `10.4%`, `6.3 per 1,000`.
    pub fn printed(self, figure: Fixed) -> String {
        match self {
            Self::Count => number(figure.to_f64(), 0),
            Self::Rate(per) => format!("{figure} per {}", number(per, 6)),
            Self::Percentage => format!("{figure}%"),
            Self::Number => figure.to_string(),
        }
    }

    /// What it is, with its article, within a sentence.
    pub fn phrase(self) -> String {
        match self {
            Self::Count => "a count".to_owned(),
            Self::Rate(per) => format!("a rate per {}", number(per, 6)),
            Self::Percentage => "a percentage".to_owned(),
            Self::Number => "a number".to_owned(),
        }
    }
}

impl Reading {
    /// What sort of figure it is.
    pub fn kind(&self) -> ReadingKind {
        ReadingKind::of(&self.figure)
    }

    /// Of how many a percentage is, where known.
    pub fn base(&self) -> Option<f64> {
        match &self.figure {
            Figure::Percentage(Percentage { base, .. }) => *base,
            _ => None,
        }
    }

    /// Whether its digits are rounded: those of anything but a count are.
    pub fn is_rounded(&self) -> bool {
        self.kind() != ReadingKind::Count
    }

    /// Whether its publisher withheld it, and only its ends are known.
    pub fn is_range(&self) -> bool {
        self.low != self.high
    }
}
