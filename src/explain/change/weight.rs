//! The smallest change of one weight, by trying every weight from 0 to the whole, in steps, nearest first.
//!
//! The others keep their proportions. Points are rounded, so a formula for where two totals cross would be wrong by a
//! hair; what was tried is not.

use super::{Goal, power_of_ten_step};
use crate::diagnostic::Problem;
use crate::scoring::{Again, Fixed, Ranking};

/// Into how many steps a weight's way from 0 to the whole is cut, at least.
const STEPS: i64 = 1000;
/// The same for lists so long that all those steps would take too long.
const FEW_STEPS: i64 = 100;
/// How long a list is tried in many steps.
const LONG_LIST: usize = 1000;

/// A change of one weight, the others keeping their proportions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightChange {
    /// Whose, by number.
    pub criterion: usize,
    /// The weight now, on the rule set's scale.
    pub from: Fixed,
    /// The weight at which the goal is reached; one step nearer to `from` it is not.
    pub to: Fixed,
    /// Every criterion's weight then, in units of the rule set's fine decimals.
    pub shares: Vec<i64>,
}

/// For each candidate and goal the changes of one weight that lead there, the smallest first.
pub(super) fn weight_changes(
    ranking: &Ranking<'_>,
    again: &mut Again<'_, '_>,
    asked: &[(usize, Goal)],
) -> Result<Vec<Vec<WeightChange>>, Problem> {
    let mut found: Vec<Vec<WeightChange>> = asked.iter().map(|_| Vec::new()).collect();
    for criterion in 0..ranking.rules.criteria.len() {
        for to_more in [true, false] {
            walk(ranking, again, asked, criterion, to_more, &mut found)?;
        }
    }
    let distance = |change: &WeightChange| (change.to.units() - change.from.units()).abs();
    for changes in &mut found {
        changes.sort_by_key(|change| (distance(change), change.criterion));
        let mut seen = Vec::new();
        changes.retain(|change| {
            !seen.contains(&change.criterion) && {
                seen.push(change.criterion);
                true
            }
        });
    }
    Ok(found)
}

/// Walks one weight up to the whole or down to 0, and notes where each goal is first reached.
fn walk(
    ranking: &Ranking<'_>,
    again: &mut Again<'_, '_>,
    asked: &[(usize, Goal)],
    criterion: usize,
    to_more: bool,
    found: &mut [Vec<WeightChange>],
) -> Result<(), Problem> {
    let (rules, weights) = (ranking.rules, &ranking.rules.weights);
    let now = weights.shares().get(criterion).copied().unwrap_or(0);
    let whole = weights.whole();
    let parts = if ranking.order().len() > LONG_LIST { FEW_STEPS } else { STEPS };
    let step = power_of_ten_step(whole, parts);
    let mut pending: Vec<usize> = (0..asked.len()).collect();
    let mut share = if to_more { (now / step + 1) * step } else { (now - 1).div_euclid(step) * step };
    while (0..=whole).contains(&share) && !pending.is_empty() {
        let Some(shares) = weights.shares_with(criterion, share) else { return Ok(()) };
        let outcome = again.with_weights(&weights.with_shares(shares.clone()))?;
        pending.retain(|at| {
            let Some((candidate, goal)) = asked.get(*at) else { return false };
            let met = goal.is_met(*candidate, &outcome);
            if let Some(found) = found.get_mut(*at).filter(|_| met) {
                let fixed = |units: i64| Fixed::new(units, rules.fine_decimals());
                let change = WeightChange { criterion, from: fixed(now), to: fixed(share), shares: shares.clone() };
                found.push(change);
            }
            !met
        });
        share += if to_more { step } else { -step };
    }
    Ok(())
}
