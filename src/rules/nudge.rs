//! A small change of a number, for asking who notices.

/// A number a tenth larger than `number`, without the noise of its last digits.
pub(crate) fn nudged(number: f64) -> Option<f64> {
    let larger = if number == 0.0 { 0.1 } else { number * 1.1 };
    format!("{larger:.6}").parse().ok().filter(|larger| *larger != number)
}
