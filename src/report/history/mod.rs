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

use super::sections_view::SectionsView;
use crate::history::History;
use tables::{handling, header, sections};

const TITLE: &str = "The list over the years";

/// Several years of one list as text. Colour adds weight to headings and carries no meaning.
pub fn text(found: &History<'_>, colour: bool) -> String {
    view(found).text(colour)
}

/// Several years of one list as Markdown.
pub fn markdown(found: &History<'_>) -> String {
    view(found).markdown()
}

fn view(found: &History<'_>) -> SectionsView<'static> {
    SectionsView { title: TITLE, handling: handling(found), lines: header(found), sections: sections(found) }
}
