//! How figures of a review are worded.

use super::ratio::Ratio;
use crate::assessment::plan::{Measure, Reading, ReadingKind, Wanted};
use crate::exact::{Fixed, round_to};
use crate::words::{fixed, number};

/// A number that was worked out, with a minus sign where it is below zero: `−6.0`.
fn worked_out(number: f64, decimals: u32) -> String {
    fixed(number, decimals).replacen('-', "−", 1)
}

/// A change with its sign, also where it is above zero: `+39`, `−3.4`, `0`.
pub(crate) fn signed(change: Fixed) -> String {
    let plus = if change.units() > 0 { "+" } else { "" };
    format!("{plus}{}", worked_out(change.to_f64(), change.decimals()))
}

/// The lowest and the highest change, each with its sign and the unit behind it: `+39`, `−100.0% to −89.7%`.
pub fn signed_range((low, high): (Fixed, Fixed), unit: &str) -> String {
    match low == high {
        true => format!("{}{unit}", signed(low)),
        false => format!("{}{unit} to {}{unit}", signed(low), signed(high)),
    }
}

/// What the change of such figures is counted in.
pub(crate) fn change_unit(kind: ReadingKind) -> &'static str {
    if kind == ReadingKind::Percentage { " percentage points" } else { "" }
}

/// A figure to be reached that was worked out, to one decimal more than printed ones have.
pub(crate) fn bar(figure: Ratio, kind: ReadingKind, decimals: u32) -> String {
    let text = number(round_to(figure.to_f64(), decimals + 1), decimals + 1);
    if kind == ReadingKind::Percentage { format!("{text}%") } else { text }
}

/// A figure with its period: `421 in April 2012 to March 2013`.
pub(crate) fn with_period(reading: &Reading) -> String {
    format!("{} {}", reading.printed, reading.period.when())
}

/// What was wanted, where no target says how far.
pub(crate) fn wanted(measure: &Measure) -> &'static str {
    match measure.wanted {
        Wanted::Less => "a fall",
        Wanted::More => "a rise",
        Wanted::Within => "a figure within the band",
    }
}
