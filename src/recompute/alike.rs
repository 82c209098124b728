//! Figures of different things that are the same to the last digit: copied by mistake, more often than by chance.

use super::Discrepancy;
use crate::assessment::{Assessment, Column, Evidence};
use crate::diagnostic::Code;
use crate::words;

/// Counts below this can be the same by chance.
const MIN_COUNT: f64 = 20.0;

/// Pairs of series about different candidates with the same counts of the same periods, taken from different places of
/// the same document.
pub(super) fn identical(assessment: &Assessment) -> Vec<Discrepancy> {
    let series: Vec<(usize, &Evidence)> =
        assessment.evidence.values().flat_map(Column::written).filter(|(_, one)| has_series(one)).collect();
    let mut found = Vec::new();
    for (at, (number, one)) in series.iter().enumerate() {
        for (other_number, other) in series.iter().skip(at + 1) {
            let apart = number != other_number && one.origin.place != other.origin.place;
            if apart && one.origin.source == other.origin.source && same_counts(one, other) {
                let title = |number: usize| {
                    assessment.candidates.get(number).map_or("", |candidate| &candidate.title).to_owned()
                };
                found.push(finding(one, other, &title(*number), &title(*other_number)));
            }
        }
    }
    found
}

fn has_series(evidence: &Evidence) -> bool {
    evidence.figure.as_series().is_some_and(|series| series.counts.len() >= 2)
}

fn same_counts(one: &Evidence, other: &Evidence) -> bool {
    let (Some(one), Some(other)) = (one.figure.as_series(), other.figure.as_series()) else { return false };
    let equal =
        one.counts.iter().zip(other.counts.iter()).all(|(a, b)| {
            a.period == b.period && a.count == b.count && a.count >= MIN_COUNT && a.not_known().is_none()
        });
    equal && one.counts.len() == other.counts.len()
}

fn finding(one: &Evidence, other: &Evidence, title: &str, other_title: &str) -> Discrepancy {
    let counts = one.figure.as_series().into_iter().flat_map(|series| series.counts.iter());
    let counts: Vec<String> = counts.map(|count| words::number(count.count, 0)).collect();
    let place = |evidence: &Evidence| evidence.origin.place.clone().unwrap_or_default();
    Discrepancy {
        code: Code::IdenticalFigures,
        source: other.origin.source.clone(),
        place: place(other),
        beside: vec![place(one)],
        printed: format!("{} of {other_title} are the same as those of {title}", words::listed(&counts)),
        recomputed: None,
        working: format!("the same figures stand in {}", place(one)),
        cause: Some("one of the two seems copied by mistake: ask the publisher".to_owned()),
        transcribed: other.place.clone(),
    }
}
