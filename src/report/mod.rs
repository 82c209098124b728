//! Views of the trace: text, JSON, CSV, a workbook, and the paper as HTML and Markdown. Pure functions, one model.
//!
//! A view chooses, orders and lays out; it computes nothing. The same number is never shown two ways.

mod areas;
mod chart;
pub mod check;
pub mod choose;
pub mod columns;
mod csv;
pub mod diff;
pub mod done;
mod drawn;
pub mod elicitation;
mod explanation;
pub mod form;
pub mod history;
mod html;
pub mod json;
pub mod learning;
mod markdown;
mod matrix;
mod movement;
pub(crate) mod page;
pub mod paper;
mod readable_page;
pub mod review;
mod section;
mod sections_view;
pub mod sensitivity;
mod text;
mod trial;
mod workbook;
pub mod workshop;

pub use areas::{areas_html, areas_markdown, areas_text, index_csv, index_html, index_markdown};
pub use chart::{Chart, chart};
pub use columns::columns;
pub use csv::{csv, csv_of_answers};
pub use explanation::{ExplanationFile, explanation, explanation_json};
pub use json::json;
pub use movement::moved_lines;
pub use text::{brief, text};
pub use trial::json::ResultsFile;
pub use trial::{PassedTests, tests_json, tests_junit, tests_list, tests_text};
pub use workbook::{InputKind, SCORES as SCORES_SHEET, WorkbookInput, inputs as workbook_inputs, workbook};

use crate::scoring::Trace;

/// How many of the questions evidence answered: `6 of 7`.
fn answered(trace: &Trace<'_>) -> String {
    let answered = trace.contributions.iter().filter(|part| part.measure.is_some()).count();
    format!("{answered} of {}", trace.contributions.len())
}

/// The same as a phrase: `3 of 4 questions`.
fn answered_questions(trace: &Trace<'_>) -> String {
    let noun = if trace.contributions.len() == 1 { "question" } else { "questions" };
    format!("{} {noun}", answered(trace))
}

/// How many answers rest on judgement alone.
fn judged(trace: &Trace<'_>) -> usize {
    trace.contributions.iter().filter(|part| part.measure.is_some() && part.is_judged_alone()).count()
}
