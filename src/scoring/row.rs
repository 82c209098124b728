//! One candidate at a time of a ranking that is made again with other weights: its points and total are those that
//! [`Again::with_weights`] makes, at the price of one row.

use std::collections::BTreeMap;

use super::Again;
use super::order::stands_before;
use super::points::{Row, Shares, row_again};
use crate::diagnostic::Problem;
use crate::rules::Weights;

/// The rows that were asked for, with one set of weights.
pub(crate) struct Rows<'w, 'r, 'a> {
    again: &'w mut Again<'r, 'a>,
    shares: Shares<'w>,
    made: BTreeMap<usize, Row>,
}

impl<'w, 'r, 'a: 'w> Rows<'w, 'r, 'a> {
    /// With these weights, by rules whose total looks at one candidate alone.
    pub(crate) fn new(again: &'w mut Again<'r, 'a>, weights: &'w Weights) -> Self {
        let shares = Shares::new(again.ranking.rules, weights);
        Self { again, shares, made: BTreeMap::new() }
    }

    /// A candidate's total in units of the rule set's decimals; none where it could not be ranked.
    ///
    /// # Errors
    /// A total that could not be made.
    pub(crate) fn total(&mut self, candidate: usize) -> Result<Option<i64>, Problem> {
        self.make(candidate)?;
        Ok(self.made.get(&candidate).and_then(|row| row.total))
    }

    /// Whether one candidate comes before another in the list that both are in. Who could not be ranked comes before
    /// nobody.
    ///
    /// # Errors
    /// A total that could not be made.
    pub(crate) fn is_before(&mut self, one: usize, other: usize) -> Result<bool, Problem> {
        self.make(one)?;
        self.make(other)?;
        let (Some(first), Some(second)) = (self.made.get(&one), self.made.get(&other)) else { return Ok(false) };
        Ok(stands_before(self.again.ranking.rules, (first, one), (second, other)))
    }

    fn make(&mut self, candidate: usize) -> Result<(), Problem> {
        if self.made.contains_key(&candidate) {
            return Ok(());
        }
        let ranking = self.again.ranking;
        let (totaller, estimates) = (&mut self.again.totaller, &self.again.estimates);
        let mut row = row_again(totaller, &mut self.shares, (estimates, &ranking.values), candidate)?;
        if ranking.aside.holds(candidate) {
            row.total = None;
        }
        self.made.insert(candidate, row);
        Ok(())
    }
}
