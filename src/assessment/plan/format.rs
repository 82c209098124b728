//! A plan's file exactly as it is written: `plan.toml`, or `plan-2013.toml` for one that is reviewed.
//!
//! A kind of table has a file of its own beside this.

mod action;
mod claim;
mod condition;
mod measure;
mod reading;
mod resource;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::assessment::format::Source;
use crate::toml_file::At;

pub use action::{Action, ActionProgress, Cost, ReachScore, Serves};
pub use claim::{AsPrinted, Direction, MeasureClaim};
pub use condition::Condition;
pub use measure::{Measure, Target, Wanted};
pub use reading::Reading;
pub use resource::{Amount, Resource};

/// What a partnership decides to do in a period.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
#[schemars(title = "prioritise plan")]
pub struct PlanFile {
    /// What the plan is called, and which period it is for.
    pub plan: At<PlanHeader>,
    /// Documents that the plan cites, where the assessment does not name them.
    #[serde(default)]
    pub source: Vec<Source>,
    /// What it sets out to do something about.
    #[serde(default)]
    pub priority: Vec<Priority>,
    /// The figures by which it is judged.
    #[serde(default)]
    pub measure: Vec<At<Measure>>,
    /// What there is a limited amount of.
    #[serde(default)]
    pub resource: Vec<At<Resource>>,
    /// What could be done.
    #[serde(default)]
    pub action: Vec<At<Action>>,
    /// What a set of actions must satisfy.
    #[serde(default)]
    pub condition: Vec<At<Condition>>,
}

/// What the plan is called, and which period it is for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct PlanHeader {
    /// Its title.
    pub title: At<String>,
    /// The period that it is for, in any form of a period: `2013/14`.
    pub period: At<String>,
    /// Why it is what it is, in a sentence.
    pub because: Option<At<String>>,
    /// What `choose` makes as large as it can: `worth`, the sum of what candidates are worth times the share of each that is
    /// reached, a candidate up to all of it.
    pub maximise: Option<At<Maximise>>,
    /// What a candidate is worth: an expression over its `total`, `rank`, `tier` and the `values` of its criteria, such as
    /// `total`. It can't be below zero.
    pub worth: Option<At<String>>,
}

/// What is made as large as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Maximise {
    /// The sum of worths times shares.
    Worth,
}

/// What a plan sets out to do something about.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub struct Priority {
    /// A short id: letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    pub id: At<String>,
    /// What a reader sees.
    pub title: At<String>,
    /// The ids under which it stood in earlier plans.
    #[serde(default)]
    pub formerly: Vec<At<String>>,
    /// The source's id.
    pub source: Option<At<String>>,
    /// The place in the source: table, section, page.
    #[serde(rename = "where")]
    pub place: Option<At<String>>,
    /// What a reader should know before relying on it.
    pub note: Option<At<String>>,
}
