//! Scores that stand beside the total: no total is made of them, and each has an order of its own.

use super::Ranking;
use crate::diagnostic::Problem;
use crate::rules::Totaller;

/// Where candidates stand by a score alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceBeside {
    /// The competition rank in its list by that score, from 1.
    pub rank: usize,
    /// How many of the list have the score.
    pub of: usize,
}

/// By group the place of each candidate by the group's score; nothing for groups that the total is made of. Whoever has no
/// total has no place, nor has anybody of whom nothing in the group is answered.
///
/// # Errors
/// A score that could not be made.
pub(super) fn places_beside(
    ranking: &Ranking<'_>,
    totaller: &mut Totaller<'_>,
) -> Result<Vec<Vec<Option<PlaceBeside>>>, Problem> {
    let rules = ranking.rules;
    let beside: Vec<bool> = (0..rules.combine.groups().len()).map(|group| rules.is_beside(group)).collect();
    let candidates = ranking.order().len();
    let mut places: Vec<Vec<Option<PlaceBeside>>> =
        beside.iter().map(|beside| if *beside { vec![None; candidates] } else { Vec::new() }).collect();
    if !beside.contains(&true) {
        return Ok(places);
    }
    let mut scores: Vec<Vec<(usize, i64, usize)>> = vec![Vec::new(); beside.len()];
    for candidate in ranking.with_totals() {
        let columns = ranking.outcome().points().points.iter();
        let row: Vec<i64> = columns.map(|column| column.get(candidate).copied().unwrap_or(0)).collect();
        let missing: Vec<bool> = ranking.measures.iter().map(|column| column.is_missing(candidate)).collect();
        let (_, found) = totaller.figures(&row)?;
        for (group, (score, scores)) in found.iter().zip(&mut scores).enumerate() {
            if beside.get(group) == Some(&true) && !rules.is_left_out(group, &missing) {
                scores.push((ranking.lists.of(candidate), *score, candidate));
            }
        }
    }
    for (scores, places) in scores.iter_mut().zip(&mut places) {
        scores.sort_unstable_by_key(|(list, score, candidate)| (*list, std::cmp::Reverse(*score), *candidate));
        for list in scores.chunk_by(|(one, ..), (other, ..)| one == other) {
            for (_, score, candidate) in list {
                let rank = list.partition_point(|(_, other, _)| other > score) + 1;
                if let Some(slot) = places.get_mut(*candidate) {
                    *slot = Some(PlaceBeside { rank, of: list.len() });
                }
            }
        }
    }
    Ok(places)
}
