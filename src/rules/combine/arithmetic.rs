//! The arithmetic of a total as terms, for whoever writes it down: with a pencil's signs, or as a formula.

/// A term of the arithmetic of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// What the criterion of this number earned, or the score of the group of this number where groups have scores.
    Figure(usize),
    /// A number, a sign (`+ - * / ( ) ,`) or the name of a function, with the space about it.
    Text(String),
}

impl Term {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The first so many figures with a sign between each two.
    pub(super) fn figures(count: usize, sign: &str) -> Vec<Self> {
        let each = (0..count).flat_map(|number| [Self::text(format!(" {sign} ")), Self::Figure(number)]);
        each.skip(1).collect()
    }
}
