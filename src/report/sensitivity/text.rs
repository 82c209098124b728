//! For a terminal: 80 columns, readable without colour.

use super::tables::{header, sections};
use crate::report::page::Page;
use crate::scoring::Ranking;
use crate::sensitivity::Sensitivity;

/// How much a ranking depends on weights and evidence, as text.
pub fn text(ranking: &Ranking<'_>, found: &Sensitivity, colour: bool) -> String {
    let mut page = Page::new(colour);
    for line in header(ranking, found) {
        page.paragraph(&line);
    }
    for section in sections(ranking, found) {
        section.show(&mut page);
    }
    page.text
}
