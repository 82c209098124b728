//! What is to be spent on the decisions: what the plan's chosen actions cost, and how much of it goes to places that are open.

use super::basis::made_up_share;
use super::shown::amount;
use super::sure::{Sureness, Surety};
use crate::choose::choice::Choice;
use crate::choose::instance::is_in;
use crate::ranked::RankedAssessment;
use crate::scoring::{Fixed, Trace};

/// What the actions cost that the board chose, or that are best where it chose none, a sentence each.
pub(in crate::report::paper) fn money(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Vec<String> {
    let set = choice.board.as_ref().map_or(&choice.best.set, |board| &board.set.set);
    let (case, sure) = (&choice.case, Sureness::new(report));
    let is_secure = |trace: &Trace<'_>| {
        trace.is_given_a_place() || sure.of(trace).is_some_and(|place| place.surety == Surety::Secure)
    };
    let secure: Vec<&str> =
        report.traces.iter().filter(|trace| is_secure(trace)).map(|trace| &*trace.candidate.id).collect();
    let serves_a_secure_one = |at: usize| {
        let action = case.options.actions.get(at);
        action.is_some_and(|action| action.serves.iter().any(|reach| secure.contains(&&*reach.candidate)))
    };
    let count = case.options.actions.len();
    let at_risk: Vec<bool> = (0..count).map(|at| is_in(set, at) && !serves_a_secure_one(at)).collect();
    let rests_on_made_up = case.options.actions.iter().enumerate().any(|(at, action)| {
        let served = |trace: &&Trace<'_>| action.serves.iter().any(|reach| reach.candidate == trace.candidate.id);
        is_in(set, at) && report.traces.iter().filter(served).any(|trace| made_up_share(trace).is_some())
    });
    let which = match choice.board {
        Some(_) => "The actions that the board chose cost",
        None => "The best set of actions (annex, “What the plan can do”) costs",
    };
    let mut told = Vec::new();
    for (number, resource) in case.options.resources.iter().enumerate() {
        let (all, open) = (case.used(number, set), case.used(number, &at_risk));
        if all.units() == 0 {
            continue;
        }
        let in_words = |of: Fixed| amount(of, &resource.unit);
        let rest = match open.units() {
            0 => "All of it goes to places that are secure.".to_owned(),
            _ if open == all => {
                "None of it goes to a place that is secure: all of it could be wrongly spent.".to_owned()
            }
            _ => format!("{} of it goes to places that are not secure, and could be wrongly spent.", in_words(open)),
        };
        let there_is = in_words(case.there_is(number));
        told.push(format!("{which} {} of the {there_is} of {}. {rest}", in_words(all), resource.title));
    }
    told.extend(
        (!told.is_empty() && rests_on_made_up)
            .then(|| "If the made-up scores fail, so does what is said here of places.".to_owned()),
    );
    let plan =
        report.assessment.plan.as_ref().filter(|plan| plan.period.last_day() < report.assessment.period.first_day());
    told.extend(
        plan.filter(|_| !told.is_empty()).map(|plan| format!("These are amounts of {}: ask for today’s.", plan.period)),
    );
    told
}
