//! Small changes of what a rule set says, to ask whether any of its tests notices.

use std::ops::Range;

use super::nudge::{nudged, tidy};
use super::setting::Setting;
use crate::toml_file::At;

/// A small change of a value function's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleVariation {
    /// What is changed: `value from`.
    pub what: String,
    /// Where it is written, in bytes of the file.
    pub span: Range<usize>,
    /// What is written there instead.
    pub text: String,
}

impl RuleVariation {
    /// A number changed to another. None where it is a parameter's, whose own values are changed.
    pub fn number(what: &str, setting: &At<Setting>, to: f64) -> Option<Self> {
        let own = setting.value.parameter.is_none();
        own.then(|| Self { what: what.to_owned(), span: setting.span.clone(), text: tidy(to).to_string() })
    }

    /// A number a tenth larger. None where it is a parameter's.
    pub fn nudged(what: &str, setting: &At<Setting>) -> Option<Self> {
        Self::number(what, setting, nudged(setting.value.number)?)
    }

    /// A word changed to each other one that can stand here.
    pub fn words<'w>(
        what: &str,
        span: &Range<usize>,
        now: &str,
        words: impl IntoIterator<Item = &'w str>,
    ) -> Vec<Self> {
        let others = words.into_iter().filter(|word| *word != now);
        others.map(|word| Self { what: what.to_owned(), span: span.clone(), text: format!("\"{word}\"") }).collect()
    }
}
