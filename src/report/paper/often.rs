//! How often each is among the first, over all draws of weights and evidence.

use super::model::{Often, OftenRow};
use super::sides::{of_a_hundred, per_cent};
use crate::ranked::RankedAssessment;
use crate::sensitivity::acceptability::CandidateAcceptability;
use crate::words::whole;

/// Of all with a total; none where nothing was drawn.
pub(super) fn often(report: &RankedAssessment<'_>) -> Option<Often> {
    let (found, seed) = report.acceptability.as_ref()?;
    let row = |accepted: &CandidateAcceptability| {
        let [low, _, high] = accepted.rank_quantiles;
        Some(OftenRow {
            title: report.assessment.candidates.get(accepted.candidate)?.title.clone(),
            top: of_a_hundred(accepted.in_top),
            width: per_cent(accepted.in_top),
            first: accepted.places.as_ref().and_then(|places| places.first()).map(|first| of_a_hundred(*first)),
            ranks: if low == high { low.to_string() } else { format!("{low} to {high}") },
        })
    };
    let mut accepted: Vec<&CandidateAcceptability> = found.candidates.iter().collect();
    accepted.sort_by(|one, other| other.in_top.total_cmp(&one.in_top));
    let draws = whole(usize::try_from(found.draws).unwrap_or(usize::MAX));
    Some(Often {
        caption: format!(
            "How often each is among the first {}, of 100 of {draws} draws (seed {seed})",
            found.top_places
        ),
        rows: accepted.into_iter().filter_map(row).collect(),
    })
}
