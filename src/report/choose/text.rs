//! For a terminal: 80 columns, readable without colour.

use super::tables::{header, sections};
use crate::choose::choice::Choice;
use crate::ranked::RankedAssessment;
use crate::report::page::Page;

/// The best set of a plan, as text.
pub fn text(report: &RankedAssessment<'_>, choice: &Choice<'_>, colour: bool) -> String {
    let mut page = Page::new(colour);
    for line in header(report, choice) {
        page.paragraph(&line);
    }
    for section in sections(report, choice) {
        section.show(&mut page);
    }
    page.text
}
