//! The answers of all candidates to one question, and what value functions ask of them.

use crate::exact::{to_units, unit};
use crate::rules::script::AnswersOfAll;
use crate::stats::{mean, standard_deviation};

/// From here up a measure is not rounded to its decimals.
const MOST_UNITS: u64 = 9_000_000_000_000_000;

/// The answers of all candidates to one question.
#[derive(Debug, Clone, Copy)]
pub struct CandidateMeasures<'m> {
    measures: &'m [f64],
    decimals: u32,
    sort: fn(&mut [f64]),
}

impl<'m> CandidateMeasures<'m> {
    /// Of measures that are rounded to `decimals`; what is missing is not a number. `sort` puts numbers in ascending
    /// order: whoever asks knows with how many threads.
    pub fn new(measures: &'m [f64], decimals: u32, sort: fn(&mut [f64])) -> Self {
        Self { measures, decimals, sort }
    }

    /// Of nobody, for value functions that ask nothing.
    pub fn none() -> Self {
        Self::new(&[], 0, |_| {})
    }

    /// The decimals that the measures are rounded to.
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Those that there are.
    pub fn known(&self) -> impl Iterator<Item = f64> + use<'m> {
        self.measures.iter().copied().filter(|measure| !measure.is_nan())
    }

    /// What `of` makes of each that there is. They are mostly as many as all: room for them is made once.
    pub fn each_known<T>(&self, of: impl Fn(f64) -> T) -> Vec<T> {
        let mut found = Vec::with_capacity(self.measures.len());
        found.extend(self.known().map(of));
        found
    }

    /// Those that there are, in ascending order.
    pub fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.each_known(|measure| measure);
        (self.sort)(&mut sorted);
        sorted
    }

    /// All of them, as an expression over the whole column sees them.
    pub fn whole(&self) -> AnswersOfAll {
        let (mean, deviation) = self.middle();
        AnswersOfAll { sorted: self.sorted().into(), mean, deviation }
    }

    /// The lowest; 0 where there are none.
    pub fn lowest(&self) -> f64 {
        self.known().min_by(f64::total_cmp).unwrap_or(0.0)
    }

    /// The highest; 0 where there are none.
    pub fn highest(&self) -> f64 {
        self.known().max_by(f64::total_cmp).unwrap_or(0.0)
    }

    /// Their mean and standard deviation; 0 where there are none.
    pub fn middle(&self) -> (f64, f64) {
        self.exact_middle().unwrap_or_else(|| {
            let known: Vec<f64> = self.known().collect();
            (mean(&known).unwrap_or(0.0), standard_deviation(&known).unwrap_or(0.0))
        })
    }

    /// In whole numbers no order of the candidates shows, and nothing has to be sorted. None where there are no measures,
    /// or some so large that they have no decimals.
    #[expect(clippy::cast_precision_loss, reason = "the one rounding, at the end")]
    fn exact_middle(&self) -> Option<(f64, f64)> {
        let (mut all, mut sum, mut squares) = (0_i128, 0_i128, 0_i128);
        for measure in self.known() {
            let units = to_units(measure, self.decimals);
            let units = i128::from(Some(units).filter(|units| units.unsigned_abs() < MOST_UNITS)?);
            all += 1;
            sum = sum.checked_add(units)?;
            squares = squares.checked_add(units * units)?;
        }
        if all == 0 {
            return None;
        }
        let spread = all.checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
        let one = unit(self.decimals);
        Some((sum as f64 / all as f64 / one, (spread as f64).sqrt() / all as f64 / one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middles_are_those_of_the_measures() {
        let middle = |measures: &[f64], decimals| CandidateMeasures::new(measures, decimals, |_| {}).middle();
        assert_eq!(middle(&[2.0, 4.0, 4.0, 4.0, 5.0, f64::NAN, 5.0, 7.0, 9.0], 2), (5.0, 2.0));
        assert_eq!(middle(&[0.1, 0.2], 1), (0.15, 0.05));
        assert_eq!(middle(&[], 2), (0.0, 0.0));
        assert_eq!(middle(&[1e300], 2), (1e300, 0.0));
    }
}
