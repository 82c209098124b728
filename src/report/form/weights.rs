//! The forms on which one person weighs things: by swings, by comparisons, by their order, or by points. What others answered
//! is not shown, and neither are the weights that the rules have.

use super::identity::identity;
use super::model::{Field, Form, FormCell, FormRow, FormSheet, ReadLine, Takes};
use super::scores::SentBack;
use crate::elicitation::{self, BECAUSE, BY, DATE, EQUAL, FormQuestion, RANGE, form_ranges, form_rounds, form_word};
use crate::ranked::RankedAssessment;
use crate::rules::WeightMethod;

/// How many times as much something matters, as the scale of comparisons has it; 1 is said by choosing that both are alike.
const TIMES: [&str; 8] =
    ["2", "3: a little more", "4", "5: clearly more", "6", "7: very much more", "8", "9: as much more as can be"];
/// The name of the sheet to fill in.
const SHEET: &str = "Weights";

/// What is said of a method.
struct MethodWords {
    /// The title of the form, before that of the assessment.
    title: &'static str,
    /// What is asked.
    asks: &'static str,
    /// How to answer.
    how: &'static str,
    /// The headers of the columns.
    columns: [(&'static str, f64); 3],
    /// The lowest and the highest number.
    range: (f64, f64),
}

fn words(method: WeightMethod) -> MethodWords {
    match method {
        WeightMethod::Swing => MethodWords {
            title: "What matters more",
            asks: "Each line is a step from the least to the most of something. You are asked what each step is worth beside \
                   the others, and not how much the matter is worth in itself: a step over a small range may matter little.",
            how: "Give 100 to the step that matters most to you. Give each of the others a number from 0 to 100 for what it is \
                  worth beside that one: 50 is worth half as much.",
            columns: [("Question", 34.0), ("From the least to the most", 64.0), ("Worth, 0 to 100", 18.0)],
            range: (0.0, 100.0),
        },
        WeightMethod::Pairwise => MethodWords {
            title: "What matters more, two by two",
            asks: "Each line has two things. You are asked which of them matters more, and how many times as much.",
            how: "Choose which matters more, or that both are alike. Then choose how many times as much: 3 is a little more, 5 \
                  clearly more, 7 very much more, 9 as much more as can be, and the numbers between them are for what lies between.",
            columns: [("One", 38.0), ("The other", 38.0), ("Which matters more", 30.0)],
            range: (1.0, 9.0),
        },
        WeightMethod::RankOrder => MethodWords {
            title: "What matters most",
            asks: "You are asked in which order these things matter, and nothing about by how much.",
            how: "Write 1 for what matters most, 2 for what comes next, and so on. Those that matter alike have the same number.",
            columns: [("Question", 34.0), ("What it asks", 64.0), ("Place, 1 is first", 18.0)],
            range: (1.0, 1000.0),
        },
        WeightMethod::Points | WeightMethod::Learnt => MethodWords {
            title: "100 points to share out",
            asks: "You are asked how much each of these things should count.",
            how: "Share out 100 points: the more something should count, the more points. Something may have none. The points below \
                  each heading add up to 100.",
            columns: [("Question", 34.0), ("What it asks", 64.0), ("Points", 18.0)],
            range: (0.0, 100.0),
        },
    }
}

/// The form.
pub(super) fn form(report: &RankedAssessment<'_>, method: WeightMethod, back: &SentBack) -> Form {
    let (assessment, rules) = (report.assessment, report.rules);
    let words = words(method);
    let mut facts = identity(report);
    if method == WeightMethod::Swing {
        facts.extend(form_ranges(rules).into_iter().map(|range| (RANGE, range)));
    }
    Form {
        kind: form_word(method),
        title: format!("{}: {}", words.title, assessment.title),
        handling: assessment.handling,
        read: to_read(report, &words, back),
        sheet: to_fill(report, method, &words, back),
        facts,
        read_by: "`prioritise elicit` reads it",
    }
}

fn to_read(report: &RankedAssessment<'_>, words: &MethodWords, back: &SentBack) -> Vec<ReadLine> {
    let assessment = report.assessment;
    vec![
        ReadLine::Heading("What this is".to_owned()),
        ReadLine::Words(format!(
            "{} is choosing its priorities for {}. Each candidate is asked the same questions, and how much each question counts is \
             for people to say. {}",
            assessment.partnership, assessment.period, words.asks
        )),
        ReadLine::Words(
            "Others are asked the same, and nobody sees what others wrote before all have answered. The weights are made of all \
             answers by a published method, and how far people agree is shown. Roles are printed beside answers; names are not."
                .to_owned(),
        ),
        ReadLine::Heading("How to fill it in".to_owned()),
        ReadLine::Pair(
            "1. Your role and the day".to_owned(),
            format!("On the sheet “{SHEET}”, at the top, once. A role such as “Police inspector”, not your name."),
        ),
        ReadLine::Pair("2. An answer in each row".to_owned(), words.how.to_owned()),
        ReadLine::Pair(
            "Where you have no view".to_owned(),
            "Leave the cell empty. Nothing is made up for you: you have no part in the weights of those things that you would have \
             weighed against each other there, and what you answered elsewhere counts."
                .to_owned(),
        ),
        ReadLine::Pair("3. Why".to_owned(), "A sentence at the top, if you like: it is printed beside your answers.".to_owned()),
        ReadLine::Pair("4. Send it back".to_owned(), back.in_words()),
        ReadLine::Words(
            "Only the coloured cells can be changed. On paper it works too: print the sheet, write on it, and somebody types it in."
                .to_owned(),
        ),
    ]
}

fn to_fill(report: &RankedAssessment<'_>, method: WeightMethod, words: &MethodWords, back: &SentBack) -> FormSheet {
    let span = |(number, criterion)| {
        elicitation::span(&report.ranking, number).map(|span| elicitation::span_words(criterion, span))
    };
    let spans: Vec<Option<String>> = report.rules.criteria.iter().enumerate().map(span).collect();
    let mut rows = Vec::new();
    for round in form_rounds(report.rules, method, &spans) {
        let count = round.rows.len();
        rows.push(FormRow::Band(crate::words::upper_first(&round.words), Vec::new()));
        rows.extend(round.rows.iter().map(|question| row(question, method, words)));
        if method == WeightMethod::Points {
            let cells = vec![
                FormCell::Words("Together, to be 100".to_owned()),
                FormCell::Words(String::new()),
                FormCell::Sum(count),
            ];
            rows.push(FormRow::Row("sum".to_owned(), cells));
        }
    }
    let mut role = Field::new(Takes::Words(1), "Your role, such as “Police inspector”; not your name.");
    role.filled = back.role.clone().unwrap_or_default();
    let day = Field::new(Takes::Day, "The day on which you fill this in, such as 30/11/2026.");
    let why = Field::new(Takes::Words(2), "Why you answer so, in a sentence, if you like.");
    let columns = words.columns.iter().map(|(header, width)| ((*header).to_owned(), *width));
    let times = (method == WeightMethod::Pairwise).then(|| ("How many times as much".to_owned(), 24.0));
    FormSheet {
        name: SHEET,
        about: words.how.to_owned(),
        once: vec![
            (BY, "Your role".to_owned(), role),
            (DATE, "The day".to_owned(), day),
            (BECAUSE, "Why".to_owned(), why),
        ],
        columns: columns.chain(times).collect(),
        rows,
    }
}

fn row(question: &FormQuestion, method: WeightMethod, words: &MethodWords) -> FormRow {
    let mut titles = question.titles.iter().cloned();
    let first = FormCell::Words(titles.next().unwrap_or_default());
    let cells = if method == WeightMethod::Pairwise {
        let which = question.titles.iter().cloned().chain([EQUAL.to_owned()]).collect();
        let times = TIMES.iter().map(|word| (*word).to_owned()).collect();
        vec![
            first,
            FormCell::Words(titles.next().unwrap_or_default()),
            FormCell::Field(Field::new(Takes::OneOf(which), "")),
            FormCell::Field(Field::new(Takes::OneOf(times), "Empty where both are alike.")),
        ]
    } else {
        let (least, most) = words.range;
        vec![
            first,
            FormCell::Words(question.lines.join("\n")),
            FormCell::Field(Field::new(Takes::Number(least, most), "")),
        ]
    };
    FormRow::Row(question.key.clone(), cells)
}
