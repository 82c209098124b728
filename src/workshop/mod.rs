//! A workshop of the board: what the room can change, and what became of it.
//!
//! [`judging`] and [`other_scores`] have the engine work out what other judgements would make of a list, for a page that does
//! no more than the sums behind them. [`session`] reads what was settled there, writes it into the assessment and its rules,
//! and asks whether the list is the one that the room saw. [`lists`] makes the lists of many settings, for whoever holds the
//! page's figures against the engine's.

mod judging;
mod lists;
mod other_scores;
pub mod session;

pub use judging::{Judging, Worth, judging};
pub use lists::lists;
pub use other_scores::{GateByScore, OtherScores, other_scores};
