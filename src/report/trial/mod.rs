//! What came of a rule set's tests: for people as `cargo test` says it, for programs as JSON, for other tools as `JUnit` XML.

pub(super) mod json;
mod junit;
mod text;

pub use json::json as tests_json;
pub use junit::junit as tests_junit;
pub use text::{PassedTests, list as tests_list, text as tests_text};

use crate::diagnostic::Place;
use crate::trial::StaleExcuse;

/// A place in a line: `rules/ours/ruleset.toml, line 12`.
fn at(place: &Place) -> String {
    format!("{}, line {}", place.source.name, line(place))
}

fn line(place: &Place) -> usize {
    place.source.line(place.span.start)
}

/// What is wrong with an excuse.
fn stale_because(stale: &StaleExcuse<'_>, done: &str, what: &str) -> String {
    match stale.is_needless {
        true => format!("this excuse is not needed, because it is {done}: {}", stale.excuse.name),
        false => format!("this excuse matches no {what}: {}", stale.excuse.name),
    }
}
