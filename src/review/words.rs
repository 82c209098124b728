//! How figures of a review are worded.

use super::ratio::Ratio;
use crate::assessment::plan::{Measure, Reading, ReadingKind, Wanted};
use crate::exact::{Fixed, round_to};
use crate::words::{fixed, number};

/// A change with its sign, as printed figures have it: `+39`, `−3.4 percentage points`.
pub(super) fn signed(change: Fixed, kind: ReadingKind) -> String {
    let size = number(change.to_f64().abs(), 9);
    let size = match (change.decimals(), size.contains('.')) {
        (0, _) | (_, true) => size,
        _ => fixed(change.to_f64().abs(), change.decimals()),
    };
    let sign = match change.units().signum() {
        1 => "+",
        -1 => "−",
        _ => "",
    };
    let unit = if kind == ReadingKind::Percentage { " percentage points" } else { "" };
    format!("{sign}{size}{unit}")
}

/// Per cent with its sign and one decimal: `+9.3%`.
pub(super) fn signed_percent(percent: Fixed) -> String {
    let sign = match percent.units().signum() {
        1 => "+",
        -1 => "−",
        _ => "",
    };
    format!("{sign}{}%", fixed(percent.to_f64().abs(), percent.decimals()))
}

/// A figure that was worked out, to one decimal more than printed ones have.
pub(super) fn worked_out(figure: Ratio, kind: ReadingKind, decimals: u32) -> String {
    let text = number(round_to(figure.to_f64(), decimals + 1), decimals + 1);
    if kind == ReadingKind::Percentage { format!("{text}%") } else { text }
}

/// A figure with its period: `421 in April 2012 to March 2013`.
pub(super) fn with_period(reading: &Reading) -> String {
    format!("{} {}", reading.printed, reading.period.when())
}

/// What was wanted, where no target says how far.
pub(super) fn wanted(measure: &Measure) -> &'static str {
    match measure.wanted {
        Wanted::Less => "a fall",
        Wanted::More => "a rise",
        Wanted::Within => "a figure within the band",
    }
}
