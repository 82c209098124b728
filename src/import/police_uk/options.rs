//! What is wanted of the files.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::{CountKind, PlaceColumns};
use super::month::{Month, PointSpan};
use crate::import::lookup::PointLookup;
use crate::words::id_of;

/// What is made of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputKind {
    /// A candidate for each category, such as a crime type, with a series.
    Type,
    /// A candidate for each neighbourhood, area of the lookup or force, with a count for each category.
    Area,
    /// A plain CSV table: a row for each of these and category, a column for each month.
    Table,
}

/// What is wanted of the files.
#[derive(Debug, Clone)]
pub struct PoliceUkOptions {
    /// What is counted.
    pub count: CountKind,
    /// What is made of the counts.
    pub by: OutputKind,
    /// What a point of the series covers.
    pub every: PointSpan,
    /// How the names of wanted neighbourhoods begin, in whole words: a district, or `Huntingdonshire 001`. All are wanted
    /// where there are neither names nor codes.
    pub areas: Vec<String>,
    /// The LSOA codes of wanted neighbourhoods.
    pub codes: BTreeSet<String>,
    /// The area of each neighbourhood, by its LSOA code: areas are counted, and no neighbourhoods.
    pub lookup: Option<BTreeMap<String, String>>,
    /// In which neighbourhood each point is, for rows that have points and no neighbourhoods. Without it such rows are
    /// counted by force.
    pub points: Option<PointLookup>,
    /// The first month wanted.
    pub from: Option<Month>,
    /// The last month wanted.
    pub to: Option<Month>,
    /// Whether a row counts whose Crime ID an earlier row has.
    pub keep_duplicates: bool,
    /// The name of the series.
    pub evidence: String,
}

/// What rows are counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceKind {
    Neighbourhood,
    Area,
    Force,
}

impl PlaceKind {
    /// What one is called, and several.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Neighbourhood => ("neighbourhood", "neighbourhoods"),
            Self::Area => ("area", "areas"),
            Self::Force => ("force", "forces"),
        }
    }
}

impl PoliceUkOptions {
    /// What rows are counted for.
    pub(super) fn places(&self) -> PlaceKind {
        match self.count.form().headers.place {
            PlaceColumns::Point(..) if self.points.is_none() => PlaceKind::Force,
            _ if self.lookup.is_some() => PlaceKind::Area,
            _ => PlaceKind::Neighbourhood,
        }
    }

    /// Whether a neighbourhood is wanted.
    pub(super) fn wants(&self, code: &str, name: &str) -> bool {
        let all = self.areas.is_empty() && self.codes.is_empty();
        all || self.codes.contains(code) || self.areas.iter().any(|area| begins_with(name, area))
    }

    /// The id and the name of what a neighbourhood counts towards: its area in the lookup, or itself.
    pub(super) fn area_of(&self, code: &str, name: String) -> Option<(String, String)> {
        match &self.lookup {
            Some(lookup) => lookup.get(code).map(|area| (id_of(area), area.clone())),
            None => Some((code.to_owned(), name)),
        }
    }

    pub(super) fn wants_month(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.to.is_none_or(|to| month <= to)
    }
}

/// In whole words, so that `Stoke` is not `Stoke-on-Trent 001A`; but `Stoke-on-Trent 001` is.
fn begins_with(name: &str, area: &str) -> bool {
    let ends_in_digit = area.ends_with(|letter: char| letter.is_ascii_digit());
    name.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || ends_in_digit)
}
