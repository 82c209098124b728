//! The confidence level: every interval holds 95%, two-sided, and the outer limits of a funnel hold 99.8%.
//!
//! Whoever changes it also works out the exact intervals of small counts again (`poisson.rs`), and says it in the
//! sentences that name it.

/// The standard normal quantile that leaves 2.5% on each side.
pub const Z95: f64 = 1.959_963_984_540_054;
/// What lies beyond each end of an interval.
pub(super) const TAIL_95: f64 = 0.025;

/// The standard normal quantile that leaves 0.1% on each side.
pub(super) const Z998: f64 = 3.090_232_306_167_813;
/// What lies beyond each of the outer limits of a funnel.
pub(super) const TAIL_998: f64 = 0.001;
