//! Rhai, fenced: what rule sets may compute, and no more.
//!
//! Expressions see evidence and statistics; they reach no file, network, clock or randomness, can't print, can't
//! evaluate text, and run within bounds on steps, depth and memory. Their arithmetic is the same on every machine and
//! their comparisons are exact. `docs/rules.md` lists what they can call.

mod answer;
mod argument;
mod check;
mod compare;
mod edits;
mod error;
mod expression;
mod fence;
mod multiplied;
mod names;
mod numbers;
mod numeric;
mod run;
mod tokens;
mod types;
mod watch;

pub use answer::Answer;
pub use argument::Argument;
pub use check::ScriptChecker;
pub use edits::{Edit, edits};
pub use expression::{Expression, Library, Piece, Script, Template, Variables};
pub use multiplied::{Pair, multiplied};
pub use names::{Vocabulary, vocabulary};
pub use numbers::numbers;
pub use run::{Compiled, Compiler};
pub use tokens::{Function, functions_of, names_in, says_the_same};
pub use watch::{Statement, watched};

/// The most steps of one evaluation: a small score takes about ten.
pub const MAX_OPERATIONS: u64 = 100_000;
/// The deepest nesting of calls.
pub const MAX_CALLS: usize = 32;
/// The deepest nesting of one expression, outside and inside functions.
pub const MAX_DEPTHS: (usize, usize) = (64, 32);
/// The longest text, in bytes.
pub const MAX_TEXT: usize = 10_000;
/// The longest list.
pub const MAX_LIST: usize = 10_000;
/// The largest map.
pub const MAX_MAP: usize = 1_000;
/// The most variables in scope at once.
pub const MAX_VARIABLES: usize = 200;
/// The most functions of a rule set.
pub const MAX_FUNCTIONS: usize = 500;
