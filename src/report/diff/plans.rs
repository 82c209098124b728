//! What became of the plans: measures from year to year, and what was added, dropped or changed.

use super::section::{DiffSection, DiffTable};
use crate::assessment::plan::Plan;
use crate::diff::{PlanShift, Shift};
use crate::report::review::shown;
use crate::review::{ActionReview, MeasureReview};
use crate::words::{listed, upper_first};

/// A section for each plan.
pub(super) fn plans(shifts: &[PlanShift<'_>]) -> Vec<DiffSection> {
    shifts.iter().map(section).collect()
}

fn section(shift: &PlanShift<'_>) -> DiffSection {
    let name = |plan: &Plan| format!("{}, {}", plan.title, plan.period);
    let mut section = match (shift.old, shift.new) {
        (Some(old), Some(new)) if old.id == new.id => DiffSection::new(format!("Plan: {}", name(new))),
        (Some(old), Some(new)) => {
            let mut section = DiffSection::new("From plan to plan");
            section.before.push(format!("Old: {}. New: {}.", name(old), name(new)));
            section
        }
        (None, Some(new)) => DiffSection::new(format!("New plan: {}", name(new))),
        (old, _) => DiffSection::new(format!("Plan without a successor: {}", old.map(name).unwrap_or_default())),
    };
    let heading = [("", false), ("old", false), ("new", false), ("what became of it", false)];
    section.table = DiffTable::new(&heading);
    section.table.rows = shift.measures.iter().map(measure).collect();
    // What is the same is not repeated; of measures it is, for their figures are of another year.
    let priorities = shift.priorities.iter().filter(|it| it.word() != "same").map(|it| {
        let title = |of: Option<&&crate::assessment::plan::Priority>| of.map(|it| it.title.clone());
        told("Priority", title(it.old.as_ref()), title(it.new.as_ref()), it.word(), &it.changed)
    });
    let actions = shift.actions.iter().filter(|it| it.word() != "same" || is_other(it)).map(|it| {
        let title = |of: Option<&ActionReview<'_>>| of.map(|it| it.action.title.clone());
        let told = told("Action", title(it.old.as_ref()), title(it.new.as_ref()), it.word(), &it.changed);
        format!("{told} {}", outcomes(it))
    });
    section.after = priorities.chain(actions).collect();
    section
}

/// A measure's figures and outcomes, a row.
fn measure(it: &Shift<MeasureReview<'_>>) -> Vec<String> {
    let side = |of: &Option<MeasureReview<'_>>| match of {
        None => "–".to_owned(),
        Some(it) => format!("{}, {}", shown(it.measure.actual.as_ref()), it.outcome.word.phrase()),
    };
    let title = it.new.as_ref().or(it.old.as_ref()).map(|it| it.measure.title.clone()).unwrap_or_default();
    vec![title, side(&it.old), side(&it.new), became(it.word(), &it.changed)]
}

fn became(word: &str, changed: &[String]) -> String {
    match changed {
        [] => word.to_owned(),
        changed => format!("{word}: {}", listed(changed)),
    }
}

/// What became of an action on each side: `Off course, now achieved.`
fn outcomes(it: &Shift<ActionReview<'_>>) -> String {
    let word = |of: &Option<ActionReview<'_>>| of.as_ref().map(|it| it.outcome.word.phrase());
    let told = match (word(&it.old), word(&it.new)) {
        (Some(old), Some(new)) if old != new => format!("{old}, now {new}"),
        (old, new) => new.or(old).unwrap_or_default().to_owned(),
    };
    format!("{}.", upper_first(&told))
}

/// Whether another thing became of an action than before.
fn is_other(it: &Shift<ActionReview<'_>>) -> bool {
    it.old.as_ref().zip(it.new.as_ref()).is_some_and(|(old, new)| old.outcome.word != new.outcome.word)
}

/// A priority or action in a sentence: `Priority dropped: Vehicle crime.`
fn told(kind: &str, old: Option<String>, new: Option<String>, word: &str, changed: &[String]) -> String {
    let title = match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{old}, now {new}"),
        (old, new) => new.or(old).unwrap_or_default(),
    };
    format!("{kind} {}. {title}.", became(word, changed)).replace("..", ".")
}
