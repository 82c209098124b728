//! For a paper or a page.

use super::tables::{TITLE, header, sections};
use crate::choose::choice::Choice;
use crate::ranked::RankedAssessment;
use crate::report::markdown::plain;

/// The best set of a plan, as Markdown.
pub fn markdown(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> String {
    let mut text = format!("# {TITLE}\n\n");
    for line in header(report, choice) {
        text.push_str(&format!("{}  \n", plain(&line)));
    }
    for section in sections(report, choice) {
        text.push_str(&section.markdown());
    }
    text
}
