//! Plans: what a partnership decided to do in a period, and the figures by which it is judged.
//!
//! One format serves for plans that are reviewed and for the one that is chosen. A file for each kind of table says how
//! it is written (`format/`) and how it is judged (`validate/`), and `outcome/` what became of a measure. A plan has a digest
//! of its own.

mod followed;
pub mod format;
mod measure;
pub mod options;
pub mod outcome;
mod reading;
mod validate;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::period::Period;
use super::references::Document;
use super::statement::DocumentPlace;
use crate::diagnostic::{Place, SourceFile};
use crate::toml_file::Parsed;
use format::PlanFile;

pub use super::evidence::OutcomeWord;
pub use followed::{FollowedAction, Progress};
pub use format::{Direction, Wanted};
pub use measure::{Goal, Measure, MeasureClaim, PrintedClaim, Target};
pub use options::Options;
pub use reading::{EvidenceLink, Reading, ReadingKind};
pub(super) use validate::{Filed, plan_digest, plan_id, validate};

/// A plan's file, read and parsed.
pub(super) struct PlanSource {
    /// As the assessment names it.
    pub name: String,
    pub source: Arc<SourceFile>,
    pub parsed: Parsed<PlanFile>,
}

/// The files of an assessment's plans.
#[derive(Default)]
pub(super) struct PlanSources {
    /// Those to be reviewed, in the order written.
    pub reviews: Vec<PlanSource>,
    /// The one to be chosen.
    pub plan: Option<PlanSource>,
}

/// What a partnership decided to do in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The name of its file without folder and ending: `plan-2013`. No two plans of an assessment have the same.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The period that it is for.
    pub period: Period,
    /// Why it is what it is, where said.
    pub because: Option<String>,
    /// The documents that it may cite, by id: its own and the assessment's.
    pub sources: BTreeMap<String, Document>,
    /// Its priorities, in the order written.
    pub priorities: Vec<Priority>,
    /// The figures by which it is judged, in the order written.
    pub measures: Vec<Arc<Measure>>,
    /// Its actions, in the order written, as they are followed through its period.
    pub actions: Vec<FollowedAction>,
    /// What can be chosen; none where there are no actions.
    pub options: Option<Options>,
    /// `sha256:` and the digest of the file's content, comments and layout left out.
    pub digest: String,
    /// Where its title stands.
    pub place: Place,
}

/// What a plan sets out to do something about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// Unique among the plan's priorities.
    pub id: String,
    /// What a reader sees.
    pub title: String,
    /// The ids under which it stood in earlier plans, in the order written.
    pub formerly: Vec<String>,
    /// The document and place that it is from, where said.
    pub cited: Option<DocumentPlace>,
}

impl Plan {
    /// The priority with this id.
    pub fn priority(&self, id: &str) -> Option<&Priority> {
        self.priorities.iter().find(|priority| priority.id == id)
    }
}
