//! Exact numbers: with a fixed count of decimals, as they are printed, and in lists that are counted instead of compared.
//!
//! It knows nothing of what the numbers are of.

mod below;
mod fixed;

pub use below::Below;
pub use fixed::{Fixed, divide_rounding, multiply_rounding, round_to, to_units};
