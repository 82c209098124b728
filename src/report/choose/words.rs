//! Sentences about a choice.

use std::cmp::Ordering;

use crate::assessment::plan::options::{Cost, Demand};
use crate::choose::answer::Best;
use crate::choose::case::Origin;
use crate::choose::choice::{Choice, Otherwise};
use crate::choose::instance::is_in;
use crate::exact::Fixed;
use crate::words::{fixed, listed, number};

/// A value, with the decimals that it has and no zeros behind them.
pub(super) fn figure(value: Fixed) -> String {
    number(value.to_f64(), value.decimals())
}

/// An amount of a resource with its unit.
pub(super) fn amount(choice: &Choice<'_>, resource: usize, units: i64) -> String {
    with_unit(choice, resource, choice.case.amount(resource, units))
}

/// How much there is of a resource, with its unit.
pub(super) fn there_is(choice: &Choice<'_>, resource: usize) -> String {
    with_unit(choice, resource, choice.case.there_is(resource))
}

/// A number of a resource's units.
pub(super) fn with_unit(choice: &Choice<'_>, resource: usize, number: Fixed) -> String {
    let unit = choice.case.options.resources.get(resource).map_or("", |resource| &resource.unit);
    format!("{} {unit}", fixed(number.to_f64(), number.decimals()))
}

/// The numbers of all actions in the order in which they are told: those of the best set, then the others, each by title.
pub(in crate::report) fn in_order(choice: &Choice<'_>) -> Vec<usize> {
    let actions = &choice.case.options.actions;
    let mut order: Vec<usize> = (0..actions.len()).collect();
    order.sort_by_key(|number| {
        let title = actions.get(*number).map_or("", |action| &action.title);
        (!is_in(&choice.best.set, *number), title, *number)
    });
    order
}

/// The titles of a set's actions, in the order of the alphabet; `no action` where it has none.
pub(super) fn titles(choice: &Choice<'_>, set: &[bool]) -> String {
    let mut titles: Vec<String> = choice.case.actions(set).iter().map(|action| action.title.clone()).collect();
    titles.sort();
    if titles.is_empty() { "no action".to_owned() } else { listed(&titles) }
}

/// By how much a set is worth less than the best one.
pub(super) fn less(choice: &Choice<'_>, other: &Best) -> Fixed {
    choice.case.value(choice.best.value - other.value)
}

/// The same in words. Only where the steps did not suffice can a set be worth more than the one that was found.
pub(super) fn less_or_more(choice: &Choice<'_>, other: &Best) -> String {
    match choice.best.value - other.value {
        less if less < 0 => format!("{} more", figure(choice.case.value(-less))),
        less => format!("{} less", figure(choice.case.value(less))),
    }
}

/// Why the best set is put before another one of the same value; none where it is not proven to be the best.
pub(super) fn why_first(choice: &Choice<'_>, other: &Best) -> Option<String> {
    if !choice.best.is_proven() {
        return None;
    }
    let case = &choice.case;
    let saved = case.instance.saved.iter().map(|resource| {
        let used = |set| case.used(*resource, set).units();
        (*resource, used(&choice.best.set).cmp(&used(&other.set)))
    });
    let saved: Vec<(usize, Ordering)> = saved.collect();
    let count = |set: &[bool]| set.iter().filter(|chosen| **chosen).count();
    let reason = match saved.iter().find(|(_, order)| order.is_ne()) {
        Some(_) if saved.iter().all(|(_, order)| order.is_le()) => "uses less".to_owned(),
        Some((resource, _)) => {
            format!("uses less of {}", case.options.resources.get(*resource).map_or("", |it| &it.title))
        }
        None if count(&choice.best.set) < count(&other.set) => "has fewer actions".to_owned(),
        None => "has the first action by id that only one of them has".to_owned(),
    };
    Some(format!("the one that {reason} is best"))
}

/// What comes in (+) and what goes out (−), for a table.
pub(super) fn exchanged_plainly(choice: &Choice<'_>, from: &[bool], to: &[bool]) -> String {
    let moved = |is: bool, sign: &str| -> Vec<String> {
        let pairs = choice.case.options.actions.iter().zip(from.iter().zip(to));
        let moved = pairs.filter(|(_, (from, to))| from != to && **to == is);
        let mut titles: Vec<String> = moved.map(|(action, _)| format!("{sign} {}", action.title)).collect();
        titles.sort();
        titles
    };
    [moved(true, "+"), moved(false, "−")].concat().join("; ")
}

/// What comes in and what goes out where one set takes the place of another, but for `known`.
pub(super) fn exchanged(choice: &Choice<'_>, from: &[bool], to: &[bool], known: Option<usize>) -> String {
    let only = |one: &[bool], other: &[bool]| -> Vec<bool> {
        let pairs = one.iter().zip(other).enumerate();
        pairs.map(|(at, (one, other))| *one && !*other && Some(at) != known).collect()
    };
    let (enter, leave) = (only(to, from), only(from, to));
    let told = |set: &[bool], verb: &str| {
        let some = set.iter().any(|chosen| *chosen);
        some.then(|| format!("{} {verb}", titles(choice, set)))
    };
    let all: Vec<String> = told(&enter, "would come in").into_iter().chain(told(&leave, "would go out")).collect();
    listed(&all)
}

/// What an action costs of a resource.
pub(in crate::report) fn cost_in_words(choice: &Choice<'_>, cost: &Cost) -> String {
    let title = choice.case.options.resources.get(cost.resource).map_or("", |resource| &resource.title);
    format!("{} of {title}", with_unit(choice, cost.resource, cost.amount))
}

/// Why an action is in the best set, or is not.
pub(in crate::report) fn because(choice: &Choice<'_>, action: usize) -> String {
    let is_in = is_in(&choice.best.set, action);
    if let Some(duty) = duty(choice, action) {
        return duty;
    }
    match (choice.actions.get(action), is_in) {
        (Some(Otherwise::Set(other)), _) => decided_otherwise(choice, other, action, is_in),
        (Some(Otherwise::Nothing(origins)), true) => format!("no set can do without it: {}", told(choice, origins)),
        (Some(Otherwise::Nothing(origins)), false) => {
            format!("no set can have it: {}", against(choice, action, origins))
        }
        (Some(Otherwise::Unknown) | None, _) => {
            "the steps of this run did not suffice to find what would be best otherwise".to_owned()
        }
    }
}

/// What stands against an action: what it costs of resources and how much there is of them, and what conditions ask for.
fn against(choice: &Choice<'_>, action: usize, origins: &[Origin]) -> String {
    let options = choice.case.options;
    let parts = origins.iter().map(|origin| match origin {
        Origin::Resource(number) => {
            let title = options.resources.get(*number).map_or("", |resource| &resource.title);
            let (costs, there_is) = (choice.case.cost(*number, action), there_is(choice, *number));
            let of_which = format!("of {title} there are {there_is}");
            match costs {
                0 => of_which,
                costs => format!("it costs {}, and {of_which}", amount(choice, *number, costs)),
            }
        }
        Origin::Condition(number) => {
            options.conditions.get(*number).map_or_else(String::new, |it| demand_in_words(choice, &it.demand))
        }
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// What the best set is where an action is decided otherwise.
fn decided_otherwise(choice: &Choice<'_>, other: &Best, action: usize, is_in: bool) -> String {
    let change = exchanged(choice, &choice.best.set, &other.set, Some(action));
    let (with, is_alone) = (if is_in { "without it" } else { "with it" }, change.is_empty());
    let change = if is_alone { String::new() } else { format!(": {change}") };
    let worse = choice.best.value - other.value;
    match worse {
        0 if !is_in && is_alone => format!("beside {} it adds nothing", the_set(&choice.best)),
        0 => {
            let why = why_first(choice, other).map_or_else(String::new, |why| format!("; of equals, {why}"));
            format!("{with} a set has the same value{change}{why}")
        }
        _ if worse < 0 => {
            let more = figure(choice.case.value(-worse));
            format!("{with} a set was found that is worth {more} more{change}: the set found is not the best one")
        }
        _ => format!("{with} {} is worth {} less{change}", the_set(other), figure(less(choice, other))),
    }
}

/// A set, called best only where that is proven.
pub(super) fn the_set(best: &Best) -> &'static str {
    if best.is_proven() { "the best set" } else { "the best set found" }
}

/// That it is a duty, or committed already.
fn duty(choice: &Choice<'_>, action: usize) -> Option<String> {
    let duty = choice.case.options.conditions.iter().find_map(|condition| match &condition.demand {
        Demand::Must(own) if *own == action => Some(format!("it must be chosen: {}", condition.reason)),
        Demand::Committed(own) if *own == action => Some(format!("it is committed already: {}", condition.reason)),
        _ => None,
    })?;
    let duty = duty.trim_end_matches('.').to_owned();
    let without = choice.without_duty.iter().find(|(own, _)| *own == action).filter(|_| choice.best.is_proven());
    Some(match without.map(|(_, best)| best.value - choice.best.value) {
        None => duty,
        Some(0) => format!("{duty}; without that, no set would be worth more"),
        Some(more) => {
            format!("{duty}; without that, a set worth {} more could be had", figure(choice.case.value(more)))
        }
    })
}

/// Resources and conditions, listed.
fn told(choice: &Choice<'_>, origins: &[Origin]) -> String {
    listed(&origins.iter().map(|origin| in_words(choice, *origin)).collect::<Vec<_>>())
}

/// A resource with how much there is of it, or what a condition asks for.
fn in_words(choice: &Choice<'_>, origin: Origin) -> String {
    let options = choice.case.options;
    match origin {
        Origin::Resource(number) => {
            let title = options.resources.get(number).map_or("", |resource| &resource.title);
            format!("{title} ({})", there_is(choice, number))
        }
        Origin::Condition(number) => {
            let demand = options.conditions.get(number).map(|condition| demand_in_words(choice, &condition.demand));
            format!("that {}", demand.unwrap_or_default())
        }
    }
}

/// What a condition asks for, by titles.
pub(super) fn demand_in_words(choice: &Choice<'_>, demand: &Demand) -> String {
    let options = choice.case.options;
    let title = |action: &usize| options.actions.get(*action).map_or(String::new(), |action| action.title.clone());
    let titles = |actions: &[usize]| listed(&actions.iter().map(title).collect::<Vec<_>>());
    match demand {
        Demand::Needs(own, others) => format!("{} needs {}", title(own), titles(others)),
        Demand::Excludes(own, others) => format!("{} excludes {}", title(own), titles(others)),
        Demand::Must(own) => format!("{} must be chosen", title(own)),
        Demand::Committed(own) => format!("{} is committed already", title(own)),
        Demand::Group { group, at_least, at_most, .. } => {
            let least = at_least.map(|least| format!("at least {least}"));
            let most = at_most.map(|most| format!("at most {most}"));
            let counts: Vec<String> = least.into_iter().chain(most).collect();
            format!("{} of the group `{group}` are chosen", listed(&counts))
        }
    }
}
