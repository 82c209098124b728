//! What the tables of a plan may name.

use std::collections::BTreeMap;

use crate::assessment::Period;
use crate::assessment::column::Column;
use crate::assessment::evidence::{Break, Figure};
use crate::assessment::model::Candidate;
use crate::assessment::plan::{EvidenceLink, Priority};
use crate::assessment::references::References;
use crate::assessment::validate::cited::CitedDocuments;
use crate::diagnostic::Place;

/// What plans may name of the assessment.
pub(in crate::assessment) struct Filed<'a> {
    /// The documents that its files describe.
    pub documents: &'a CitedDocuments,
    /// Whether all files that describe documents, and all that have candidates, could be read.
    pub is_whole: bool,
    /// The candidates, ascending by id.
    pub candidates: &'a [Candidate],
    /// The evidence, by name.
    pub evidence: &'a BTreeMap<String, Column>,
}

impl Filed<'_> {
    /// From when on a series of percentages that a measure names is of something else.
    pub(super) fn breaks_of_percentages(&self, link: &EvidenceLink) -> Vec<Break> {
        let number = self.candidates.binary_search_by(|known| known.id.cmp(&link.candidate)).ok();
        let evidence = number.and_then(|number| self.evidence.get(&link.name)?.get(number));
        match evidence.map(|evidence| evidence.into_owned().figure) {
            Some(Figure::Percentages(series)) => series.breaks.to_vec(),
            _ => Vec::new(),
        }
    }
}

/// What tables may name of their plan and of the assessment.
pub(super) struct Own<'a> {
    /// The plan's period.
    pub period: Option<Period>,
    /// Its priorities.
    pub priorities: &'a Priorities,
    /// Its documents and the assessment's.
    pub references: &'a References<'a>,
    /// What the assessment files.
    pub filed: &'a Filed<'a>,
}

/// The priorities by their place in the file, each with where it stands.
pub(super) type Priorities = BTreeMap<usize, (Place, Priority)>;
