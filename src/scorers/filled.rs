//! A form that somebody filled in: who, when, and each score with its cell. What is wrong in it is told with that cell; what is
//! left empty is counted, and stops nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::{AnswerScale, Asked, JudgedQuestion};
use super::{KIND, SCORE_COLUMN, WHY_COLUMN};
use crate::assessment::{Assessment, Period, day_help};
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files;
use crate::import::RowAccount;
use crate::sheet::{CellValue, FilledForm, ONCE_COLUMN, SheetRow, day_of_cell, plain_number};
use crate::words::{counted, either, listed, one_line};

/// One person's form.
#[derive(Debug)]
pub(super) struct FilledScores {
    /// The file.
    pub(super) path: String,
    /// The role.
    pub(super) by: String,
    /// The day: `2026-11-30`.
    pub(super) date: String,
    /// The scores, as they stand in the form.
    pub(super) given: Vec<GivenScore>,
    /// How many scores were left empty.
    pub(super) empty: usize,
    /// How many scores were given, left empty or not taken for what stands there.
    pub(super) asked: usize,
    /// What a reader should know of it, a sentence each.
    pub(super) remarks: Vec<String>,
}

/// A score that somebody gave.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GivenScore {
    /// The candidate's id.
    pub(super) candidate: String,
    /// The name of the evidence.
    pub(super) evidence: String,
    /// The score, or the place of the word from 1.
    pub(super) score: f64,
    /// Why; none where nothing was said.
    pub(super) because: Option<String>,
}

/// Why scores are not taken.
const NOT_ASKED: &str = "of a question that is not asked now";
const OTHERWISE: &str = "of a question that has another wording or scale now";
const NOBODY: &str = "of a candidate who is not asked about now";
const EMPTY: &str = "left empty";

/// Reads the form at `path`. What is wrong goes to `problems`; every row goes into `account`.
pub(super) fn read(
    files: &dyn Files,
    path: &str,
    (assessment, asked): (&Assessment, &Asked),
    account: &mut RowAccount,
    problems: &mut Problems,
) -> Option<FilledScores> {
    let form = problems.take(FilledForm::open(files, path, KIND))?;
    problems.take(form.is_of(path, assessment))?;
    let by = who(&form, path, problems);
    let date = when(&form, path, problems);
    let mut reading = Reading { form: &form, asked, aside: BTreeMap::new(), seen: BTreeSet::new(), given: Vec::new() };
    let mut wrong = 0;
    for (ids, row) in form.rows("score") {
        account.read(1);
        match reading.row(&ids, row) {
            Ok(given) => {
                account.used(1);
                reading.given.push(given);
            }
            Err(NotTaken::Aside(why)) => {
                account.set_aside(why, 1);
                *reading.aside.entry(why).or_default() += 1;
            }
            Err(NotTaken::Wrong(problem)) => {
                account.set_aside("not taken, and told", 1);
                wrong += 1;
                problems.push(*problem);
            }
        }
    }
    let Reading { aside, seen, given, .. } = reading;
    let (Some(by), Some(date)) = (by, date) else {
        account.take_back("of a form that does not say by whom or when", given.len() as u64);
        return None;
    };
    let mut remarks: Vec<String> = Vec::new();
    let told = |why: &&str| aside.get(*why).map(|count| format!("{} {why}", counted(*count, "score", "scores")));
    let not_taken: Vec<String> = [NOT_ASKED, OTHERWISE, NOBODY].iter().filter_map(told).collect();
    if !not_taken.is_empty() {
        remarks.push(format!(
            "`{path}` was made of other rules or evidence than there are now. Not taken from it: {}.",
            listed(&not_taken)
        ));
    }
    let expected = asked.candidates.iter().flat_map(|candidate| {
        let of = candidate.questions.iter().filter_map(|number| asked.questions.get(*number));
        of.map(|question| (candidate.id.clone(), question.evidence.clone()))
    });
    let absent = expected.filter(|pair| !seen.contains(pair)).count();
    if absent > 0 {
        remarks.push(format!("`{path}` has no row for {} that are asked now.", counted(absent, "score", "scores")));
    }
    let empty = aside.get(EMPTY).copied().unwrap_or(0);
    let asked = empty + wrong + given.len();
    Some(FilledScores { path: path.to_owned(), by, date, given, empty, asked, remarks })
}

/// Why a row is not taken.
enum NotTaken {
    Aside(&'static str),
    Wrong(Box<Problem>),
}

/// A form while its rows are read.
struct Reading<'f> {
    form: &'f FilledForm,
    asked: &'f Asked,
    aside: BTreeMap<&'static str, usize>,
    /// Candidate and evidence of the rows that were met.
    seen: BTreeSet<(String, String)>,
    given: Vec<GivenScore>,
}

impl Reading<'_> {
    fn row(&mut self, ids: &[String], row: &SheetRow) -> Result<GivenScore, NotTaken> {
        let [candidate, evidence] = ids else { return Err(NotTaken::Aside(NOT_ASKED)) };
        let is_empty = row.text(SCORE_COLUMN).trim().is_empty();
        let Some((number, question)) = self.asked.question(evidence) else {
            return Err(NotTaken::Aside(if is_empty { EMPTY } else { NOT_ASKED }));
        };
        if !self.seen.insert((candidate.clone(), evidence.clone())) {
            let message = format!("“{}” of this candidate stands here a second time", question.title);
            return Err(self.wrong(row, &message, "take one of the two rows out"));
        }
        if is_empty {
            return Err(NotTaken::Aside(EMPTY));
        }
        let as_asked = format!("{evidence} {}", question.digest());
        if !self.form.facts("question").contains(&as_asked) {
            return Err(NotTaken::Aside(OTHERWISE));
        }
        let is_asked = |it: &&super::AskedCandidate| it.id == *candidate && it.questions.contains(&number);
        if self.asked.candidates.iter().find(is_asked).is_none() {
            return Err(NotTaken::Aside(NOBODY));
        }
        let because = Some(one_line(&row.text(WHY_COLUMN))).filter(|because| !because.is_empty());
        let score = self.score(question, row)?;
        Ok(GivenScore { candidate: candidate.clone(), evidence: evidence.clone(), score, because })
    }

    fn score(&self, question: &JudgedQuestion, row: &SheetRow) -> Result<f64, NotTaken> {
        let shown = row.text(SCORE_COLUMN);
        let shown = shown.trim();
        let number = match row.get(SCORE_COLUMN) {
            Some(CellValue::Number(number)) => Some(*number),
            Some(CellValue::Text(text)) => plain_number(text.trim()),
            _ => None,
        };
        match &question.scale {
            AnswerScale::Points(from, to) => {
                let given = number.or_else(|| chosen(question, shown));
                given.filter(|number| (*from..=*to).contains(number)).ok_or_else(|| {
                    let range = question.scale.in_words();
                    let message = format!("“{}”: `{shown}` is not on the scale {range}", question.title);
                    self.wrong(row, &message, &format!("write a number of {range}, or leave it empty"))
                })
            }
            AnswerScale::Words(words) => {
                let same = |word: &&String| word.trim().to_lowercase() == shown.to_lowercase();
                let place = words.iter().zip(1_u32..).find(|(word, _)| same(word)).map(|(_, place)| f64::from(place));
                place.ok_or_else(|| {
                    let list = either(&words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>());
                    let message = format!("“{}”: `{shown}` is none of its answers", question.title);
                    self.wrong(row, &message, &format!("write {list}, or leave it empty"))
                })
            }
        }
    }

    fn wrong(&self, row: &SheetRow, message: &str, help: &str) -> NotTaken {
        NotTaken::Wrong(Box::new(left_out(self.form, (row, SCORE_COLUMN), message, help)))
    }
}

/// The score of an answer that was chosen with its words: `1 (a ward)`.
fn chosen(question: &JudgedQuestion, shown: &str) -> Option<f64> {
    let answers = question.answers()?;
    let answer = answers.iter().find(|answer| answer.trim() == shown)?;
    plain_number(answer.split_once(' ').map_or(answer, |(score, _)| score))
}

/// That something of a form is not taken, with its cell: nobody else's scores are touched.
fn left_out(form: &FilledForm, (row, column): (&SheetRow, u32), message: &str, help: &str) -> Problem {
    let mut problem = form.sheet.cell_problem(row, column, message, help);
    problem.code = Code::RowSetAside;
    problem
}

fn who(form: &FilledForm, path: &str, problems: &mut Problems) -> Option<String> {
    let (text, row) = once(form, path, "by", problems)?;
    if text.is_empty() {
        let help = "write the role of the person who filled it in, such as `Police inspector`";
        problems.push(left_out(form, (row, ONCE_COLUMN), "no role stands here: nothing of this form is taken", help));
        return None;
    }
    Some(text)
}

fn when(form: &FilledForm, path: &str, problems: &mut Problems) -> Option<String> {
    let (text, row) = once(form, path, "date", problems)?;
    let day = day_of_cell(&text);
    if day.is_none() {
        let (message, help) = match text.is_empty() {
            true => {
                ("no day stands here".to_owned(), "write the day on which it was filled in, `30/11/2026`".to_owned())
            }
            false => (format!("`{text}` is not a day"), day_help(&text)),
        };
        let message = format!("{message}: nothing of this form is taken");
        problems.push(left_out(form, (row, ONCE_COLUMN), &message, &help));
    }
    day.map(Period::written)
}

/// An answer that is given once, with its row.
fn once<'f>(form: &'f FilledForm, path: &str, key: &str, problems: &mut Problems) -> Option<(String, &'f SheetRow)> {
    let Some(row) = form.once(key) else {
        let message = format!("`{path}` has lost its first rows, where role and day stand: nothing of it is taken");
        let help = "copy the answers into a fresh form, and leave the rows above the table where they are";
        problems.push(Problem::new(Code::RowSetAside, message).help(help));
        return None;
    };
    Some((one_line(&row.text(ONCE_COLUMN)), row))
}
