//! Forms for people with a spreadsheet and no command: `model.rs` is a form as plain data, `book.rs` lays it out as a workbook
//! to be filled in; a file for each kind of form says what stands on it.

mod book;
mod figures;
mod identity;
mod model;
mod page;
mod scores;
mod weights;

use model::Form;

use crate::diagnostic::Problem;
use crate::figures::Asked as AskedFigures;
use crate::ranked::RankedAssessment;
use crate::rules::WeightMethod;
use crate::scorers::Asked;
pub use scores::SentBack;

/// A form to be filled in by hand, whatever it asks.
#[derive(Debug)]
pub struct FilledByHand(Form);

impl FilledByHand {
    /// It as a workbook.
    ///
    /// # Errors
    /// That it can't be made.
    pub fn workbook(&self) -> Result<Vec<u8>, Problem> {
        book::book(&self.0)
    }

    /// It as a page to be printed.
    pub fn page(&self) -> String {
        page::page(&self.0)
    }
}

/// The form for one person who judges.
pub fn scores_form(report: &RankedAssessment<'_>, asked: &Asked, back: &SentBack) -> FilledByHand {
    FilledByHand(scores::form(report, asked, back))
}

/// The form for a colleague who has figures.
pub fn figures_form(report: &RankedAssessment<'_>, asked: &AskedFigures<'_>, back: &SentBack) -> FilledByHand {
    FilledByHand(figures::form(report, asked, back))
}

/// The form on which one person weighs things by a method.
pub fn weights_form(report: &RankedAssessment<'_>, method: WeightMethod, back: &SentBack) -> FilledByHand {
    FilledByHand(weights::form(report, method, back))
}
