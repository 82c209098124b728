//! Weights learnt from what a board agreed on: those that put the pairs it ordered in their order.
//!
//! The weights are looked for by linear programmes, as UTA does (Jacquet-Lagrèze and Siskos 1982, *European Journal of
//! Operational Research* 10(2), 151–164); here values are what they are, and weights alone are learnt. What is told of
//! weights was tried by the engine. Gates don't count: the list that is learnt from is that of totals. Nothing is drawn at
//! random, and nothing here changes a rule.

mod agreed_list;
mod contradiction;
mod cross_validation;
mod decidable;
pub mod format;
mod learner;
mod programme;
pub mod read;
mod weight_trial;

pub use agreed_list::{AgreedList, AgreedStatement, OrderedPair, StatedPreference};
pub use contradiction::{Contradiction, ContradictionCause};
pub use cross_validation::{CrossValidation, LeftOutUnit};
pub use decidable::UndecidableReason;
pub use learner::{LearningOutcome, Optimality};
pub use weight_trial::{PairOutcomes, TriedWeights, ViolatedPair};

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Period;
use crate::diagnostic::Problem;
use crate::rules::rewrite::{NewOrigin, NewWeights};
use crate::rules::{RuleSet, WeightMethod};
use crate::scoring::{Fixed, Ranking};
use decidable::DecidablePairs;
use learner::Learner;
use weight_trial::WeightTrial;

/// How many pairs are learnt from.
const MAX_PAIRS: usize = 2000;

/// What an agreed list says of the weights.
#[derive(Debug)]
pub struct Learning {
    /// What was agreed.
    pub agreed: AgreedList,
    /// The pairs that it orders; whoever names a pair does so by its number here.
    pub pairs: Vec<OrderedPair>,
    /// What the weights of the rules make of them.
    pub current: PairOutcomes,
    /// The pairs that no weights can decide.
    pub undecidable: Vec<(usize, UndecidableReason)>,
    /// The weights that were found, or why there are none.
    pub outcome: LearningOutcome,
    /// How many pairs are foretold by weights that were learnt without them; none where too little is said.
    pub cross_validation: Option<CrossValidation>,
}

/// What `agreed` says of the weights of a ranking.
///
/// # Errors
/// A total that could not be made for some weights.
pub fn learn(ranking: &Ranking<'_>, agreed: AgreedList) -> Result<Learning, Problem> {
    let pairs = agreed.pairs();
    let now = PairOutcomes::from_ranking(ranking.outcome(), &pairs, 0..pairs.len(), ranking.rules.decimals);
    let unknown = |why| (Vec::new(), LearningOutcome::Unknown(why), None);
    let (aside, found, foretold) = match DecidablePairs::new(ranking, &pairs) {
        _ if pairs.len() > MAX_PAIRS => unknown("more than 2,000 pairs are ordered"),
        None => unknown("the total is not a sum of points or a weighted product"),
        Some((field, aside)) if field.pairs.is_empty() => {
            (aside, LearningOutcome::Unknown("no weights can decide these pairs"), None)
        }
        Some((field, aside)) => {
            let mut learner = Learner { field: &field, trial: WeightTrial::new(ranking, &pairs)? };
            let found = learner.outcome(ranking, &pairs)?;
            let foretold = cross_validation::cross_validate(&mut learner, &agreed, &pairs)?;
            (aside, found, foretold)
        }
    };
    Ok(Learning { agreed, pairs, current: now, undecidable: aside, outcome: found, cross_validation: foretold })
}

impl Learning {
    /// The weights that were learnt: the nearest with which all pairs hold, or those that break the least; none where that is
    /// not known.
    pub fn learnt_weights(&self) -> Option<&TriedWeights> {
        match &self.outcome {
            LearningOutcome::Unknown(_) => None,
            LearningOutcome::Consistent { nearest, .. } => Some(nearest),
            LearningOutcome::Inconsistent { best, .. } => Some(best),
        }
    }

    /// What is to be written into the rules: the learnt weights, and that they come from what `by` agreed on by the day `date`,
    /// in the file `path` of the rules' folder. Where groups have weights, each gets the sum of its criteria's.
    pub fn new_weights(&self, rules: &RuleSet, by: &str, date: Period, path: &str) -> Option<NewWeights> {
        let shares = &self.learnt_weights()?.shares;
        let written = |units: i64| Fixed::new(units, rules.fine_decimals()).trimmed();
        let of_group = |group: usize| -> i64 {
            let parts = rules.criteria.iter().zip(shares).filter(|(criterion, _)| criterion.group == Some(group));
            parts.map(|(_, share)| *share).sum()
        };
        let weighed = rules.weights.groups().is_some();
        let groups = rules.groups.iter().enumerate().filter(|_| weighed);
        // A group without weight needs criteria with some: theirs stay.
        let stays = |group: Option<usize>| weighed && group.is_some_and(|group| of_group(group) == 0);
        let criteria = rules.criteria.iter().zip(shares).filter(|(criterion, _)| !stays(criterion.group));
        Some(NewWeights {
            criteria: criteria.map(|(criterion, share)| (criterion.id.clone(), written(*share))).collect(),
            groups: groups.map(|(at, group)| (group.id.clone(), written(of_group(at)))).collect(),
            origin: NewOrigin {
                method: WeightMethod::Learnt,
                people: vec![by.to_owned()],
                combined: None,
                date: date.iso_day(),
                answers: path.to_owned(),
                digest: self.agreed.digest.clone(),
            },
        })
    }

    /// How many pairs are said that do not follow from two others.
    pub fn stated_pair_count(&self) -> usize {
        let mut below: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for pair in &self.pairs {
            below.entry(pair.above).or_default().insert(pair.below);
        }
        let stands = |above: &usize, lower: &usize| below.get(above).is_some_and(|all| all.contains(lower));
        let follows = |pair: &&OrderedPair| {
            below.get(&pair.above).is_some_and(|all| all.iter().any(|between| stands(between, &pair.below)))
        };
        self.pairs.len() - self.pairs.iter().filter(follows).count()
    }
}
