//! Values of measures that lie close together, each made once: rounded figures of a long list mostly do.

use crate::exact::{Fixed, to_units, unit};

/// How many candidates there are for each measure that there could be, at least, for making values ahead to be worth it.
const WORTH: usize = 4;

/// Every measure of so many decimals between two, with its value in units.
pub(super) struct ValueTable {
    /// The lowest measure, in units of its decimals.
    lowest: f64,
    /// How many of them make one.
    unit: f64,
    /// The measures, ascending.
    cells: Vec<(f64, i64)>,
}

impl ValueTable {
    /// Of what lies between the lowest and the highest of `measures`, by `values`. None where they are few or far apart.
    #[expect(
        clippy::cast_precision_loss,
        reason = "what is close together and far from zero is not found, and made anew"
    )]
    pub(super) fn new(measures: &[f64], decimals: u32, values: impl Fn(&[f64], &mut [i64])) -> Option<Self> {
        let lowest = to_units(measures.iter().copied().fold(f64::INFINITY, f64::min), decimals);
        let highest = to_units(measures.iter().copied().fold(f64::NEG_INFINITY, f64::max), decimals);
        let width = usize::try_from(highest.checked_sub(lowest)?).ok()?;
        if width >= measures.len() / WORTH {
            return None;
        }
        let steps: Vec<f64> = (lowest..=highest).map(|units| Fixed::new(units, decimals).to_f64()).collect();
        let mut units = vec![0; steps.len()];
        values(&steps, &mut units);
        Some(Self { lowest: lowest as f64, unit: unit(decimals), cells: steps.into_iter().zip(units).collect() })
    }

    /// The value of a measure; none where it is not among those whose values were made.
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is not found there is none")]
    pub(super) fn value(&self, measure: f64) -> Option<i64> {
        let at = (measure * self.unit - self.lowest + 0.5) as u32;
        self.cells.get(at as usize).filter(|(known, _)| *known == measure).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(measures: &[f64], decimals: u32) -> Option<ValueTable> {
        ValueTable::new(measures, decimals, |steps, units| {
            for (step, units) in steps.iter().zip(units) {
                *units = to_units(*step * 3.0, decimals);
            }
        })
    }

    #[test]
    fn each_measure_has_its_value_and_what_was_not_made_has_none() {
        let measures: Vec<f64> = (0..1000_i32).map(|it| f64::from(it % 90 - 30) / 10.0).chain([f64::NAN]).collect();
        let found = table(&measures, 1).unwrap();
        for measure in measures.iter().filter(|measure| !measure.is_nan()) {
            assert_eq!(found.value(*measure), Some(to_units(measure * 3.0, 1)), "{measure}");
        }
        for measure in [f64::NAN, 0.05, -3.1, 6.0, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert_eq!(found.value(measure), None, "{measure}");
        }
    }

    #[test]
    fn few_measures_and_those_far_apart_have_no_table() {
        assert!(table(&[1.0, 2.0], 0).is_none());
        assert!(table(&[0.0; 7], 0).is_some());
        let apart: Vec<f64> = (0..100_u32).map(|it| f64::from(it) * 1e9).collect();
        assert!(table(&apart, 2).is_none());
        assert!(table(&[f64::NAN; 9], 0).is_none());
        assert!(table(&[f64::INFINITY, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0], 0).is_none());
        assert!(table(&[], 0).is_none());
    }
}
