//! The form for one person who judges: a row for each candidate and question. What others judged is not shown, so that
//! everybody judges alone; what is known is.

use super::identity::identity;
use super::model::{Field, Form, FormCell, FormRow, FormSheet, ReadLine, Takes};
use crate::explain::contribution_reason;
use crate::ranked::RankedAssessment;
use crate::scorers::{AnswerScale, Asked, JudgedQuestion, KIND};
use crate::scoring::{Contribution, Trace};
use crate::words::counted;

/// How long a sentence of what is known may be, in letters.
const MOST_LETTERS: usize = 220;
/// How many lines there are for a reason where it is written by hand.
const REASON_LINES: usize = 2;

/// What is known of how a form comes back.
#[derive(Debug, Clone, Default)]
pub struct SentBack {
    /// By when, as people write it.
    pub by: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// The role of whoever it is for.
    pub role: Option<String>,
}

impl SentBack {
    /// What to do with the form once it is filled in.
    pub(super) fn in_words(&self) -> String {
        let to = self.to.as_ref().map_or_else(|| "whoever sent it to you".to_owned(), Clone::clone);
        let by = self.by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
        format!(
            "Send it back to {to}{by}: the file with all its sheets, its name and yours in the file’s name, or the paper."
        )
    }
}

/// The form.
pub(super) fn form(report: &RankedAssessment<'_>, asked: &Asked, back: &SentBack) -> Form {
    let assessment = report.assessment;
    let title = format!("Your scores: {}", assessment.title);
    let mut facts = identity(report);
    facts.extend(asked.questions.iter().map(|it| ("question", format!("{} {}", it.evidence, it.digest()))));
    Form {
        kind: KIND,
        title,
        handling: assessment.handling,
        read: to_read(report, asked, back),
        sheet: to_fill(report, asked, back),
        facts,
        read_by: "`prioritise import form` reads it",
    }
}

fn to_read(report: &RankedAssessment<'_>, asked: &Asked, back: &SentBack) -> Vec<ReadLine> {
    let assessment = report.assessment;
    let candidates = counted(asked.candidates.len(), "candidate", "candidates");
    let questions = counted(asked.questions.len(), "question", "questions");
    let mut lines = vec![
        ReadLine::Heading("What this is".to_owned()),
        ReadLine::Words(format!(
            "{} is choosing its priorities for {}. Some questions can be counted; {questions} can only be judged by people \
             who know the matter. You are asked for your own judgement of {candidates}: {} in all.",
            assessment.partnership,
            assessment.period,
            counted(asked.answers(), "score", "scores")
        )),
        ReadLine::Words(
            "Others are asked the same, and everybody is asked to answer alone: this form does not show what others answered. The \
             middle score of all counts, and how far people differ is shown. Roles are printed beside scores and reasons; names are not."
                .to_owned(),
        ),
        ReadLine::Heading("How to fill it in".to_owned()),
        ReadLine::Pair(
            "1. Your role and the day".to_owned(),
            format!("Under “{SHEET}”, at the top, once. A role such as “Police inspector”, not your name."),
        ),
        ReadLine::Pair(
            "2. A score in each row".to_owned(),
            "On a screen choose from the list in the coloured cell, or type a number of the scale; on paper ring one. Where \
             you can’t judge, leave it empty: an empty score is no score, and never counts as nothing."
                .to_owned(),
        ),
        ReadLine::Pair(
            "3. Why".to_owned(),
            "A few words for each score. They are read out where people differ, and printed in the papers.".to_owned(),
        ),
        ReadLine::Pair("4. Send it back".to_owned(), back.in_words()),
        ReadLine::Words(
            "In the workbook only the coloured cells can be changed. What is written on paper somebody types in."
                .to_owned(),
        ),
        ReadLine::Heading("What each question asks, and its scale".to_owned()),
    ];
    lines.extend(asked.questions.iter().map(|it| ReadLine::Pair(it.title.clone(), scale_in_words(it))));
    if !asked.left_out.is_empty() {
        lines.push(ReadLine::Heading("What is not asked here".to_owned()));
        lines.extend(asked.left_out.iter().map(|told| ReadLine::Words(told.clone())));
    }
    lines
}

/// The name of the sheet to fill in.
const SHEET: &str = "Scores";

/// The question with its scale, and what the rules say of its ends.
fn scale_in_words(question: &JudgedQuestion) -> String {
    let mut words = vec![question.question.clone()];
    words.extend(question.about.clone());
    words.push(match &question.scale {
        AnswerScale::Points(..) => format!("Scale: {}.", question.scale.in_words()),
        AnswerScale::Words(_) => format!("One of: {}.", question.scale.in_words()),
    });
    words.join("\n")
}

fn to_fill(report: &RankedAssessment<'_>, asked: &Asked, back: &SentBack) -> FormSheet {
    let mut rows = Vec::new();
    for candidate in &asked.candidates {
        let trace = report.traces.iter().find(|trace| trace.id() == candidate.id);
        let mut about = Vec::new();
        about.extend(Some(candidate.about.clone()).filter(|about| !about.is_empty()));
        let known = trace.map(known).unwrap_or_default();
        about.extend(known.into_iter().map(|known| format!("• {known}")));
        rows.push(FormRow::Band(candidate.title.clone(), about));
        for question in candidate.questions.iter().filter_map(|number| asked.questions.get(*number)) {
            rows.push(row(&candidate.id, question));
        }
    }
    let mut role = Field::new(Takes::Words(1), "Your role, such as “Police inspector”; not your name.");
    role.filled = back.role.clone().unwrap_or_default();
    let day = Field::new(Takes::Day, "The day on which you fill this in, such as 30/11/2026.");
    FormSheet {
        name: SHEET,
        about: "Fill in the coloured cells. Leave a score empty where you can’t judge. The sheet before this one says what each \
                question asks."
            .to_owned(),
        once: vec![("by", "Your role".to_owned(), role), ("date", "The day".to_owned(), day)],
        columns: vec![
            ("Question".to_owned(), 46.0),
            ("Your score".to_owned(), 22.0),
            ("Why".to_owned(), 58.0),
        ],
        rows,
    }
}

fn row(candidate: &str, question: &JudgedQuestion) -> FormRow {
    let range = question.scale.in_words();
    let takes = question.answers().map_or_else(
        || {
            let (least, most) = question.scale.ends();
            Takes::Number(least, most)
        },
        Takes::OneOf,
    );
    let words = match question.question == question.title {
        true => format!("{} ({range})", question.title),
        false => format!("{}: {} ({range})", question.title, question.question),
    };
    let prompt = question.about.as_ref().unwrap_or(&question.question);
    let prompt = format!("{prompt}\n{range}; empty where you can’t judge.");
    FormRow::Row(
        format!("score {candidate} {}", question.evidence),
        vec![
            FormCell::Words(words),
            FormCell::Field(Field::new(takes, prompt)),
            FormCell::Field(Field::new(Takes::Words(REASON_LINES), "")),
        ],
    )
}

/// What is known of a candidate that nobody judged, a sentence each. What was made up says so.
fn known(trace: &Trace<'_>) -> Vec<String> {
    let is_measured = |part: &&Contribution<'_>| {
        part.measure.is_some()
            && !part.evidence.is_empty()
            && part.evidence.iter().all(|cited| cited.origin.judged.is_none())
    };
    let sentence = |part: &Contribution<'_>| {
        let made_up = part.evidence.iter().any(|cited| cited.origin.illustration);
        let mark = if made_up { " (made up, as an illustration)" } else { "" };
        format!("{}: {}{mark}", part.criterion.title, shortened(&contribution_reason(part)))
    };
    trace.contributions.iter().filter(is_measured).map(sentence).collect()
}

/// A text of so many letters, ended behind a word.
fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_LETTERS {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST_LETTERS).collect();
    let end = start.rfind(' ').unwrap_or(start.len());
    format!("{} …", start.get(..end).unwrap_or(&start).trim_end_matches([',', ';', ':']))
}
