//! Intervals that were published with a figure.

use std::ops::Range;

use super::format::Evidence;
use crate::diagnostic::Code;
use crate::stats::Estimate;
use crate::toml_file::Checker;

/// A figure with its published interval: both ends or neither.
pub(super) fn interval(
    check: &mut Checker<'_>,
    evidence: &Evidence,
    figure: f64,
    span: &Range<usize>,
) -> Option<Estimate> {
    let (lower, upper) = match (&evidence.lower, &evidence.upper) {
        (None, None) => return Some(Estimate::exact(figure)),
        (Some(lower), Some(upper)) => (lower, upper),
        (Some(only), None) | (None, Some(only)) => {
            let other = if evidence.lower.is_some() { "upper" } else { "lower" };
            if !check.lost.has_lost_from(span) {
                check.problem(Code::MissingKey, &only.span, "an interval needs two ends", format!("add `{other} = …`"));
            }
            return None;
        }
    };
    let (low, high) = (check.finite(lower)?, check.finite(upper)?);
    if low <= figure && figure <= high {
        return Some(Estimate::between(figure, low, high));
    }
    let message = format!("{figure} is not between {low} and {high}");
    check.problem(Code::BadValue, &lower.span, message, "the figure must lie in its interval");
    None
}
