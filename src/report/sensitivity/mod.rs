//! How much the list depends on weights and evidence: text, Markdown, HTML, JSON and CSV.
//!
//! The first three show the same tables, made once in `tables.rs`; a view only lays them out.

mod csv;
mod json;
mod tables;

pub use csv::csv;
pub use json::{SCHEMA, SensitivityFile, json};

use super::sections_view::SectionsView;
use crate::scoring::Ranking;
use crate::sensitivity::Sensitivity;
use tables::{header, sections};

const TITLE: &str = "How much the list depends on weights and evidence";

/// How much a ranking depends on weights and evidence, as text.
pub fn text(ranking: &Ranking<'_>, found: &Sensitivity, colour: bool) -> String {
    view(ranking, found).text(colour)
}

/// The same for a paper or a page.
pub fn markdown(ranking: &Ranking<'_>, found: &Sensitivity) -> String {
    view(ranking, found).markdown()
}

/// The same for a browser. Shading says again what the numbers say.
pub fn html(ranking: &Ranking<'_>, found: &Sensitivity) -> String {
    view(ranking, found).html()
}

fn view(ranking: &Ranking<'_>, found: &Sensitivity) -> SectionsView<'static> {
    SectionsView {
        title: TITLE,
        handling: ranking.assessment.handling,
        lines: header(ranking, found),
        sections: sections(ranking, found),
    }
}
