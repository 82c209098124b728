//! Files of an older format, written anew in this engine's, where they stand.
//!
//! A step goes from one format to the next and changes the text of a file; then the file says that it is of that format. So a
//! file that is several formats old goes through each. Comments and layout stay.

use std::sync::Arc;

use toml::Table;

use super::changes::line_end;
use crate::diagnostic::{Code, Place, Problem, SourceFile};
use crate::toml_file::{Edit, FORMAT, FORMAT_KEY, Step, edited, newer_format, spliced};

/// What brings files up to a format from the one before.
struct UpgradeStep {
    /// The format that files are of after it.
    to: u32,
    /// What it does, in words that follow a file's name.
    told: &'static str,
    /// The text of the file as that format has it; none where the layout of the file does not allow that.
    rewritten: fn(&str) -> Option<String>,
}

/// Every step, the oldest first. Files that say nothing are of the time before formats were numbered.
const STEPS: &[UpgradeStep] = &[UpgradeStep {
    to: FORMAT,
    told: "says of which format it is, and is as it was otherwise",
    rewritten: |text| Some(text.to_owned()),
}];

/// A file as it would be, and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpgradedText {
    /// Its text.
    pub text: String,
    /// What each step did, in words that follow the file's name.
    pub told: Vec<&'static str>,
}

/// An `assessment.toml` or `ruleset.toml` in this engine's format; none where it is of that already.
///
/// # Errors
/// `newer-format`; a file that is no TOML, or whose layout does not allow it.
pub fn upgraded(source: &Arc<SourceFile>) -> Result<Option<UpgradedText>, Problem> {
    if let Some(newer) = newer_format(source) {
        return Err(newer);
    }
    let found = by_steps(&source.text, STEPS).ok_or_else(|| {
        let message = format!("`{}` can't be brought up to format {FORMAT} because of its layout", source.name);
        let help =
            format!("correct what `prioritise check` finds in it, or write `{FORMAT_KEY} = {FORMAT}` above its tables");
        Problem::new(Code::WriteFailed, message).at(Place::new(source, 0..0)).help(help)
    })?;
    Ok((!found.told.is_empty()).then_some(found))
}

/// The text after every step that it has not gone through yet.
fn by_steps(text: &str, steps: &[UpgradeStep]) -> Option<UpgradedText> {
    let mut found = UpgradedText { text: text.to_owned(), told: Vec::new() };
    let of = format_of(text)?;
    for step in steps.iter().filter(|step| step.to > of) {
        found.text = stating(&(step.rewritten)(&found.text)?, step.to)?;
        found.told.push(step.told);
    }
    Some(found)
}

/// The format that a text says it is of; 0 where it says nothing. None where it is no TOML, or says what can be none.
fn format_of(text: &str) -> Option<u32> {
    match text.parse::<Table>().ok()?.get(FORMAT_KEY) {
        Some(written) => u32::try_from(written.as_integer()?).ok(),
        None => Some(0),
    }
}

/// The text that says to be of a format, and nothing else that is new.
fn stating(text: &str, format: u32) -> Option<String> {
    let mut wanted = text.parse::<Table>().ok()?;
    let is_there = wanted.insert(FORMAT_KEY.to_owned(), i64::from(format).into()).is_some();
    let stated = if is_there {
        edited(text, &[Edit::value(&[Step::Key(FORMAT_KEY)], format.to_string())])?
    } else {
        let (at, end) = (head(text), line_end(text));
        let is_before_space = text.get(at..).is_some_and(|rest| rest.starts_with(['\r', '\n']));
        let space = if is_before_space { "" } else { end };
        spliced(text, vec![(at..at, format!("{FORMAT_KEY} = {format}{end}{space}"))])
    };
    (stated.parse::<Table>().ok()? == wanted).then_some(stated)
}

/// Where the head of a file ends: before its first key or table, and before the comment that stands directly on that, unless the
/// file begins with it; then behind the line that names its schema to editors.
fn head(text: &str) -> usize {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() && !words.starts_with('#') {
            break;
        }
        lines.push((at, words));
        at += line.len();
    }
    let comment = lines.iter().rev().take_while(|(_, words)| !words.is_empty()).last();
    match comment {
        None => at,
        Some((start, _)) if *start > 0 => *start,
        Some((_, words)) if words.starts_with("#:schema") => text.find('\n').map_or(at, |end| end + 1),
        Some(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> Option<String> {
        upgraded(&Arc::new(SourceFile::new("a.toml", text))).unwrap().map(|found| found.text)
    }

    #[test]
    fn the_format_is_stated_at_the_head_and_comments_stay() {
        let stated = |text: &str| after(text).unwrap();
        assert_eq!(stated("[a]\nx = 1 # one\n"), "format = 1\n\n[a]\nx = 1 # one\n");
        assert_eq!(stated("# About.\n\n# On a.\n[a]\n"), "# About.\n\nformat = 1\n\n# On a.\n[a]\n");
        assert_eq!(stated("# About.\n[a]\n"), "format = 1\n\n# About.\n[a]\n");
        assert_eq!(stated("#:schema s.json\n# On a.\n[a]\n"), "#:schema s.json\nformat = 1\n\n# On a.\n[a]\n");
        assert_eq!(stated("#:schema s.json\n\n[a]\r\n"), "#:schema s.json\n\nformat = 1\r\n\r\n[a]\r\n");
        assert_eq!(stated(""), "format = 1\n\n");
        assert_eq!(stated("# Nothing else."), "format = 1\n\n# Nothing else.");
        assert_eq!(stated("format = 0 # old\n[a]\n"), "format = 1 # old\n[a]\n");
        for text in [stated("[a]\n"), stated("# About.\n\nb = 1\n")] {
            assert_eq!(after(&text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_or_newer_is_refused() {
        for text in ["[a", "format = \"one\"", "format = -1", "format = 2", "a = 1\na = 2\n"] {
            assert!(upgraded(&Arc::new(SourceFile::new("a.toml", text))).is_err(), "{text}");
        }
    }

    /// A file that is two formats old goes through both steps, and one that is in between through the last.
    #[test]
    fn each_step_is_taken_once_and_in_order() {
        let steps = [
            UpgradeStep { to: 1, told: "first", rewritten: |text| Some(text.replace("old", "older")) },
            UpgradeStep { to: 2, told: "second", rewritten: |text| Some(text.replace("older", "new")) },
        ];
        let found = by_steps("[a]\nold = 1 # old\n", &steps).unwrap();
        assert_eq!(found.text, "format = 2\n\n[a]\nnew = 1 # new\n");
        assert_eq!(found.told, ["first", "second"]);
        assert_eq!(by_steps("format = 1\n[a]\nolder = 1\n", &steps).unwrap().told, ["second"]);
        assert!(by_steps("format = 2\n", &steps).unwrap().told.is_empty());
    }
}
