//! The list without one criterion, and without one candidate.

use super::Problem;
use super::correlation::kendall;
use crate::scoring::{Again, Ranking, ScoringOutcome, Standing};

/// How long a list may be for each of its candidates to be left out.
const MAX_CANDIDATES: usize = 1000;
/// How long a list may be for all its pairs to be compared.
const MAX_COMPARED: usize = 5000;

/// The list with one criterion left out, its weight going to the others of its pool in proportion.
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutCriterion {
    /// Which, by the number of its weight: a criterion, or a group with a score.
    pub criterion: usize,
    /// The candidates, by number, that are first then: several where they are level.
    pub first: Vec<usize>,
    /// Kendall's tau-b between the totals with it and without; none where one list has all equal, or is very long.
    pub agreement: Option<f64>,
    /// Those that enter the top tier, by number.
    pub entered: Vec<usize>,
    /// Those that leave it.
    pub left: Vec<usize>,
}

/// A candidate whose absence turns others round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithoutCandidate {
    /// Which, by number.
    pub candidate: usize,
    /// Pairs of others of which the first was above the second and is below it without that candidate.
    pub reversed: Vec<(usize, usize)>,
}

/// The list without each criterion; those that nothing is left without are passed over.
///
/// # Errors
/// A total that could not be made.
pub fn without_each_criterion(
    ranking: &Ranking<'_>,
    again: &mut Again<'_, '_>,
) -> Result<Vec<WithoutCriterion>, Problem> {
    let weights = &ranking.rules.weights;
    let mut found = Vec::new();
    for criterion in 0..ranking.rules.weights.shares().len() {
        let shares = weights.shares_with(criterion, 0).filter(|_| !ranking.rules.weighs_beside(criterion));
        let Some(shares) = shares else { continue };
        let outcome = again.with_weights(&weights.with_shares(shares))?;
        found.push(without_criterion(ranking, criterion, &outcome));
    }
    Ok(found)
}

fn without_criterion(ranking: &Ranking<'_>, criterion: usize, outcome: &ScoringOutcome) -> WithoutCriterion {
    let now = ranking.outcome();
    let is_top = |outcome: &ScoringOutcome, it: usize| outcome.standing(it) == Standing::Tier(0);
    let moved = |from: &ScoringOutcome, to: &ScoringOutcome| -> Vec<usize> {
        to.sequence().iter().copied().filter(|it| is_top(to, *it) && !is_top(from, *it)).collect()
    };
    let both: Vec<(f64, f64)> = now.sequence().iter().filter_map(|it| totals(now, outcome, *it)).collect();
    let (with, without): (Vec<f64>, Vec<f64>) = both.into_iter().unzip();
    WithoutCriterion {
        criterion,
        first: outcome.sequence().iter().copied().take_while(|it| outcome.rank(*it) == Some(1)).collect(),
        agreement: if with.len() > MAX_COMPARED { None } else { kendall(&with, &without) },
        entered: moved(now, outcome),
        left: moved(outcome, now),
    }
}

#[expect(clippy::cast_precision_loss, reason = "totals have at most 15 digits")]
fn totals(one: &ScoringOutcome, other: &ScoringOutcome, candidate: usize) -> Option<(f64, f64)> {
    Some((one.total(candidate)? as f64, other.total(candidate)? as f64))
}

/// Whose absence turns others round: rank reversal, which only values that are set against the other candidates can do.
/// None where no value is, or where the list is long.
///
/// # Errors
/// A total that could not be made.
pub fn without_each_candidate(
    ranking: &Ranking<'_>,
    again: &mut Again<'_, '_>,
) -> Result<Option<Vec<WithoutCandidate>>, Problem> {
    if ranking.order().len() > MAX_CANDIDATES {
        return Ok(None);
    }
    let mut found = Vec::new();
    for candidate in ranking.order().iter().copied() {
        let Some(outcome) = again.without(candidate)? else { return Ok(None) };
        let reversed = reversed(ranking.outcome(), &outcome, candidate);
        if !reversed.is_empty() {
            found.push(WithoutCandidate { candidate, reversed });
        }
    }
    Ok(Some(found))
}

/// Pairs in another order, but for `without`; only what has a total in both.
fn reversed(now: &ScoringOutcome, then: &ScoringOutcome, without: usize) -> Vec<(usize, usize)> {
    let ranks = |it: &usize| Some((now.rank(*it)?, then.rank(*it)?, *it));
    let both: Vec<(usize, usize, usize)> =
        now.sequence().iter().filter(|it| **it != without).filter_map(ranks).collect();
    let mut pairs = Vec::new();
    for (at, (rank_now, rank_then, above)) in both.iter().copied().enumerate() {
        let is_reversed = |(now, then, _): &(usize, usize, usize)| rank_now < *now && rank_then > *then;
        let below = both.iter().skip(at + 1).filter(|it| is_reversed(it)).map(|(_, _, below)| *below);
        pairs.extend(below.map(|below| (above, below)));
    }
    pairs
}
