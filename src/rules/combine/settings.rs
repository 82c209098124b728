//! What figures are made with, beside those that go in.

use crate::rules::script::Library;

/// The highest total that can be written: a thousand million times any scale in use.
const MAX_TOTAL: i64 = 1_000_000_000_000_000;

/// Whether a total, in units of its last decimal, can be written.
#[inline]
pub(super) fn is_writable(total: i64) -> bool {
    (-MAX_TOTAL..=MAX_TOTAL).contains(&total)
}

/// How high totals go and how they are rounded.
#[derive(Debug, Clone, Copy)]
pub struct Precision {
    /// What weights add up to, and the highest total where no value passes 1; 1 to 10,000.
    pub scale: u32,
    /// The decimals of points and totals, 0 to 4.
    pub decimals: u32,
}

impl Precision {
    /// The decimals of values and weights: two more than points have, so that their product is exact.
    pub fn fine_decimals(self) -> u32 {
        self.decimals + 2
    }
}

/// What a total or a group's score is made with, beside what its members bring in.
#[derive(Debug, Clone)]
pub struct NodeSettings<'a> {
    /// The scale and decimals.
    pub precision: Precision,
    /// The decimals of what the members bring in.
    pub decimals: u32,
    /// The members' ids.
    pub names: Vec<&'a str>,
    /// The functions that an expression can call.
    pub library: &'a Library,
}
