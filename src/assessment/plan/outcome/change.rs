//! By how much a measure changed: in its own unit and in per cent, from the printed figures.

use super::ratio::Ratio;
use crate::assessment::denominator::Denominator;
use crate::assessment::evidence::Figure;
use crate::assessment::plan::{Measure, Reading, ReadingKind};
use crate::exact::Fixed;

/// By how much a figure changed. A withheld figure leaves a lowest and a highest change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The lowest, in the measure's own unit.
    pub low: Fixed,
    /// The highest, likewise.
    pub high: Fixed,
    /// The lowest and the highest in per cent of the baseline, to one decimal; none of a baseline of zero, of which
    /// nothing is a per cent, or below, where a rise would have the sign of a fall.
    pub percent: Option<(Fixed, Fixed)>,
    /// The change of the rate in per cent, to one decimal, where counts are set against more or fewer people than before.
    pub rate_percent: Option<Fixed>,
}

/// The change of a measure from baseline to actual; none where one of the two is not filed, or counts are of periods of
/// different lengths: a quarter is less than a year without any change.
pub fn change(measure: &Measure) -> Option<Change> {
    let (before, now) = measure.baseline.as_ref().zip(measure.actual.as_ref())?;
    compare(before, now).then_some(())?;
    Some(change_between(before, now))
}

/// Whether two figures compare as they stand: counts of periods of one length, and all else.
pub(crate) fn compare(before: &Reading, now: &Reading) -> bool {
    let (own, its) = (now.period.months(), before.period.months());
    now.kind() != ReadingKind::Count || (own - its).abs() <= its * 0.02
}

/// The change from one figure to another.
pub(crate) fn change_between(before: &Reading, now: &Reading) -> Change {
    let shown = |now: Fixed, before: Fixed| Some(Fixed::round(percent(Ratio::of(now), Ratio::of(before))?.to_f64(), 1));
    // The lowest change is from the highest baseline to the lowest actual, and so is the lowest per cent.
    let percent = shown(now.low, before.high).zip(shown(now.high, before.low));
    let (low, high) = (now.low.minus(before.high), now.high.minus(before.low));
    Change { low, high, percent, rate_percent: rate_percent(before, now) }
}

fn rate_percent(before: &Reading, now: &Reading) -> Option<Fixed> {
    let factor = per_head(before, now).filter(|_| !before.is_range() && !now.is_range())?;
    let percent = percent(Ratio::of(now.low).times(factor)?, Ratio::of(before.low))?;
    Some(Fixed::round(percent.to_f64(), 1))
}

/// What a count is multiplied by to be of as many people or households as the one before it; none where both are of as many,
/// or one of them is of nobody knows how many.
pub(crate) fn per_head(before: &Reading, now: &Reading) -> Option<Ratio> {
    let (own, its) = (among(now)?, among(before)?);
    let whole = |number: f64| Ratio::of(Fixed::round(number, 0));
    let differ = own.unit == its.unit && own.number != its.number;
    differ.then(|| whole(its.number).over(whole(own.number))).flatten()
}

/// What a count is set against.
pub(crate) fn among(reading: &Reading) -> Option<Denominator> {
    match &reading.figure {
        Figure::Count(count) => count.among,
        _ => None,
    }
}

/// By how many per cent of `before` it changed; none where that is not above zero.
pub(crate) fn percent(now: Ratio, before: Ratio) -> Option<Ratio> {
    before.is_above_zero().then_some(())?;
    now.minus(before)?.times(Ratio::whole(100))?.over(before)
}

/// Between which ends a figure can lie that was printed so: a withheld one between its ends, one that is no count half a
/// unit of its last digit to either side. `decimals` are those that the measure's figures are printed with.
pub(crate) fn ends(reading: &Reading, decimals: u32) -> Option<(Ratio, Ratio)> {
    let (low, high) = (Ratio::of(reading.low), Ratio::of(reading.high));
    if !reading.is_rounded() {
        return Some((low, high));
    }
    let half = Ratio::half_a_digit(decimals);
    Some((low.minus(half)?, high.plus(half)?))
}

/// The decimals that the figures of a measure are printed with: the most of any.
pub(crate) fn decimals(measure: &Measure) -> u32 {
    let sides = measure.baseline.iter().chain(&measure.actual).chain(&measure.series);
    sides.map(|reading| reading.low.decimals()).max().unwrap_or(0)
}
