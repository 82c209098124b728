//! The sum of the points: exact.

use super::arithmetic::Term;
use super::earned::Earned;
use super::member::{OverWeights, Script, WayToCombine};
use super::settings::{NodeSettings, is_writable};
use crate::diagnostic::Problem;

#[derive(Debug)]
pub(super) struct Sum;

impl WayToCombine for Sum {
    fn word(&self) -> &'static str {
        "sum"
    }

    fn earned(&self) -> Earned {
        Earned::Points
    }

    fn adds_points(&self) -> bool {
        true
    }

    fn over_weights(&self) -> Option<&dyn OverWeights> {
        Some(self)
    }

    #[inline]
    fn total(&self, row: &[i64], _: &NodeSettings<'_>, _: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        Ok(row.iter().try_fold(0_i64, |sum, points| sum.checked_add(*points)))
    }

    /// A column at a time.
    fn totals(
        &self,
        columns: &[&mut [i64]],
        wanted: &[bool],
        _: (&NodeSettings<'_>, Script<'_, '_>),
        totals: &mut [Option<i64>],
        failed: &mut dyn FnMut(usize, Option<Problem>),
    ) {
        let mut sums = vec![Some(0_i64); wanted.len()];
        for column in columns {
            for (sum, points) in sums.iter_mut().zip(column.iter()) {
                *sum = sum.and_then(|sum| sum.checked_add(*points));
            }
        }
        let rows = totals.iter_mut().zip(sums).enumerate();
        for ((at, (total, sum)), _) in rows.zip(wanted).filter(|(_, wanted)| **wanted) {
            match sum.filter(|sum| is_writable(*sum)) {
                None => failed(at, None),
                sum => *total = sum,
            }
        }
    }

    fn arithmetic(&self, _: u32, names: &[&str]) -> Vec<Term> {
        Term::figures(names.len(), "+")
    }

    fn sentence(&self, scale: &str) -> String {
        format!("The weights add up to {scale}; the total is the sum of the points.")
    }

    fn clause(&self) -> String {
        "the sum of the points".to_owned()
    }
}

impl OverWeights for Sum {
    fn term(&self, value: f64, scale: f64) -> Result<f64, &'static str> {
        Ok(value * scale)
    }

    fn level(&self, total: f64, _: f64) -> f64 {
        total
    }

    fn level_of_unit(&self, unit: f64, _: f64) -> f64 {
        unit
    }

    fn rounding(&self, questions: f64, _: &[f64], unit: f64, _: f64, scale: f64) -> f64 {
        questions * unit / 2.0 * scale
    }
}
