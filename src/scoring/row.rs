//! One candidate at a time of a ranking that is made again with other weights: its points and total are those that
//! [`Again::with_weights`] makes, at the price of one row.

use std::collections::BTreeMap;

use super::Again;
use super::order::stands_before;
use super::points::{Row, Shares, row_again};
use super::vetoes::{Compared, Pairs};
use crate::diagnostic::Problem;
use crate::rules::Weights;

/// The rows that were asked for, with one set of weights.
pub(crate) struct Rows<'w, 'r, 'a> {
    again: &'w mut Again<'r, 'a>,
    shares: Shares<'w>,
    /// Every two candidates, where the rules compare them.
    pairs: Option<Pairs<'r>>,
    made: BTreeMap<usize, Row>,
}

impl<'w, 'r, 'a: 'w> Rows<'w, 'r, 'a> {
    /// With these weights.
    pub(crate) fn new(again: &'w mut Again<'r, 'a>, weights: &'w Weights) -> Self {
        let ranking = again.ranking;
        let shares = Shares::new(ranking.rules, weights);
        let (values, lists) = (&ranking.values, &ranking.lists);
        let of = Compared { estimates: &again.estimates, values, lists, absent: None };
        let pairs = Pairs::new(ranking.rules, weights, &of);
        Self { again, shares, pairs, made: BTreeMap::new() }
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
        let estimates = &self.again.estimates;
        let change = |pairs: &Pairs<'_>| pairs.change_with(candidate, &pairs.sides(candidate));
        let vetoes = self.pairs.as_ref().map(change).transpose()?;
        let (totaller, of) = (&mut self.again.totaller, (&**estimates, &*ranking.values));
        let mut row = row_again(totaller, &mut self.shares, of, (candidate, vetoes))?;
        if ranking.aside.holds(candidate) {
            row.total = None;
        }
        self.made.insert(candidate, row);
        Ok(())
    }
}
