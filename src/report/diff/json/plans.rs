//! What became of the plans, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assessment::plan::{Plan, Priority};
use crate::diff::{PlanShift, Shift};
use crate::review::{ActionReview, MeasureReview};

/// What became of one plan.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanShiftEntry<'a> {
    /// The old plan; null where the new one has no forerunner.
    pub old: Option<PlanNameEntry<'a>>,
    /// The new plan; null where nothing came after the old one.
    pub new: Option<PlanNameEntry<'a>>,
    /// Its priorities.
    pub priorities: Vec<ThingShiftEntry<'a>>,
    /// Its measures.
    pub measures: Vec<ThingShiftEntry<'a>>,
    /// Its actions.
    pub actions: Vec<ThingShiftEntry<'a>>,
}

/// Which plan it is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanNameEntry<'a> {
    /// The name of its file, without folder and ending.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The period that it is for.
    pub period: String,
    /// The digest of what its file says.
    pub digest: &'a str,
}

/// What became of a priority, measure or action.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThingShiftEntry<'a> {
    /// `added`, `dropped`, `changed` or `same`.
    pub became: &'a str,
    /// What both have and have otherwise, in a few words each.
    pub changed: &'a [String],
    /// As the old plan has it; null where it is new.
    pub old: Option<ThingEntry<'a>>,
    /// As the new plan has it; null where it was dropped.
    pub new: Option<ThingEntry<'a>>,
}

/// A priority, measure or action of one of the two plans.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThingEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// What a reader sees.
    pub title: &'a str,
    /// The figure of the plan's period; null of all but measures, and where it is not filed or withheld.
    pub actual: Option<f64>,
    /// What became of it: `achieved`, `not-achieved`, `on-course`, `off-course` or `cannot-tell`; null of priorities.
    pub outcome: Option<&'a str>,
}

pub(super) fn plans<'a>(shifts: &'a [PlanShift<'a>]) -> Vec<PlanShiftEntry<'a>> {
    shifts.iter().map(entry).collect()
}

fn entry<'a>(shift: &'a PlanShift<'a>) -> PlanShiftEntry<'a> {
    let priority = |it: &&'a Priority| ThingEntry { id: &it.id, title: &it.title, actual: None, outcome: None };
    let measure = |it: &'a MeasureReview<'a>| {
        let actual = it.measure.actual.as_ref().filter(|actual| !actual.is_range());
        let (actual, outcome) = (actual.map(|actual| actual.low.to_f64()), Some(it.outcome.word.word()));
        ThingEntry { id: &it.measure.id, title: &it.measure.title, actual, outcome }
    };
    let action = |it: &'a ActionReview<'a>| {
        let outcome = Some(it.outcome.word.word());
        ThingEntry { id: &it.action.id, title: &it.action.title, actual: None, outcome }
    };
    PlanShiftEntry {
        old: shift.old.map(name),
        new: shift.new.map(name),
        priorities: shift.priorities.iter().map(|it| thing(it, priority)).collect(),
        measures: shift.measures.iter().map(|it| thing(it, measure)).collect(),
        actions: shift.actions.iter().map(|it| thing(it, action)).collect(),
    }
}

fn name(plan: &Plan) -> PlanNameEntry<'_> {
    PlanNameEntry { id: &plan.id, title: &plan.title, period: plan.period.written(), digest: &plan.digest }
}

fn thing<'a, T>(shift: &'a Shift<T>, of: impl Fn(&'a T) -> ThingEntry<'a>) -> ThingShiftEntry<'a> {
    ThingShiftEntry {
        became: shift.word(),
        changed: &shift.changed,
        old: shift.old.as_ref().map(&of),
        new: shift.new.as_ref().map(&of),
    }
}
