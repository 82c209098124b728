//! How far expressions and scripts may go. `docs/rules.md` gives each limit with its number.

/// The most steps of one evaluation: a small score takes about ten.
pub const MAX_OPERATIONS: u64 = 100_000;
/// The deepest nesting of calls.
pub const MAX_CALLS: usize = 32;
/// The deepest nesting of one expression, outside and inside functions.
pub const MAX_DEPTHS: (usize, usize) = (64, 32);
/// The longest text, in bytes.
pub const MAX_TEXT: usize = 10_000;
/// The longest text that stands in code, in bytes.
pub const MAX_WRITTEN_TEXT: usize = 1_000;
/// The longest list, in items.
pub const MAX_LIST: usize = 10_000;
/// The largest map, in keys; also the most numbers of a parameter's table.
pub const MAX_MAP: usize = 1_000;
/// The most variables in scope at once.
pub const MAX_VARIABLES: usize = 200;
/// The most functions of a rule set.
pub const MAX_FUNCTIONS: usize = 500;
