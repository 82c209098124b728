//! What the board chose instead: its set, held against the same resources and conditions.

use super::answer::{Best, Proof};
use super::case::{Case, Origin};
use crate::assessment::decisions::{ChosenSet, Decisions};
use crate::diagnostic::{Code, Place, Problem, Problems, did_you_mean};

/// What the board chose.
#[derive(Debug, Clone)]
pub struct BoardSet<'a> {
    /// As filed.
    pub chosen: &'a ChosenSet,
    /// The set, and what it is worth.
    pub set: Best,
}

/// The set that the board chose; none where it chose none, or for another year.
///
/// # Errors
/// Actions that the plan does not have; every resource and condition that the set does not keep to, at its line.
pub fn board_set<'a>(
    case: &Case<'_>,
    decisions: Option<&'a Decisions>,
    own_year: bool,
) -> Result<Option<BoardSet<'a>>, Problems> {
    let Some(chosen) = decisions.and_then(|decisions| decisions.chosen.as_ref()) else { return Ok(None) };
    if !chosen.period.map_or(own_year, |period| period == case.year) {
        return Ok(None);
    }
    let mut problems = Problems::default();
    for (id, place) in chosen.actions.iter().filter(|(id, _)| case.options.action(id).is_none()) {
        let known = case.options.actions.iter().map(|action| &*action.id);
        let message = format!("the plan has no action `{id}`");
        problems.push(Problem::new(Code::UnknownId, message).at(place.clone()).help(did_you_mean(id, known)));
    }
    let ids: Vec<String> = chosen.actions.iter().map(|(id, _)| id.clone()).collect();
    let set = case.set(&ids);
    if !problems.has_errors() {
        for origin in case.broken(&set) {
            problems.push(breaks(case, origin, &set, &chosen.place));
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let set = Best { value: case.instance.value(&set), set, proof: Proof::Proven };
    Ok(Some(BoardSet { chosen, set }))
}

fn breaks(case: &Case<'_>, origin: Origin, set: &[bool], place: &Place) -> Problem {
    let (message, help) = match origin {
        Origin::Resource(number) => {
            let (used, there_is) = (case.used(number, set), case.there_is(number));
            let resource = case.options.resources.get(number);
            let (id, unit) = resource.map_or(("", ""), |resource| (&resource.id, &resource.unit));
            let message = format!(
                "the chosen set takes {used} {unit} of `{id}` in {}, and there is {there_is} {unit}: {} {unit} too much",
                case.year,
                used.minus(there_is)
            );
            (message, "take an action out of `actions`, or correct the plan's amounts".to_owned())
        }
        Origin::Condition(number) => {
            let condition = case.options.conditions.get(number);
            let (id, reason) = condition.map_or(("", ""), |condition| (&condition.id, &condition.reason));
            let line = condition.map_or(0, |it| it.place.source.line(it.place.span.start));
            let message = format!("the chosen set does not keep to the condition `{id}` of the plan, line {line}");
            (message, format!("change `actions`, or take the condition back: it says \"{reason}\""))
        }
    };
    Problem::new(Code::BrokenCondition, message).at(place.clone()).help(help)
}
