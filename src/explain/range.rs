//! What a total could be, in words: at which ends it could stand, or between which it is proven to lie.

use crate::assessment::EvidenceKind;
use crate::rules::{Criterion, RuleSet};
use crate::scoring::{Contribution, Fixed, Range, Trace};

/// A range in a cell: `40.34 to 63.86`, or `≥ 9, ≤ 25` where the ends are only proven not to be passed.
pub fn range_in_a_cell(range: Range) -> String {
    let Range { low, high, is_reached } = range;
    if is_reached { format!("{low} to {high}") } else { format!("≥ {low}, ≤ {high}") }
}

/// A range within a sentence: `between 40.34 and 63.86`, or `at least 9 and at most 25`.
pub fn range_in_words(range: Range) -> String {
    let Range { low, high, is_reached } = range;
    if is_reached { format!("between {low} and {high}") } else { format!("at least {low} and at most {high}") }
}

/// What is said of a total for which there is no range: that members left nothing open, or that it is not known.
pub fn no_range_in_words(trace: &Trace<'_>, rules: &RuleSet) -> &'static str {
    let of_members =
        |path: &str| rules.evidence.get(path).is_some_and(|declared| declared.kind == EvidenceKind::Members);
    let is_closed = |part: &Contribution<'_>| {
        let is_answered = part.measure.is_some_and(|measure| measure.interval.is_none());
        is_answered && part.evidence.iter().all(|cited| of_members(cited.path))
    };
    let all = !trace.contributions.is_empty() && trace.contributions.iter().all(is_closed);
    if all { "every member said, so that nothing leaves the total open" } else { "its range is not known" }
}

/// Where figures, panels and `stand_ins` for missing answers stand that make a total lowest or highest: `every figure at an
/// end of its 95% interval, …`. Where values or the total can go both ways, that may be anywhere between.
pub fn farthest_in_words(rules: &RuleSet, stand_ins: &str) -> String {
    let interval = rules.confidence.in_words();
    match ends_are_farthest(rules) {
        true => format!(
            "every figure at an end of its {interval} interval, every panel at its lowest or highest score, {stand_ins} for a \
             missing answer at its least or most"
        ),
        false => format!(
            "every figure anywhere in its {interval} interval, every panel anywhere from its lowest to its highest score, \
             {stand_ins} for a missing answer anywhere from its least to its most"
        ),
    }
}

/// Whether totals are lowest and highest where figures stand at ends of their intervals.
pub fn ends_are_farthest(rules: &RuleSet) -> bool {
    rules.criteria.iter().all(Criterion::goes_one_way)
}

/// What the marks of [`range_in_a_cell`] mean, where they are used.
pub fn bounds_in_words<'t, 'a: 't>(traces: impl IntoIterator<Item = &'t Trace<'a>>) -> Option<&'static str> {
    let has_bounds = traces.into_iter().any(|trace| trace.range.is_some_and(|range| !range.is_reached));
    has_bounds
        .then_some("The total is proven to be at least the one and at most the other, and not that it could be either.")
}

/// Whether totals run from zero, or above it, to the scale, or below it.
pub fn ends_at_scale(rules: &RuleSet) -> bool {
    rules.total_ends.is_some_and(|ends| ends.least >= 0 && ends.most <= scale(rules))
}

/// The scale in units of the decimals.
fn scale(rules: &RuleSet) -> i64 {
    i64::from(rules.scale) * 10_i64.pow(rules.decimals)
}

/// ` of 100` behind a total, where totals don't pass the scale.
pub fn out_of_scale(total: Fixed, rules: &RuleSet) -> String {
    if ends_at_scale(rules) && total.units() <= scale(rules) {
        format!("{total} of {}", rules.scale)
    } else {
        total.to_string()
    }
}
