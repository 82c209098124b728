//! Small changes of numbers, for asking who notices.

/// The part of the way to its neighbour that a number is moved.
pub(super) const MOVED: f64 = 0.1;

/// A number a tenth larger than `number`, without the noise of its last digits.
pub(crate) fn nudged(number: f64) -> Option<f64> {
    let larger = if number == 0.0 { 0.1 } else { number * 1.1 };
    Some(tidy(larger)).filter(|larger| *larger != number)
}

/// A number without the noise of its last digits.
pub(crate) fn tidy(number: f64) -> f64 {
    format!("{number:.6}").parse().unwrap_or(number)
}
