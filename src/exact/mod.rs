//! Exact numbers: with a fixed count of decimals, as they are printed, in lists that are counted instead of compared, and as
//! intervals that hold every answer.
//!
//! It knows nothing of what the numbers are of.

mod below;
mod ends;
mod extremes;
mod fixed;
mod interval;

pub use below::Below;
pub use ends::Ends;
pub use extremes::{Area, Course, Extreme, Landscape, Outline, highest, lowest};
pub use fixed::{Fixed, divide_rounding, multiply_rounding, round_to, to_units, unit};
pub use interval::Interval;
