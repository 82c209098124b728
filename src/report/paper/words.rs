//! Small words that several parts of the paper share.

use crate::scoring::Contribution;
use crate::words::{listed, with_unit};

/// So many are named in a sentence; more are counted.
pub(super) const MAX_NAMED: usize = 20;

/// A dash where there is nothing to say.
pub(super) fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "–".to_owned(), |text| text.to_string())
}

/// `rank 6`; none where it could not be ranked.
pub(super) fn rank_of(rank: Option<usize>) -> Option<String> {
    rank.map(|rank| format!("rank {rank}"))
}

/// The answer with its interval and unit, or that it is missing.
pub(super) fn answer(part: &Contribution<'_>) -> String {
    match &part.measure {
        Some(measure) => with_unit(&part.criterion.figure_with_interval(*measure), part.criterion.unit_behind()),
        None => "missing".to_owned(),
    }
}

/// A list of which so many are named and the rest counted.
pub(super) fn shortened(mut items: Vec<String>) -> String {
    let more = items.len().saturating_sub(MAX_NAMED);
    if more > 0 {
        items.truncate(MAX_NAMED);
        items.push(format!("{more} more"));
    }
    listed(&items)
}
