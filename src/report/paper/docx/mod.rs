//! The paper as a Word document, for whoever merges it with others: made of the Markdown, so that no sentence is written twice.
//!
//! It has Word's own styles and headings, and tables whose first row is repeated on each page. It has no pictures: each chart
//! of the HTML is there as its table, with the words that describe it.

mod body;
mod package;

use super::model::Paper;
use super::templates::Templates;
use crate::diagnostic::{Code, Problem};
use package::{About, package};

impl Templates {
    /// The paper as a Word document, made of its Markdown. The same paper gives the same bytes.
    ///
    /// # Errors
    /// As [`Self::markdown`].
    pub fn docx(&self, paper: Paper) -> Result<Vec<u8>, Problem> {
        let handling = paper.handling;
        // It stands at the head and foot of each page.
        let paper = Paper { handling: None, ..paper };
        let about =
            About { title: &paper.title, running_title: &paper.running_title, by: &paper.partnership, handling };
        let body = body::of(&self.markdown(&paper)?);
        package(&about, &body).map_err(|error| {
            let message = format!("the document can't be made: {error}");
            Problem::new(Code::WriteFailed, message).help("write HTML or Markdown instead")
        })
    }
}
