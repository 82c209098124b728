//! The scorers' form: what people are asked to judge, and what they filled in brought back as judgements.
//!
//! [`asked`](Asked::of) finds what can be judged, from the rules and the evidence. Nothing is laid out or written here.

mod asked;

pub use asked::{AnswerScale, Asked, AskedCandidate, JudgedQuestion};

/// What the form is for, as it says of itself.
pub const KIND: &str = "scores";
