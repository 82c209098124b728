//! The ranking as columns, for programs that have their own tables: figures as numbers, and no sentences.

use crate::diagnostic::Problem;
use crate::rules::Treatment;
use crate::scoring::{Fixed, Ranking, Standing, Tracer};

/// A ranking as columns of equal length, a candidate a row, in the order of the list. Points and totals have the decimals of
/// the rule set and values two more; each is the nearest float.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingColumns<'a> {
    /// Each candidate's number in the assessment.
    pub candidates: Vec<usize>,
    /// Competition ranks from 1; none where it could not be ranked.
    pub ranks: Vec<Option<usize>>,
    /// Totals; none where it could not be ranked.
    pub totals: Vec<Option<f64>>,
    /// The least and the most that each total could be: the total itself where nothing leaves room. None where it could not be
    /// ranked, and where an answer is missing that has no least or no most.
    pub least_and_most: Vec<Option<(f64, f64)>>,
    /// The id of the tier; none outside all.
    pub tiers: Vec<Option<&'a str>>,
    /// Where each stands; [`crate::explain::standing_in_words`] has it as a reader sees it.
    pub standings: Vec<Standing>,
    /// The ids of the gates that fired, the one that decides first.
    pub gates: Vec<Vec<&'a str>>,
    /// The answers to each criterion, in the order of the rules.
    pub answers: Vec<AnswerColumns<'a>>,
}

/// The answers to one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerColumns<'a> {
    /// The criterion's id.
    pub criterion: &'a str,
    /// The measures, rounded; none where it is missing.
    pub measures: Vec<Option<f64>>,
    /// Their values, or what stands in for one; none where the question is left out.
    pub values: Vec<Option<f64>>,
    /// What each brings in: points, or the factor of a weighted product; none where it is missing and the rules do not rank
    /// without it.
    pub points: Vec<Option<f64>>,
    /// Whether the answer is missing.
    pub missing: Vec<bool>,
}

/// A ranking as columns.
///
/// # Errors
/// As the rules' scripts, where an answer could be another.
pub fn columns<'a>(ranking: &Ranking<'a>) -> Result<RankingColumns<'a>, Problem> {
    let (rules, outcome, order) = (ranking.rules, ranking.outcome(), ranking.order());
    let total = |candidate: usize| Some(Fixed::new(outcome.total(candidate)?, rules.decimals).to_f64());
    let answers = rules.criteria.iter().enumerate().map(|(number, criterion)| {
        let measure = |candidate: usize| ranking.measure(number, candidate);
        let refused = |candidate: usize| measure(candidate).is_none() && criterion.if_missing() == Treatment::Refuse;
        let value = |candidate: usize| ranking.value(number, candidate).to_f64();
        let points = |candidate: usize| ranking.points(number, candidate).to_f64();
        let is_told = |candidate: usize| measure(candidate).is_some() || criterion.stand_in().is_some();
        AnswerColumns {
            criterion: &criterion.id,
            measures: order.iter().map(|it| Some(measure(*it)?.estimate)).collect(),
            values: order.iter().map(|it| is_told(*it).then(|| value(*it))).collect(),
            points: order.iter().map(|it| (!refused(*it)).then(|| points(*it))).collect(),
            missing: order.iter().map(|it| measure(*it).is_none()).collect(),
        }
    });
    let tier = |candidate: usize| match outcome.standing(candidate) {
        Standing::Tier(tier) => rules.tiers.get(tier).map(|tier| &*tier.id),
        _ => None,
    };
    let fired = |candidate: usize| ranking.fired(candidate).filter_map(|fired| Some(&*rules.gates.get(fired.gate)?.id));
    Ok(RankingColumns {
        candidates: order.to_vec(),
        ranks: order.iter().map(|it| outcome.rank(*it)).collect(),
        totals: order.iter().map(|it| total(*it)).collect(),
        least_and_most: least_and_most(ranking)?,
        tiers: order.iter().map(|it| tier(*it)).collect(),
        standings: order.iter().map(|it| outcome.standing(*it)).collect(),
        gates: order.iter().map(|it| fired(*it).collect()).collect(),
        answers: answers.collect(),
    })
}

/// As [`crate::scoring::Trace::least_and_most`] has it.
fn least_and_most(ranking: &Ranking<'_>) -> Result<Vec<Option<(f64, f64)>>, Problem> {
    let mut tracer = Tracer::new(ranking)?;
    let mut ends = Vec::with_capacity(ranking.order().len());
    for candidate in ranking.order() {
        let total = ranking.outcome().total(*candidate);
        let total = total.map(|units| Fixed::new(units, ranking.rules.decimals).to_f64());
        let is_whole = (0..ranking.rules.criteria.len()).all(|it| ranking.measure(it, *candidate).is_some());
        ends.push(match tracer.range_of(*candidate)? {
            Some(range) => total.map(|_| (range.low.to_f64(), range.high.to_f64())),
            None => total.filter(|_| is_whole).map(|total| (total, total)),
        });
    }
    Ok(ends)
}
