//! A stretch of the way of one weight, and the least and the most that a total can be in it as it is printed.
//!
//! What a question earns is rounded, and with many questions that is a lot. But every share is a whole number of units between
//! two that the ends of the stretch tell, and points are rounded from there as the engine rounds them.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

use super::contest::to_float;
use crate::rules::combine::Earned;
use crate::scoring::Ranking;

/// What a float of a share may be out by, in units; those have at most ten digits.
const HAIR: f64 = 1e-3;

/// The weights between two shares of one criterion, both included.
pub(super) struct Stretch<'s, 'a> {
    ranking: &'s Ranking<'a>,
    criterion: usize,
    /// Its shares at the two ends.
    ends: [i64; 2],
    /// The least and the most of every criterion's share; none where no other criterion has any weight.
    shares: OnceCell<Option<Vec<Between>>>,
    /// The totals that were asked for, by candidate.
    totals: RefCell<BTreeMap<usize, Option<Between>>>,
    all_totals: OnceCell<AllTotals>,
    looks: Cell<usize>,
}

/// What the totals of several candidates can be, each by itself, in units.
pub(super) struct AllTotals {
    /// In ascending order.
    lows: Vec<f64>,
    /// In ascending order.
    highs: Vec<f64>,
}

impl AllTotals {
    fn new(totals: Vec<(f64, f64)>) -> Self {
        let (mut lows, mut highs): (Vec<f64>, Vec<f64>) = totals.into_iter().unzip();
        lows.sort_unstable_by(f64::total_cmp);
        highs.sort_unstable_by(f64::total_cmp);
        Self { lows, highs }
    }

    /// How many are above `level` whatever they are.
    pub(super) fn above(&self, level: f64) -> usize {
        self.lows.len() - self.lows.partition_point(|low| *low <= level)
    }

    /// How many may come up to it.
    pub(super) fn reaching(&self, level: f64) -> usize {
        self.highs.len() - self.highs.partition_point(|high| *high < level)
    }
}

/// The least and the most that something can be.
type Between = (i64, i64);

impl<'s, 'a> Stretch<'s, 'a> {
    pub(super) fn new(ranking: &'s Ranking<'a>, criterion: usize, ends: [i64; 2]) -> Self {
        let (shares, totals) = (OnceCell::new(), RefCell::default());
        Self { ranking, criterion, ends, shares, totals, all_totals: OnceCell::new(), looks: Cell::new(0) }
    }

    /// Its two ends as parts of all weight.
    pub(super) fn parts(&self) -> [f64; 2] {
        self.ends.map(|share| super::part_of_whole(share, self.ranking.rules.weights.whole()))
    }

    /// By how much a total moves in it at most, in units of its last decimal.
    pub(super) fn moves(&self) -> f64 {
        let [one, other] = self.ends;
        to_units_of_totals(one.abs_diff(other))
    }

    /// Whether two totals that are so far apart, in units of the last decimal, may be told apart by [`Self::total`]: by more
    /// than they move, and than rounding of shares can do.
    pub(super) fn can_tell(&self, apart: f64) -> bool {
        apart > self.moves() + to_units_of_totals(1) * to_float(self.ranking.rules.criteria.len())
    }

    /// What the totals of all who compete can be, as `make` says where it was not asked before.
    pub(super) fn all_totals(&self, make: impl FnOnce() -> Vec<(f64, f64)>) -> &AllTotals {
        self.all_totals.get_or_init(|| {
            let all = AllTotals::new(make());
            self.count(all.lows.len());
            all
        })
    }

    /// Counts so many looks at a pair of candidates.
    pub(super) fn count(&self, looks: usize) {
        self.looks.set(self.looks.get() + looks);
    }

    /// The least and the most that the printed total of a ranked candidate can be, in units of its last decimal, where it is a
    /// sum of points; none where that can't be told.
    pub(super) fn total(&self, candidate: usize) -> Option<Between> {
        let known = self.totals.borrow().get(&candidate).copied();
        known.unwrap_or_else(|| {
            let total = self.make(candidate);
            self.totals.borrow_mut().insert(candidate, total);
            total
        })
    }

    /// How many figures of rows, and pairs of candidates, were looked at.
    pub(super) fn work(&self) -> usize {
        self.looks.get() + self.totals.borrow().len() * self.ranking.rules.criteria.len()
    }

    fn make(&self, candidate: usize) -> Option<Between> {
        let rules = self.ranking.rules;
        let shares = self.shares.get_or_init(|| self.shares()).as_deref()?;
        let shares = self.among_those_that_take_part(candidate, shares)?;
        let precision = rules.precision();
        let (mut least, mut most) = (0_i64, 0_i64);
        for (at, (low, high)) in shares.enumerate() {
            let value = self.ranking.value(at, candidate).units();
            let points = |share: i64| Earned::Points.of(value, share, precision);
            let (one, other) = (points(low), points(high));
            least = least.checked_add(one.min(other))?;
            most = most.checked_add(one.max(other))?;
        }
        Some((least, most))
    }

    /// Every share where all take part. The exact ones go from one end straight to the other, and printed they are less than a
    /// unit away.
    fn shares(&self) -> Option<Vec<Between>> {
        let [one, other] = self.ends;
        let weights = &self.ranking.rules.weights;
        let both =
            weights.shares_with(self.criterion, one)?.into_iter().zip(weights.shares_with(self.criterion, other)?);
        let between = |(at, (one, other)): (usize, (i64, i64))| {
            let rounded = i64::from(at != self.criterion && weights.counts(at));
            ((one.min(other) - rounded).max(0), one.max(other) + rounded)
        };
        Some(both.enumerate().map(between).collect())
    }

    /// The shares of one candidate, for whom those that are left out are shared among the others.
    fn among_those_that_take_part<'b>(
        &self,
        candidate: usize,
        all: &'b [Between],
    ) -> Option<impl Iterator<Item = Between> + 'b> {
        let whole = self.ranking.rules.weights.whole();
        let takes_part: Vec<bool> = (0..all.len()).map(|at| self.ranking.takes_part(at, candidate)).collect();
        let left_out = || all.iter().zip(&takes_part).filter(|(_, takes)| !**takes).map(|(share, _)| share);
        let is_whole = left_out().next().is_none();
        let least = whole - left_out().map(|(_, high)| high).sum::<i64>();
        let most = whole - left_out().map(|(low, _)| low).sum::<i64>();
        let of = move |share: i64, all: i64| to_f64(share) * (to_f64(whole) / to_f64(all));
        let share = move |((low, high), takes): (&Between, bool)| match (is_whole, takes) {
            (true, _) => (*low, *high),
            (_, false) => (0, 0),
            (_, true) => (whole_units(of(*low, most) - HAIR), whole_units(of(*high, least) + HAIR) + 1),
        };
        (least > 0).then(|| all.iter().zip(takes_part).map(share))
    }
}

/// Fine units of a share in units of totals: they have two decimals more.
fn to_units_of_totals(fine: u64) -> f64 {
    to_float(usize::try_from(fine).unwrap_or(usize::MAX)) / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "weights have at most 10 digits")]
fn to_f64(share: i64) -> f64 {
    share as f64
}

/// A share rounded down to whole units; no share is less than zero.
#[expect(clippy::cast_possible_truncation, reason = "a share of the whole has at most 10 digits")]
fn whole_units(share: f64) -> i64 {
    share.max(0.0) as i64
}
