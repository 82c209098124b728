//! The scorers' form: what people are asked to judge, and what they filled in brought back as judgements.
//!
//! [`Asked::of`] finds what can be judged, from the rules and the evidence; [`import`] reads what came back, puts the people together
//! and writes them into the texts of the evidence. Nothing is laid out here, and nothing touches a disk.

mod asked;
mod filed;
mod filled;
mod import;
mod panel;

pub use asked::{AnswerScale, Asked, AskedCandidate, JudgedQuestion};
pub use filed::Existing;
pub use import::{ImportedScores, ScoresRequest, import};

/// What the form is for, as it says of itself.
pub const KIND: &str = "scores";
/// The columns of the score and of the reason, counted from the hidden column of the keys.
const SCORE_COLUMN: u32 = 2;
const WHY_COLUMN: u32 = 3;
