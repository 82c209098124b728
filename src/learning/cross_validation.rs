//! Whether what was learnt foretells what was not: each statement is left out in its turn.

use std::collections::BTreeSet;

use super::agreed_list::{AgreedList, OrderedPair};
use super::learner::Learner;
use crate::diagnostic::Problem;

/// How many must be there to be left out in turn.
const MIN_GROUPS: usize = 5;

/// How many pairs are foretold by weights that were learnt without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossValidation {
    /// What was left out in turn.
    pub left_out: LeftOutUnit,
    /// How many times.
    pub rounds: usize,
    /// How many pairs were to be foretold, over all times.
    pub pairs: usize,
    /// How many of them were.
    pub predicted: usize,
    /// How many of them the weights of the rules have in their order.
    pub predicted_by_current: usize,
}

/// What is left out in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutUnit {
    /// All pairs that one statement alone orders.
    Statement,
    /// All that is said about one candidate, where there are fewer than five statements.
    Candidate,
}

/// How many pairs are foretold; none where fewer than five statements, or candidates, say something of the weights.
pub(super) fn cross_validate(
    learner: &mut Learner<'_, '_, '_>,
    agreed: &AgreedList,
    pairs: &[OrderedPair],
) -> Result<Option<CrossValidation>, Problem> {
    let pair_of = |at: &usize| learner.field.pairs.get(*at).and_then(|duel| pairs.get(duel.pair));
    let all: Vec<usize> = (0..learner.field.pairs.len()).collect();
    let (left_out, groups) = if agreed.statements.len() >= MIN_GROUPS {
        // A pair that another statement orders too is not left out.
        let only = |number: usize| {
            all.iter().copied().filter(|at| pair_of(at).is_some_and(|pair| pair.statements == [number])).collect()
        };
        (LeftOutUnit::Statement, (1..=agreed.statements.len()).map(only).collect::<Vec<Vec<usize>>>())
    } else {
        let named: BTreeSet<usize> = all.iter().filter_map(pair_of).flat_map(|pair| [pair.above, pair.below]).collect();
        let about = |candidate: usize| {
            let names = |pair: &OrderedPair| pair.above == candidate || pair.below == candidate;
            all.iter().copied().filter(|at| pair_of(at).is_some_and(names)).collect()
        };
        (LeftOutUnit::Candidate, named.into_iter().map(about).collect())
    };
    let groups: Vec<Vec<usize>> =
        groups.into_iter().filter(|group: &Vec<usize>| !group.is_empty() && group.len() < all.len()).collect();
    if groups.len() < MIN_GROUPS {
        return Ok(None);
    }
    let mut foretold =
        CrossValidation { left_out, rounds: groups.len(), pairs: 0, predicted: 0, predicted_by_current: 0 };
    for group in groups {
        let others: Vec<usize> = all.iter().copied().filter(|at| !group.contains(at)).collect();
        let learnt = match learner.nearest(&others)? {
            Some((learnt, _)) => learnt,
            None => learner.least_shortfall(&others)?,
        };
        let numbers = learner.pair_numbers(&group);
        let now = learner.try_weights(&learner.field.current_weights.clone(), &group, 1)?;
        foretold.pairs += group.len();
        foretold.predicted_by_current += now.outcomes.reproduced;
        foretold.predicted += learner.trial.try_shares(learnt.shares, &numbers)?.outcomes.reproduced;
    }
    Ok(Some(foretold))
}
