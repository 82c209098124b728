//! What comes of a matrix: its files, and the spreadsheet's own list.

use crate::import::Import;

/// What was made of a matrix.
#[derive(Debug)]
pub struct MatrixImport {
    /// The files, the account and the remarks.
    pub import: Import,
    /// The spreadsheet's own list.
    pub list: Vec<MatrixPlace>,
}

/// What the spreadsheet says of one candidate, to compare the engine's list with.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixPlace {
    /// The candidate's id in the files.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The total that stands there.
    pub total: Option<f64>,
    /// The rank that stands there.
    pub rank: Option<usize>,
    /// The total that its weights and scores give, on the scale of the rule set; none where a score is missing, or
    /// where the scale is another.
    pub expected: Option<f64>,
}
