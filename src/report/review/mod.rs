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

use super::html::sections_page;
use super::markdown::plain;
use super::page::Page;

const TITLE: &str = "What became of the plan";

/// The review as text, for 80 columns.
pub fn text(view: &ReviewView<'_>, colour: bool) -> String {
    let mut page = Page::new(colour);
    for line in tables::header(view) {
        page.paragraph(&line);
    }
    for section in tables::sections(view) {
        section.show(&mut page);
    }
    page.text
}

/// The review as Markdown.
pub fn markdown(view: &ReviewView<'_>) -> String {
    let mut text = format!("# {TITLE}\n\n");
    for line in tables::header(view) {
        text.push_str(&format!("{}  \n", plain(&line)));
    }
    for section in tables::sections(view) {
        text.push_str(&section.markdown());
    }
    text
}

/// The review as a page.
pub fn html(view: &ReviewView<'_>) -> String {
    sections_page(TITLE, &tables::header(view), &tables::sections(view))
}
