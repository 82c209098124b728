//! What the partnership files: candidates, evidence, sources, judgements.
//!
//! [`load`] reads and judges the files; an [`Assessment`] can't be wrong in itself. Whether it has what a rule set
//! reads is asked elsewhere, in [`crate::rules`]. Nothing is scored here.

pub mod claim;
pub mod decisions;
mod digest;
pub mod document;
mod evidence;
pub mod format;
mod period;
mod read;
mod small;
pub mod statement;
mod table;
mod validate;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use claim::Claim;
use decisions::Decisions;
pub use digest::canonical_digest;
pub use evidence::{
    Among, Break, Count, Evidence, Figure, Judged, Judgement, Offence, Offences, Origin, Peer, Peers, Percentage,
    PointOrigin, Published, Rate, Score, Series, Unit,
};
pub use format::{CandidateKind, ColumnKind};
pub(crate) use period::FORMS as PERIOD_FORMS;
pub(crate) use period::day;
pub use period::{Day, Period};
pub use read::{Read, load};
pub use small::{MADE_UP, Small};
use statement::{PlanResult, Statement};
pub use table::TableColumn;
pub(crate) use table::{Rows, suppressed};

/// A partnership's evidence for one year, judged and in a fixed order: no file or row order is left in it.
#[derive(Debug)]
pub struct Assessment {
    /// The title on its cover.
    pub title: String,
    /// Who files it.
    pub partnership: String,
    /// What it is about.
    pub period: Period,
    /// The documents cited, by id.
    pub sources: BTreeMap<String, Document>,
    /// The people whom counts are set against, unless a count names its own population.
    pub population: Option<Population>,
    /// The candidates, ascending by id.
    pub candidates: Vec<Candidate>,
    /// The evidence, a column per name, each as long as the list of candidates.
    pub evidence: BTreeMap<String, Column>,
    /// What documents print beside the numbers that it comes from, in the order it was written.
    pub claims: Vec<Claim>,
    /// What the assessment says beside the list, in the order it was written.
    pub statements: Vec<Statement>,
    /// What became of last year's plan, in the order it was written.
    pub last_plan: Vec<PlanResult>,
    /// What the board decided, where that was filed. The digest does not cover it.
    pub decisions: Option<Decisions>,
    /// `sha256:` and the digest of the content: the same whatever the order of files, rows and keys, and the comments.
    pub digest: String,
}

/// How many people, and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// How many, above 0.
    pub people: f64,
    /// How much that may differ a year earlier or later, in per cent.
    pub yearly_change: f64,
    /// The document's id.
    pub source: String,
    /// The place in the document.
    pub place: String,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// A cited document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<String>,
    /// What a reader should know of it.
    pub note: Option<String>,
}

/// A priority that could be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Unique among candidates.
    pub id: String,
    /// The name that a reader sees.
    pub title: String,
    /// What sort of thing it is, where said.
    pub kind: Option<CandidateKind>,
    /// What it covers.
    pub about: Option<String>,
    /// What the partnership or its members still do about it if it is not chosen, where said.
    pub meanwhile: Option<String>,
    /// The ids under which it, or something that is now part of it, stood in earlier assessments, ascending. No
    /// candidate has one of them now.
    pub formerly: Vec<String>,
}

/// One kind of evidence for all candidates: written out for some, in tables for others.
#[derive(Debug, Default)]
pub struct Column {
    written: BTreeMap<usize, Evidence>,
    tables: Vec<TableColumn>,
}

impl Column {
    /// The evidence about candidate number `candidate`; none if nobody gave any.
    pub fn get(&self, candidate: usize) -> Option<Cow<'_, Evidence>> {
        if let Some(evidence) = self.written.get(&candidate) {
            return Some(Cow::Borrowed(evidence));
        }
        self.tables.iter().find_map(|table| table.get(candidate)).map(Cow::Owned)
    }

    /// The table that holds this whole column, where nothing of it was written out.
    pub fn as_table(&self) -> Option<&TableColumn> {
        match &*self.tables {
            [table] if self.written.is_empty() => Some(table),
            _ => None,
        }
    }

    /// The evidence written out by hand, with the number of its candidate.
    pub fn written(&self) -> impl Iterator<Item = (usize, &Evidence)> {
        self.written.iter().map(|(candidate, evidence)| (*candidate, evidence))
    }

    /// The same evidence with other figures: those written out as `figure` has them, and tables as `table` has them.
    #[must_use]
    pub fn redrawn(
        &self,
        mut figure: impl FnMut(&Figure) -> Figure,
        table: impl FnMut(&TableColumn) -> TableColumn,
    ) -> Self {
        let written = self.written.iter().map(|(candidate, evidence)| {
            let (origin, place) = (Arc::clone(&evidence.origin), evidence.place.clone());
            (*candidate, Evidence { figure: figure(&evidence.figure), origin, place })
        });
        Self { written: written.collect(), tables: self.tables.iter().map(table).collect() }
    }

    /// The tables that hold some of it.
    pub fn tables(&self) -> &[TableColumn] {
        &self.tables
    }
}

/// Text that many pieces of evidence share.
pub(crate) type Shared = Arc<str>;
