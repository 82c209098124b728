//! Criteria that may count one thing twice: they ask the same, or their answers go together.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, quoted_list};
use crate::rules::Criterion;
use crate::rules::script::says_the_same;
use crate::scoring::{Fixed, Ranking};
use crate::sensitivity::correlation::{spearman_interval, spearman_of_ranks};
use crate::stats::{Confidence, mean_ranks};
use crate::words::{counted, listed};

use super::finding::{Finding, MIN_CANDIDATES_TO_COMPARE};

/// From this rho up two orders are much alike, or much opposed from its negative down.
const STRONG_RHO: f64 = 0.8;
/// What the nearer end of rho's interval must reach as well: below it few candidates leave too much to chance.
const SURE_RHO: f64 = 0.5;

/// Criteria whose measures are the same expression, all that ask the same as one.
pub(super) fn same_questions(ranking: &Ranking<'_>) -> Vec<Finding> {
    let criteria = &ranking.rules.criteria;
    let mut alike: Vec<Vec<usize>> = Vec::new();
    for (number, criterion) in criteria.iter().enumerate() {
        let first_of = |one: &&mut Vec<usize>| one.first().and_then(|first| criteria.get(*first));
        let is_same = |one: &&mut Vec<usize>| {
            first_of(one).is_some_and(|first| says_the_same(&first.measure.code, &criterion.measure.code))
        };
        match alike.iter_mut().find(is_same) {
            Some(same) => same.push(number),
            None => alike.push(vec![number]),
        }
    }
    alike.iter().filter_map(|same| same_question(ranking, same)).collect()
}

/// None where a criterion asks alone.
fn same_question(ranking: &Ranking<'_>, same: &[usize]) -> Option<Finding> {
    let criteria: Vec<&Criterion> = same.iter().filter_map(|it| ranking.rules.criteria.get(*it)).collect();
    let ids: Vec<&str> = criteria.iter().map(|criterion| &*criterion.id).collect();
    let (one, others) = ids.split_first().filter(|(_, others)| !others.is_empty())?;
    let verb = if others.len() == 1 { "measures" } else { "measure" };
    let message = format!("{} {verb} what `{one}` measures: {}", quoted_list(others), joint(ranking, same));
    let of = if others.len() == 1 { "the two" } else { "them" };
    let help =
        format!("the same answer counts {}: make one criterion of {of}, with a weight that says so", times(same.len()));
    Some(Finding::new(Code::SameQuestion, &ids, criteria.get(1)?.measure.place(), message, help))
}

/// How often, in words.
fn times(count: usize) -> String {
    if count == 2 { "twice".to_owned() } else { format!("{count} times") }
}

/// Criteria whose values order the candidates much alike, where they share one whole of the weights. Those that hang
/// together are told as one.
pub(super) fn correlated(ranking: &Ranking<'_>) -> Vec<Finding> {
    let rules = ranking.rules;
    let columns: Vec<Scores> =
        (0..rules.criteria.len()).map(|criterion| Scores::from_criterion(ranking, criterion)).collect();
    let counts = |criterion: &usize| rules.weights.shares().get(*criterion).is_some_and(|share| *share > 0);
    let strong = |(first, second): (usize, usize)| {
        let (one, other) = (rules.criteria.get(first)?, rules.criteria.get(second)?);
        let shared = rules.weights.pool(first) == rules.weights.pool(second) && counts(&first) && counts(&second);
        if !shared || says_the_same(&one.measure.code, &other.measure.code) {
            return None;
        }
        let rho = RankCorrelation::between(columns.get(first)?, columns.get(second)?, rules.confidence)
            .filter(|rho| rho.is_strong(1.0))?;
        Some((first, second, rho))
    };
    let strong: Vec<(usize, usize, RankCorrelation)> = pairs(rules.criteria.len()).filter_map(strong).collect();
    connected_groups(&strong).iter().map(|knot| correlated_group(ranking, knot, &strong)).collect()
}

/// Criteria that hang together by pairs, each knot in ascending order.
fn connected_groups(pairs: &[(usize, usize, RankCorrelation)]) -> Vec<BTreeSet<usize>> {
    let mut knots: Vec<BTreeSet<usize>> = Vec::new();
    for (first, second, _) in pairs {
        let (touched, mut others): (Vec<_>, Vec<_>) =
            knots.into_iter().partition(|knot| knot.contains(first) || knot.contains(second));
        others.push(touched.into_iter().flatten().chain([*first, *second]).collect());
        knots = others;
    }
    knots.sort();
    knots
}

fn correlated_group(
    ranking: &Ranking<'_>,
    knot: &BTreeSet<usize>,
    strong: &[(usize, usize, RankCorrelation)],
) -> Finding {
    let members: Vec<usize> = knot.iter().copied().collect();
    let criteria: Vec<&Criterion> = members.iter().filter_map(|it| ranking.rules.criteria.get(*it)).collect();
    let ids: Vec<&str> = criteria.iter().map(|criterion| &*criterion.id).collect();
    let found: Vec<&RankCorrelation> =
        strong.iter().filter(|(first, ..)| knot.contains(first)).map(|(_, _, rho)| rho).collect();
    let told = match &*found {
        [rho] => rho.in_words(),
        found => several(found, pairs(members.len()).count()),
    };
    let joint = joint(ranking, &members);
    let message = format!("{} put the candidates in nearly the same order, {told}: {joint}", quoted_list(&ids));
    let help =
        "if they measure one thing, it counts more than once: join them, lower a weight, or accept it with a reason";
    let place = criteria.first().map_or_else(|| ranking.rules.place.clone(), |first| first.measure.place());
    Finding::new(Code::CorrelatedCriteria, &ids, place, message, help)
}

fn several(found: &[&RankCorrelation], pairs: usize) -> String {
    let end = |pick: fn(f64, f64) -> f64| found.iter().map(|rho| rho.rho).reduce(pick).unwrap_or_default();
    let (low, high) = (end(f64::min), end(f64::max));
    let fewest = found.iter().map(|rho| rho.candidates).min().unwrap_or_default();
    let candidates = counted(fewest, "candidate", "candidates");
    format!("Spearman's rho {low:.2} to {high:.2} in {} of their {pairs} pairs, over {candidates} or more", found.len())
}

/// Every two of so many, the first of both first.
pub(super) fn pairs(of: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..of).flat_map(move |first| (first + 1..of).map(move |second| (first, second)))
}

/// What criteria weigh together.
fn joint(ranking: &Ranking<'_>, criteria: &[usize]) -> String {
    let rules = ranking.rules;
    let pool = |criterion: &usize| rules.weights.pool(*criterion);
    let share = |criterion: &usize| rules.weights.shares().get(*criterion).copied().unwrap_or(0);
    let shown = |share: i64| Fixed::new(share, rules.fine_decimals()).as_weight();
    if criteria.windows(2).any(|two| two.iter().map(pool).collect::<BTreeSet<_>>().len() > 1) {
        let shares: Vec<String> = criteria.iter().map(|criterion| shown(share(criterion))).collect();
        return format!("they weigh {} of {} each in its group", listed(&shares), rules.scale);
    }
    format!("together they weigh {} of {}", shown(criteria.iter().map(share).sum()), rules.scale)
}

/// Scores of the candidates; none where there is no answer.
pub(super) struct Scores {
    scores: Vec<Option<f64>>,
    /// Their ranks, where every candidate has a score.
    ranks: Option<Vec<f64>>,
}

impl Scores {
    pub(super) fn new(scores: Vec<Option<f64>>) -> Self {
        let all: Option<Vec<f64>> = scores.iter().copied().collect();
        Self { ranks: all.map(|all| mean_ranks(&all)), scores }
    }

    /// The values of a criterion, where it is answered.
    fn from_criterion(ranking: &Ranking<'_>, criterion: usize) -> Self {
        let value = |candidate: usize| {
            ranking.measure(criterion, candidate).map(|_| ranking.value(criterion, candidate).to_f64())
        };
        Self::new((0..ranking.order().len()).map(value).collect())
    }
}

/// How far two columns go together.
pub(super) struct RankCorrelation {
    rho: f64,
    interval: (f64, f64),
    candidates: usize,
}

impl RankCorrelation {
    /// None where too few candidates have both, or one has nothing but equals.
    pub(super) fn between(one: &Scores, other: &Scores, confidence: Confidence) -> Option<Self> {
        let both: Vec<(f64, f64)> =
            one.scores.iter().zip(&other.scores).filter_map(|(one, other)| Some(((*one)?, (*other)?))).collect();
        if both.len() < MIN_CANDIDATES_TO_COMPARE {
            return None;
        }
        let rho = if let (Some(one), Some(other)) = (&one.ranks, &other.ranks) {
            spearman_of_ranks(one, other)
        } else {
            let (one, other): (Vec<f64>, Vec<f64>) = both.iter().copied().unzip();
            spearman_of_ranks(&mean_ranks(&one), &mean_ranks(&other))
        }?;
        Some(Self { rho, interval: spearman_interval(rho, both.len(), confidence), candidates: both.len() })
    }

    /// Whether they go together (1) or against each other (−1) strongly, and surely enough.
    pub(super) fn is_strong(&self, way: f64) -> bool {
        let (lower, upper) = self.interval;
        self.rho * way >= STRONG_RHO && (lower * way).min(upper * way) >= SURE_RHO
    }

    pub(super) fn in_words(&self) -> String {
        let (lower, upper) = self.interval;
        let candidates = counted(self.candidates, "candidate", "candidates");
        format!("Spearman's rho {:.2} ({lower:.2} to {upper:.2}) over {candidates}", self.rho)
    }
}
