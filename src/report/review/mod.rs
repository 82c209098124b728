//! What became of plans: text, Markdown, HTML, CSV, JSON and a workbook. Tables are made once, in `tables.rs`.

mod csv;
mod json;
mod tables;
mod view;
mod workbook;

pub use csv::csv;
pub use json::{ReviewFile, SCHEMA, json};
pub(super) use tables::{change_in_words, shown, verdict};
pub use view::ReviewView;
pub use workbook::workbook;

use super::sections_view::SectionsView;

const TITLE: &str = "What became of the plan";

/// The review as text, for 80 columns.
pub fn text(view: &ReviewView<'_>, colour: bool) -> String {
    sections_view(view).text(colour)
}

/// The review as Markdown.
pub fn markdown(view: &ReviewView<'_>) -> String {
    sections_view(view).markdown()
}

/// The review as a page.
pub fn html(view: &ReviewView<'_>) -> String {
    sections_view(view).html()
}

fn sections_view(view: &ReviewView<'_>) -> SectionsView<'static> {
    let (lines, sections) = (tables::header(view), tables::sections(view));
    SectionsView { title: TITLE, handling: view.assessment.handling, lines, sections }
}
