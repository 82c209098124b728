//! How far one weight can move until another set is best, the others keeping their proportions.
//!
//! Worth follows from the ranking made again with that weight, by the engine itself. It need not go one way with a weight, so
//! every hundredth of all weight is tried, from the weight as it is to either end, until another set is best; between the last
//! that is the same and the first that is not the way is halved. What would be best between those steps nobody knows.

use super::answer::{Answer, Best, Steps};
use super::case::{Case, units};
use super::solve::solve_beside;
use super::worth::{AskedWorth, WorthRule};
use crate::diagnostic::Problem;
use crate::exact::Fixed;
use crate::scoring::{Again, Ranking};

/// Into how many steps all weight is cut.
const STEPS: i64 = 100;
/// The fewest digits behind a step that are tried between two steps: hundredths of it.
const FINER: i64 = 100;

/// What a weight does to the best set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightChange {
    /// The criterion, by number.
    pub criterion: usize,
    /// Its weight, on the rule set's scale.
    pub filed: Fixed,
    /// What more of it does.
    pub up: LeastWeight,
    /// What less of it does.
    pub down: LeastWeight,
}

/// What was found of a weight, one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeastWeight {
    /// Another set is best.
    Changes {
        /// The last weight that was tried at which the same set is best.
        same: Fixed,
        /// The next that was tried, at which it is not.
        other: Fixed,
        /// What is best then.
        then: Best,
    },
    /// The same set is best at every weight that was tried, up to the end.
    Never,
    /// The steps did not suffice.
    Unknown,
}

/// What each weight does to the best set. A criterion is left out where no other could take of its weight.
///
/// # Errors
/// A total or a worth that could not be made.
pub fn least_weights(
    ranking: &Ranking<'_>,
    case: &Case<'_>,
    rule: &WorthRule,
    best: &Best,
    steps: &mut Steps,
) -> Result<Vec<WeightChange>, Problem> {
    let mut search = Search { ranking, case, again: Again::new(ranking)?, worth: rule.asked()?, best, steps };
    let mut changes = Vec::new();
    for (criterion, share) in ranking.rules.weights.shares().iter().enumerate() {
        if ranking.rules.weights.shares_with(criterion, *share).is_none() {
            continue;
        }
        let (up, down) = (search.way(criterion, *share, true)?, search.way(criterion, *share, false)?);
        changes.push(WeightChange { criterion, filed: search.fixed(*share), up, down });
    }
    Ok(changes)
}

struct Search<'s, 'r, 'a> {
    ranking: &'r Ranking<'a>,
    case: &'s Case<'s>,
    again: Again<'r, 'a>,
    worth: AskedWorth<'s>,
    best: &'s Best,
    steps: &'s mut Steps,
}

impl Search<'_, '_, '_> {
    /// What more of a weight does, or less of it.
    fn way(&mut self, criterion: usize, now: i64, up: bool) -> Result<LeastWeight, Problem> {
        if !self.best.is_proven() {
            return Ok(LeastWeight::Unknown);
        }
        let whole = self.ranking.rules.weights.whole();
        let step = (whole / STEPS).max(1);
        let end = if up { whole } else { 0 };
        let mut same = now;
        while same != end {
            // Whole steps, and the end.
            let next = match up {
                true => ((same.div_euclid(step) + 1) * step).min(whole),
                false => ((same - 1).div_euclid(step) * step).max(0),
            };
            match self.at(criterion, next)? {
                Answer::Best(then) if !then.is_proven() => return Ok(LeastWeight::Unknown),
                Answer::Best(then) if then.set != self.best.set => {
                    return self.between(criterion, (same, next), then, (step / FINER).max(1));
                }
                Answer::Best(_) => same = next,
                // No condition depends on worth.
                Answer::Nothing | Answer::Unknown => return Ok(LeastWeight::Unknown),
            }
        }
        Ok(LeastWeight::Never)
    }

    /// Halves the way between a weight at which nothing has changed and one at which another set is best.
    fn between(
        &mut self,
        criterion: usize,
        (mut same, mut other): (i64, i64),
        mut then: Best,
        finest: i64,
    ) -> Result<LeastWeight, Problem> {
        while (other - same).abs() > finest {
            let middle = same + (other - same) / 2;
            let middle = middle - middle.rem_euclid(finest);
            if middle == same || middle == other {
                break;
            }
            match self.at(criterion, middle)? {
                Answer::Best(found) if !found.is_proven() => break,
                Answer::Best(found) if found.set != self.best.set => (other, then) = (middle, found),
                Answer::Best(_) => same = middle,
                Answer::Nothing | Answer::Unknown => break,
            }
        }
        Ok(LeastWeight::Changes { same: self.fixed(same), other: self.fixed(other), then })
    }

    /// What is best where a criterion has this share of all weight.
    fn at(&mut self, criterion: usize, share: i64) -> Result<Answer, Problem> {
        let weights = &self.ranking.rules.weights;
        let Some(shares) = weights.shares_with(criterion, share) else { return Ok(Answer::Unknown) };
        let outcome = self.again.with_weights(&weights.with_shares(shares))?;
        let worths = self.worth.of_outcome(self.ranking, &outcome)?;
        let mut instance = self.case.instance.clone();
        for (target, worth) in instance.targets.iter_mut().zip(worths) {
            target.worth = units(worth, self.case.decimals.worth);
        }
        solve_beside(&instance, self.steps).map_err(|trouble| self.case.trouble(trouble))
    }

    fn fixed(&self, share: i64) -> Fixed {
        Fixed::new(share, self.ranking.rules.fine_decimals())
    }
}
