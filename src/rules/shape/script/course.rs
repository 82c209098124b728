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
}

impl MeasureCourse<'_> {
    /// A measure in units.
    pub(super) fn units(&self, measure: f64) -> i64 {
        to_units(measure, self.measured)
    }

    /// The least and the most value of the measures between two ends, both included.
    pub(super) fn ends(&mut self, area: (i64, i64)) -> Ends {
        let whole = 10_i64.pow(self.decimals);
        let (Ok(low), Ok(high)) = (lowest(self, &[area]), highest(self, &[area]));
        let are_reached = low.at.is_some() && high.at.is_some();
        Ends { least: low.value.clamp(0, whole), most: high.value.clamp(0, whole), are_reached }
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
        let whole = 10_i64.pow(self.decimals);
        let unknown = Outline { between: (0, whole), courses: vec![Course::Unknown] };
        let Some((low, high)) = area.first().copied() else { return unknown };
        let known = self.formula.and_then(|formula| formula.over(&[self.interval(low, high)], 0));
        let Some(known) = known else { return unknown };
        let (low, high) = (to_units(known.value.low(), self.decimals), to_units(known.value.high(), self.decimals));
        if high < 0 || low > whole {
            // The rules refuse all of these.
            return Outline { between: (i64::MAX, i64::MIN), courses: vec![Course::Unknown] };
        }
        let course = match (low >= 0 && high <= whole, known.slope) {
            (true, slope) if slope.is_not_negative() => Course::Rises,
            (true, slope) if slope.is_not_positive() => Course::Falls,
            _ => Course::Unknown,
        };
        Outline { between: (low.max(0), high.min(whole)), courses: vec![course] }
    }

    fn at(&mut self, point: &[i64]) -> Result<Option<i64>, Self::Error> {
        Ok(point.first().and_then(|units| self.value(*units)))
    }
}
