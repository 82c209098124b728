//! Value × weight → points → total, in whole numbers, and what stands in where a measure is missing.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::fixed::{multiply_rounding, to_units};
use super::measure::{Failures, Measures, chunks};
use super::total::{Totaller, factor};
use super::value::Scale;
use crate::rules::{Combine, Missing, RuleSet};

/// Points and totals of all candidates.
#[derive(Debug)]
pub(super) struct Points {
    /// A value per criterion and candidate, in units of the fine decimals, stand-ins included.
    pub values: Vec<Vec<i64>>,
    /// Points per criterion and candidate in units of the rule set's decimals; factors in units of the fine decimals
    /// where the total is a weighted product.
    pub points: Vec<Vec<i64>>,
    /// A total per candidate; none where it could not be ranked.
    pub totals: Vec<Option<i64>>,
}

/// How a candidate's criteria take part.
pub(super) struct Part<'a> {
    /// Each criterion's share of the weight, in units of the fine decimals.
    pub shares: &'a [i64],
    /// The criterion for which the candidate can't be ranked, if there is one.
    pub refused_by: Option<usize>,
}

/// Shares of the weight by which measures are missing: most candidates miss the same ones.
pub(super) struct Shares<'a> {
    rules: &'a RuleSet,
    reweighted: BTreeMap<Vec<bool>, Vec<i64>>,
}

impl<'a> Shares<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Self {
        Self { rules, reweighted: BTreeMap::new() }
    }

    /// The part each criterion has for a candidate for whom the measures marked true are missing.
    pub(super) fn part(&mut self, missing: &[bool]) -> Part<'_> {
        let rules = self.rules;
        if !missing.contains(&true) {
            return Part { shares: rules.weights.shares(), refused_by: None };
        }
        let by = |policy: Missing| {
            let missing = rules.criteria.iter().zip(missing);
            missing.map(move |(criterion, missing)| *missing && criterion.missing == policy)
        };
        let refused_by = by(Missing::Refuse).position(|refuses| refuses);
        let left_out: Vec<bool> = by(Missing::Reweight).collect();
        if !left_out.contains(&true) {
            return Part { shares: rules.weights.shares(), refused_by };
        }
        let taking_part: Vec<bool> = left_out.iter().map(|left_out| !left_out).collect();
        let shares =
            self.reweighted.entry(taking_part).or_insert_with_key(|taking_part| rules.weights.among(taking_part));
        let emptied = emptied(rules, shares, &left_out);
        Part { shares, refused_by: refused_by.or(emptied) }
    }
}

/// A criterion of a pool that has lost all its weight: its score can't be made.
fn emptied(rules: &RuleSet, shares: &[i64], left_out: &[bool]) -> Option<usize> {
    let pool_sum = |pool: usize| -> i64 {
        let in_pool = shares.iter().enumerate().filter(|(criterion, _)| rules.weights.pool(*criterion) == pool);
        in_pool.map(|(_, share)| *share).sum()
    };
    let mut left_out = left_out.iter().enumerate().filter(|(_, left_out)| **left_out).map(|(criterion, _)| criterion);
    left_out.find(|criterion| pool_sum(rules.weights.pool(*criterion)) == 0)
}

/// Values with stand-ins, points and totals of all candidates.
///
/// # Errors
/// A total that is too large, or a script that could not make it.
pub(super) fn points(
    rules: &RuleSet,
    scales: &[Scale<'_>],
    measures: &[Measures],
    mut values: Vec<Vec<i64>>,
) -> Result<Points, Failures> {
    for (criterion, (column, measures)) in values.iter_mut().zip(measures).enumerate() {
        let stand_in = stand_in(rules, scales, criterion);
        for (value, _) in column.iter_mut().zip(&measures.estimates).filter(|(_, measure)| measure.is_nan()) {
            *value = stand_in;
        }
    }
    let candidates = measures.first().map_or(0, |column| column.estimates.len());
    let parts: Vec<Result<Chunk, Failures>> =
        chunks(candidates).into_par_iter().map(|range| points_of_chunk(rules, measures, &values, range)).collect();
    let mut points: Vec<Vec<i64>> = rules.criteria.iter().map(|_| Vec::with_capacity(candidates)).collect();
    let mut totals = Vec::with_capacity(candidates);
    let mut failures = Failures::default();
    for part in parts {
        match part {
            Ok(part) => {
                points.iter_mut().zip(part.points).for_each(|(column, part)| column.extend(part));
                totals.extend(part.totals);
            }
            Err(failed) => failures.append(failed),
        }
    }
    if failures.is_empty() { Ok(Points { values, points, totals }) } else { Err(failures) }
}

struct Chunk {
    points: Vec<Vec<i64>>,
    totals: Vec<Option<i64>>,
}

fn points_of_chunk(
    rules: &RuleSet,
    measures: &[Measures],
    values: &[Vec<i64>],
    range: Range<usize>,
) -> Result<Chunk, Failures> {
    let mut chunk =
        Chunk { points: rules.criteria.iter().map(|_| Vec::with_capacity(range.len())).collect(), totals: Vec::new() };
    let mut shares = Shares::new(rules);
    let mut failures = Failures::default();
    let mut totaller = Totaller::new(rules).map_err(|problem| Failures::one(problem, range.start))?;
    let mut missing = vec![false; rules.criteria.len()];
    let mut row = vec![0; rules.criteria.len()];
    for candidate in range {
        for (slot, column) in missing.iter_mut().zip(measures) {
            *slot = column.is_missing(candidate);
        }
        let part = shares.part(&missing);
        for ((slot, column), share) in row.iter_mut().zip(values).zip(part.shares) {
            *slot = points_of(rules, column.get(candidate).copied().unwrap_or(0), *share);
        }
        chunk.points.iter_mut().zip(&row).for_each(|(column, points)| column.push(*points));
        let total = match part.refused_by {
            Some(_) => None,
            None => totaller.total(&row).map_err(|problem| failures.push(problem, candidate)).ok(),
        };
        chunk.totals.push(total);
    }
    if failures.is_empty() { Ok(chunk) } else { Err(failures) }
}

/// What stands in for a missing measure, in units of the fine decimals.
pub(super) fn stand_in(rules: &RuleSet, scales: &[Scale<'_>], criterion: usize) -> i64 {
    let policy = rules.criteria.get(criterion).map(|criterion| criterion.missing);
    let value = scales.get(criterion).zip(policy).and_then(|(scale, policy)| scale.stand_in(policy));
    value.map_or(0, |value| to_units(value, rules.fine_decimals()))
}

/// The points that a value earns with this share of the weight, or its factor where the total is a weighted product.
pub(super) fn points_of(rules: &RuleSet, value: i64, share: i64) -> i64 {
    match rules.combine {
        Combine::Product => factor(rules, value, share),
        // Value and share have two decimals more than points each: their product has the points' decimals and four.
        _ => multiply_rounding(value, share, 10_i64.pow(rules.decimals + 4)).unwrap_or(i64::MAX),
    }
}
