//! Files with what is to be changed in their text. A change is made in one of several ways, and only where the file then says
//! what was meant and nothing else.

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::lines::differing;
use crate::diagnostic::{Code, Problem};
use crate::toml_file::{Splice, end_of_line, spliced};

/// A file to be changed or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path.
    pub path: String,
    /// What it says; none where it is not there yet.
    pub before: Option<String>,
    /// What it is to say.
    pub after: String,
}

impl ChangedFile {
    /// The lines that go, behind `-`, and those that come, behind `+`, each stretch under the number of its first line.
    pub fn changed_lines(&self) -> Vec<String> {
        differing(self.before.as_deref().unwrap_or_default(), &self.after)
    }
}

/// The first of several ways to change a text in which it says what is wanted.
///
/// # Errors
/// That none does, for the layout of the file.
pub(crate) fn changed(
    (path, text): (&str, &str),
    wanted: &Table,
    ways: impl IntoIterator<Item = Vec<Splice>>,
) -> Result<String, Problem> {
    let texts = ways.into_iter().map(|splices| spliced(text, splices));
    let as_wanted = |text: &String| text.parse::<Table>().is_ok_and(|found| found == *wanted);
    texts.into_iter().find(as_wanted).ok_or_else(|| {
        let message = format!("`{path}` can't be changed because of its layout");
        Problem::new(Code::WriteFailed, message)
            .help("write `[[candidate]]`, `[candidate.evidence.NAME]` and their like as tables, each key on a line of its own")
    })
}

/// The line end of a text.
pub(crate) fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A text as TOML writes it.
pub(crate) fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// A key as TOML writes it: bare where it may be.
pub(super) fn key(name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}

/// What some text is as TOML; nothing where it is none.
pub(crate) fn value_of(text: &str) -> Value {
    let table = format!("it = {text}").parse::<Table>().unwrap_or_default();
    table.get("it").cloned().unwrap_or(Value::Boolean(false))
}

/// Where a value ends; of a table or list of tables, where the last of its values does.
pub(crate) fn end_of(value: &Spanned<DeValue<'_>>) -> usize {
    let inside = value.get_ref().as_table().into_iter().flat_map(|table| table.values()).map(end_of);
    let items = value.get_ref().as_array().into_iter().flat_map(|items| items.iter()).map(end_of);
    inside.chain(items).chain([value.span().end]).max().unwrap_or(0)
}

/// The value of a key.
pub(crate) fn of_key<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

/// Lines put in behind the line in which something ends.
pub(crate) fn lines_behind(text: &str, end: usize, lines: &str) -> Splice {
    let at = end_of_line(text, end);
    let before = if text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('\n')) {
        ""
    } else {
        line_end(text)
    };
    (at..at, format!("{before}{lines}"))
}
