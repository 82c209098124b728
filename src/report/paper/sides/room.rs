//! How much a missing answer could add.

use super::shown::Shown;
use crate::rules::Earned;
use crate::scoring::Contribution;

/// How many points an answer could bring beyond what stands in for it, at most; none where there is no most, and where points are
/// not what an answer brings.
pub(super) fn room(part: &Contribution<'_>) -> Option<f64> {
    let most = part.points_range.high.to_f64() - part.points.to_f64();
    (part.kind == Earned::Points && part.value.is_some() && most.is_finite() && most > 0.0).then_some(most)
}

/// The same, as it is shown.
pub(super) fn could_add(part: &Contribution<'_>, shown: Shown) -> Option<String> {
    room(part).map(|most| shown.part(most))
}
