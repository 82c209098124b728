//! What is told of a record or a register, as text and as JSON. A view chooses and lays out: nothing is verified here.

pub mod register;
pub mod verification;
