//! Forms for people with a spreadsheet and no command: `model.rs` is a form as plain data, `book.rs` lays it out as a workbook
//! to be filled in; a file for each kind of form says what stands on it.

mod book;
mod model;
mod page;
mod scores;

use crate::diagnostic::Problem;
use crate::ranked::RankedAssessment;
use crate::scorers::Asked;
pub use scores::SentBack;

/// The form for one person who judges, as a page to be printed.
pub fn scores_page(report: &RankedAssessment<'_>, asked: &Asked, back: &SentBack) -> String {
    page::page(&scores::form(report, asked, back))
}

/// The form for one person who judges, as a workbook.
///
/// # Errors
/// That it can't be made.
pub fn scores_workbook(report: &RankedAssessment<'_>, asked: &Asked, back: &SentBack) -> Result<Vec<u8>, Problem> {
    book::book(&scores::form(report, asked, back))
}
