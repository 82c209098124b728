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
    /// Whether what it is to follow from was itself worked out from it: then it holds by the way it was made.
    pub is_circular: bool,
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
    /// Of how many printed figures it is the sum: each was rounded for itself.
    pub figures: u32,
}

impl PrintedNumber {
    /// Words in the place of a number: none is printed.
    pub fn words(text: String) -> Self {
        Self { text, value: 0.0, decimals: 0, count: true, figures: 1 }
    }

    /// The sum of figures that are printed; none where there are none.
    pub fn added(figures: &[Self]) -> Option<Self> {
        let decimals = figures.iter().map(|figure| figure.decimals).max()?;
        let value = figures.iter().map(|figure| figure.value).sum();
        let all = figures.iter().map(|figure| &*figure.text).collect::<Vec<_>>().join(" + ");
        let text = if figures.len() == 1 { all } else { format!("{all} = {}", words::fixed(value, decimals)) };
        let count = figures.iter().all(|figure| figure.count);
        Some(Self { text, value, decimals, count, figures: u32::try_from(figures.len()).ok()? })
    }

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
        Some(Self { text: trimmed.to_owned(), value, decimals: u32::try_from(decimals).ok()?, count, figures: 1 })
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
        let half = if self.count { 0.0 } else { self.half() * f64::from(self.figures) };
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
    /// No less than the sum of these, which are parts of it.
    Contains(Vec<ClaimInput>),
    /// The same figure elsewhere in the document, and the other figures beside that one.
    Repeat {
        /// The same figure.
        of: ClaimInput,
        /// Those beside it.
        beside: Vec<ClaimInput>,
    },
    /// Nothing is computed: two or more figures are compared in words.
    Comparison {
        /// The figures, in the order in which the words take them.
        figures: Vec<ClaimInput>,
        /// What the words say of each and the one before; none where that was not filed.
        meaning: Option<Meaning>,
    },
    /// Nothing to recompute it from was filed.
    Nothing,
}

/// What words say of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// Each is above the one before: the earliest comes first.
    Rise,
    /// Each is below the one before: the earliest comes first.
    Fall,
    /// Each is above the one after it, at the same time.
    More,
    /// Each is below the one after it, at the same time.
    Less,
    /// Each is a part of the one after it, and can't be above it.
    Part,
}

impl Meaning {
    /// Where the words take a figure to stand beside the one before it; none of a part, which may be all of it.
    pub fn second_is(self) -> Option<Side> {
        match self {
            Self::Rise | Self::Less => Some(Side::Above),
            Self::Fall | Self::More => Some(Side::Below),
            Self::Part => None,
        }
    }
}

/// Where a figure stands beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It is higher.
    Above,
    /// It is lower.
    Below,
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
            (Self::Total(parts), Self::Total(its_parts)) | (Self::Contains(parts), Self::Contains(its_parts)) => {
                same_ranges(parts, its_parts)
            }
            (Self::Repeat { of, .. }, Self::Repeat { of: its, .. }) => of.range == its.range,
            _ => false,
        }
    }

    /// How many decimals a sum or difference of these needs; 0 where the answer is neither.
    pub fn decimals(&self) -> u32 {
        let decimals = |input: &ClaimInput| PrintedNumber::parse(&input.text).map_or(0, |printed| printed.decimals);
        match self {
            Self::Total(parts) | Self::Contains(parts) => parts.iter().map(decimals).max().unwrap_or(0),
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

    /// This figure times another, such as a share times what it is a share of, or a count times the harm of each.
    /// One that is printed as a percentage is a hundredth of its number.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let factor = |input: &Self| {
            let unit = if input.text.ends_with('%') { 100.0 } else { 1.0 };
            (input.range.0 / unit, input.range.1 / unit)
        };
        let ((low, high), (its_low, its_high)) = (factor(self), factor(other));
        let products = [low * its_low, low * its_high, high * its_low, high * its_high];
        let range =
            (products.into_iter().fold(f64::INFINITY, f64::min), products.into_iter().fold(-f64::INFINITY, f64::max));
        let text = format!("{} × {}", self.shown(), other.shown());
        Self { text, range, period: self.period.or(other.period), row: self.row.clone(), column: self.column.clone() }
    }

    /// The sum of figures as one; none where there are none.
    pub fn added(inputs: &[Self]) -> Option<Self> {
        let (first, others) = inputs.split_first()?;
        if others.is_empty() {
            return Some(first.clone());
        }
        let range = inputs.iter().fold((0.0, 0.0), |(low, high), input| (low + input.range.0, high + input.range.1));
        let period = inputs.iter().map(|input| input.period).reduce(|one, other| if one == other { one } else { None });
        Some(Self { text: written_out(inputs), range, period: period.flatten(), ..first.clone() })
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

    /// As a sentence shows it: counts with commas between thousands, the rest as printed or worked out.
    pub fn shown(&self) -> String {
        let is_count = self.range.0 == self.range.1 && PrintedNumber::parse(&self.text).is_some();
        if is_count { words::number(self.range.0, 0) } else { self.text.clone() }
    }
}

/// Above this many figures a sum is not written out.
const MAX_WRITTEN_OUT: usize = 10;

/// A sum as a working shows it.
pub fn written_out(inputs: &[ClaimInput]) -> String {
    let shown: Vec<String> = inputs.iter().map(ClaimInput::shown).collect();
    match &*shown {
        [only] => only.clone(),
        many if many.len() > MAX_WRITTEN_OUT => format!("the sum of {} figures", many.len()),
        many => format!("({})", many.join(" + ")),
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
