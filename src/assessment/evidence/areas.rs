//! Figures of old areas made into those of new ones: what the kinds have in common. How a kind is put together is said in
//! its file. Counts are added up, and what is not made of counts is refused: nothing is averaged.

use std::borrow::Cow;

use crate::areas::Share;

/// What an old area gives to a new one.
#[derive(Debug, Clone, Copy)]
pub(in crate::assessment) struct Part<'a, T> {
    /// The code of the old area.
    pub area: &'a str,
    /// The figure of the old area.
    pub figure: &'a T,
    /// What of the old area lies in the new one.
    pub share: Share,
}

/// Why a figure can't be made of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assessment) struct NotByParts {
    /// A clause.
    pub why: Cow<'static, str>,
    /// How to mend it.
    pub help: Cow<'static, str>,
}

impl NotByParts {
    /// Of what is neither counted nor made of counts.
    pub(super) const UNLIKE_COUNTS: Self = Self {
        why: Cow::Borrowed("it is not counted, so it can't be added up, and nothing is averaged"),
        help: Cow::Borrowed("file it of the new area, in a file or table without `lookup`; or leave it out"),
    };

    pub(super) fn of_several_kinds() -> Self {
        Self::new("they are of several kinds", "file the same kind of evidence for each of the areas")
    }

    pub(super) fn new(why: impl Into<Cow<'static, str>>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { why: why.into(), help: help.into() }
    }
}

impl<'a, F> Part<'a, F> {
    /// The same part with what `read` reads of its figure.
    pub(super) fn of_kind<T>(&self, read: impl Fn(&'a F) -> Option<&'a T>) -> Option<Part<'a, T>> {
        Some(Part { area: self.area, figure: read(self.figure)?, share: self.share })
    }
}
