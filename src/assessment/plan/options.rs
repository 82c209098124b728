//! What can be chosen, with what there is and under which conditions: as judged.

use std::sync::Arc;

use crate::assessment::period::Period;
use crate::assessment::statement::DocumentPlace;
use crate::diagnostic::{Place, SourceFile};
use crate::exact::Fixed;
use crate::toml_file::At;

/// What can be chosen, with what there is and under which conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// What a candidate is worth, as an expression over it. Judged where rules are at hand.
    pub worth: Worth,
    /// The resources, ascending by id.
    pub resources: Vec<Resource>,
    /// The actions, ascending by id.
    pub actions: Vec<Action>,
    /// The conditions, ascending by id.
    pub conditions: Vec<Condition>,
    /// `sha256:` and the digest of worth, resources, actions and conditions, comments, layout and order left out.
    pub digest: String,
}

/// An expression over a candidate, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// The code and where it stands.
    pub code: At<String>,
    /// The file that it stands in.
    pub source: Arc<SourceFile>,
}

/// What there is a limited amount of.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Unique among the resources.
    pub id: String,
    /// What a reader sees.
    pub title: String,
    /// What it is counted in.
    pub unit: String,
    /// How much there is in each period, the earliest first.
    pub amounts: Vec<(Period, Fixed)>,
    /// Who says so.
    pub basis: Basis,
    /// Where its id stands.
    pub place: Place,
}

/// What could be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Unique among the actions.
    pub id: String,
    /// What a reader sees.
    pub title: String,
    /// The group that conditions can name it by.
    pub group: Option<String>,
    /// What it costs, one for each resource that it costs.
    pub costs: Vec<Cost>,
    /// The candidates that it serves.
    pub serves: Vec<Reach>,
    /// Whether it is a candidate itself, taken up whole.
    pub is_candidate: bool,
    /// The role of the person who leads it.
    pub lead: Option<String>,
    /// The day by which it is due.
    pub due: Option<Period>,
    /// Who judged its costs and shares.
    pub basis: Basis,
    /// Where it stands.
    pub place: Place,
}

/// What an action costs of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The number of the resource.
    pub resource: usize,
    /// How much.
    pub amount: Fixed,
    /// The least and the most that it may turn out to be, where said.
    pub between: Option<(Fixed, Fixed)>,
}

/// How much of a candidate an action would reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The candidate's id.
    pub candidate: String,
    /// The share, from 0 to 1.
    pub share: Fixed,
    /// The least and the most that it may be, where said.
    pub between: Option<(Fixed, Fixed)>,
    /// Who judged it, where that is another than the action's: roles.
    pub by: Vec<String>,
    /// Why it is so much, where said.
    pub because: Option<String>,
}

/// Who says so: a document, or a person with date and reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// The document and place that it is from.
    pub cited: Option<DocumentPlace>,
    /// The role of the person who judged it.
    pub by: Option<String>,
    /// When, as written.
    pub date: Option<String>,
    /// Why.
    pub because: Option<String>,
    /// Whether it is made up to show what could be done.
    pub illustration: bool,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

/// What a set must satisfy.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Unique among the conditions.
    pub id: String,
    /// What it is.
    pub demand: Demand,
    /// Why.
    pub reason: String,
    /// The document and place that it is from, where said.
    pub cited: Option<DocumentPlace>,
    /// Where it stands.
    pub place: Place,
}

/// What a condition demands; actions by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// The first can't be chosen without each of the others.
    Needs(usize, Vec<usize>),
    /// The first can't be chosen beside any of the others.
    Excludes(usize, Vec<usize>),
    /// Of these, which are a group, at least and at most so many are chosen.
    Group {
        /// The group.
        group: String,
        /// Its actions.
        actions: Vec<usize>,
        /// The fewest.
        at_least: Option<usize>,
        /// The most.
        at_most: Option<usize>,
    },
    /// It must be chosen: a duty.
    Must(usize),
    /// It is committed already.
    Committed(usize),
}

impl Worth {
    /// Where it stands.
    pub fn place(&self) -> Place {
        Place::new(&self.source, self.code.span.clone())
    }
}

impl Resource {
    /// How much there is in a period; none where that is not filed.
    pub fn amount_in(&self, period: Period) -> Option<Fixed> {
        self.amounts.iter().find(|(of, _)| *of == period).map(|(_, amount)| *amount)
    }
}

impl Options {
    /// The number of the action with this id.
    pub fn action(&self, id: &str) -> Option<usize> {
        self.actions.binary_search_by(|action| action.id.as_str().cmp(id)).ok()
    }

    /// The number of the resource with this id.
    pub fn resource(&self, id: &str) -> Option<usize> {
        self.resources.binary_search_by(|resource| resource.id.as_str().cmp(id)).ok()
    }
}
