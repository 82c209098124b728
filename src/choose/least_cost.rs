//! How much dearer an action in the best set could be until it goes out, and how much cheaper one outside until it comes in.
//!
//! Dearer is never better: with a higher cost the sets that have the action can keep to no more limits and use no less, and the
//! others stay as they are. So there is one cost up to which the action is in the best set and above which it is not, and what
//! is tried on both sides of it shows that no smaller change does it.

use super::answer::{Answer, Best, Steps};
use super::case::Case;
use super::instance::is_in;
use super::solve::solve_beside;
use crate::diagnostic::Problem;

/// What a cost does to the place of its action. Amounts are in the solver's units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostChange {
    /// The action, by number.
    pub action: usize,
    /// The resource, by number.
    pub resource: usize,
    /// The cost as filed.
    pub filed: i64,
    /// What was found.
    pub found: LeastCost,
}

/// What was found of a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeastCost {
    /// From here on the action is in the best set, or no longer is.
    Changes {
        /// The last cost, from the filed one, at which it is where it was.
        same: i64,
        /// The next cost, at which it is not.
        other: i64,
        /// What is best then.
        then: Answer,
    },
    /// Even where it costs nothing of the resource the action does not come in.
    Never,
    /// The steps did not suffice.
    Unknown,
}

/// What each cost that is filed does to the place of its action.
///
/// # Errors
/// Numbers too large.
pub fn least_costs(case: &Case<'_>, best: &Best, steps: &mut Steps) -> Result<Vec<CostChange>, Problem> {
    let mut changes = Vec::new();
    for (action, about) in case.options.actions.iter().enumerate() {
        let is_in = is_in(&best.set, action);
        for cost in &about.costs {
            let filed = case.cost(cost.resource, action);
            if filed == 0 && !is_in {
                continue;
            }
            let mut search = Search { case, action, resource: cost.resource, steps };
            let found = if best.is_proven() { search.least(best, filed, is_in)? } else { LeastCost::Unknown };
            changes.push(CostChange { action, resource: cost.resource, filed, found });
        }
    }
    Ok(changes)
}

struct Search<'s, 'a> {
    case: &'s Case<'a>,
    action: usize,
    resource: usize,
    steps: &'s mut Steps,
}

impl Search<'_, '_> {
    fn least(&mut self, best: &Best, filed: i64, is_in: bool) -> Result<LeastCost, Problem> {
        let there_is = self.case.instance.limits.get(self.resource).map_or(0, |limit| limit.most);
        let (mut inside, mut outside) = if is_in { (filed, there_is + 1) } else { (0, filed) };
        let known = Answer::Best(best.clone());
        let (mut then_in, mut then_out) = (known.clone(), known);
        if is_in {
            then_out = self.at(outside)?;
        } else {
            then_in = self.at(inside)?;
            if then_in.is_proven() && !self.has(&then_in) {
                return Ok(LeastCost::Never);
            }
        }
        // A set stays the best one with its action dearer for as long as it can be had.
        let mut next = self.up_to(&then_in, inside);
        while outside - inside > 1 {
            let cost = next.filter(|cost| (inside + 1..outside).contains(cost));
            let cost = cost.unwrap_or(inside + (outside - inside) / 2);
            let found = self.at(cost)?;
            if !found.is_proven() {
                return Ok(LeastCost::Unknown);
            }
            if self.has(&found) {
                (inside, next) = (cost, self.up_to(&found, cost));
                then_in = found;
            } else {
                (outside, next) = (cost, (next == Some(cost)).then_some(cost - 1));
                then_out = found;
            }
        }
        if !then_in.is_proven() || !then_out.is_proven() {
            return Ok(LeastCost::Unknown);
        }
        Ok(match is_in {
            true => LeastCost::Changes { same: inside, other: outside, then: then_out },
            false => LeastCost::Changes { same: outside, other: inside, then: then_in },
        })
    }

    /// The first cost at which a set that has the action for `cost` can't be had.
    fn up_to(&self, found: &Answer, cost: i64) -> Option<i64> {
        let limit = self.case.instance.limits.get(self.resource)?;
        let others = limit.used(&found.as_best()?.set) - self.case.cost(self.resource, self.action);
        Some(cost.max(limit.most - others) + 1)
    }

    fn has(&self, found: &Answer) -> bool {
        found.as_best().is_some_and(|best| is_in(&best.set, self.action))
    }

    /// What is best where the action costs so much.
    fn at(&mut self, cost: i64) -> Result<Answer, Problem> {
        let mut instance = self.case.instance.clone();
        if let Some(limit) = instance.limits.get_mut(self.resource) {
            limit.reweigh(self.action, cost);
        }
        solve_beside(&instance, self.steps).map_err(|trouble| self.case.trouble(trouble))
    }
}
