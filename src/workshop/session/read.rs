//! A session's file, read strictly: within a size, with known keys alone, and with texts that are one line and safe to show.

use serde_json::Value;

use super::format::SessionFile;
use crate::assessment::day_of;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, read_text};
use crate::words::{unseen_letter, visible};

/// The version of this format.
pub const SCHEMA: &str = "prioritise/workshop-session/1";
/// The version of the answers in it.
const ANSWERS_SCHEMA: &str = "prioritise/workshop-answers/1";
/// The folder of an assessment that keeps its sessions.
pub const SESSION_FOLDER: &str = "workshop";
/// The largest session that is read, in bytes: twelve people with a hundred candidates have one.
const LIMIT: u64 = 16 << 20;
/// The longest text in it, in bytes.
const LONGEST: usize = 2_000;
/// The most places that a list can have.
const MOST_PEOPLE: usize = 100;

/// The session in a file, with its text.
///
/// # Errors
/// Why it is none.
pub(super) fn read(files: &dyn Files, path: &str) -> Result<(SessionFile, String), Problems> {
    let source = read_text(files, path, LIMIT, None)?;
    let value: Value = serde_json::from_str(&source.text).map_err(|error| not_a_session(path, &error))?;
    let mut problems = Problems::default();
    texts(&value, path, &mut problems);
    if problems.has_errors() {
        return Err(problems);
    }
    // From the text, so that what is wrong is told with its line.
    let session: SessionFile = serde_json::from_str(&source.text).map_err(|error| not_a_session(path, &error))?;
    judged(&session, path, &mut problems);
    if problems.has_errors() { Err(problems) } else { Ok((session, source.text.clone())) }
}

fn not_a_session(path: &str, error: &serde_json::Error) -> Problem {
    let message = format!("`{path}` is not a session of the workshop’s page: {error}");
    bad(&visible(&message, &[])).help("save the session in the page again, and leave the file as it is")
}

fn bad(message: &str) -> Problem {
    Problem::new(Code::BadSession, message)
}

/// Notes every text, and every key, that is too long or has in it what nobody sees. Line breaks are for the page's own notes.
fn texts(value: &Value, path: &str, problems: &mut Problems) {
    match value {
        Value::String(text) => safe(text, path, problems),
        Value::Array(items) => items.iter().for_each(|item| texts(item, path, problems)),
        Value::Object(entries) => {
            for (key, item) in entries {
                safe(key, path, problems);
                texts(item, path, problems);
            }
        }
        _ => {}
    }
}

fn safe(text: &str, path: &str, problems: &mut Problems) {
    let is_odd = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    let wrong = match text {
        _ if text.len() > LONGEST => format!("has a text of more than {LONGEST} bytes"),
        _ if text.chars().any(is_odd) => "has a control character in a text".to_owned(),
        _ if unseen_letter(text).is_some() => "has a character in a text that nobody sees".to_owned(),
        _ => return,
    };
    if problems.errors() == 0 {
        let start: String = text.chars().take(40).collect();
        let message = format!("`{path}` {wrong}: “{}…”", visible(&start, &[]));
        problems.push(bad(&message).help("change that text in the page, and save the session again"));
    }
}

/// Notes what can't be in a session that the page saved.
fn judged(session: &SessionFile, path: &str, problems: &mut Problems) {
    let mut wrong = |what: String| {
        let help = "save the session in the page again, and leave the file as it is";
        problems.push(bad(&format!("`{path}` {what}")).help(help));
    };
    if session.schema != SCHEMA {
        wrong(format!("has the schema `{}`; this engine reads `{SCHEMA}`", visible(&session.schema, &[])));
    }
    if session.answers.iter().any(|answers| answers.schema != ANSWERS_SCHEMA) {
        wrong(format!("has answers of another schema than `{ANSWERS_SCHEMA}`"));
    }
    if made_at(session).is_none() {
        wrong(format!("was made at `{}`, which is no time as in `2026-11-30T16:02:11Z`", visible(&session.made, &[])));
    }
    if session.people.len() > MOST_PEOPLE || session.answers.len() > MOST_PEOPLE {
        wrong(format!("has answers of more than {MOST_PEOPLE} people"));
    }
    if session.judgements.iter().any(|judgement| judgement.scores.is_empty()) {
        wrong("has a judgement without a score".to_owned());
    }
}

/// The day and the time of day at which a session was saved, as in `2026-11-30` and `160211`.
pub(super) fn made_at(session: &SessionFile) -> Option<(String, String)> {
    let (day, time) = session.made.strip_suffix('Z')?.split_once('T')?;
    day_of(day).filter(|period| period.iso_day() == day)?;
    let digits: String = time.split(':').collect();
    let is_time = time.len() == 8 && digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_time.then(|| (day.to_owned(), digits))
}
