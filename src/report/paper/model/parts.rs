//! Which of the two documents a file has.

use schemars::JsonSchema;
use serde::Serialize;

/// Which of the two documents a file has: at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Parts {
    /// Whether it has the paper of five sides.
    pub paper: bool,
    /// Whether it has the annex.
    pub annex: bool,
}

impl Parts {
    /// The paper of five sides alone.
    pub const PAPER: Self = Self { paper: true, annex: false };
    /// The annex alone.
    pub const ANNEX: Self = Self { paper: false, annex: true };
    /// Both, one after the other.
    pub const BOTH: Self = Self { paper: true, annex: true };
}
