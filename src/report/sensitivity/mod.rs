//! How much the list depends on weights and evidence: text, Markdown, HTML and JSON.
//!
//! The first three show the same tables, made once in `tables.rs`; a view only lays them out.

mod html;
mod json;
mod markdown;
mod tables;
mod text;

pub use html::html;
pub use json::{SCHEMA, SensitivityFile, json};
pub use markdown::markdown;
pub use text::text;
