//! What a careful colleague would ask about a measure whose figures are sound each for itself.

use crate::assessment::plan::outcome::reached_before;
use crate::assessment::plan::{Goal, Measure, Reading, ReadingKind, Wanted};
use crate::diagnostic::{Code, Problem};
use crate::words::number;

/// What is to be asked about a measure.
pub(super) fn doubts(measure: &Measure) -> impl Iterator<Item = Problem> {
    [share_for_percentage(measure), overlapping(measure), reached(measure), cannot_fall(measure)].into_iter().flatten()
}

/// A percentage up to 1 beside one that is about a hundred times as large.
fn share_for_percentage(measure: &Measure) -> Option<Problem> {
    let figures: Vec<&Reading> = figures(measure).filter(|it| it.kind() == ReadingKind::Percentage).collect();
    let of = |reading: &Reading| reading.low.to_f64();
    let is_share = |low: f64, high: f64| low > 0.0 && low <= 1.0 && (0.5..=2.0).contains(&(low * 100.0 / high));
    let pair = |low: &&Reading| figures.iter().find(|high| of(high) > 1.0 && is_share(of(low), of(high))).copied();
    let (low, high) = figures.iter().find_map(|low| Some((*low, pair(low)?)))?;
    let (low, meant) = (number(of(low), 6), number(of(low) * 100.0, 4));
    let message = format!("“{}” is {low}% beside {}: a share of {low} is {meant}%", measure.title, high.printed);
    let help = format!("write `percentage = {meant}` if {meant}% is meant");
    Some(Problem::new(Code::ShareForPercentage, message).at(measure.place.clone()).help(help))
}

/// Counts of a series that share days with the one before.
fn overlapping(measure: &Measure) -> Option<Problem> {
    let pairs = measure.series.iter().zip(measure.series.iter().skip(1));
    let is_of_counts = |(_, later): &(&Reading, &Reading)| later.kind() == ReadingKind::Count && !later.period.is_day();
    let (earlier, later) = pairs.filter(is_of_counts).find(|(one, next)| one.period.overlaps(next.period))?;
    let message = format!(
        "in the series of “{}”, {} and {} share days: what was counted then stands in both",
        measure.title, earlier.period, later.period
    );
    let help = "check the periods; file figures of one length, each time once";
    Some(Problem::new(Code::OddMeasure, message).at(measure.place.clone()).help(help))
}

/// A target that the baseline had reached already.
fn reached(measure: &Measure) -> Option<Problem> {
    let before = measure.baseline.as_ref().filter(|_| reached_before(measure))?;
    let message = format!("the target of “{}” was reached before: its baseline is {}", measure.title, before.printed);
    let help = "check `target` and `wanted`; where it should stay as it is, want it `within` a band";
    Some(Problem::new(Code::OddMeasure, message).at(measure.place.clone()).help(help))
}

/// A fall that is wanted of a count that is zero already.
fn cannot_fall(measure: &Measure) -> Option<Problem> {
    let is_any_fall = measure.wanted == Wanted::Less && measure.target.goal == Goal::AnyStep;
    let before = measure.baseline.as_ref().filter(|it| is_any_fall && it.kind() == ReadingKind::Count)?;
    if before.is_range() || before.low.units() != 0 {
        return None;
    }
    let message = format!("“{}” can't fall: its baseline is 0, so it can never be achieved", measure.title);
    let help = "where it should stay at 0, write `target = { count = 0 }`";
    Some(Problem::new(Code::OddMeasure, message).at(measure.place.clone()).help(help))
}

fn figures(measure: &Measure) -> impl Iterator<Item = &Reading> {
    measure.baseline.iter().chain(&measure.actual).chain(&measure.progress).chain(&measure.series)
}
