//! What is asked.

/// What is asked.
#[derive(Debug, Clone)]
pub struct ReturnOptions {
    /// The changed workbook.
    pub path: String,
    /// The assessment that it was made of.
    pub original: String,
    /// Its rule set, where it is another than the assessment names.
    pub rules: Option<String>,
    /// The role of the person who changed judgements.
    pub by: String,
    /// When.
    pub date: String,
    /// Why, in a sentence; the same for all.
    pub because: String,
}
