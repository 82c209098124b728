//! How large a record may be, and how much work it may ask of whoever verifies it: it can come from anybody.

/// The most that a record may hold, in bytes: 256 MiB. What is larger could not be verified in the memory of a small
/// machine.
pub const MOST_BYTES: u64 = 256 << 20;
/// The most files that a record may hold.
pub const MOST_FILES: usize = 10_000;
/// The most answers that the draws of a record may ask for, a question to a candidate in a draw each: a minute or two on
/// two cores. A record may come from anybody, and to verify it is to draw again.
pub const MOST_ANSWERS: u64 = 50_000_000;
