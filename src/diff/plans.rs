//! What became of plans between two assessments: their priorities, measures and actions, followed by their ids and by what
//! they say that they were. Figures and outcomes are those of `review`.

use crate::assessment::Assessment;
use crate::assessment::plan::{FollowedAction, Measure, Plan, Priority, Reading};
use crate::review::{ActionReview, MeasureReview, PlanReview, review_plan};

/// What became of one plan: of the old side, of the new one, or of both.
#[derive(Debug)]
pub struct PlanShift<'a> {
    /// The old plan; none where the new one has no forerunner.
    pub old: Option<&'a Plan>,
    /// The new plan; none where nothing came after the old one.
    pub new: Option<&'a Plan>,
    /// Its priorities, in the order of the new plan and then those that were dropped.
    pub priorities: Vec<Shift<&'a Priority>>,
    /// Its measures, likewise, each with what became of it.
    pub measures: Vec<Shift<MeasureReview<'a>>>,
    /// Its actions, likewise.
    pub actions: Vec<Shift<ActionReview<'a>>>,
}

/// One thing of a plan on both sides.
#[derive(Debug)]
pub struct Shift<T> {
    /// As the old plan has it; none where it is new.
    pub old: Option<T>,
    /// As the new plan has it; none where it was dropped.
    pub new: Option<T>,
    /// What both have and have otherwise, in a few words each: `the target`, or `the figure of 2025/26, 402 then and
    /// 405 now`.
    pub changed: Vec<String>,
}

impl<T> Shift<T> {
    /// `added`, `dropped`, `changed` or `same`.
    pub fn word(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "added",
            (_, None) => "dropped",
            _ if self.changed.is_empty() => "same",
            _ => "changed",
        }
    }
}

/// What became of the plans of an assessment, the earliest first; none where both sides have the same ones.
///
/// A plan is set against the one of the same id. Of the others the latest that is reviewed is set against the latest, and
/// so on backwards; the plan to be chosen against the plan to be chosen, or, where it is reviewed now, against that. A measure
/// that says that it was one of another plan is set against that one.
pub(super) fn plans<'a>(old: &'a Assessment, new: &'a Assessment) -> Option<Vec<PlanShift<'a>>> {
    let digests = |of: &'a Assessment| of.reviews.iter().chain(&of.plan).map(|plan| &*plan.digest);
    if digests(old).eq(digests(new)) {
        return None;
    }
    let mut chosen: Vec<Pair<'a>> = vec![(old.plan.as_ref(), new.plan.as_ref())];
    let mut reviewed: Vec<&Plan> = new.reviews.iter().collect();
    if let Some(now) = old.plan.as_ref().and_then(|plan| under_review(plan, old, new)) {
        reviewed.retain(|plan| plan.id != now.id);
        chosen = vec![(old.plan.as_ref(), Some(now)), (None, new.plan.as_ref())];
    }
    let mut pairs = pairs(old.reviews.iter().collect(), reviewed);
    pairs.extend(chosen.into_iter().filter(|(old, new)| old.is_some() || new.is_some()));
    let mut shifts: Vec<PlanShift<'a>> = pairs.into_iter().map(|(old, new)| shift(old, new)).collect();
    follow_across(&mut shifts);
    Some(shifts)
}

/// The plan under review that is the one that was to be chosen: of its period and with one of its actions, and none that was
/// reviewed before.
fn under_review<'a>(plan: &Plan, old: &Assessment, new: &'a Assessment) -> Option<&'a Plan> {
    let is_old = |other: &Plan| old.reviews.iter().any(|reviewed| reviewed.id == other.id);
    let has_action = |other: &Plan| other.actions.iter().any(|it| plan.actions.iter().any(|action| action.id == it.id));
    new.reviews.iter().find(|other| other.period == plan.period && !is_old(other) && has_action(other))
}

/// Sets measures that say that they were one of another plan against it.
fn follow_across(shifts: &mut [PlanShift<'_>]) {
    for at in 0..shifts.len() {
        let Some(measures) = shifts.get(at).map(|shift| shift.measures.len()) else { continue };
        for number in 0..measures {
            let added = shifts.get(at).and_then(|shift| shift.measures.get(number)).filter(|it| it.old.is_none());
            let Some(new) = added.and_then(|added| added.new.as_ref()).map(|new| new.measure) else { continue };
            let is_it = |it: &Shift<MeasureReview<'_>>| {
                it.new.is_none() && it.old.as_ref().is_some_and(|old| new.formerly.contains(&old.measure.id))
            };
            let found = shifts.iter_mut().find_map(|shift| {
                let place = shift.measures.iter().position(is_it)?;
                shift.measures.remove(place).old
            });
            let Some(old) = found else { continue };
            if let Some(slot) = shifts.get_mut(at).and_then(|shift| shift.measures.get_mut(number)) {
                slot.changed = of_measures(old.measure, new);
                slot.old = Some(old);
            }
        }
    }
}

type Pair<'a> = (Option<&'a Plan>, Option<&'a Plan>);

/// Which plan is set against which, in the order of time.
fn pairs<'a>(mut old: Vec<&'a Plan>, mut new: Vec<&'a Plan>) -> Vec<Pair<'a>> {
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    let both = |plan: &&'a Plan| new.iter().find(|other| other.id == plan.id).map(|other| (Some(*plan), Some(*other)));
    pairs.extend(old.iter().filter_map(both));
    let is_paired = |plan: &Plan| pairs.iter().any(|(one, _)| one.is_some_and(|one| one.id == plan.id));
    old.retain(|plan| !is_paired(plan));
    new.retain(|plan| !is_paired(plan));
    while !old.is_empty() || !new.is_empty() {
        pairs.push((old.pop(), new.pop()));
    }
    pairs.sort_by_key(|(old, new)| new.or(*old).map(|plan| plan.period));
    pairs
}

fn shift<'a>(old: Option<&'a Plan>, new: Option<&'a Plan>) -> PlanShift<'a> {
    let reviewed = |plan: Option<&'a Plan>| plan.map(review_plan);
    let (was, is) = (reviewed(old), reviewed(new));
    let priorities = |plan: Option<&'a Plan>| plan.map_or_else(Vec::new, |plan| plan.priorities.iter().collect());
    let measures =
        |review: Option<PlanReview<'a>>| review.map_or((Vec::new(), Vec::new()), |it| (it.measures, it.actions));
    let ((was, did), (is, does)) = (measures(was), measures(is));
    PlanShift {
        old,
        new,
        priorities: followed(
            priorities(old),
            priorities(new),
            |it| (&it.id, &it.formerly),
            |old, new| of_priorities(old, new),
        ),
        measures: followed(
            was,
            is,
            |it| (&it.measure.id, &it.measure.formerly),
            |old, new| of_measures(old.measure, new.measure),
        ),
        actions: followed(
            did,
            does,
            |it| (&it.action.id, &it.action.formerly),
            |old, new| of_actions(old.action, new.action),
        ),
    }
}

/// The same things on both sides: by the id, or else by an id that the new one says it had. In the order of the new side,
/// and then those that were dropped.
fn followed<T>(
    old: Vec<T>,
    new: Vec<T>,
    names: impl Fn(&T) -> (&String, &Vec<String>),
    changed: impl Fn(&T, &T) -> Vec<String>,
) -> Vec<Shift<T>> {
    let mut old: Vec<Option<T>> = old.into_iter().map(Some).collect();
    let mut shifts = Vec::new();
    for new in new {
        let (id, formerly) = names(&new);
        let place = [id]
            .into_iter()
            .chain(formerly)
            .find_map(|id| old.iter().position(|old| old.as_ref().is_some_and(|old| names(old).0 == id)));
        let was = place.and_then(|place| old.get_mut(place)).and_then(Option::take);
        let changed = was.as_ref().map_or_else(Vec::new, |old| changed(old, &new));
        shifts.push(Shift { old: was, new: Some(new), changed });
    }
    shifts.extend(old.into_iter().flatten().map(|old| Shift { old: Some(old), new: None, changed: Vec::new() }));
    shifts
}

/// The names of what differs.
fn differing<const N: usize>(parts: [(bool, &str); N]) -> Vec<String> {
    parts.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name.to_owned()).collect()
}

fn of_priorities(old: &Priority, new: &Priority) -> Vec<String> {
    differing([(old.title != new.title, "the title")])
}

fn of_measures(old: &Measure, new: &Measure) -> Vec<String> {
    let mut changed = differing([
        (old.title != new.title, "the title"),
        (old.priority != new.priority, "the priority"),
        (old.wanted != new.wanted, "the direction wanted"),
        (old.target.goal != new.target.goal, "the target"),
        (old.kind().zip(new.kind()).is_some_and(|(old, new)| old != new), "the kind of figure"),
        (old.owner != new.owner, "the owner"),
    ]);
    changed.extend(
        revised(old, new)
            .map(|(was, is)| format!("the figure of {}, {} then and {} now", is.period, was.printed, is.printed)),
    );
    changed
}

/// The first figure of a period that both have and have otherwise: as it was, and as it is.
fn revised<'m>(old: &'m Measure, new: &'m Measure) -> Option<(&'m Reading, &'m Reading)> {
    fn all(measure: &Measure) -> impl Iterator<Item = &Reading> {
        measure.series.iter().chain(&measure.baseline).chain(&measure.actual)
    }
    let is_other = |was: &Reading, is: &Reading| was.period == is.period && (was.low, was.high) != (is.low, is.high);
    all(old).find_map(|was| all(new).find(|is| is_other(was, is)).map(|is| (was, is)))
}

fn of_actions(old: &FollowedAction, new: &FollowedAction) -> Vec<String> {
    differing([
        (old.title != new.title, "the title"),
        (old.lead != new.lead, "the lead"),
        (old.due != new.due, "the day it is due"),
    ])
}
