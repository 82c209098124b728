//! What came out of points and gates: totals, ranks and standings.

use super::order::{Order, PassedOver};
use super::points::Points;
use super::standing::Standing;

/// Totals, ranks and standings of every candidate.
#[derive(Debug)]
pub struct ScoringOutcome {
    points: Points,
    order: Order,
}

impl ScoringOutcome {
    pub(super) fn new(points: Points, order: Order) -> Self {
        Self { points, order }
    }

    pub(super) fn points(&self) -> &Points {
        &self.points
    }

    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// A candidate's total in units of the rule set's decimals; none where it could not be ranked.
    pub fn total(&self, candidate: usize) -> Option<i64> {
        self.points.totals.get(candidate).copied().flatten()
    }

    /// A candidate's competition rank, from 1; none where it could not be ranked.
    pub fn rank(&self, candidate: usize) -> Option<usize> {
        self.order.ranks.get(candidate).copied().flatten()
    }

    /// Competition ranks from 1, by candidate; none where it could not be ranked.
    pub fn ranks(&self) -> &[Option<usize>] {
        &self.order.ranks
    }

    /// The candidates by number in the order of the list; those that could not be ranked come last.
    pub fn sequence(&self) -> &[usize] {
        &self.order.sequence
    }

    /// Who has the place of a candidate's family that it would have had itself; none where nobody has.
    pub fn passed_over(&self, candidate: usize) -> Option<PassedOver> {
        self.order.passed_over.get(&candidate).copied()
    }

    /// Where a candidate stands.
    pub fn standing(&self, candidate: usize) -> Standing {
        self.order.standings.get(candidate).copied().unwrap_or(Standing::NotRanked)
    }
}
