//! The best set of a plan: text, Markdown, HTML and JSON. The first three show the same tables, made once in `tables.rs`.

mod chart;
mod html;
mod json;
mod markdown;
mod tables;
mod text;
mod words;

pub use html::html;
pub use json::{ChoiceFile, SCHEMA, json};
pub use markdown::markdown;
pub use text::text;
