//! The best set of a plan: text, Markdown, HTML, JSON and a workbook. The first three show the same tables, made once in
//! `tables.rs`; `board.rs` has what the paper for the board says of it.

mod basis;
mod board;
mod changes;
mod chart;
mod finding_out;
mod html;
mod json;
mod tables;
mod words;
mod workbook;

pub(super) use board::for_the_board;
pub use board::text_for_the_board;
pub use html::html;
pub use json::{ChoiceFile, SCHEMA, json};
pub(super) use words::{because, cost_in_words, in_order};
pub use workbook::workbook;

use super::sections_view::SectionsView;
use crate::choose::choice::Choice;
use crate::ranked::RankedAssessment;
use tables::{TITLE, header, sections};

/// The best set of a plan, as text.
pub fn text(report: &RankedAssessment<'_>, choice: &Choice<'_>, colour: bool) -> String {
    view(report, choice).text(colour)
}

/// The best set of a plan, as Markdown.
pub fn markdown(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> String {
    view(report, choice).markdown()
}

fn view(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> SectionsView<'static> {
    let handling = report.assessment.handling;
    SectionsView { title: TITLE, handling, lines: header(report, choice), sections: sections(report, choice) }
}
