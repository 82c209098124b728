//! How low and how high totals go, and which way they go with each group.

use crate::exact::{Area, Course, Ends, Interval, Landscape, Outline, highest, lowest};
use crate::rules::script::Formula;

/// What more of a question's points do to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Influence {
    /// They never lower it.
    Raises,
    /// They never raise it.
    Lowers,
    /// They can do either, or it is not known.
    Mixed,
}

impl Influence {
    fn of_slope(slope: Interval) -> Self {
        match (slope.is_not_negative(), slope.is_not_positive()) {
            (true, _) => Self::Raises,
            (false, true) => Self::Lowers,
            (false, false) => Self::Mixed,
        }
    }
}

/// A total as a formula of the groups' scores.
pub(super) struct TotalOfScores<'f, R> {
    formula: &'f Formula,
    /// The group of each name that the formula reads.
    groups: &'f [usize],
    decimals: u32,
    /// The total of scores, in units.
    total: R,
}

impl<'f, E, R: FnMut(&[i64]) -> Result<i64, E>> TotalOfScores<'f, R> {
    pub(super) fn new(formula: &'f Formula, groups: &'f [usize], decimals: u32, total: R) -> Self {
        Self { formula, groups, decimals, total }
    }

    /// The ends of the total where each group's score lies between two ends that it can be at.
    pub(super) fn ends(mut self, scores: &[(i64, i64)]) -> Result<Ends, E> {
        let (low, high) = (lowest(&mut self, scores)?, highest(&mut self, scores)?);
        // Between its ends a score need not be able to be everything.
        let is_corner = |point: &Vec<i64>| point.iter().zip(scores).all(|(at, ends)| *at == ends.0 || *at == ends.1);
        let are_reached = [&low, &high].iter().all(|end| end.at.as_ref().is_some_and(is_corner));
        Ok(Ends { least: low.value, most: high.value, are_reached })
    }
}

impl<E, R: FnMut(&[i64]) -> Result<i64, E>> Landscape for TotalOfScores<'_, R> {
    type Error = E;

    fn outline(&self, area: &[(i64, i64)]) -> Outline {
        let names = names(self.groups, area, self.decimals);
        let units = Interval::point(f64::from(10_u32.pow(self.decimals)));
        let known = self.formula.over(&names, 0).map(|known| known.value.times(units));
        // Rounding never turns two numbers round: rounded ends are ends of what is rounded.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a float too large for i64 becomes the largest i64, as wanted"
        )]
        let between = known.map_or((i64::MIN, i64::MAX), |it| (it.low().round() as i64, it.high().round() as i64));
        let course = |group: usize| match influence(self.formula, self.groups, &names, group) {
            Influence::Raises => Course::Rises,
            Influence::Lowers => Course::Falls,
            Influence::Mixed => Course::Unknown,
        };
        Outline { between, courses: (0..area.len()).map(course).collect() }
    }

    fn at(&mut self, point: &[i64]) -> Result<Option<i64>, E> {
        (self.total)(point).map(Some)
    }
}

/// What more of a group's score does to the total where all scores lie in these intervals.
pub(super) fn influence(formula: &Formula, groups: &[usize], names: &[Interval], group: usize) -> Influence {
    let Some(place) = groups.iter().position(|of| *of == group) else { return Influence::Raises };
    formula.over(names, place).map_or(Influence::Mixed, |known| Influence::of_slope(known.slope))
}

/// What a formula reads, as intervals, out of the ends of the groups' scores.
pub(super) fn names(groups: &[usize], scores: &[(i64, i64)], decimals: u32) -> Vec<Interval> {
    let of = |group: &usize| {
        let (low, high) = scores.get(*group).copied().unwrap_or_default();
        Interval::of_units(low, high, decimals)
    };
    groups.iter().map(of).collect()
}

/// Ends as an area has them.
pub(super) fn area(ends: &[Ends]) -> Area {
    ends.iter().map(|ends| (ends.least, ends.most)).collect()
}
