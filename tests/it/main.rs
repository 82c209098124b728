//! The engine as its users meet it: folders in, text out. One binary; a file for each concern.
#![expect(clippy::disallowed_methods, reason = "tests read, write and run what they test")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]
#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test that can't go on has failed")]
#![expect(clippy::print_stdout, reason = "shown where a test fails")]

mod addition;
mod architecture;
mod area_lists;
mod bad_input;
mod budget;
mod cases;
mod commands;
mod confidence;
mod decisions;
mod declared;
mod deprivation;
mod determinism;
mod diagnostics;
mod diff;
mod docs;
mod edits;
mod elicit;
mod explain;
mod faults;
mod findings;
mod fingertips;
mod fixtures;
mod forgery;
mod harm;
mod history;
mod home_office;
mod hostile;
mod import_cases;
mod import_police_uk;
mod injection;
mod invariance;
mod keys;
mod learning;
mod levels;
mod lints;
mod lists;
mod matrix;
mod model;
mod outputs;
mod paper;
mod parameters;
mod published;
mod recalculation;
mod recheck;
mod recompute;
mod record;
mod register;
mod returned;
mod schemas;
mod sensitivity;
mod shares;
mod sheets;
mod signing;
mod sources;
mod statistics;
mod support;
mod table;
mod trial;
mod untrusted;
mod verdicts;
mod watch;
mod workbook;
