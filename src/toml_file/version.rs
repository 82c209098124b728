//! The format of an assessment's or a rule set's files, which the first of them says at its head: `format = 1`.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::{At, Checker, WrittenNumber};
use crate::diagnostic::{Code, Place, Problem, SourceFile};

/// The format that this engine reads and writes. It goes up by one when files that were sound would be read otherwise, and
/// `prioritise upgrade` then knows how to write the older ones anew.
pub const FORMAT: u32 = 1;
/// The key that says it.
pub const FORMAT_KEY: &str = "format";

/// What is wrong where a file says that it is of a newer format than this engine reads. Nothing else of such a file is judged:
/// its other keys may mean what this engine does not know.
pub fn newer_format(source: &Arc<SourceFile>) -> Option<Problem> {
    let (document, _) = DeTable::parse_recoverable(&source.text);
    let (_, value) = document.get_ref().iter().find(|(key, _)| key.get_ref() == FORMAT_KEY)?;
    let DeValue::Integer(number) = value.get_ref() else { return None };
    let written = number.as_str().parse::<u128>().ok().filter(|written| *written > u128::from(FORMAT))?;
    let message = format!("this file is of format {written}, and this engine reads formats up to {FORMAT}");
    let help = "use a newer version of prioritise: this one would read some of it wrongly";
    Some(Problem::new(Code::NewerFormat, message).at(Place::new(source, value.span())).help(help))
}

/// Notes a format that is no number of one. What is newer was told before.
pub fn judge_format(check: &mut Checker<'_>, written: Option<&At<WrittenNumber>>) {
    if let Some(written) = written {
        check.whole_within(written, "a format", 1..=FORMAT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newer(text: &str) -> Option<String> {
        newer_format(&Arc::new(SourceFile::new("a.toml", text))).map(|problem| problem.message)
    }

    #[test]
    fn only_a_number_that_is_too_large_is_newer() {
        for text in ["", "format = 1", "format = 0", "format = \"2\"", "[x]\nformat = 2", "format = -2", "format = 1.5"]
        {
            assert_eq!(newer(text), None, "{text}");
        }
        for text in ["format = 2", "format = 1_000", "format = 99999999999999999999", "format = 2\nnot TOML at all"] {
            assert!(newer(text).is_some(), "{text}");
        }
    }
}
