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
    /// What it comes to where what this moves has an influence of its own on something else.
    #[must_use]
    pub fn then(self, on: Self) -> Self {
        match (self, on) {
            (Self::Mixed, _) | (_, Self::Mixed) => Self::Mixed,
            (own, on) if own == on => Self::Raises,
            _ => Self::Lowers,
        }
    }

    fn of_slope(slope: Interval) -> Self {
        match (slope.is_not_negative(), slope.is_not_positive()) {
            (true, _) => Self::Raises,
            (false, true) => Self::Lowers,
            (false, false) => Self::Mixed,
        }
    }
}

/// A figure as a formula of the members' scores.
pub(super) struct TotalOfScores<'f, R> {
    formula: &'f Formula,
    /// The member of each name that the formula reads.
    groups: &'f [usize],
    /// The decimals of the scores, and of the total.
    decimals: (u32, u32),
    /// The total of scores, in units.
    total: R,
}

impl<'f, E, R: FnMut(&[i64]) -> Result<i64, E>> TotalOfScores<'f, R> {
    pub(super) fn new(formula: &'f Formula, groups: &'f [usize], decimals: (u32, u32), total: R) -> Self {
        Self { formula, groups, decimals, total }
    }

    /// The ends of the total where each group's score lies between two ends that it can be at.
    pub(super) fn ends(mut self, scores: &[(i64, i64)]) -> Result<Ends, E> {
        if scores.iter().all(|(low, high)| low == high) {
            let point: Vec<i64> = scores.iter().map(|(low, _)| *low).collect();
            return (self.total)(&point).map(Ends::at);
        }
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
        let names = names(self.groups, area, self.decimals.0);
        let units = Interval::point(f64::from(10_u32.pow(self.decimals.1)));
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::rules::combine::member::WayToCombine as _;
    use crate::rules::combine::script::ScriptedTotal;
    use crate::rules::combine::{NodeSettings, Precision};
    use crate::rules::script::{Compiler, Expression, Library};
    use crate::stats::{Random, Stream};
    use crate::toml_file::At;

    const GROUPS: [&str; 3] = ["aa", "bb", "cc"];

    fn drawn(random: &mut Random, from: i64, to: i64) -> i64 {
        from + i64::try_from(random.below(u64::try_from(to - from + 1).unwrap())).unwrap()
    }

    /// A total over the groups, so many signs deep.
    fn code(random: &mut Random, deep: u32) -> String {
        if deep == 0 {
            let at = usize::try_from(random.below(9)).unwrap();
            return ["aa", "bb", "cc", "aa", "bb", "cc", "0.5", "3", "0.1"][at].to_owned();
        }
        let (a, b) = (code(random, deep - 1), code(random, deep - 1));
        match random.below(7) {
            0 => format!("({a} + {b})"),
            1 => format!("({a} - {b})"),
            2 => format!("({a} * {b})"),
            3 => format!("({a} / max({b}, 0.5))"),
            4 => format!("min({a}, {b})"),
            5 => format!("max({a}, {b})"),
            _ => format!("-({a})"),
        }
    }

    fn total(code: &str) -> ScriptedTotal {
        let source = Arc::new(SourceFile::new("x", code));
        let mut expression = Expression::new(&source, &At { value: code.into(), span: 0..code.len() });
        expression.reads = GROUPS.map(str::to_owned).to_vec();
        ScriptedTotal::new(expression, &GROUPS, &Library::default()).unwrap()
    }

    /// All that is claimed of totals drawn at random, against totals at corners and at points drawn at random.
    #[test]
    fn ends_that_are_reached_are_totals_and_no_total_passes_an_end() {
        let library = Library::default();
        let compiler = Compiler::new(&library).unwrap();
        let mut random = Random::new(21, Stream::Weights, 0);
        let (mut reached, mut influences) = (0, [0; 3]);
        for _ in 0..40 {
            let precision = Precision { scale: 100, decimals: u32::try_from(random.below(3)).unwrap() };
            let depth = 1 + u32::try_from(random.below(3)).unwrap();
            let code = code(&mut random, depth);
            let total = total(&code);
            let settings =
                NodeSettings { precision, decimals: precision.decimals, names: GROUPS.into(), library: &library };
            let row: Vec<Ends> = (0..3)
                .map(|_| {
                    let least = drawn(&mut random, 0, 300);
                    Ends { least, most: least + drawn(&mut random, 0, 200), are_reached: true }
                })
                .collect();
            let of_groups: Vec<Influence> = (0..3).map(|group| total.influence(group, &row, &settings)).collect();
            let mut script = compiler.compile(total.expression().unwrap()).unwrap();
            let ends = total.ends(&row, &settings, Some(&mut script)).unwrap().unwrap();
            let (mut low, mut high) = (i64::MAX, i64::MIN);
            for number in 0..10_000_u64 {
                let at = |(group, ends): (usize, &Ends), random: &mut Random| match number {
                    0..8 => [ends.least, ends.most][usize::from(number >> group & 1 == 1)],
                    _ => drawn(random, ends.least, ends.most),
                };
                let mut point: Vec<i64> = row.iter().enumerate().map(|it| at(it, &mut random)).collect();
                let here = total.total(&point, &settings, Some(&mut script)).unwrap().unwrap();
                assert!(ends.least <= here && here <= ends.most, "{code} at {point:?}: {here} and {ends:?}");
                if number < 8 {
                    (low, high) = (low.min(here), high.max(here));
                }
                if number % 50 == 9 {
                    let group = usize::try_from(random.below(3)).unwrap();
                    point[group] = drawn(&mut random, point[group], row[group].most);
                    let more = total.total(&point, &settings, Some(&mut script)).unwrap().unwrap();
                    match of_groups[group] {
                        Influence::Raises => assert!(more >= here, "{code} rises with {group} at {point:?}"),
                        Influence::Lowers => assert!(more <= here, "{code} falls with {group} at {point:?}"),
                        Influence::Mixed => {}
                    }
                }
            }
            for influence in &of_groups {
                influences[*influence as usize] += 1;
            }
            if ends.are_reached {
                reached += 1;
                assert_eq!((low, high), (ends.least, ends.most), "{code} over {row:?}");
            }
        }
        assert!(reached > 25 && influences.iter().all(|count| *count > 3), "{reached} {influences:?}");
    }

    #[test]
    fn a_hump_between_the_ends_is_a_bound() {
        let library = Library::default();
        let precision = Precision { scale: 10, decimals: 0 };
        let settings = NodeSettings { precision, decimals: 0, names: GROUPS.into(), library: &library };
        let compiler = Compiler::new(&library).unwrap();
        let hump = total("aa * (10 - aa) + 0 * bb * cc");
        let ends = |least: i64, most: i64| {
            let row = [Ends { least, most, are_reached: true }, Ends::at(0), Ends::at(0)];
            let mut script = compiler.compile(hump.expression().unwrap()).unwrap();
            hump.ends(&row, &settings, Some(&mut script)).unwrap().unwrap()
        };
        assert_eq!(ends(2, 9), Ends { least: 9, most: 25, are_reached: false });
        assert_eq!(ends(6, 9), Ends { least: 9, most: 24, are_reached: true });
        assert_eq!(ends(0, 10), Ends { least: 0, most: 25, are_reached: false });
    }
}
