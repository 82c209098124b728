//! A session's file, read strictly: within a size, with known keys alone, and with texts that are one line and safe to show.

use serde_json::Value;

use super::format::SessionFile;
use crate::assessment::day_of;
use crate::diagnostic::{Code, Problem, Problems};
use crate::elicitation::{ANSWERS_SCHEMA, HANDED_IN_LIMIT, safe_texts};
use crate::files::{Files, read_text};
use crate::words::visible;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/workshop-session/1";
/// The folder of an assessment that keeps its sessions.
pub const SESSION_FOLDER: &str = "workshop";
/// The most places that a list can have.
const MOST_PEOPLE: usize = 100;

/// The session in a file, with its text.
///
/// # Errors
/// Why it is none.
pub(super) fn read(files: &dyn Files, path: &str) -> Result<(SessionFile, String), Problems> {
    let source = read_text(files, path, HANDED_IN_LIMIT, None)?;
    let value: Value = serde_json::from_str(&source.text).map_err(|error| not_a_session(path, &error))?;
    let mut problems = Problems::default();
    safe_texts(&value, path, &mut problems);
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
