//! From a community safety partnership's evidence to priorities that it can defend.
//!
//! The whole way is on one page, [`pipeline`], in the order data walks:
//!
//! ```text
//! files → assessment (evidence) → rules → scoring (measure → value → points → ranking) → board → explain → report
//! ```
//!
//! Nothing reads backwards. The rooms below are pure: files, terminal, network and clock stay in `cli`, which lends
//! the core something that reads ([`files::Files`]) and takes text back.

pub mod areas;
pub mod assessment;
mod bag;
pub mod board;
pub mod budget;
pub mod choose;
pub mod cli;
pub mod conversation;
mod csv_file;
mod csv_text;
pub mod diagnostic;
pub mod diff;
pub mod digest;
pub mod elicitation;
pub mod enough;
pub mod exact;
pub mod explain;
pub mod figures;
pub mod files;
pub mod filing;
pub mod history;
pub mod import;
pub mod imported;
pub mod learning;
pub mod lints;
pub mod members;
pub mod next_year;
pub mod pipeline;
pub mod public_edition;
pub mod ranked;
pub mod recompute;
pub mod record;
mod refiled;
pub mod report;
pub mod returned;
pub mod review;
pub mod rules;
pub mod scorers;
pub mod scoring;
pub mod sensitivity;
pub mod sheet;
pub mod stats;
mod text_encoding;
pub mod toml_file;
pub mod trial;
pub mod words;
pub mod workshop;

pub use pipeline::{changed_since_recorded, check, load, load_apart, load_tests, rank};
