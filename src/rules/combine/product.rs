//! The weighted product: each value raised to its share of the weight, multiplied. A value of zero ends it.

use num_bigint::BigUint;

use super::arithmetic::Term;
use super::earned::Earned;
use super::member::{OverWeights, Script, WayToCombine};
use super::settings::{NodeSettings, Precision};
use crate::diagnostic::Problem;
use crate::rules::script::Library;

#[derive(Debug)]
pub(super) struct Product;

impl WayToCombine for Product {
    fn word(&self) -> &'static str {
        "product"
    }

    fn earned(&self) -> Earned {
        Earned::Factor
    }

    fn multiplied(&self, names: &[&str], _: &Library) -> Vec<usize> {
        (0..names.len()).collect()
    }

    fn over_weights(&self) -> Option<&dyn OverWeights> {
        Some(self)
    }

    fn total(&self, row: &[i64], settings: &NodeSettings<'_>, _: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        Ok(product(row, settings.precision))
    }

    fn arithmetic(&self, scale: u32, names: &[&str]) -> Vec<Term> {
        let mut terms = vec![Term::text(scale.to_string()), Term::text(" * ")];
        terms.extend(Term::figures(names.len(), "*"));
        terms
    }

    fn sentence(&self, scale: &str) -> String {
        format!(
            "Each value becomes a factor, the value to the power of its share of the weight; the total is {scale} \
             times the product of the factors."
        )
    }

    fn clause(&self) -> String {
        "the weighted product of the values".to_owned()
    }
}

/// The scale times the factors, exactly, then rounded once.
fn product(factors: &[i64], precision: Precision) -> Option<i64> {
    let decimals = precision.fine_decimals() * u32::try_from(factors.len()).ok()?;
    let scale = BigUint::from(precision.scale);
    divided(multiplied(factors) * scale, decimals, BigUint::from(1_u32), precision.decimals)
}

/// Whole numbers multiplied, exactly.
pub(super) fn multiplied(numbers: &[i64]) -> BigUint {
    numbers.iter().map(|number| BigUint::from(number.unsigned_abs())).product()
}

/// A whole number of units of `from` decimals over `divisor`, rounded to `to` decimals, halves up.
pub(super) fn divided(units: BigUint, from: u32, divisor: BigUint, to: u32) -> Option<i64> {
    let ten = BigUint::from(10_u32);
    let (up, down) = (ten.pow(to.saturating_sub(from)), ten.pow(from.saturating_sub(to)));
    let divisor = divisor * down;
    let twice = units * up * 2_u32 + &divisor;
    i64::try_from(twice / (divisor * 2_u32)).ok()
}

/// Its logarithm is a sum over the weights.
impl OverWeights for Product {
    fn term(&self, value: f64, _: f64) -> Result<f64, &'static str> {
        if value > 0.0 { Ok(libm::log(value)) } else { Err("the total is a product, and one of the values is 0") }
    }

    fn level(&self, total: f64, scale: f64) -> f64 {
        libm::log(total / scale)
    }

    fn level_of_unit(&self, unit: f64, total: f64) -> f64 {
        unit / total
    }

    /// A factor is no less than its value, and a total no less than the least value.
    fn rounding(&self, _: f64, terms: &[f64], unit: f64, fine_unit: f64, _: f64) -> f64 {
        let lost = |size: f64, by: f64| if size > by { -libm::log1p(-by / size) } else { f64::INFINITY };
        let values: Vec<f64> = terms.iter().map(|term| libm::exp(*term)).collect();
        let least = values.iter().copied().fold(1.0, f64::min);
        values.iter().map(|value| lost(*value, fine_unit / 2.0)).sum::<f64>() + lost(least, unit / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact() {
        let precision = Precision { scale: 100, decimals: 2 };
        // 0.5000 × 0.3333 × 100 = 16.665, and halves go up.
        assert_eq!(product(&[5000, 3333], precision), Some(1667));
        assert_eq!(product(&[10_000; 40], precision), Some(10_000));
        // 8.25 × 7.10 ÷ 100 = 0.58575
        assert_eq!(divided(multiplied(&[825, 710]), 4, BigUint::from(100_u32), 2), Some(59));
        assert_eq!(divided(multiplied(&[825, 710]), 4, BigUint::from(100_u32), 4), Some(5858));
    }
}
