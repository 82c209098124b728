//! How a value function read a measure: which line, which step, against what. For the explanation, computed by nothing
//! else.

use super::value::{Among, Scale};
use crate::rules::ValueFunction;

/// How a value function turned a measure into a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// On the straight line between two points (measure, value).
    Line {
        /// The point below.
        from: (f64, f64),
        /// The point above.
        to: (f64, f64),
    },
    /// Level below the first point (measure, value).
    Below((f64, f64)),
    /// Level from the last point (measure, value) on.
    Above((f64, f64)),
    /// On a step: from the first threshold, where there is one, up to below the second, where there is one.
    Step {
        /// The threshold that was reached; none where it stands below all of them.
        from: Option<f64>,
        /// The next threshold, not reached.
        to: Option<f64>,
    },
    /// On an S-curve.
    Curve {
        /// The measure whose value is one half.
        middle: f64,
        /// How fast it turns, per unit of the measure.
        steepness: f64,
    },
    /// Between the lowest and the highest measure of all candidates.
    Between {
        /// The lowest.
        lowest: f64,
        /// The highest.
        highest: f64,
    },
    /// As a share of the highest measure.
    OfHighest(f64),
    /// As a multiple of the mean.
    OfMean(f64),
    /// By how many of the others it exceeds.
    Among {
        /// How many other candidates have a lower measure.
        lower: usize,
        /// How many others have the same.
        same: usize,
        /// How many others have a measure.
        others: usize,
    },
    /// In standard deviations from the mean.
    Deviations {
        /// The mean of all candidates.
        mean: f64,
        /// Their standard deviation.
        deviation: f64,
    },
    /// By an expression of the rules.
    Script,
}

impl Scale<'_> {
    /// How this scale reads `measure`.
    pub(super) fn reading(&self, measure: f64) -> Reading {
        match self {
            Self::Fixed(ValueFunction::Points(points)) => on_points(points, measure),
            Self::Fixed(ValueFunction::Steps(steps)) => {
                let reached = steps.partition_point(|(threshold, _)| *threshold <= measure);
                let threshold = |at: usize| steps.get(at).map(|(threshold, _)| *threshold);
                Reading::Step { from: reached.checked_sub(1).and_then(threshold), to: threshold(reached) }
            }
            Self::Fixed(ValueFunction::Logistic { middle, steepness }) => {
                Reading::Curve { middle: *middle, steepness: *steepness }
            }
            Self::Fixed(ValueFunction::Script(_) | ValueFunction::Relative(_)) => Reading::Script,
            Self::MinMax { low, high, .. } => Reading::Between { lowest: *low, highest: *high },
            Self::Share { of, capped: true } => Reading::OfHighest(*of),
            Self::Share { of, capped: false } => Reading::OfMean(*of),
            Self::Percentile { among, .. } => on_list(among, measure),
            Self::ZScore { mean, deviation, .. } => Reading::Deviations { mean: *mean, deviation: *deviation },
        }
    }
}

fn on_points(points: &[(f64, f64)], measure: f64) -> Reading {
    let after = points.partition_point(|(anchor, _)| *anchor <= measure);
    let before = after.checked_sub(1).and_then(|before| points.get(before));
    match (before, points.get(after)) {
        (Some(from), Some(to)) => Reading::Line { from: *from, to: *to },
        (Some(last), None) => Reading::Above(*last),
        (None, Some(first)) => Reading::Below(*first),
        (None, None) => Reading::Script,
    }
}

/// A candidate's own measure is among those counted, and is not one of the others.
fn on_list(among: &Among, measure: f64) -> Reading {
    let (lower, equal, all) = among.counts(measure);
    Reading::Among { lower, same: equal.saturating_sub(1), others: all.saturating_sub(1) }
}
