//! The weighted product: Bridgman (1922, *Dimensional Analysis*); Triantaphyllou (2000, *Multi-Criteria Decision Making
//! Methods: A Comparative Study*, section 2.2.2, pages 8 and 9 by its contents).

/// The product of values raised to their weights; a value of zero makes it zero, unless its weight is.
pub fn weighted_product(row: &[f64], weights: &[f64]) -> f64 {
    let weighing = row.iter().zip(weights).filter(|(_, weight)| **weight > 0.0);
    weighing.map(|(value, weight)| libm::pow(value.max(0.0), *weight)).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Triantaphyllou (2000), section 2.2.2: of A1 (25, 20, 15, 30), A2 (10, 30, 20, 30), A3 (30, 10,
    /// 30, 10) with the weights 0.20, 0.15, 0.40, 0.25 the ratio of A1 to A2 is 1.007, of A1 to A3 1.067 and of A2 to A3
    /// 1.059.
    #[test]
    fn ratios_are_those_of_the_book() {
        let weights = [0.20, 0.15, 0.40, 0.25];
        let score = |row: [f64; 4]| weighted_product(&row, &weights);
        let (a, b, c) =
            (score([25.0, 20.0, 15.0, 30.0]), score([10.0, 30.0, 20.0, 30.0]), score([30.0, 10.0, 30.0, 10.0]));
        for (ratio, printed) in [(a / b, 1.007), (a / c, 1.067), (b / c, 1.059)] {
            assert!((ratio - printed).abs() <= 0.0005, "{ratio} {printed}");
        }
    }

    #[test]
    fn a_value_of_zero_makes_zero_if_it_weighs() {
        assert_eq!(weighted_product(&[0.0, 1.0], &[0.5, 0.5]), 0.0);
        assert_eq!(weighted_product(&[0.0, 1.0], &[0.0, 1.0]), 1.0);
    }
}
