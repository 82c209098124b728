//! For a browser: one file, no script, printed as it is seen. Shading says again what the numbers say.

use super::tables::{header, sections};
use crate::report::html::sections_page;
use crate::scoring::Ranking;
use crate::sensitivity::Sensitivity;

/// How much a ranking depends on weights and evidence, as a page.
pub fn html(ranking: &Ranking<'_>, found: &Sensitivity) -> String {
    let title = "How much the list depends on weights and evidence";
    sections_page(title, &header(ranking, found), &sections(ranking, found))
}
