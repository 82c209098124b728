//! The kinds of file that data.police.uk packs together.

/// What is counted: each has files of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CountKind {
    Crimes,
    Outcomes,
    Stops,
}

impl CountKind {
    pub(super) const ALL: [Self; 3] = [Self::Crimes, Self::Outcomes, Self::Stops];

    /// How the name of every file of this kind ends, before `.csv`.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Crimes => "-street",
            Self::Outcomes => "-outcomes",
            Self::Stops => "-stop-and-search",
        }
    }

    /// What one such file is called, and several.
    pub(super) fn files(self) -> (&'static str, &'static str) {
        match self {
            Self::Crimes => ("street file", "street files"),
            Self::Outcomes => ("file of outcomes", "files of outcomes"),
            Self::Stops => ("file of stop and search", "files of stop and search"),
        }
    }
}
