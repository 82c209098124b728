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
//!
//! # Ranking from another program
//!
//! Files can be anywhere, such as in memory; `examples/` has more, and columns instead of files.
//!
//! ```
//! # const ASSESSMENT: &str = "[assessment]\ntitle = 'T'\npartnership = 'P'\nperiod = '2025'\nrules = 'rules'\n[[source]]\nid = 's'\ntitle = 'S'\n[[table]]\nfile = 'table.csv'\nid = 'id'\nkind = 'crime'\n[table.column.worry]\nheader = 'worry'\nkind = 'percentage'\nsource = 's'\nwhere = 'w'\n";
//! # const RULES: &str = "[ruleset]\nname = 'R'\nversion = '1'\n[evidence.worry]\nkind = 'percentage'\ntitle = 'Worry'\n[[criterion]]\nid = 'worry'\ntitle = 'Worry'\nquestion = 'How many worry?'\nweight = 1\nmeasure = 'worry'\nunit = '%'\ndecimals = 0\ndirection = 'higher-is-worse'\nvalue = { linear = { from = 0, to = 50 } }\nmissing = 'neutral'\nbecause = '{measure}% worry.'\n[[tier]]\nid = 'all'\ntitle = 'All'\n";
//! use prioritise::{diagnostic::Problems, files::Memory};
//!
//! let files = Memory::<Vec<u8>>::default()
//!     .with("ours/assessment.toml", ASSESSMENT)
//!     .with("ours/table.csv", "id,worry\narson,12\nburglary,41\n")
//!     .with("ours/rules/ruleset.toml", RULES);
//! let mut problems = Problems::default();
//! let (assessment, rules) = prioritise::load(&files, "ours", None, &mut problems).expect("no problem stops it");
//! let ranked = prioritise::rank(&assessment, &rules, std::num::NonZeroUsize::MIN, problems).expect("every script runs");
//! let first = ranked.traces.first().expect("somebody is ranked");
//! assert_eq!((first.id(), first.total.map(|total| total.to_string())), ("burglary", Some("82.00".to_owned())));
//! ```

pub mod areas;
pub mod assessment;
mod bag;
pub mod board;
pub mod budget;
pub mod choose;
#[cfg(feature = "command")]
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

pub use pipeline::{changed_since_recorded, check, load, load_apart, load_tests, of_columns, rank};
