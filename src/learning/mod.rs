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
mod programme;
pub mod read;
mod weight_trial;

pub use agreed_list::{AgreedList, AgreedStatement, OrderedPair, StatedPreference};
pub use contradiction::{Contradiction, ContradictionCause};
pub use cross_validation::{CrossValidation, LeftOutUnit};
pub use decidable::UndecidableReason;
pub use weight_trial::{PairOutcomes, TriedWeights, ViolatedPair};

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Period;
use crate::diagnostic::Problem;
use crate::explain::change::{WEIGHT_STEPS, power_of_ten_step};
use crate::rules::rewrite::{NewOrigin, NewWeights};
use crate::rules::{Method, RuleSet};
use crate::scoring::{Fixed, Ranking};
use contradiction::contradictions;
use decidable::{DecidablePair, DecidablePairs};
use programme::{Feasibility, Objective};
use weight_trial::WeightTrial;

/// How much is to spare between two totals, in units of their last decimal, until the engine agrees.
const MARGINS: [f64; 4] = [1.0, 4.0, 16.0, 64.0];
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
    /// The weights.
    pub outcome: LearningOutcome,
    /// How many pairs are foretold by weights that were learnt without them; none where too little is said.
    pub cross_validation: Option<CrossValidation>,
}

/// The weights that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LearningOutcome {
    /// It is not known how, and why.
    Unknown(&'static str),
    /// Some weights put all pairs that weights can decide in their order.
    Consistent {
        /// Those nearest to the weights of the rules.
        nearest: TriedWeights,
        /// Those with the largest least lead.
        widest_margin: TriedWeights,
        /// How far each weight goes among those that do: weights at both ends were tried.
        weight_ranges: Vec<(Fixed, Fixed)>,
        /// Whether none are nearer, and no end lies farther out, but for rounding; else that would take too long to work
        /// out.
        is_sure: bool,
    },
    /// None were found.
    Inconsistent {
        /// Those that break the least.
        best: TriedWeights,
        /// In what sense.
        optimality: Optimality,
        /// Why not all: sets of pairs that can't hold together, no two with a pair in common.
        contradictions: Vec<Contradiction>,
        /// Whether no further set is left out: the rest can hold together.
        has_all_contradictions: bool,
    },
}

/// In what sense weights break the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimality {
    /// No weights break fewer pairs: each of as many contradictions breaks one at least.
    ProvenFewest,
    /// The solver found none that break fewer.
    FewestFound,
    /// What is missing to the broken pairs is as little as can be, all together; others may break fewer.
    LeastShortfall,
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
                method: Method::Learnt,
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

/// Looks for weights, and has them tried.
struct Learner<'l, 'r, 'a> {
    field: &'l DecidablePairs,
    trial: WeightTrial<'r, 'a>,
}

impl Learner<'_, '_, '_> {
    fn outcome(&mut self, ranking: &Ranking<'_>, pairs: &[OrderedPair]) -> Result<LearningOutcome, Problem> {
        let all: Vec<usize> = (0..self.field.pairs.len()).collect();
        let (nearest, mut is_sure) = match self.nearest(&all)? {
            Some(nearest) => nearest,
            None => match self.breaking_least(&all, pairs)? {
                // Found on another way.
                LearningOutcome::Inconsistent { best, .. } if best.outcomes.violated.is_empty() => (best, false),
                found => return Ok(found),
            },
        };
        let roomiest = self.widest_margin(&all)?.unwrap_or_else(|| nearest.clone());
        let mut ends = Vec::new();
        for weight in 0..ranking.rules.criteria.len() {
            let known = [&nearest, &roomiest].map(|tried| tried.shares.get(weight).copied().unwrap_or(0));
            let [least, most] = [Objective::Smallest(weight), Objective::Largest(weight)]
                .map(|aim| self.extreme_share(&all, aim, weight));
            let (least, most) = (least?, most?);
            is_sure &= least.is_some() && most.is_some();
            let fixed = |units: Option<i64>| Fixed::new(units.unwrap_or(0), ranking.rules.fine_decimals());
            ends.push((fixed(known.into_iter().chain(least).min()), fixed(known.into_iter().chain(most).max())));
        }
        Ok(LearningOutcome::Consistent { nearest, widest_margin: roomiest, weight_ranges: ends, is_sure })
    }

    /// The weights nearest to those of the rules with which all pairs `which` hold, and whether none are nearer.
    fn nearest(&mut self, which: &[usize]) -> Result<Option<(TriedWeights, bool)>, Problem> {
        let unmoved = self.try_weights(&self.field.current_weights.clone(), which, 1)?;
        if unmoved.outcomes.violated.is_empty() {
            return Ok(Some((unmoved, true)));
        }
        let dominated = which.iter().filter_map(|at| self.field.pairs.get(*at)).any(DecidablePair::is_dominated);
        if dominated || matches!(self.field.can_hold(which), Ok(Feasibility::OnlyTied | Feasibility::No)) {
            return Ok(None);
        }
        if let Some(tried) = self.reproducing(which, Objective::Nearest)? {
            return Ok(Some((tried, true)));
        }
        Ok(self.widest_margin(which)?.map(|tried| (tried, false)))
    }

    /// The weights with the largest least lead among the pairs `which`, where all of them hold.
    fn widest_margin(&mut self, which: &[usize]) -> Result<Option<TriedWeights>, Problem> {
        let Ok(Some(weights)) = self.field.optimum(which, Objective::WidestMargin, 0.0) else { return Ok(None) };
        for step in self.steps() {
            let tried = self.try_weights(&weights, which, step)?;
            if tried.outcomes.violated.is_empty() {
                return Ok(Some(tried));
            }
        }
        Ok(None)
    }

    /// Where one weight ends among those with which all pairs hold.
    fn extreme_share(&mut self, which: &[usize], aim: Objective, weight: usize) -> Result<Option<i64>, Problem> {
        let tried = self.reproducing(which, aim)?;
        Ok(tried.and_then(|tried| tried.shares.get(weight).copied()))
    }

    /// The best weights for an aim with which all pairs `which` hold, with as little to spare as makes the engine agree.
    fn reproducing(&mut self, which: &[usize], aim: Objective) -> Result<Option<TriedWeights>, Problem> {
        let steps = self.steps();
        let attempts = MARGINS.chunks(2).flat_map(|spares| steps.map(|step| (spares, step)));
        for (spares, step) in attempts {
            for spare in spares {
                let Ok(found) = self.field.optimum(which, aim, *spare) else { return Ok(None) };
                let Some(weights) = found else { break };
                let tried = self.try_weights(&weights, which, step)?;
                if tried.outcomes.violated.is_empty() {
                    return Ok(Some(tried));
                }
            }
        }
        Ok(None)
    }

    /// The weights that break the least of all pairs, and why none reproduce them all.
    fn breaking_least(&mut self, all: &[usize], pairs: &[OrderedPair]) -> Result<LearningOutcome, Problem> {
        let (contradictions, is_all) = contradictions(self.field, pairs);
        let mut best = self.least_shortfall(all)?;
        let mut least = Optimality::LeastShortfall;
        if let Ok(most) = contradiction::largest_consistent(self.field)
            && let Some((nearest, _)) = self.nearest(&most)?
        {
            let tried = self.trial.try_shares(nearest.shares, &self.pair_numbers(all))?;
            if tried.outcomes.violated.len() <= all.len() - most.len() {
                least = Optimality::FewestFound;
            }
            best = better(best, tried);
        }
        // No two share a pair, so each of them breaks one of its own.
        let sure = contradictions.iter().filter(|it| it.cause != ContradictionCause::OnlyTied).count();
        if best.outcomes.violated.len() == sure {
            least = Optimality::ProvenFewest;
        }
        Ok(LearningOutcome::Inconsistent { best, optimality: least, contradictions, has_all_contradictions: is_all })
    }

    /// The weights of the rules, or those with as little missing to broken pairs as can be: whichever breaks fewer.
    fn least_shortfall(&mut self, which: &[usize]) -> Result<TriedWeights, Problem> {
        let mut best = self.try_weights(&self.field.current_weights.clone(), which, 1)?;
        for spare in MARGINS.iter().take(2) {
            let Ok(Some(weights)) = self.field.optimum(which, Objective::LeastShortfall, *spare) else { break };
            for step in self.steps() {
                best = better(best, self.try_weights(&weights, which, step)?);
            }
        }
        Ok(best)
    }

    fn try_weights(&mut self, weights: &[f64], which: &[usize], step: i64) -> Result<TriedWeights, Problem> {
        let shares = self.trial.printed_shares(weights, step);
        let numbers = self.pair_numbers(which);
        self.trial.try_shares(shares, &numbers)
    }

    /// The numbers of the pairs `which` of those that weights can decide.
    fn pair_numbers(&self, which: &[usize]) -> Vec<usize> {
        which.iter().filter_map(|at| self.field.pairs.get(*at)).map(|duel| duel.pair).collect()
    }

    /// Into what steps weights are rounded: short ones to read, then, where these don't do, the finest.
    fn steps(&self) -> [i64; 2] {
        [power_of_ten_step(self.trial.whole_in_units(), WEIGHT_STEPS), 1]
    }
}

/// Of two, those weights that break fewer pairs; of those that break as many, those that move less; else the first.
fn better(one: TriedWeights, other: TriedWeights) -> TriedWeights {
    let worth = |tried: &TriedWeights| (tried.outcomes.violated.len(), tried.weight_moved.units());
    if worth(&other) < worth(&one) { other } else { one }
}
