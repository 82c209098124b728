//! With whom a candidate overlaps, and who of its family has the place that it would have had.

use crate::assessment::OverlapKind;
use crate::scoring::Trace;
use crate::words::{listed, lower_title};

/// What a candidate is part of, what is part of it and what it shares evidence with, in sentences; none where nothing is
/// said to overlap with it.
pub fn overlaps_in_words(trace: &Trace<'_>) -> Option<String> {
    let with = |kind: OverlapKind| -> Vec<String> {
        let others = trace.overlaps.iter().filter(|(how, _)| *how == kind);
        others.map(|(_, other)| lower_title(&other.title)).collect()
    };
    let kinds = [
        (OverlapKind::PartOf, "It is part of"),
        (OverlapKind::Whole, "Part of it:"),
        (OverlapKind::SharesEvidence, "It rests on some of the same evidence as"),
    ];
    let told = kinds.map(|(kind, how)| (how, with(kind))).into_iter().filter(|(_, others)| !others.is_empty());
    let told: Vec<String> = told.map(|(how, others)| format!("{how} {}.", listed(&others))).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// Who of its family has the place that a candidate would have had; none where nobody has.
pub fn passed_over_in_words(trace: &Trace<'_>) -> Option<String> {
    let passed = trace.passed_over?;
    Some(format!(
        "It is passed over: {} and all that is part of it take one place of \"{}\" together, and {} has it.",
        lower_title(&passed.family.title),
        passed.tier.title,
        lower_title(&passed.by.title),
    ))
}
