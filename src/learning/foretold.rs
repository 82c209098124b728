//! Whether what was learnt foretells what was not: each statement is left out in its turn.

use std::collections::BTreeSet;

use super::Learner;
use super::agreed::{Agreed, Pair};
use crate::diagnostic::Problem;

/// How many must be there to be left out in turn.
const FEWEST: usize = 5;

/// How many pairs are foretold by weights that were learnt without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foretold {
    /// What was left out in turn.
    pub left_out: Unit,
    /// How many times.
    pub times: usize,
    /// How many pairs were to be foretold, over all times.
    pub pairs: usize,
    /// How many of them were.
    pub held: usize,
    /// How many of them the weights of the rules have in their order.
    pub now: usize,
}

/// What is left out in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A statement.
    Statement,
    /// All that is said about one candidate, where there are fewer than five statements.
    Candidate,
}

/// How many pairs are foretold; none where fewer than five statements, or candidates, say something of the weights.
pub(super) fn foretold(
    learner: &mut Learner<'_, '_, '_>,
    agreed: &Agreed,
    pairs: &[Pair],
) -> Result<Option<Foretold>, Problem> {
    let pair_of = |at: &usize| learner.field.duels.get(*at).and_then(|duel| pairs.get(duel.pair));
    let all: Vec<usize> = (0..learner.field.duels.len()).collect();
    let (left_out, groups) = if agreed.statements.len() >= FEWEST {
        // A pair that another statement orders too is not left out.
        let only = |number: usize| {
            all.iter().copied().filter(|at| pair_of(at).is_some_and(|pair| pair.statements == [number])).collect()
        };
        (Unit::Statement, (1..=agreed.statements.len()).map(only).collect::<Vec<Vec<usize>>>())
    } else {
        let named: BTreeSet<usize> = all.iter().filter_map(pair_of).flat_map(|pair| [pair.above, pair.below]).collect();
        let about = |candidate: usize| {
            let names = |pair: &Pair| pair.above == candidate || pair.below == candidate;
            all.iter().copied().filter(|at| pair_of(at).is_some_and(names)).collect()
        };
        (Unit::Candidate, named.into_iter().map(about).collect())
    };
    let groups: Vec<Vec<usize>> =
        groups.into_iter().filter(|group: &Vec<usize>| !group.is_empty() && group.len() < all.len()).collect();
    if groups.len() < FEWEST {
        return Ok(None);
    }
    let mut foretold = Foretold { left_out, times: groups.len(), pairs: 0, held: 0, now: 0 };
    for group in groups {
        let others: Vec<usize> = all.iter().copied().filter(|at| !group.contains(at)).collect();
        let learnt = match learner.nearest(&others)? {
            Some((learnt, _)) => learnt,
            None => learner.least_missing(&others)?,
        };
        let numbers = learner.numbers(&group);
        let now = learner.tried(&learner.field.now.clone(), &group, 1)?;
        foretold.pairs += group.len();
        foretold.now += now.account.held;
        foretold.held += learner.trial.of(learnt.shares, &numbers)?.account.held;
    }
    Ok(Some(foretold))
}
