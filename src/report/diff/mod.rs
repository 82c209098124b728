//! What is other between two lists, and why: text, Markdown and JSON.
//!
//! The first two show the same sections, made once in `sections.rs`; a view only lays them out.

mod areas;
mod choices;
mod committee;
mod evidence;
mod json;
mod markdown;
mod members;
mod movement;
mod plans;
mod rules;
mod section;
mod sections;
mod text;

pub(super) use choices::{of_the_new, of_the_old, outcome as decided_in_words};
pub(super) use json::{AreasEntry, areas_entry};
pub use json::{DiffFile, SCHEMA, json};
pub use markdown::markdown;
pub use text::{moved_text, text};
