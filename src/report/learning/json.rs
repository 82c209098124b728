//! For programs: stable, versioned in `schema`. Wire types, apart from the core's.

use schemars::JsonSchema;
use serde::Serialize;

use crate::learning::{
    Contradiction, ContradictionCause, Learning, LearningOutcome, LeftOutUnit, Optimality, PairOutcomes, TriedWeights,
    UndecidableReason,
};
use crate::scoring::{Fixed, Ranking};
use crate::words::indented_json;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/learning/1";

/// What an agreed list says of the weights.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise learning")]
pub struct LearningFile<'a> {
    /// `prioritise/learning/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The digest of the assessment.
    pub assessment: &'a str,
    /// The digest of the rules.
    pub rules: &'a str,
    /// How many statements there are.
    pub statements: usize,
    /// The pairs that they order; whoever names a pair does so by its place here, from 0.
    pub pairs: Vec<PairEntry<'a>>,
    /// The criteria's ids, in the order of all lists of weights here.
    pub criteria: Vec<&'a str>,
    /// The weights of the rules.
    pub now: WeightsEntry,
    /// `all`: weights exist with which all pairs hold; `some`: none were found; `unknown`: it is not known how.
    pub found: &'a str,
    /// Why it is not known; null where it is.
    pub unknown: Option<&'a str>,
    /// The nearest weights with which all pairs hold, or those that break the least; null where that is not known.
    pub learnt: Option<WeightsEntry>,
    /// In what sense the least: `fewest`, `fewest-found` or `missing`; null where all pairs hold.
    pub least: Option<&'a str>,
    /// The weights that leave most to spare; null where not all pairs hold.
    pub roomiest: Option<WeightsEntry>,
    /// The least and the most of each weight with which all pairs hold; null where they don't.
    #[schemars(with = "Option<Vec<[f64; 2]>>")]
    pub ends: Option<Vec<(Fixed, Fixed)>>,
    /// Whether none are nearer and no end lies farther out, but for rounding; null where not all pairs hold.
    pub sure: Option<bool>,
    /// Pairs that can't hold together.
    pub contradictions: Vec<ContradictionEntry<'a>>,
    /// Pairs that weights are not asked to decide.
    pub aside: Vec<UndecidableEntry<'a>>,
    /// How many pairs are foretold by weights learnt without them; null where too little is said.
    pub foretold: Option<CrossValidationEntry<'a>>,
}

/// A pair of which one stands above the other.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairEntry<'a> {
    /// The id of who stands above.
    pub above: &'a str,
    /// The id of who stands below.
    pub below: &'a str,
    /// The numbers of the statements that say so, from 1.
    pub statements: &'a [usize],
}

/// Weights, and what became of the pairs.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightsEntry {
    /// Every criterion's weight.
    #[schemars(with = "Vec<f64>")]
    pub weights: Vec<Fixed>,
    /// How much weight moves from some criteria to others.
    #[schemars(with = "f64")]
    pub moved: Fixed,
    /// How many pairs hold.
    pub held: usize,
    /// Kendall's tau over the pairs.
    pub tau: Option<f64>,
    /// The least lead of the pairs that hold.
    #[schemars(with = "Option<f64>")]
    pub least: Option<Fixed>,
    /// The pairs that don't hold.
    pub missed: Vec<ViolatedEntry>,
}

/// A pair that does not hold.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MissedEntry")]
pub struct ViolatedEntry {
    /// The pair.
    pub pair: usize,
    /// By how many points it is behind; null where one of the two has no total.
    #[schemars(with = "Option<f64>")]
    pub by: Option<Fixed>,
}

/// Pairs that can't hold together.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContradictionEntry<'a> {
    /// `dominated`, `circle`, `no-weights` or `level`.
    pub why: &'a str,
    /// The pairs.
    pub pairs: &'a [usize],
}

/// A pair that weights are not asked to decide.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AsideEntry")]
pub struct UndecidableEntry<'a> {
    /// The pair.
    pub pair: usize,
    /// `not-ranked` or `zero`.
    pub why: &'a str,
}

/// How many pairs are foretold.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ForetoldEntry")]
pub struct CrossValidationEntry<'a> {
    /// What was left out in turn: `statement` or `candidate`.
    pub left_out: &'a str,
    /// How many times.
    pub times: usize,
    /// How many pairs were to be foretold.
    pub pairs: usize,
    /// How many were.
    pub held: usize,
    /// How many of them the weights of the rules have in their order.
    pub now: usize,
}

/// What an agreed list says of the weights, as JSON.
pub fn json(ranking: &Ranking<'_>, learning: &Learning) -> String {
    let rules = ranking.rules;
    let id = |candidate: usize| ranking.assessment.candidates.get(candidate).map_or("", |about| &*about.id);
    let pair = |pair: &'_ crate::learning::OrderedPair| (id(pair.above), id(pair.below));
    let tried = |tried: &TriedWeights| weights(ranking, &tried.shares, tried.weight_moved, &tried.outcomes);
    let unmoved = Fixed::new(0, rules.fine_decimals());
    let mut file = LearningFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        assessment: &ranking.assessment.digest,
        rules: &rules.digest,
        statements: learning.agreed.statements.len(),
        pairs: learning
            .pairs
            .iter()
            .map(|it| PairEntry { above: pair(it).0, below: pair(it).1, statements: &it.statements })
            .collect(),
        criteria: rules.criteria.iter().map(|criterion| &*criterion.id).collect(),
        now: weights(ranking, rules.weights.shares(), unmoved, &learning.current),
        found: "unknown",
        unknown: None,
        learnt: None,
        least: None,
        roomiest: None,
        ends: None,
        sure: None,
        contradictions: Vec::new(),
        aside: learning
            .undecidable
            .iter()
            .map(|(pair, why)| UndecidableEntry { pair: *pair, why: aside(*why) })
            .collect(),
        foretold: learning.cross_validation.as_ref().map(|it| CrossValidationEntry {
            left_out: if it.left_out == LeftOutUnit::Statement { "statement" } else { "candidate" },
            times: it.rounds,
            pairs: it.pairs,
            held: it.predicted,
            now: it.predicted_by_current,
        }),
    };
    match &learning.outcome {
        LearningOutcome::Unknown(why) => file.unknown = Some(why),
        LearningOutcome::Consistent { nearest, widest_margin: roomiest, weight_ranges: ends, is_sure } => {
            file.sure = Some(*is_sure);
            file.found = "all";
            file.learnt = Some(tried(nearest));
            file.roomiest = Some(tried(roomiest));
            file.ends = Some(ends.clone());
        }
        LearningOutcome::Inconsistent { best, optimality: least, contradictions, .. } => {
            file.found = "some";
            file.learnt = Some(tried(best));
            file.least = Some(sense(*least));
            file.contradictions = contradictions.iter().map(contradiction).collect();
        }
    }
    indented_json(&file)
}

fn weights(ranking: &Ranking<'_>, shares: &[i64], moved: Fixed, account: &PairOutcomes) -> WeightsEntry {
    let decimals = ranking.rules.fine_decimals();
    WeightsEntry {
        weights: shares.iter().map(|share| Fixed::new(*share, decimals)).collect(),
        moved,
        held: account.reproduced,
        tau: account.tau().map(|tau| Fixed::round(tau, 6).to_f64()),
        least: account.smallest_lead,
        missed: account
            .violated
            .iter()
            .map(|missed| ViolatedEntry { pair: missed.pair, by: missed.behind_by })
            .collect(),
    }
}

fn contradiction(found: &Contradiction) -> ContradictionEntry<'_> {
    let why = match found.cause {
        ContradictionCause::Dominated => "dominated",
        ContradictionCause::Circle => "circle",
        ContradictionCause::NoWeights => "no-weights",
        ContradictionCause::OnlyTied => "level",
    };
    ContradictionEntry { why, pairs: &found.pairs }
}

fn sense(least: Optimality) -> &'static str {
    match least {
        Optimality::ProvenFewest => "fewest",
        Optimality::FewestFound => "fewest-found",
        Optimality::LeastShortfall => "missing",
    }
}

fn aside(why: UndecidableReason) -> &'static str {
    match why {
        UndecidableReason::NotRanked => "not-ranked",
        UndecidableReason::ZeroValue => "zero",
    }
}
