//! The engine as its users meet it: folders in, text out. One binary; a file for each concern.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod commands;
mod diagnostics;
mod docs;
mod fixtures;
mod schemas;
mod support;
