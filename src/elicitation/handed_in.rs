//! What people hand in from the workshop's page: each person's file, and the session that has everybody's.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::judge::{AnswerPlace, RawComparison, RawNumber, RawPerson};
use super::swing::ranges_now;
use crate::assessment::day_of;
use crate::diagnostic::{Code, Problem, Problems, SourceFile};
use crate::files::{Files, read_text};
use crate::rules::{RuleSet, WeightMethod};
use crate::words::{as_read, one_line, unseen_letter, visible};

/// The version of one person's answers.
pub const ANSWERS_SCHEMA: &str = "prioritise/workshop-answers/1";
/// Begins the schema of a session, whatever its version.
const SESSION: &str = "prioritise/workshop-session/";
/// The largest file that is read, in bytes: a session of twelve people with a hundred candidates has one.
pub(crate) const HANDED_IN_LIMIT: u64 = 16 << 20;
/// The longest text in it, in bytes.
const LONGEST: usize = 2_000;

/// What one person handed in.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonAnswers {
    /// `prioritise/workshop-answers/1`.
    pub schema: String,
    /// The digest of the assessment that the person's page was made of.
    pub assessment: String,
    /// The digest of the rules that it was made of.
    pub rules: String,
    /// The role.
    pub by: String,
    /// The day: `2026-11-30`.
    pub date: String,
    /// The round, from 1.
    pub round: u32,
    /// How the person was asked.
    pub method: String,
    /// Why the person answers so; may be empty.
    pub because: String,
    /// A number for each question: a swing, points or a place.
    pub criteria: BTreeMap<String, String>,
    /// The same for each group.
    pub groups: BTreeMap<String, String>,
    /// Comparisons of questions, by `first second`: 5 for five times, -5 for a fifth.
    pub pairs: BTreeMap<String, i32>,
    /// The same of groups.
    pub group_pairs: BTreeMap<String, i32>,
    /// Reasons, by question or group.
    pub reasons: BTreeMap<String, String>,
    /// Judgements, by question and candidate; null is “no view”.
    pub judgements: BTreeMap<String, BTreeMap<String, Option<PersonScore>>>,
}

/// What one person judged.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonScore {
    /// The score.
    pub score: String,
    /// Why; left out where nothing was said.
    pub because: Option<String>,
}

/// What a file of the workshop's page has of people's answers.
#[derive(Debug)]
pub(super) struct HandedIn {
    source: Arc<SourceFile>,
    /// What each person handed in last.
    people: Vec<PersonAnswers>,
}

impl HandedIn {
    /// The answers in the file at `path`: one person's, or those of all in a session, of each the last.
    ///
    /// # Errors
    /// Why it is no such file.
    pub(super) fn read(files: &dyn Files, path: &str) -> Result<Self, Problems> {
        let source = read_text(files, path, HANDED_IN_LIMIT, None)?;
        let fault = |error: &serde_json::Error| not_handed_in(path, &error.to_string());
        let value: Value = serde_json::from_str(&source.text).map_err(|error| fault(&error))?;
        let mut problems = Problems::default();
        safe_texts(&value, path, &mut problems);
        let schema = value.get("schema").and_then(Value::as_str).unwrap_or_default();
        let all: Vec<PersonAnswers> = match schema {
            ANSWERS_SCHEMA => vec![serde_json::from_str(&source.text).map_err(|error| fault(&error))?],
            session if session.starts_with(SESSION) => {
                let answers = value.get("answers").cloned().unwrap_or_default();
                serde_json::from_value(answers).map_err(|error| fault(&error))?
            }
            _ => return Err(not_handed_in(path, "its `schema` is another").into()),
        };
        if let Some(other) = all.iter().find(|answers| answers.schema != ANSWERS_SCHEMA) {
            let told = format!("it has answers of the schema `{}`", other.schema);
            problems.push(not_handed_in(path, &told));
        }
        if problems.has_errors() {
            return Err(problems);
        }
        Ok(Self { source, people: last_of_each(all) })
    }

    /// How the people were asked, each with the method's word and the role.
    pub(super) fn methods(&self) -> Vec<(&str, &str)> {
        self.people.iter().map(|person| (&*person.method, &*person.by)).collect()
    }

    /// Where the answers begin.
    pub(super) fn spot(&self) -> AnswerPlace<'_> {
        AnswerPlace::Text(&self.source, 0..0)
    }

    /// What those answered who were asked by this method, with what is no answer. Who answered nobody knows when, or without a
    /// role, is left out and told.
    pub(super) fn people(&self, method: WeightMethod, rules: &RuleSet, problems: &mut Problems) -> Vec<RawPerson<'_>> {
        let asked = self.people.iter().filter(|person| person.method == method.word());
        asked.filter_map(|person| self.person(person, method, rules, problems)).collect()
    }

    fn person(
        &self,
        given: &PersonAnswers,
        method: WeightMethod,
        rules: &RuleSet,
        problems: &mut Problems,
    ) -> Option<RawPerson<'_>> {
        let spot = self.spot_of(&given.by);
        let (by, date) = (one_line(&given.by), day_of(&given.date));
        if date.is_none() || by.is_empty() {
            let message = match by.is_empty() {
                true => "these answers name no one: they are not counted".to_owned(),
                false => format!("`{}` is not a day: what {by} answered is not counted", visible(&given.date, &[])),
            };
            let help = "say the role in the page, and save the answers again";
            problems.push(spot.problem(Code::AnswerLeftOut, visible(&message, &[]), help));
            return None;
        }
        let mut person = RawPerson::new(by, date, because(given, rules), spot);
        // What was answered before the person was asked in another way says nothing now.
        match method {
            WeightMethod::Pairwise => comparisons(given, &mut person),
            _ => numbers(given, &mut person),
        }
        Some(person)
    }

    /// The measures that swings were asked about, where those were the ranges of these rules: the page says which rules it was
    /// made of.
    pub(super) fn ranges(&self, rules: &RuleSet) -> BTreeMap<usize, (f64, f64)> {
        match self.people.iter().all(|person| person.rules == rules.digest) {
            true => ranges_now(rules),
            false => BTreeMap::new(),
        }
    }

    /// Where a role stands for the first time.
    fn spot_of(&self, by: &str) -> AnswerPlace<'_> {
        let quoted = Value::String(by.to_owned()).to_string();
        let at = self.source.text.find(&quoted).map(|start| start..start + quoted.len());
        AnswerPlace::Text(&self.source, at.unwrap_or(0..0))
    }
}

fn numbers(given: &PersonAnswers, person: &mut RawPerson<'_>) {
    for (group, given) in [(false, &given.criteria), (true, &given.groups)] {
        for (id, text) in given {
            let (id, spot) = (id.clone(), person.spot.clone());
            if let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) {
                person.numbers.push(RawNumber { group, id, number, spot });
            } else {
                let message = format!("`{}` for `{}` is no number", visible(text, &[]), visible(&id, &[]));
                person.unread.push((group, id, spot.problem(Code::BadValue, message, SAVE_AGAIN)));
            }
        }
    }
}

fn comparisons(given: &PersonAnswers, person: &mut RawPerson<'_>) {
    for (group, given) in [(false, &given.pairs), (true, &given.group_pairs)] {
        for (both, step) in given {
            let (first, second) = both.split_once(' ').unwrap_or((both, ""));
            let (first, second, spot) = (first.to_owned(), second.to_owned(), person.spot.clone());
            if (1..=9).contains(&step.abs()) && !second.is_empty() {
                let step = Some(if step.abs() == 1 { 1 } else { *step });
                person.pairs.push(RawComparison { group, first, second, step, spot });
            } else {
                let message = format!("`{step}` for `{}` is no comparison", visible(both, &[]));
                person.unread.push((group, first, spot.problem(Code::BadValue, message, SAVE_AGAIN)));
            }
        }
    }
}

const SAVE_AGAIN: &str = "save the answers in the page again";

/// Why a person answered so: the reason for all of it, and that for each question.
fn because(person: &PersonAnswers, rules: &RuleSet) -> Option<String> {
    let title = |id: &str| {
        let criterion = rules.criteria.iter().find(|criterion| criterion.id == id).map(|criterion| &criterion.title);
        criterion.or_else(|| rules.groups.iter().find(|group| group.id == id).map(|group| &group.title)).cloned()
    };
    let reason =
        |(id, reason): (&String, &String)| format!("{}: {}", title(id).unwrap_or_else(|| id.clone()), one_line(reason));
    let each = person.reasons.iter().filter(|(_, reason)| !reason.trim().is_empty()).map(reason);
    let all = std::iter::once(one_line(&person.because)).filter(|because| !because.is_empty());
    let because = all.chain(each).collect::<Vec<_>>().join(" ");
    Some(because).filter(|because| !because.is_empty())
}

/// What each person handed in last.
fn last_of_each(all: Vec<PersonAnswers>) -> Vec<PersonAnswers> {
    let mut last: Vec<PersonAnswers> = Vec::new();
    for answers in all {
        match last.iter_mut().find(|other| as_read(&other.by) == as_read(&answers.by)) {
            Some(other) if other.round <= answers.round => *other = answers,
            Some(_) => {}
            None => last.push(answers),
        }
    }
    last
}

fn not_handed_in(path: &str, why: &str) -> Problem {
    let message = format!("`{path}` has no answers of the workshop’s page: {why}");
    Problem::new(Code::BadSession, visible(&message, &[]))
        .help("name the file that the page saved, a person’s answers or the session, and leave it as it is")
}

/// Notes the first text, or key, that is too long or has in it what nobody sees. Line breaks are for the page's own notes.
pub(crate) fn safe_texts(value: &Value, path: &str, problems: &mut Problems) {
    match value {
        Value::String(text) => safe(text, path, problems),
        Value::Array(items) => items.iter().for_each(|item| safe_texts(item, path, problems)),
        Value::Object(entries) => {
            for (key, item) in entries {
                safe(key, path, problems);
                safe_texts(item, path, problems);
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
        let help = "change that text in the page, and save the session again";
        problems.push(Problem::new(Code::BadSession, message).help(help));
    }
}
