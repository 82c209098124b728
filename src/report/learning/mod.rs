//! What an agreed list says of the weights: text, Markdown and JSON.

mod json;
mod tables;

pub use json::{LearningFile, SCHEMA, json};

use super::sections_view::SectionsView;
use crate::learning::Learning;
use crate::scoring::Ranking;

/// What an agreed list says of the weights, for a terminal.
pub fn text(ranking: &Ranking<'_>, learning: &Learning, colour: bool) -> String {
    view(ranking, learning).text(colour)
}

/// What an agreed list says of the weights, for a paper or a page.
pub fn markdown(ranking: &Ranking<'_>, learning: &Learning) -> String {
    view(ranking, learning).markdown()
}

fn view(ranking: &Ranking<'_>, learning: &Learning) -> SectionsView<'static> {
    SectionsView {
        title: "What the agreed list says about the weights",
        handling: ranking.assessment.handling,
        lines: tables::header(ranking, learning),
        sections: tables::sections(ranking, learning),
    }
}
