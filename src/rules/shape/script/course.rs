//! How a scripted value goes from one measure to another: its ends between them, and whether it goes one way. Measures are
//! rounded, so there are so many of them and no more; what is said of them all was asked of each, or follows from intervals.

use crate::exact::{Course, Ends, Fixed, Interval, Landscape, Outline, highest, lowest, to_units};
use crate::rules::script::Formula;

/// How many stretches of measures are asked about before it is not known whether a value goes one way.
const MAX_STRETCHES: usize = 1000;

/// A scripted value over its measures, which are in whole units of their decimals.
pub(super) struct MeasureCourse<'c> {
    pub(super) formula: Option<&'c Formula>,
    /// The value of a measure that is known for certain; none where the rules refuse it.
    pub(super) value: &'c mut dyn FnMut(f64) -> Option<f64>,
    /// The decimals of measures.
    pub(super) measured: u32,
    /// The decimals of values.
    pub(super) decimals: u32,
    /// Between which values the rules let them lie, in units.
    pub(super) values: (i64, i64),
}

impl MeasureCourse<'_> {
    /// A measure in units.
    pub(super) fn units(&self, measure: f64) -> i64 {
        to_units(measure, self.measured)
    }

    /// The least and the most value of the measures between two ends, both included.
    pub(super) fn ends(&mut self, area: (i64, i64)) -> Ends {
        let (least, most) = self.values;
        let (Ok(low), Ok(high)) = (lowest(self, &[area]), highest(self, &[area]));
        let are_reached = low.at.is_some() && high.at.is_some();
        Ends { least: low.value.clamp(least, most), most: high.value.clamp(least, most), are_reached }
    }

    /// Whether the value never falls from one end to the other, or never rises.
    pub(super) fn goes_one_way(&mut self, area: (i64, i64)) -> bool {
        [1, -1].into_iter().any(|sign| {
            let mut left = MAX_STRETCHES;
            self.never_falls(area, sign, &mut left)
        })
    }

    /// Whether the value times `sign` never falls between two measures; so many more stretches may be asked about.
    fn never_falls(&mut self, (low, high): (i64, i64), sign: i64, left: &mut usize) -> bool {
        let Some(rest) = left.checked_sub(1) else { return false };
        *left = rest;
        let slope = self.formula.and_then(|formula| formula.over(&[self.interval(low, high)], 0)).map(|it| it.slope);
        if slope.is_some_and(|slope| if sign > 0 { slope.is_not_negative() } else { slope.is_not_positive() }) {
            return true;
        }
        if high - low <= 1 {
            // What the rules refuse is no answer.
            let both = self.value(low).zip(self.value(high));
            return both.is_none_or(|(before, after)| (after - before) * sign >= 0);
        }
        let middle = low + (high - low) / 2;
        self.never_falls((low, middle), sign, left) && self.never_falls((middle, high), sign, left)
    }

    fn interval(&self, low: i64, high: i64) -> Interval {
        Interval::between(self.measure(low), self.measure(high))
    }

    fn measure(&self, units: i64) -> f64 {
        Fixed::new(units, self.measured).to_f64()
    }

    /// The value of a measure that is known for certain; none where the rules refuse it.
    fn value(&mut self, units: i64) -> Option<i64> {
        let measure = self.measure(units);
        (self.value)(measure).map(|value| to_units(value, self.decimals))
    }
}

impl Landscape for MeasureCourse<'_> {
    type Error = std::convert::Infallible;

    fn outline(&self, area: &[(i64, i64)]) -> Outline {
        let (least, most) = self.values;
        let unknown = Outline { between: (least, most), courses: vec![Course::Unknown] };
        let Some((low, high)) = area.first().copied() else { return unknown };
        let known = self.formula.and_then(|formula| formula.over(&[self.interval(low, high)], 0));
        let Some(known) = known else { return unknown };
        let (low, high) = (to_units(known.value.low(), self.decimals), to_units(known.value.high(), self.decimals));
        if high < least || low > most {
            // The rules refuse all of these.
            return Outline { between: (i64::MAX, i64::MIN), courses: vec![Course::Unknown] };
        }
        let course = match (low >= least && high <= most, known.slope) {
            (true, slope) if slope.is_not_negative() => Course::Rises,
            (true, slope) if slope.is_not_positive() => Course::Falls,
            _ => Course::Unknown,
        };
        Outline { between: (low.max(least), high.min(most)), courses: vec![course] }
    }

    fn at(&mut self, point: &[i64]) -> Result<Option<i64>, Self::Error> {
        Ok(point.first().and_then(|units| self.value(*units)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::ScriptedValue;
    use crate::budget::Budget;
    use crate::diagnostic::{Problems, SourceFile};
    use crate::exact::{Ends, Fixed, to_units};
    use crate::rules::script::{Compiler, Expression, Formula, Library, Literals, ScriptChecker};
    use crate::stats::{Estimate, Random, Stream};
    use crate::toml_file::At;

    use super::MeasureCourse;

    const FUNCTIONS: &str = "
fn change_value(ratio, level, slope) {
    let certain = ratio.estimate;
    if ratio.has_interval() {
        certain = if ratio.lower > 1.0 { ratio.lower } else if ratio.upper < 1.0 { ratio.upper } else { 1.0 };
    }
    clamp(level + (certain - 1.0) * slope, 0.0, 1.0)
}
fn looped(x) { let sum = 0.0; for i in 0..4 { if x > i { sum += 0.25; } } sum }
";

    fn library() -> Library {
        let source = Arc::new(SourceFile::new("f.rhai", FUNCTIONS));
        ScriptChecker::new(&[source], 1, Budget::default(), &mut Problems::default()).unwrap().into_library()
    }

    fn expression(code: &str) -> Expression {
        let source = Arc::new(SourceFile::new("x", code));
        let mut expression = Expression::new(&source, &At { value: code.into(), span: 0..code.len() });
        expression.reads = vec!["measure".to_owned()];
        expression
    }

    /// Against every measure between the ends, one by one.
    #[test]
    fn ends_and_ways_are_those_of_all_measures() {
        let library = library();
        let compiler = Compiler::new(&library).unwrap();
        let mut random = Random::new(31, Stream::Weights, 0);
        for (code, is_known) in [
            ("change_value(measure, 0.4, 1.2)", true),
            ("if measure <= 0.4 { 1 } else if measure < 1.31 { 0 } else { 1 }", true),
            ("clamp(measure * (2 - measure.estimate), 0, 1)", true),
            ("clamp(abs(measure - 1) * 0.7, 0, 1)", true),
            ("clamp(1 - measure / 3, 0, 1)", true),
            ("if measure == 0.77 { 1 } else { 0.2 }", true),
            ("min(floor(measure), 1)", true),
            ("measure / 4", true),
            ("looped(measure)", false),
        ] {
            let expression = expression(code);
            let formula = Formula::new(&expression, &library, Literals::Floats);
            assert_eq!(formula.is_some(), is_known, "{code}");
            let mut script = compiler.compile(&expression).unwrap();
            let mut value = |measure: f64| {
                let certain = Estimate::between(measure, measure, measure);
                ScriptedValue::run(&mut script, certain, None).ok()
            };
            for _ in 0..60 {
                let mut ends = [random.below(300), random.below(300)].map(|end| i64::try_from(end).unwrap());
                ends.sort_unstable();
                let all: Vec<i64> = (ends[0]..=ends[1])
                    .filter_map(|units| value(Fixed::new(units, 2).to_f64()))
                    .map(|value| to_units(value, 4))
                    .collect();
                let (least, most) = (*all.iter().min().unwrap(), *all.iter().max().unwrap());
                let mut course = MeasureCourse {
                    formula: formula.as_ref(),
                    value: &mut value,
                    measured: 2,
                    decimals: 4,
                    values: (0, 10_000),
                };
                let area = (ends[0], ends[1]);
                let found = course.ends(area);
                assert!(found.least <= least && found.most >= most, "{code} over {ends:?}: {found:?}");
                if found.are_reached {
                    assert_eq!(found, Ends { least, most, are_reached: true }, "{code} over {ends:?}");
                }
                assert!(found.are_reached || !is_known, "{code} over {ends:?}: {found:?}");
                let goes = all.is_sorted() || all.iter().rev().is_sorted();
                assert!(goes || !course.goes_one_way(area), "{code} turns over {ends:?}");
                assert!(!goes || course.goes_one_way(area) || !is_known, "{code} goes one way over {ends:?}");
            }
        }
    }
}
