//! Evidence and statistics as expressions see them: typed values with fields and methods, a file for each kind.
//!
//! Nothing is computed here: `stats` does that. What it finds is joined with a sentence, and refused where evidence is
//! not fit for it.

mod annual;
pub(super) mod answers;
pub(super) mod any;
pub(super) mod column;
mod counts;
mod covering;
mod estimate;
mod finding;
pub(super) mod kinds;
pub(super) mod level;
mod members;
mod offences;
mod opinions;
pub(super) mod outcome;
mod peers;
mod percentages;
mod published;
mod statistic;
pub(super) mod table;
mod unfit;
mod with_number;

pub use counts::POOLED_RATE;

use rhai::Engine;

/// Tells `engine` every type with its fields and methods.
pub(super) fn register(engine: &mut Engine) {
    estimate::register(engine);
    finding::register(engine);
    counts::register(engine);
    published::register(engine);
    percentages::register(engine);
    peers::register(engine);
    offences::register(engine);
    covering::register(engine);
    opinions::register(engine);
    level::register(engine);
    members::register(engine);
    outcome::register(engine);
    table::register(engine);
    annual::register(engine);
    answers::register(engine);
    column::register(engine);
    any::register(engine);
}
