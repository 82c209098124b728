//! One candidate at a time of a ranking that is made again with other weights, or with another answer of one: its points and
//! total are those that [`Again::with_weights`] and [`Again::with_measure`] make, at the price of one row.

use std::collections::BTreeMap;

use super::Again;
use super::order::stands_before;
use super::points::{Row, Shares};
use crate::diagnostic::Problem;
use crate::exact::round_to;
use crate::rules::Weights;

/// The rows that were asked for, with one set of weights.
pub(crate) struct Rows<'w, 'r, 'a> {
    again: &'w mut Again<'r, 'a>,
    shares: Shares<'w>,
    /// By candidate: few of a long list.
    made: BTreeMap<usize, Row>,
}

impl<'w, 'r, 'a: 'w> Rows<'w, 'r, 'a> {
    /// With these weights, by rules whose total looks at one candidate alone.
    pub(crate) fn new(again: &'w mut Again<'r, 'a>, weights: &'w Weights) -> Self {
        let shares = Shares::new(again.ranking.rules, weights);
        Self { again, shares, made: BTreeMap::new() }
    }

    /// How many were made.
    pub(crate) fn made(&self) -> usize {
        self.made.len()
    }

    /// What makes the ranking again, for what a row does not tell.
    pub(crate) fn again(&mut self) -> &mut Again<'r, 'a> {
        self.again
    }

    /// Takes `measure`, known for certain, as the answer about one candidate to one criterion whose values look at no
    /// other candidate. It is rounded as any.
    ///
    /// # Errors
    /// A value or total that could not be made.
    pub(crate) fn answer(&mut self, candidate: usize, criterion: usize, measure: f64) -> Result<(), Problem> {
        let decimals = self.again.ranking.rules.criteria.get(criterion).map_or(0, |rule| rule.decimals);
        self.make(candidate, Some((criterion, round_to(measure, decimals))))
    }

    /// A candidate's total in units of the rule set's decimals; none where it could not be ranked.
    ///
    /// # Errors
    /// A total that could not be made.
    pub(crate) fn total(&mut self, candidate: usize) -> Result<Option<i64>, Problem> {
        self.make_once(candidate)?;
        Ok(self.made.get(&candidate).and_then(|row| row.total))
    }

    /// Whether one candidate comes before another in the list that both are in. Who could not be ranked comes before
    /// nobody.
    ///
    /// # Errors
    /// A total that could not be made.
    pub(crate) fn is_before(&mut self, one: usize, other: usize) -> Result<bool, Problem> {
        self.make_once(one)?;
        self.make_once(other)?;
        let (Some(first), Some(second)) = (self.made.get(&one), self.made.get(&other)) else { return Ok(false) };
        Ok(stands_before(self.again.ranking.rules, (first, one), (second, other)))
    }

    fn make_once(&mut self, candidate: usize) -> Result<(), Problem> {
        if self.made.contains_key(&candidate) { Ok(()) } else { self.make(candidate, None) }
    }

    fn make(&mut self, candidate: usize, changed: Option<(usize, f64)>) -> Result<(), Problem> {
        let mut row = self.again.row(&mut self.shares, candidate, changed)?;
        if self.again.ranking.aside.holds(candidate) {
            row.total = None;
        }
        self.made.insert(candidate, row);
        Ok(())
    }
}
