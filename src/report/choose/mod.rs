//! The best set of a plan: text, Markdown, HTML, JSON and a workbook. The first three show the same tables, made once in
//! `tables.rs`; `board.rs` has what the paper for the board says of it.

mod basis;
mod board;
mod changes;
mod chart;
mod finding_out;
mod html;
mod json;
mod markdown;
mod tables;
mod text;
mod words;
mod workbook;

pub(super) use board::for_the_board;
pub use board::text_for_the_board;
pub use html::html;
pub use json::{ChoiceFile, SCHEMA, json};
pub use markdown::markdown;
pub use text::text;
pub(super) use words::{because, cost_in_words, in_order, there_is, with_unit};
pub use workbook::workbook;
