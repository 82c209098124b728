//! Numbers of value functions, and how they are shown.

use crate::words::number;

/// A measure and its value.
pub type Anchor = (f64, f64);

/// The most decimals that a number of a value function is shown with.
const DECIMALS: u32 = 6;

/// A number of a value function as a reader sees it.
pub(super) fn figure(x: f64) -> String {
    number(x, DECIMALS)
}
