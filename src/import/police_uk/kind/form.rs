//! Everything by which kinds of file differ.

use crate::assessment::CandidateKind;
use crate::words::upper_first;

/// A kind of file, and what is counted of it.
#[derive(Debug)]
pub(in crate::import::police_uk) struct CountForm {
    /// How the name of every file ends, before `.csv`.
    pub ending: &'static str,
    /// What one such file is called, and several.
    pub files: (&'static str, &'static str),
    /// What the rows are, for the account.
    pub rows: &'static str,
    pub headers: Headers,
    /// What the rows are counted by: `crime type`, and several.
    pub category: (&'static str, &'static str),
    /// Every category there is. Where none is listed, those that the files have are taken.
    pub categories: &'static [&'static str],
    /// What is said of a category that is not among them.
    pub unknown: &'static str,
    /// What an earlier row must share to be the same thing counted twice.
    pub repeated: Repeated,
    /// How names of written files begin; the id of the document that all figures name.
    pub stem: &'static str,
    /// The title of that document.
    pub title: &'static str,
    /// What a reader should know of all such counts.
    pub note: &'static str,
    /// What a category is as a candidate.
    pub candidate: CandidateKind,
    /// What ids of candidates, and names of evidence, begin with: empty for crimes.
    pub prefix: &'static str,
}

/// The columns that are read.
#[derive(Debug)]
pub(in crate::import::police_uk) struct Headers {
    pub month: MonthColumn,
    /// Whose row it is; files without these columns are of one force.
    pub police: Option<(&'static str, &'static str)>,
    pub place: PlaceColumns,
    pub category: &'static str,
}

/// Where the month stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import::police_uk) enum MonthColumn {
    /// A column of months.
    Month(&'static str),
    /// A column of times, in UTC: `2024-05-01T22:10:00+00:00`.
    Time(&'static str),
}

/// How a row says where it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import::police_uk) enum PlaceColumns {
    /// The code and the name of a neighbourhood.
    Neighbourhood(&'static str, &'static str),
    /// A longitude and a latitude, and no area.
    Point(&'static str, &'static str),
}

/// When two rows are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import::police_uk) enum Repeated {
    /// By the id in this column.
    Id(&'static str),
    /// By the id in this column, the month and the category: a crime can have several outcomes.
    IdMonthAndCategory(&'static str),
    /// Rows have no id.
    Never,
}

/// The most categories of a kind that does not list them.
const MAX_CATEGORIES: usize = 64;

impl CountForm {
    /// How many categories there can be.
    #[inline]
    pub(in crate::import::police_uk) fn width(&self) -> usize {
        if self.categories.is_empty() { MAX_CATEGORIES } else { self.categories.len() }
    }

    /// The category as the title of a candidate.
    pub(in crate::import::police_uk) fn candidate_title(&self, category: &str) -> String {
        match self.prefix {
            "" => category.to_owned(),
            prefix => format!("{}: {category}", upper_first(&prefix.replace('_', " "))),
        }
    }
}

impl Repeated {
    /// The column of the id.
    pub(in crate::import::police_uk) fn id(self) -> Option<&'static str> {
        match self {
            Self::Id(header) | Self::IdMonthAndCategory(header) => Some(header),
            Self::Never => None,
        }
    }
}
