//! Figures from colleagues: what a form asks for, and the forms that were filled in read, with an account of every row, and
//! written into the evidence files.
//!
//! Nothing is guessed: a row that can't be read is set aside and told with its cell, and what is filed already stays unless it
//! is told to go. What a kind of evidence asks for, the kind itself says.

mod asked;
mod cells;
mod import;
mod piece;
mod rows;
mod write;

pub use asked::{
    ABOUT_ROW, Asked, AskedEvidence, CANDIDATE, EVIDENCE, FIGURE, FilledCells, KIND, MissingFigure, NOTE, PLACE, SOURCE,
};
pub use import::{FiguresRequest, FiledFigures, import};
