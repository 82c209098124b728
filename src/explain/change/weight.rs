//! The smallest change of one weight, the others keeping their proportions: the ends of [`super::sweep`].

use super::Goal;
use super::sweep::{Watched, WeightSweep};
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
    again: &mut Again<'_, '_>,
    asked: &[(usize, Goal)],
) -> Result<Vec<Vec<WeightChange>>, Problem> {
    let mut found: Vec<Vec<WeightChange>> = asked.iter().map(|_| Vec::new()).collect();
    let watched: Vec<Watched> = asked.iter().map(|(candidate, goal)| Watched::Goal(*candidate, *goal)).collect();
    for criterion in 0..ranking.rules.weights.shares().len() {
        let Some(sweep) = WeightSweep::new(ranking, criterion) else { continue };
        for up in [true, false] {
            for (found, end) in found.iter_mut().zip(sweep.ends(again, &watched, up)?) {
                let change = end.map(|end| WeightChange {
                    criterion,
                    from: sweep.weight(),
                    to: end.first_changed,
                    shares: end.shares,
                });
                found.extend(change);
            }
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
