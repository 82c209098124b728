//! Weights as whole numbers in proportion to each other: exact, until they are written.

use num_bigint::BigUint;
use rust_decimal::Decimal;

use crate::rules::apportion;

/// What a part of one is counted in.
const FINE: u64 = 1_000_000_000_000;

/// Weights in proportion to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proportions(Vec<BigUint>);

impl Proportions {
    /// In proportion to numbers from zero up.
    pub fn of_decimals(numbers: &[Decimal]) -> Self {
        let finest = numbers.iter().map(Decimal::scale).max().unwrap_or(0);
        let ten = BigUint::from(10_u32);
        let whole =
            |number: &Decimal| BigUint::from(number.mantissa().unsigned_abs()) * ten.pow(finest - number.scale());
        Self(numbers.iter().map(whole).collect())
    }

    /// In proportion to parts of one, rounded to twelve decimals.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "parts of one, to twelve decimals")]
    pub(super) fn of_parts(parts: &[f64]) -> Self {
        Self(parts.iter().map(|part| BigUint::from((part * 1e12).round() as u64)).collect())
    }

    /// Each times a whole number of its own.
    pub(super) fn times(&self, factors: &[BigUint]) -> Self {
        Self(self.0.iter().zip(factors).map(|(weight, factor)| weight * factor).collect())
    }

    /// The arithmetic mean of several people's, each brought to the same sum.
    pub(super) fn mean(each: &[Self]) -> Self {
        let sums: Vec<BigUint> = each.iter().map(|one| one.0.iter().sum()).collect();
        let length = each.first().map_or(0, |one| one.0.len());
        let at = |item: usize| {
            let of = |(person, one): (usize, &Self)| {
                let others = sums.iter().enumerate().filter(|(other, _)| *other != person);
                others.fold(one.0.get(item).cloned().unwrap_or_default(), |product, (_, sum)| product * sum)
            };
            each.iter().enumerate().map(of).sum()
        };
        Self((0..length).map(at).collect())
    }

    /// In units that add up to `whole`.
    pub fn units(&self, whole: i64) -> Vec<i64> {
        apportion(&self.0, whole)
    }

    /// As parts of one, each rounded to twelve decimals; all zero where nothing has any weight.
    #[expect(clippy::cast_precision_loss, reason = "twelve digits")]
    pub(super) fn parts(&self) -> Vec<f64> {
        let sum: BigUint = self.0.iter().sum();
        let fine = |weight: &BigUint| (weight * (2 * FINE) + &sum) / (&sum * 2_u32);
        let part = |weight: &BigUint| u64::try_from(fine(weight)).unwrap_or(0) as f64 / 1e12;
        if sum == BigUint::ZERO { vec![0.0; self.0.len()] } else { self.0.iter().map(part).collect() }
    }

    /// As fractions of the whole, in lowest terms: `25/48`.
    pub fn fractions(&self) -> Vec<String> {
        let sum: BigUint = self.0.iter().sum();
        self.0.iter().map(|weight| fraction(weight, &sum)).collect()
    }
}

fn fraction(weight: &BigUint, sum: &BigUint) -> String {
    let (mut a, mut b) = (weight.clone(), sum.clone());
    while b != BigUint::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    match () {
        () if *weight == BigUint::ZERO => "0".to_owned(),
        () if weight == sum => "1".to_owned(),
        () => format!("{}/{}", weight / &a, sum / &a),
    }
}

/// Rank-order centroid weights for places from 1, the most important: of `n` things the `k`th has the mean of `1/n`,
/// `1/n` and so on from the `k`th place to the last: `(1/k + … + 1/n)/n`. Equals share the mean of their places' weights.
///
/// Source: Barron and Barrett (1996), *Management Science* 42(11), 1515–1523; the centroid of all weights in that order.
pub(super) fn centroid(places: &[Decimal]) -> Proportions {
    let count = places.len();
    // All the denominators divide the product of 1 to n; so do the sizes of ties.
    let product = |to: usize| (1..=to).fold(BigUint::from(1_u32), |product, number| product * BigUint::from(number));
    let common = product(count);
    let of_place = |place: usize| (place..=count).map(|number| &common / BigUint::from(number)).sum::<BigUint>();
    let weight = |place: &Decimal| {
        let before = places.iter().filter(|other| *other < place).count();
        let equals = places.iter().filter(|other| *other == place).count();
        let sum: BigUint = (before + 1..=before + equals).map(of_place).sum();
        sum * &common / BigUint::from(equals)
    };
    Proportions(places.iter().map(weight).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimals(numbers: &[&str]) -> Vec<Decimal> {
        numbers.iter().map(|number| number.parse().unwrap()).collect()
    }

    fn rounded(places: &[&str]) -> Vec<String> {
        centroid(&decimals(places)).parts().iter().map(|part| format!("{part:.4}")).collect()
    }

    /// Barron and Barrett (1996), as above: the weights for three, four and five things; those for four are printed in
    /// Roszkowska (2013), *Optimum. Studia Ekonomiczne* 5(65), 14–33, table 4.
    #[test]
    fn published_centroids() {
        assert_eq!(rounded(&["1", "2", "3"]), ["0.6111", "0.2778", "0.1111"]);
        assert_eq!(rounded(&["1", "2", "3", "4"]), ["0.5208", "0.2708", "0.1458", "0.0625"]);
        assert_eq!(rounded(&["1", "2", "3", "4", "5"]), ["0.4567", "0.2567", "0.1567", "0.0900", "0.0400"]);
    }

    #[test]
    fn centroids_are_exact() {
        assert_eq!(centroid(&decimals(&["2", "1", "4", "3"])).fractions(), ["13/48", "25/48", "1/16", "7/48"]);
        // The second and third of three share 5/18 and 2/18.
        assert_eq!(centroid(&decimals(&["1", "2", "2"])).fractions(), ["11/18", "7/36", "7/36"]);
        assert_eq!(centroid(&decimals(&["1", "1"])).fractions(), ["1/2", "1/2"]);
    }

    #[test]
    fn the_mean_gives_everybody_the_same_say() {
        let one = Proportions::of_decimals(&decimals(&["100", "50"]));
        let other = Proportions::of_decimals(&decimals(&["0.1", "0.9"]));
        // 2/3 and 1/10, 1/3 and 9/10.
        assert_eq!(Proportions::mean(&[one, other]).fractions(), ["23/60", "37/60"]);
        assert_eq!(Proportions::of_decimals(&decimals(&["0", "2.5"])).fractions(), ["0", "1"]);
    }

    proptest! {
        #[test]
        fn centroids_fall_with_the_place_and_add_up(places in prop::collection::vec(1..9_u32, 2..12)) {
            let decimals: Vec<Decimal> = places.iter().map(|place| Decimal::from(*place)).collect();
            let units = centroid(&decimals).units(1_000_000_000);
            prop_assert_eq!(units.iter().sum::<i64>(), 1_000_000_000);
            for (a, one) in places.iter().zip(&units) {
                for (b, other) in places.iter().zip(&units) {
                    prop_assert!(a <= b || one < other);
                    prop_assert!(a != b || one.abs_diff(*other) <= 1);
                }
            }
        }
    }
}
