//! What an agreed list says of the weights: text, Markdown and JSON.

mod json;
mod tables;

pub use json::{LearningFile, SCHEMA, json};

use super::markdown::plain;
use super::page::Page;
use crate::learning::Learning;
use crate::scoring::Ranking;

/// What an agreed list says of the weights, for a terminal.
pub fn text(ranking: &Ranking<'_>, learning: &Learning, colour: bool) -> String {
    let mut page = Page::new(colour);
    for line in tables::header(ranking, learning) {
        page.paragraph(&line);
    }
    for section in tables::sections(ranking, learning) {
        section.show(&mut page);
    }
    page.text
}

/// What an agreed list says of the weights, for a paper or a page.
pub fn markdown(ranking: &Ranking<'_>, learning: &Learning) -> String {
    let mut text = String::from("# What the agreed list says about the weights\n\n");
    for line in tables::header(ranking, learning) {
        text.push_str(&format!("{}  \n", plain(&line)));
    }
    for section in tables::sections(ranking, learning) {
        text.push_str(&section.markdown());
    }
    text
}
