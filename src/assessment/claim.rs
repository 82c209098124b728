//! Figures as a document prints them, and what each should follow from.
//!
//! A claim says nothing of whether it holds: that is asked in [`crate::recompute`].

use schemars::JsonSchema;
use serde::Deserialize;

use super::Period;
use super::denominator::DatedDenominator;
use crate::diagnostic::Place;
use crate::words;

/// A figure that a document prints beside the numbers that it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// What is printed.
    pub printed: PrintedNumber,
    /// What it should follow from.
    pub from: Derivation,
    /// The document's id.
    pub source: Option<String>,
    /// The table it stands in, with the column; claims of one group were worked out together.
    pub group: String,
    /// The place in the document: table, row, column.
    pub place: String,
    /// Where it was transcribed.
    pub written: Place,
}

/// A number as printed: its digits tell how far it was rounded.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedNumber {
    /// As printed: `6.3`, `1,258`, `17.03%`.
    pub text: String,
    /// The number itself, in the unit of what it counts or measures.
    pub value: f64,
    /// How many digits stand after the point.
    pub decimals: u32,
    /// Whether it is a plain whole number, which is taken to be a count.
    pub count: bool,
}

impl PrintedNumber {
    /// Reads a number with its sign, commas between thousands, `%` and spaces round it.
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        let percentage = trimmed.ends_with('%');
        let plain: String = trimmed.trim_end_matches('%').replace([',', ' '], "").replace(['−', '–'], "-");
        let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
        let well_formed = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let value: f64 = plain.parse().ok().filter(|_| well_formed)?;
        let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let count = !percentage && !digits.contains('.');
        Some(Self { text: trimmed.to_owned(), value, decimals: u32::try_from(decimals).ok()?, count })
    }

    /// Ten to the number of its decimals.
    pub fn scale(&self) -> f64 {
        libm::pow(10.0, f64::from(self.decimals))
    }

    /// Half a unit of its last digit: how far the true figure can be from it.
    pub fn half(&self) -> f64 {
        0.5 / self.scale()
    }

    /// Between which numbers the figure lies that was rounded to this one. A count was not rounded.
    pub fn range(&self) -> (f64, f64) {
        let half = if self.count { 0.0 } else { self.half() };
        (self.value - half, self.value + half)
    }
}

/// What a printed figure should follow from.
#[derive(Debug, Clone, PartialEq)]
pub enum Derivation {
    /// A count among so many people or households, times `per`.
    Rate {
        /// The count that the rate is of.
        count: ClaimInput,
        /// The denominator.
        per: f64,
        /// What the rate is of.
        among: DatedDenominator,
    },
    /// One sum as a percentage of another.
    Percentage {
        /// What is shared out.
        part: Vec<ClaimInput>,
        /// The counts that add up to what the percentage is of.
        whole: Vec<ClaimInput>,
    },
    /// The percentage by which the second exceeds the first.
    Change {
        /// The figure of the earlier period.
        from: ClaimInput,
        /// The figure of the later period.
        to: ClaimInput,
    },
    /// By how much the second exceeds the first.
    Difference {
        /// The figure of the earlier period.
        from: ClaimInput,
        /// The figure of the later period.
        to: ClaimInput,
    },
    /// The sum of these.
    Total(Vec<ClaimInput>),
    /// The same figure elsewhere in the document, and the other figures beside that one.
    Repeat {
        /// The same figure.
        of: ClaimInput,
        /// Those beside it.
        beside: Vec<ClaimInput>,
    },
    /// Nothing is computed: two or more figures are compared in words.
    Comparison {
        /// The figures, the earliest first.
        figures: Vec<ClaimInput>,
        /// Which way the words say that each goes from the one before; none where that was not filed.
        movement: Option<Movement>,
    },
    /// Nothing to recompute it from was filed.
    Nothing,
}

/// Which way words say that figures go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Movement {
    /// Each is above the one before.
    Rise,
    /// Each is below the one before.
    Fall,
}

impl Derivation {
    /// Whether the same numbers go into it in the same way, what a rate is of and the lengths of periods included: one
    /// can't hold where the other does not. Comparisons in words are each their own.
    pub fn is_same_arithmetic(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rate { count, per, among }, Self::Rate { count: its_count, per: its_per, among: its_among }) => {
                count.range == its_count.range
                    && per == its_per
                    && among.denominator.unit == its_among.denominator.unit
                    && among.in_period(count.period) == its_among.in_period(its_count.period)
            }
            (Self::Percentage { part, whole }, Self::Percentage { part: its_part, whole: its_whole }) => {
                same_ranges(part, its_part) && same_ranges(whole, its_whole)
            }
            (Self::Change { from, to }, Self::Change { from: its_from, to: its_to })
            | (Self::Difference { from, to }, Self::Difference { from: its_from, to: its_to }) => {
                from.is_same_over_time(its_from) && to.is_same_over_time(its_to)
            }
            (Self::Total(parts), Self::Total(its_parts)) => same_ranges(parts, its_parts),
            (Self::Repeat { of, .. }, Self::Repeat { of: its, .. }) => of.range == its.range,
            _ => false,
        }
    }

    /// How many decimals a sum or difference of these needs; 0 where the answer is neither.
    pub fn decimals(&self) -> u32 {
        let decimals = |input: &ClaimInput| PrintedNumber::parse(&input.text).map_or(0, |printed| printed.decimals);
        match self {
            Self::Total(parts) => parts.iter().map(decimals).max().unwrap_or(0),
            Self::Repeat { of, .. } => decimals(of),
            Self::Difference { from, to } => decimals(from).max(decimals(to)),
            _ => 0,
        }
    }
}

fn same_ranges(inputs: &[ClaimInput], others: &[ClaimInput]) -> bool {
    inputs.iter().map(|input| input.range).eq(others.iter().map(|input| input.range))
}

/// A figure that goes into another.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimInput {
    /// The figure as the document prints it: `1,258`, `-7%`.
    pub text: String,
    /// Between which numbers it lies: equal for a count.
    pub range: (f64, f64),
    /// What it covers, where known.
    pub period: Option<Period>,
    /// Its row in a table, or the period of a count.
    pub row: String,
    /// Its column in a table; empty where it is in none.
    pub column: String,
}

impl ClaimInput {
    /// A printed number as an input.
    pub fn from_printed(printed: &PrintedNumber, row: &str, column: &str, period: Option<Period>) -> Self {
        let (row, column) = (row.to_owned(), column.to_owned());
        Self { text: printed.text.clone(), range: printed.range(), period, row, column }
    }

    /// Whether another is the same number over as many months.
    fn is_same_over_time(&self, other: &Self) -> bool {
        self.range == other.range && self.period.map(Period::months) == other.period.map(Period::months)
    }

    /// Its row and column, without what it shares with `other`.
    pub fn name_beside(&self, other: &Self) -> String {
        match (self.row == other.row, self.column == other.column) {
            (false, true) => self.row.clone(),
            (true, false) => self.column.clone(),
            _ if self.column.is_empty() => self.row.clone(),
            _ => format!("{}, {}", self.row, self.column),
        }
    }

    /// The middle of where it lies.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.range.0, self.range.1)
    }

    /// As a sentence shows it: counts with commas between thousands, the rest as printed.
    pub fn shown(&self) -> String {
        if self.range.0 == self.range.1 { words::number(self.range.0, 0) } else { self.text.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_tell_the_rounding() {
        for (text, value, low, high) in [
            ("6.3", 6.3, 6.25, 6.35),
            ("1,258", 1258.0, 1258.0, 1258.0),
            ("17.03%", 17.03, 17.025, 17.035),
            ("-20.54%", -20.54, -20.545, -20.535),
            ("5%", 5.0, 4.5, 5.5),
            ("12.0", 12.0, 11.95, 12.05),
            (".5", 0.5, 0.45, 0.55),
        ] {
            let printed = PrintedNumber::parse(text).unwrap();
            assert_eq!(printed.value, value, "{text}");
            let range = printed.range();
            assert!((range.0 - low).abs() < 1e-12 && (range.1 - high).abs() < 1e-12, "{text}: {range:?}");
        }
        for text in ["", "<5", "..", "n/a", "%", ".", "1.2.3", "inf", "1e5", "1e1", "0x10", "- "] {
            assert_eq!(PrintedNumber::parse(text), None, "{text}");
        }
    }
}
