//! Weights learnt from what a board agreed on: those that put the pairs it ordered in their order.
//!
//! The weights are looked for by linear programmes, as UTA does (Jacquet-Lagrèze and Siskos 1982, *European Journal of
//! Operational Research* 10(2), 151–164); here values are what they are, and weights alone are learnt. What is told of
//! weights was tried by the engine. Gates don't count: the list that is learnt from is that of totals. Nothing is drawn at
//! random, and nothing here changes a rule.

mod agreed;
mod contradiction;
mod field;
mod foretold;
pub mod format;
mod programme;
pub mod read;
mod trial;

pub use agreed::{Agreed, Pair, Says, Statement};
pub use contradiction::{Contradiction, Why};
pub use field::SetAside;
pub use foretold::{Foretold, Unit};
pub use trial::{Account, Missed, Tried};

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::Period;
use crate::diagnostic::Problem;
use crate::explain::change::{STEPS, step};
use crate::rules::rewrite::{NewOrigin, NewWeights};
use crate::rules::{Method, RuleSet};
use crate::scoring::{Fixed, Ranking};
use contradiction::contradictions;
use field::{Duel, Field};
use programme::{Aim, CanHold};
use trial::Trial;

/// How much is to spare between two totals, in units of their last decimal, until the engine agrees.
const SPARE: [f64; 4] = [1.0, 4.0, 16.0, 64.0];
/// How many pairs are learnt from.
const MOST_PAIRS: usize = 2000;

/// What an agreed list says of the weights.
#[derive(Debug)]
pub struct Learning {
    /// What was agreed.
    pub agreed: Agreed,
    /// The pairs that it orders; whoever names a pair does so by its number here.
    pub pairs: Vec<Pair>,
    /// What the weights of the rules make of them.
    pub now: Account,
    /// The pairs that no weights can decide.
    pub aside: Vec<(usize, SetAside)>,
    /// The weights.
    pub found: Found,
    /// How many pairs are foretold by weights that were learnt without them; none where too little is said.
    pub foretold: Option<Foretold>,
}

/// The weights that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is not known how, and why.
    Unknown(&'static str),
    /// Some weights put all pairs that weights can decide in their order.
    All {
        /// Those nearest to the weights of the rules.
        nearest: Tried,
        /// Those with the largest least lead.
        roomiest: Tried,
        /// How far each weight goes among those that do: weights at both ends were tried.
        ends: Vec<(Fixed, Fixed)>,
        /// Whether none are nearer, and no end lies farther out, but for rounding; else that would take too long to work
        /// out.
        is_sure: bool,
    },
    /// None were found.
    Some {
        /// Those that break the least.
        best: Tried,
        /// In what sense.
        least: Least,
        /// Why not all: sets of pairs that can't hold together, no two with a pair in common.
        contradictions: Vec<Contradiction>,
        /// Whether no further set is left out: the rest can hold together.
        is_all: bool,
    },
}

/// In what sense weights break the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Least {
    /// No weights break fewer pairs: each of as many contradictions breaks one at least.
    Fewest,
    /// The solver found none that break fewer.
    FewestFound,
    /// What is missing to the broken pairs is as little as can be, all together; others may break fewer.
    Missing,
}

/// What `agreed` says of the weights of a ranking.
///
/// # Errors
/// A total that could not be made for some weights.
pub fn learn(ranking: &Ranking<'_>, agreed: Agreed) -> Result<Learning, Problem> {
    let pairs = agreed.pairs();
    let now = Account::of(ranking.outcome(), &pairs, 0..pairs.len(), ranking.rules.decimals);
    let unknown = |why| (Vec::new(), Found::Unknown(why), None);
    let (aside, found, foretold) = match Field::new(ranking, &pairs) {
        _ if pairs.len() > MOST_PAIRS => unknown("more than 2,000 pairs are ordered"),
        None => unknown("the total is not a sum of points or a weighted product"),
        Some((field, aside)) if field.duels.is_empty() => {
            (aside, Found::Unknown("no weights can decide these pairs"), None)
        }
        Some((field, aside)) => {
            let mut learner = Learner { field: &field, trial: Trial::new(ranking, &pairs)? };
            let found = learner.found(ranking, &pairs)?;
            let foretold = foretold::foretold(&mut learner, &agreed, &pairs)?;
            (aside, found, foretold)
        }
    };
    Ok(Learning { agreed, pairs, now, aside, found, foretold })
}

impl Learning {
    /// The weights that were learnt: the nearest with which all pairs hold, or those that break the least; none where that is
    /// not known.
    pub fn learnt(&self) -> Option<&Tried> {
        match &self.found {
            Found::Unknown(_) => None,
            Found::All { nearest, .. } => Some(nearest),
            Found::Some { best, .. } => Some(best),
        }
    }

    /// What is to be written into the rules: the learnt weights, and that they come from what `by` agreed on by the day `date`,
    /// in the file `path` of the rules' folder. Where groups have weights, each gets the sum of its criteria's.
    pub fn to_write(&self, rules: &RuleSet, by: &str, date: Period, path: &str) -> Option<NewWeights> {
        let shares = &self.learnt()?.shares;
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
    pub fn said(&self) -> usize {
        let mut below: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for pair in &self.pairs {
            below.entry(pair.above).or_default().insert(pair.below);
        }
        let stands = |above: &usize, lower: &usize| below.get(above).is_some_and(|all| all.contains(lower));
        let follows = |pair: &&Pair| {
            below.get(&pair.above).is_some_and(|all| all.iter().any(|between| stands(between, &pair.below)))
        };
        self.pairs.len() - self.pairs.iter().filter(follows).count()
    }
}

/// Looks for weights, and has them tried.
struct Learner<'l, 'r, 'a> {
    field: &'l Field,
    trial: Trial<'r, 'a>,
}

impl Learner<'_, '_, '_> {
    fn found(&mut self, ranking: &Ranking<'_>, pairs: &[Pair]) -> Result<Found, Problem> {
        let all: Vec<usize> = (0..self.field.duels.len()).collect();
        let (nearest, mut is_sure) = match self.nearest(&all)? {
            Some(nearest) => nearest,
            None => match self.broken(&all, pairs)? {
                // Found on another way.
                Found::Some { best, .. } if best.account.missed.is_empty() => (best, false),
                found => return Ok(found),
            },
        };
        let roomiest = self.roomiest(&all)?.unwrap_or_else(|| nearest.clone());
        let mut ends = Vec::new();
        for weight in 0..ranking.rules.criteria.len() {
            let known = [&nearest, &roomiest].map(|tried| tried.shares.get(weight).copied().unwrap_or(0));
            let [least, most] = [Aim::Smallest(weight), Aim::Largest(weight)].map(|aim| self.end(&all, aim, weight));
            let (least, most) = (least?, most?);
            is_sure &= least.is_some() && most.is_some();
            let fixed = |units: Option<i64>| Fixed::new(units.unwrap_or(0), ranking.rules.fine_decimals());
            ends.push((fixed(known.into_iter().chain(least).min()), fixed(known.into_iter().chain(most).max())));
        }
        Ok(Found::All { nearest, roomiest, ends, is_sure })
    }

    /// The weights nearest to those of the rules with which all pairs `which` hold, and whether none are nearer.
    fn nearest(&mut self, which: &[usize]) -> Result<Option<(Tried, bool)>, Problem> {
        let unmoved = self.tried(&self.field.now.clone(), which, 1)?;
        if unmoved.account.missed.is_empty() {
            return Ok(Some((unmoved, true)));
        }
        let dominated = which.iter().filter_map(|at| self.field.duels.get(*at)).any(Duel::is_dominated);
        if dominated || matches!(self.field.can_hold(which), Ok(CanHold::Level | CanHold::No)) {
            return Ok(None);
        }
        if let Some(tried) = self.holding(which, Aim::Nearest)? {
            return Ok(Some((tried, true)));
        }
        Ok(self.roomiest(which)?.map(|tried| (tried, false)))
    }

    /// The weights with the largest least lead among the pairs `which`, where all of them hold.
    fn roomiest(&mut self, which: &[usize]) -> Result<Option<Tried>, Problem> {
        let Ok(Some(weights)) = self.field.best(which, Aim::Roomiest, 0.0) else { return Ok(None) };
        for step in self.steps() {
            let tried = self.tried(&weights, which, step)?;
            if tried.account.missed.is_empty() {
                return Ok(Some(tried));
            }
        }
        Ok(None)
    }

    /// Where one weight ends among those with which all pairs hold.
    fn end(&mut self, which: &[usize], aim: Aim, weight: usize) -> Result<Option<i64>, Problem> {
        let tried = self.holding(which, aim)?;
        Ok(tried.and_then(|tried| tried.shares.get(weight).copied()))
    }

    /// The best weights for an aim with which all pairs `which` hold, with as little to spare as makes the engine agree.
    fn holding(&mut self, which: &[usize], aim: Aim) -> Result<Option<Tried>, Problem> {
        let steps = self.steps();
        let attempts = SPARE.chunks(2).flat_map(|spares| steps.map(|step| (spares, step)));
        for (spares, step) in attempts {
            for spare in spares {
                let Ok(found) = self.field.best(which, aim, *spare) else { return Ok(None) };
                let Some(weights) = found else { break };
                let tried = self.tried(&weights, which, step)?;
                if tried.account.missed.is_empty() {
                    return Ok(Some(tried));
                }
            }
        }
        Ok(None)
    }

    /// The weights that break the least of all pairs, and why none reproduce them all.
    fn broken(&mut self, all: &[usize], pairs: &[Pair]) -> Result<Found, Problem> {
        let (contradictions, is_all) = contradictions(self.field, pairs);
        let mut best = self.least_missing(all)?;
        let mut least = Least::Missing;
        if let Ok(most) = contradiction::most(self.field)
            && let Some((nearest, _)) = self.nearest(&most)?
        {
            let tried = self.trial.of(nearest.shares, &self.numbers(all))?;
            if tried.account.missed.len() <= all.len() - most.len() {
                least = Least::FewestFound;
            }
            best = better(best, tried);
        }
        // No two share a pair, so each of them breaks one of its own.
        let sure = contradictions.iter().filter(|it| it.why != Why::Level).count();
        if best.account.missed.len() == sure {
            least = Least::Fewest;
        }
        Ok(Found::Some { best, least, contradictions, is_all })
    }

    /// The weights of the rules, or those with as little missing to broken pairs as can be: whichever breaks fewer.
    fn least_missing(&mut self, which: &[usize]) -> Result<Tried, Problem> {
        let mut best = self.tried(&self.field.now.clone(), which, 1)?;
        for spare in SPARE.iter().take(2) {
            let Ok(Some(weights)) = self.field.best(which, Aim::LeastMissing, *spare) else { break };
            for step in self.steps() {
                best = better(best, self.tried(&weights, which, step)?);
            }
        }
        Ok(best)
    }

    fn tried(&mut self, weights: &[f64], which: &[usize], step: i64) -> Result<Tried, Problem> {
        let shares = self.trial.printed(weights, step);
        let numbers = self.numbers(which);
        self.trial.of(shares, &numbers)
    }

    /// The numbers of the pairs `which` of those that weights can decide.
    fn numbers(&self, which: &[usize]) -> Vec<usize> {
        which.iter().filter_map(|at| self.field.duels.get(*at)).map(|duel| duel.pair).collect()
    }

    /// Into what steps weights are rounded: short ones to read, then, where these don't do, the finest.
    fn steps(&self) -> [i64; 2] {
        [step(self.trial.whole(), STEPS), 1]
    }
}

/// Of two, those weights that break fewer pairs; of those that break as many, those that move less; else the first.
fn better(one: Tried, other: Tried) -> Tried {
    let worth = |tried: &Tried| (tried.account.missed.len(), tried.moved.units());
    if worth(&other) < worth(&one) { other } else { one }
}
