//! The smallest change of one weight, the others keeping their proportions: the ends of [`super::sweep`].

use std::num::NonZeroUsize;

use rayon::prelude::*;

use super::Goal;
use super::field::Field;
use super::sweep::{RangeEnd, Watched, WeightSweep};
use crate::diagnostic::Problem;
use crate::scoring::{Again, Fixed, Ranking};

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
    field: &Field,
    asked: &[(usize, Goal)],
) -> Result<Vec<Vec<WeightChange>>, Problem> {
    let mut found: Vec<Vec<WeightChange>> = asked.iter().map(|_| Vec::new()).collect();
    let watched: Vec<Watched> = asked.iter().map(|(candidate, goal)| Watched::Goal(*candidate, *goal)).collect();
    let start = || Again::new(ranking);
    let both_ways = |again: &mut Result<Again<'_, '_>, Problem>, criterion: usize| {
        let again = again.as_mut().map_err(|problem| problem.clone())?;
        let Some(sweep) = WeightSweep::new(ranking, field, criterion) else { return Ok(Vec::new()) };
        let mut changes = Vec::new();
        for up in [true, false] {
            let change = |end: RangeEnd| WeightChange {
                criterion,
                from: sweep.weight(),
                to: end.first_changed,
                shares: end.shares,
            };
            changes.push(sweep.ends(again, &watched, up)?.into_iter().map(|end| end.map(change)).collect());
        }
        Ok(changes)
    };
    let criteria = 0..ranking.rules.weights.shares().len();
    let threads = NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN);
    // Each weight on its own, so that no number of threads shows.
    let ways: Vec<Result<Vec<Vec<Option<WeightChange>>>, Problem>> =
        ranking.rules.library.budget.on_threads(threads, |threads| {
            if threads == NonZeroUsize::MIN {
                let mut again = start();
                return Ok::<_, Problem>(criteria.clone().map(|it| both_ways(&mut again, it)).collect());
            }
            Ok(criteria.clone().into_par_iter().map_init(start, both_ways).collect())
        })?;
    for changes in ways.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        for (found, change) in found.iter_mut().zip(changes) {
            found.extend(change);
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
