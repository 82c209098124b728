//! What the partnership files: candidates, evidence, sources, judgements.
//!
//! [`load`] reads and judges the files; an [`Assessment`] can't be wrong in itself. Whether it has what a rule set
//! reads is asked elsewhere, in [`crate::rules`]. Nothing is scored here.

pub mod claim;
mod column;
mod committee;
mod day;
pub mod decisions;
mod denominator;
mod digest;
pub mod document;
mod embedded;
pub mod evidence;
pub mod format;
mod in_memory;
mod judging;
mod later_areas;
pub mod members;
mod model;
mod new_areas;
mod overlap;
mod period;
mod period_forms;
pub mod plan;
mod pooling;
mod public;
mod read;
mod references;
pub mod statement;
mod table_column;
mod validate;

pub use column::Column;
pub use committee::{CHARACTERISTICS, Committee, CommitteePart};
pub use day::Day;
pub(crate) use day::month_named;
pub use denominator::{DatedDenominator, Denominator, Unit};
pub use digest::canonical_digest;
pub use embedded::{EmbeddedAssessment, MADE_UP};
pub(crate) use evidence::suppressed;
pub use evidence::{
    Answer, Break, Corroboration, Count, Declared, Evidence, EvidenceKind, Figure, JudgedBy, Judgement, Level, Levels,
    MeasureName, MemberSays, Members, Missing, Movement, Number, Offence, Offences, Origin, Outcome, OutcomeWord, Peer,
    Peers, Percentage, PercentageOf, Percentages, PointOrigin, Published, Rate, Score, Series, Voucher, Way,
    WhatBecame, corroboration,
};
pub use format::{CandidateKind, Handling};
pub use in_memory::{ColumnsInMemory, Declaration, IN_MEMORY};
pub use later_areas::{ByLookup, CountsOnAreas, OnLaterAreas};
pub use model::{Assessment, Candidate, FiledLookup, NewJudgement, Population, Publication};
pub use overlap::{Overlap, OverlapKind, Overlaps};
pub use period::Period;
pub use period_forms::NotAPeriod;
pub(crate) use period_forms::{day, day_help, day_in_form, day_of, financial_year, whole_months};
pub use pooling::{PooledAs, Pools};
pub use public::{GivenAway, PublicEdition, ToRead, Withheld};
pub use read::{LoadedAssessment, load};
pub use references::Document;
pub use table_column::TableColumn;
pub(crate) use validate::alike::titles_in_other_letters;
pub use validate::in_memory::Cells;
