//! What a person states beside a record: a day, or a line of words. Neither is ever taken from the machine.

use crate::assessment::{Day, day_help};
use crate::diagnostic::{Code, Problem};
use crate::words::unseen_letter;

/// The longest words that a person may state, in bytes.
const LONGEST: usize = 2_000;

/// Whether `text` is a day.
///
/// # Errors
/// One problem where it is none.
pub(crate) fn day(text: &str) -> Result<(), Problem> {
    match Day::parse(text).is_some() {
        true => Ok(()),
        false => {
            Err(Problem::new(Code::BadPeriod, format!("`{}` is not a day", text.escape_debug())).help(day_help(text)))
        }
    }
}

/// Whether `text` is a digest as one is filed: `sha256:` and 64 hexadecimal digits in lower case.
pub(crate) fn is_digest(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:").unwrap_or_default();
    digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether `text` is one line of words.
///
/// # Errors
/// One problem where it is not.
pub(crate) fn words(text: &str) -> Result<(), Problem> {
    let wrong = |what: &str| {
        let message = format!("a statement must be one line of text: this {what}");
        Err(Problem::new(Code::BadValue, message).help("write a name, or a sentence"))
    };
    match text {
        _ if text.trim().is_empty() => wrong("is empty"),
        _ if text.len() > LONGEST => wrong(&format!("has more than {LONGEST} bytes")),
        _ if text.chars().any(char::is_control) => wrong("has a line break, a tab or the like"),
        _ if unseen_letter(text).is_some() => wrong("has a character in it that nobody sees"),
        _ => Ok(()),
    }
}
