//! What is to be spent on the decisions: what the plan's chosen actions cost, and how much of it goes to places that are open.

use super::sure::{Sureness, Surety};
use crate::choose::choice::Choice;
use crate::choose::instance::is_in;
use crate::ranked::RankedAssessment;
use crate::report::choose::{there_is, with_unit};
use crate::scoring::Trace;

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
    let mut told = Vec::new();
    for (number, resource) in case.options.resources.iter().enumerate() {
        let (all, open) = (case.used(number, set), case.used(number, &at_risk));
        if all.units() == 0 {
            continue;
        }
        let of = format!("{} of {}", with_unit(choice, number, all), resource.title);
        let rest = match open.units() {
            0 => "all for places that are secure".to_owned(),
            _ if open == all => "none of it for places that are secure".to_owned(),
            _ => format!(
                "{} of it for no place that is secure, and perhaps wrongly spent",
                with_unit(choice, number, open)
            ),
        };
        told.push(format!("the chosen actions cost {of} (there are {}): {rest}.", there_is(choice, number)));
    }
    let plan =
        report.assessment.plan.as_ref().filter(|plan| plan.period.last_day() < report.assessment.period.first_day());
    told.extend(
        plan.filter(|_| !told.is_empty()).map(|plan| format!("These are amounts of {}: ask for today’s.", plan.period)),
    );
    told
}
