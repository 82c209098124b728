//! For a paper or a page.

use super::tables::{header, sections};
use crate::report::markdown::plain;
use crate::scoring::Ranking;
use crate::sensitivity::Sensitivity;

/// How much a ranking depends on weights and evidence, as Markdown.
pub fn markdown(ranking: &Ranking<'_>, found: &Sensitivity) -> String {
    let mut text = String::from("# How much the list depends on weights and evidence\n\n");
    for line in header(ranking, found) {
        text.push_str(&format!("{}.  \n", plain(&line)));
    }
    for section in sections(ranking, found) {
        text.push_str(&section.markdown());
    }
    text
}
