//! Several years of one list: text, Markdown, a page with a chart, JSON, CSV and a workbook.
//!
//! The first three show the same sections, made once in `tables.rs`; a view only lays them out.

mod chart;
mod csv;
mod html;
mod json;
mod tables;
mod workbook;

pub use csv::csv;
pub use html::html;
pub use json::{HistoryFile, SCHEMA, json};
pub use workbook::workbook;

use super::markdown::plain;
use super::page::Page;
use super::section::Section;
use crate::history::History;
use tables::{header, sections};

/// Several years of one list as text. Colour adds weight to headings and carries no meaning.
pub fn text(found: &History<'_>, colour: bool) -> String {
    let mut page = Page::new(colour);
    for line in header(found) {
        page.paragraph(&line);
    }
    for section in sections(found) {
        section.show(&mut page);
    }
    page.text
}

/// Several years of one list as Markdown.
pub fn markdown(found: &History<'_>) -> String {
    let mut text = String::from("# The list over the years\n\n");
    for line in header(found) {
        text.push_str(&format!("{}  \n", plain(&line)));
    }
    text.extend(sections(found).iter().map(Section::markdown));
    text
}
