//! What every view of a difference shows: paragraphs and tables, made once. A view only lays them out.

/// A heading with what stands under it.
#[derive(Debug, Default)]
pub(super) struct DiffSection {
    pub(super) title: String,
    /// What stands before the table, a paragraph each.
    pub(super) before: Vec<String>,
    pub(super) table: DiffTable,
    /// What stands behind it, a paragraph each.
    pub(super) after: Vec<String>,
    /// Whether it belongs to the section before it.
    pub(super) is_within: bool,
}

/// Headings and rows; without rows there is no table.
#[derive(Debug, Default)]
pub(super) struct DiffTable {
    pub(super) headings: Vec<Heading>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A column's heading.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) words: &'static str,
    /// Whether the column is figures, to be aligned at their right ends.
    pub(super) figures: bool,
}

impl DiffSection {
    pub(super) fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A section that belongs to the one before it.
    pub(super) fn within(title: impl Into<String>) -> Self {
        Self { is_within: true, ..Self::new(title) }
    }
}

impl DiffTable {
    /// A table with columns of words.
    pub(super) fn new(headings: &[(&'static str, bool)]) -> Self {
        let headings = headings.iter().map(|(words, figures)| Heading { words, figures: *figures });
        Self { headings: headings.collect(), rows: Vec::new() }
    }
}
