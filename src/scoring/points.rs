//! Value × weight → points → total, in whole numbers, and what stands in where a measure is missing.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lists::Lists;
use super::measure::Failures;
use super::pieces::{cut, map_pieces, pieces};
use super::vetoes::{Compared, Pairs};
use crate::diagnostic::Problem;
use crate::rules::{MemberKind, RuleSet, Totaller, Treatment, Weights};

/// Points and totals of all candidates.
#[derive(Debug, Clone)]
pub(super) struct Points {
    /// What each criterion brings in for each candidate, in units of its decimals; then the share of the weight of each
    /// group that has one, in units of the fine decimals; then what vetoes change of the total, where the rules take them.
    pub(super) points: Vec<Vec<i64>>,
    /// A total per candidate; none where it could not be ranked.
    pub(super) totals: Vec<Option<i64>>,
}

/// What weights make of one candidate.
pub(super) struct Row {
    /// As a row of [`Points::points`].
    pub(super) points: Vec<i64>,
    /// None where it could not be ranked.
    pub(super) total: Option<i64>,
}

/// How a candidate's criteria take part.
pub(super) struct Part<'a> {
    /// Each criterion's share of the weight, in units of the fine decimals.
    pub(super) shares: &'a [i64],
    /// The criterion for which the candidate can't be ranked, if there is one.
    pub(super) refused_by: Option<usize>,
}

/// Shares of the weight by which measures are missing: most candidates miss the same ones, if any.
pub(super) struct Shares<'a> {
    rules: &'a RuleSet,
    weights: &'a Weights,
    known: BTreeMap<Vec<bool>, (Vec<i64>, Option<usize>)>,
}

impl<'a> Shares<'a> {
    pub(super) fn new(rules: &'a RuleSet, weights: &'a Weights) -> Self {
        Self { rules, weights, known: BTreeMap::new() }
    }

    /// The part each criterion has for a candidate for whom the measures marked true are missing.
    pub(super) fn part(&mut self, missing: &[bool]) -> Part<'_> {
        if !missing.contains(&true) {
            return Part { shares: self.weights.shares(), refused_by: None };
        }
        if !self.known.contains_key(missing) {
            self.known.insert(missing.to_vec(), part_without(self.rules, self.weights, missing));
        }
        match self.known.get(missing) {
            Some((shares, refused_by)) => Part { shares, refused_by: *refused_by },
            None => Part { shares: self.weights.shares(), refused_by: None },
        }
    }
}

/// The shares of the weight without the measures marked true, and the criterion for which nothing can be ranked.
fn part_without(rules: &RuleSet, weights: &Weights, missing: &[bool]) -> (Vec<i64>, Option<usize>) {
    let by = |treatment: Treatment| {
        let missing = rules.criteria.iter().zip(missing);
        missing.map(move |(criterion, missing)| *missing && criterion.if_missing() == treatment)
    };
    let refused_by = by(Treatment::Refuse).position(|refuses| refuses);
    let left_out: Vec<bool> = by(Treatment::LeaveOut).collect();
    if !left_out.contains(&true) {
        return (weights.shares().to_vec(), refused_by);
    }
    let (taking_part, emptied) = taking_part(rules, weights, &left_out);
    (weights.among(&taking_part), refused_by.or(emptied))
}

/// Which criteria and groups take part where these criteria are left out, and a criterion for which nothing can be
/// ranked: all the weight of what it is in is gone, and that can't be left out in its turn.
fn taking_part(rules: &RuleSet, weights: &Weights, left_out: &[bool]) -> (Vec<bool>, Option<usize>) {
    let mut taking_part = vec![true; weights.shares().len()];
    for (slot, left_out) in taking_part.iter_mut().zip(left_out) {
        *slot = !left_out;
    }
    let mut emptied = None;
    for (group, node) in rules.combine.nodes().filter(|(_, node)| node.way.earned().is_weighed()) {
        let at = |member: &usize| match node.kind {
            MemberKind::Criterion => Some(*member),
            MemberKind::Group => rules.combine.weight_at(*member),
        };
        let members: Vec<usize> = node.members.iter().filter_map(at).collect();
        let is_out = |at: &&usize| taking_part.get(**at) == Some(&false);
        let counts = |at: &usize| taking_part.get(*at) == Some(&true) && weights.counts(*at);
        let Some(first) = members.iter().find(is_out).filter(|_| !members.iter().any(counts)) else { continue };
        if let Some(at) = group.and_then(|group| rules.combine.weight_at(group)) {
            if let Some(slot) = taking_part.get_mut(at) {
                *slot = false;
            }
            continue;
        }
        // The total is made without it, and the score has no place.
        if rules.weighs_beside(*first) {
            continue;
        }
        let of_group = |at: usize| rules.combine.first_criterion(rules.combine.group_at(at)?);
        let criterion = if *first < left_out.len() { Some(*first) } else { of_group(*first) };
        emptied = emptied.or(criterion);
    }
    (taking_part, emptied)
}

/// Points and totals of all candidates by these weights, from values with their stand-ins. An estimate that is not a
/// number is a missing measure.
///
/// # Errors
/// A total that is too large, or a script that could not make it.
pub(super) fn points(
    rules: &RuleSet,
    weights: &Weights,
    estimates: &[&[f64]],
    values: &[Vec<i64>],
    lists: &Lists,
) -> Result<Points, Failures> {
    let candidates = estimates.first().map_or(0, |column| column.len());
    let of = Compared { estimates, values, lists, absent: None };
    let mut points = empty_columns(rules, weights, &of).map_err(|problem| Failures::one(problem, 0))?;
    let mut totals: Vec<Option<i64>> = vec![None; candidates];
    let ranges = pieces(candidates);
    let parts = cut(&mut points, &ranges).into_iter().zip(cut(std::slice::from_mut(&mut totals), &ranges));
    let work = ranges.iter().cloned().zip(parts).map(|(range, (points, totals))| Piece { range, points, totals });
    let failed = map_pieces(
        work.collect(),
        || (rules.totaller(), Shares::new(rules, weights)),
        |(totaller, shares), mut piece| match totaller {
            Ok(totaller) => piece.make(totaller, shares, estimates, values),
            Err(problem) => Failures::one(problem.clone(), piece.range.start),
        },
    );
    let mut failures = Failures::default();
    for failed in failed {
        failures.append(failed);
    }
    if failures.is_empty() { Ok(Points { points, totals }) } else { Err(failures) }
}

/// The same for a ranking that is made again with something changed, on this thread and with a totaller at hand.
///
/// # Errors
/// The first total that could not be made.
pub(super) fn points_again(
    totaller: &mut Totaller<'_>,
    rules: &RuleSet,
    weights: &Weights,
    of: &Compared<'_, '_>,
) -> Result<Points, Problem> {
    let (estimates, values) = (of.estimates, of.values);
    let candidates = estimates.first().map_or(0, |column| column.len());
    let mut points = empty_columns(rules, weights, of)?;
    let mut totals: Vec<Option<i64>> = vec![None; candidates];
    let mut piece = Piece {
        range: 0..candidates,
        points: points.iter_mut().map(Vec::as_mut_slice).collect(),
        totals: vec![&mut totals],
    };
    let failures = piece.make(totaller, &mut Shares::new(rules, weights), estimates, values);
    failures.into_first().map_or(Ok(Points { points, totals }), Err)
}

/// The same of one candidate alone, from its own estimates and values in the order of the criteria, by rules that take no
/// vetoes.
///
/// # Errors
/// A total that could not be made.
pub(super) fn row_again(
    totaller: &mut Totaller<'_>,
    shares: &mut Shares<'_>,
    (estimates, values): (&[f64], &[i64]),
) -> Result<Row, Problem> {
    let missing: Vec<bool> = estimates.iter().map(|estimate| estimate.is_nan()).collect();
    let rules = shares.rules;
    let part = shares.part(&missing);
    let points: Vec<i64> = points_of_row(rules, part.shares, |number| values.get(number).copied()).collect();
    let total = if part.refused_by.is_none() { Some(totaller.total(&points)?) } else { None };
    Ok(Row { points, total })
}

/// What each criterion brings in by these shares, and after them the shares of groups.
fn points_of_row(rules: &RuleSet, shares: &[i64], value: impl Fn(usize) -> Option<i64>) -> impl Iterator<Item = i64> {
    let precision = rules.precision();
    shares.iter().enumerate().map(move |(number, share)| match value(number) {
        Some(value) => rules.earned(number).of(value, *share, precision),
        None => *share,
    })
}

/// A column for each weight, and after them what vetoes change of the totals, where the rules take them.
///
/// # Errors
/// That too many would have to be compared.
fn empty_columns(rules: &RuleSet, weights: &Weights, of: &Compared<'_, '_>) -> Result<Vec<Vec<i64>>, Problem> {
    let candidates = of.estimates.first().map_or(0, |column| column.len());
    let mut points: Vec<Vec<i64>> = weights.shares().iter().map(|_| vec![0; candidates]).collect();
    if let Some(pairs) = Pairs::new(rules, weights, of) {
        points.push(pairs.changes()?);
    }
    Ok(points)
}

/// Some candidates, and where their points and totals go.
struct Piece<'a> {
    range: Range<usize>,
    points: Vec<&'a mut [i64]>,
    /// Where the totals of the piece go: one column.
    totals: Vec<&'a mut [Option<i64>]>,
}

impl Piece<'_> {
    fn make(
        &mut self,
        totaller: &mut Totaller<'_>,
        shares: &mut Shares<'_>,
        estimates: &[&[f64]],
        values: &[Vec<i64>],
    ) -> Failures {
        self.make_points(shares.rules, shares.weights, values);
        self.make_totals(totaller, shares, estimates, values)
    }

    /// The points as if no measure were missing, a column at a time.
    fn make_points(&mut self, rules: &RuleSet, weights: &Weights, values: &[Vec<i64>]) {
        for ((number, points), share) in self.points.iter_mut().enumerate().zip(weights.shares()) {
            match values.get(number) {
                Some(values) => {
                    let values = values.get(self.range.clone()).unwrap_or_default();
                    rules.earned(number).column(values, *share, rules.precision(), points);
                }
                // The share of a group.
                None => points.fill(*share),
            }
        }
    }

    /// Whether any measure is missing, by candidate.
    fn incomplete(&self, estimates: &[&[f64]]) -> Vec<bool> {
        let mut incomplete = vec![false; self.range.len()];
        for estimates in estimates {
            let estimates = estimates.get(self.range.clone()).unwrap_or_default();
            for (incomplete, estimate) in incomplete.iter_mut().zip(estimates) {
                *incomplete |= estimate.is_nan();
            }
        }
        incomplete
    }

    /// Mends the points of those whose weight is shared otherwise, and adds everybody's up.
    fn make_totals(
        &mut self,
        totaller: &mut Totaller<'_>,
        shares: &mut Shares<'_>,
        estimates: &[&[f64]],
        values: &[Vec<i64>],
    ) -> Failures {
        let mut missing = vec![false; estimates.len()];
        let mut ranked = Vec::with_capacity(self.range.len());
        for (at, incomplete) in self.incomplete(estimates).into_iter().enumerate() {
            ranked.push(!incomplete || self.mend(at, shares, (estimates, values), &mut missing));
        }
        let mut failures = Failures::default();
        for totals in &mut self.totals {
            for (at, problem) in totaller.totals(&self.points, &ranked, totals) {
                failures.push(problem, self.range.start + at);
            }
        }
        failures
    }

    /// Makes the points of one candidate of whom something is missing, which is written to `missing`. Whether it can be
    /// ranked.
    fn mend(
        &mut self,
        at: usize,
        shares: &mut Shares<'_>,
        (estimates, values): (&[&[f64]], &[Vec<i64>]),
        missing: &mut [bool],
    ) -> bool {
        let candidate = self.range.start + at;
        for (missing, column) in missing.iter_mut().zip(estimates) {
            *missing = column.get(candidate).is_none_or(|estimate| estimate.is_nan());
        }
        let rules = shares.rules;
        let part = shares.part(missing);
        let value = |number: usize| values.get(number).and_then(|values| values.get(candidate)).copied();
        for (points, earned) in self.points.iter_mut().zip(points_of_row(rules, part.shares, value)) {
            if let Some(points) = points.get_mut(at) {
                *points = earned;
            }
        }
        part.refused_by.is_none()
    }
}
