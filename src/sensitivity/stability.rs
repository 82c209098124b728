//! How far each weight can move alone, the others in proportion, before the order, the first place or the top tier
//! changes: exact to a step, as [`crate::explain::change`] finds it.

use super::Problem;
pub use crate::explain::change::RangeEnd;
use crate::explain::change::{Field, Watched, WeightSweep};
use crate::scoring::{Again, Fixed, Ranking};

/// How long a list may be.
const MAX_CANDIDATES: usize = 1000;

/// How far one weight can move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightStability {
    /// Whose, by its number among all weights: a criterion's, or that of a group with a score.
    pub criterion: usize,
    /// The weight now, on the rule set's scale.
    pub weight: Fixed,
    /// Before the order of the list changes.
    pub order: StableRange,
    /// Before another candidate has the first place.
    pub first: StableRange,
    /// Before a candidate enters or leaves the top tier.
    pub top: StableRange,
}

/// A stretch of weights, the one now among them, throughout which something stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StableRange {
    /// Its lower end; none where it goes down to zero.
    pub lower: Option<RangeEnd>,
    /// Its upper end; none where it goes up to the whole.
    pub upper: Option<RangeEnd>,
}

/// Every weight's stretches; those of weights that have nothing to move against are left out. None for long lists.
///
/// # Errors
/// A total that could not be made.
pub fn stability(ranking: &Ranking<'_>, again: &mut Again<'_, '_>) -> Result<Option<Vec<WeightStability>>, Problem> {
    if ranking.order().len() > MAX_CANDIDATES {
        return Ok(None);
    }
    let field = Field::new(ranking);
    let mut found = Vec::new();
    for criterion in 0..ranking.rules.weights.shares().len() {
        let Some(way) = WeightSweep::new(ranking, &field, criterion) else { continue };
        let watched = [Watched::Order, Watched::First, Watched::Top];
        let lower = way.ends(again, &watched, false)?;
        let ends = lower.into_iter().zip(way.ends(again, &watched, true)?);
        let mut stretches = ends.map(|(lower, upper)| StableRange { lower, upper });
        if let (Some(order), Some(first), Some(top)) = (stretches.next(), stretches.next(), stretches.next()) {
            found.push(WeightStability { criterion, weight: way.weight(), order, first, top });
        }
    }
    Ok(Some(found))
}

/// The criteria and groups, by the number of their weight, whose weight can be anything from zero to the whole without changing the order of the
/// list, and how many weights have something to move against. None for long lists.
///
/// # Errors
/// A total that could not be made.
pub fn idle_weights(ranking: &Ranking<'_>, again: &mut Again<'_, '_>) -> Result<Option<(Vec<usize>, usize)>, Problem> {
    if ranking.order().len() > MAX_CANDIDATES {
        return Ok(None);
    }
    let field = Field::new(ranking);
    let (mut idle, mut movable) = (Vec::new(), 0);
    for criterion in 0..ranking.rules.weights.shares().len() {
        let Some(way) = WeightSweep::new(ranking, &field, criterion) else { continue };
        movable += 1;
        if !way.ever_changes(again, Watched::Order)? {
            idle.push(criterion);
        }
    }
    Ok(Some((idle, movable)))
}
