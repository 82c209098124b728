//! What a set must satisfy.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::super::format;
use super::super::super::options::{Action, Condition, Demand};
use super::super::document_place::cited;
use super::Judging;
use crate::diagnostic::{Code, Place, Problem, quoted_list};
use crate::toml_file::{At, WrittenNumber};

impl Judging<'_, '_> {
    pub(super) fn conditions(&mut self, written: &[At<format::Condition>], actions: &[Action]) -> Vec<Condition> {
        let mut judged: Vec<Condition> = Vec::new();
        let mut first: BTreeMap<&str, Place> = BTreeMap::new();
        for At { value: written, span } in written {
            self.check.once(&mut first, "a condition", &written.id);
            let id = self.check.id(&written.id);
            let reason = self.check.text(&written.reason, "the reason");
            let demand = self.demand(written, span, actions);
            let (source, place) = (written.source.as_ref(), written.place.as_ref());
            let cited = cited(self.check, self.references, source, place, None, span);
            let place = self.check.place(&written.id.span);
            let (Some(id), Some(reason), Some(demand)) = (id, reason, demand) else { continue };
            judged.push(Condition { id, demand, reason, cited, place });
        }
        self.no_circle(&judged, actions);
        self.none_needs_what_it_excludes(&judged, actions);
        judged.sort_by(|one, other| one.id.cmp(&other.id));
        judged
    }

    fn demand(&mut self, written: &format::Condition, span: &Range<usize>, actions: &[Action]) -> Option<Demand> {
        let of_action =
            [written.needs.is_some(), written.excludes.is_some(), written.must.is_some(), written.committed.is_some()];
        let of_group = written.at_most.is_some() || written.at_least.is_some();
        let given = of_action.iter().filter(|given| **given).count();
        match (&written.action, &written.group) {
            (Some(action), None) if given == 1 && !of_group => {
                let own = self.known_action(action, actions);
                let mut others = |named: &At<Vec<At<String>>>| -> Vec<usize> {
                    named.value.iter().filter_map(|named| self.known_action(named, actions)).collect()
                };
                let demand = match (&written.needs, &written.excludes) {
                    (Some(needs), _) => Demand::Needs(own?, others(needs)),
                    (_, Some(excludes)) => Demand::Excludes(own?, others(excludes)),
                    _ if written.must.is_some() => Demand::Must(own?),
                    _ => Demand::Committed(own?),
                };
                self.says_something(written, own?, &demand).then_some(demand)
            }
            (None, Some(group)) if given == 0 && of_group => self.group(written, group, actions),
            _ if self.check.lost.has_lost_from(span) => None,
            _ => {
                let message = "this is not one condition of an action or of a group";
                let help = "give an `action` with just one of `needs`, `excludes`, `must` and `committed`, or a `group` with \
                            `at_most`, `at_least` or both";
                self.check.problem(Code::WhichEvidence, span, message, help);
                None
            }
        }
    }

    fn known_action(&mut self, named: &At<String>, actions: &[Action]) -> Option<usize> {
        let found = actions.binary_search_by(|action| action.id.cmp(&named.value)).ok();
        if found.is_none() {
            self.unknown(named, "the plan has no action", actions.iter().map(|action| &*action.id));
        }
        found
    }

    fn says_something(&mut self, written: &format::Condition, own: usize, demand: &Demand) -> bool {
        let list = written.needs.as_ref().or(written.excludes.as_ref());
        let flag = written.must.as_ref().or(written.committed.as_ref());
        if let Some(flag) = flag.filter(|flag| !flag.value) {
            let message = "a condition that does not hold says nothing";
            self.check.problem(Code::BadValue, &flag.span, message, "write `true`, or take the condition out");
            return false;
        }
        let Some(list) = list else { return true };
        if list.value.is_empty() {
            let help = "name the actions by id, or take the condition out";
            self.check.problem(Code::BadValue, &list.span, "this list is empty", help);
            return false;
        }
        let others = match demand {
            Demand::Needs(_, others) | Demand::Excludes(_, others) => others.as_slice(),
            _ => &[],
        };
        if others.contains(&own) {
            let what = if written.needs.is_some() { "needs itself" } else { "excludes itself" };
            self.check.problem(Code::Circle, &list.span, format!("this action {what}"), "name other actions");
            return false;
        }
        true
    }

    fn group(&mut self, written: &format::Condition, named: &At<String>, actions: &[Action]) -> Option<Demand> {
        let groups: BTreeSet<&str> = actions.iter().filter_map(|action| action.group.as_deref()).collect();
        if !groups.contains(&*named.value) {
            if groups.is_empty() {
                let message = format!("no action is of the group `{}`", named.value);
                let help = format!("write `group = \"{}\"` at each action that is", named.value);
                self.check.problem(Code::UnknownId, &named.span, message, help);
                return None;
            }
            self.unknown(named, "no action is of the group", groups.iter().copied());
            return None;
        }
        let of = |(number, action): (usize, &Action)| (action.group.as_ref() == Some(&named.value)).then_some(number);
        let members: Vec<usize> = actions.iter().enumerate().filter_map(of).collect();
        let mut count = |written: &Option<At<WrittenNumber>>| match written {
            None => Some(None),
            Some(written) => self.check.whole(written, "a number of actions").map(|number| Some(to_count(number))),
        };
        let (at_least, at_most) = (count(&written.at_least)?, count(&written.at_most)?);
        if let (Some(least), Some(written)) = (at_least, &written.at_least) {
            let most = at_most.map_or(members.len(), |most| most.min(members.len()));
            if least > most {
                let message = format!("at least {least} of the group can't be chosen: {most} is the most");
                self.check.problem(
                    Code::BadValue,
                    &written.span,
                    message,
                    "lower `at_least`, or raise what is allowed",
                );
                return None;
            }
        }
        Some(Demand::Group { group: named.value.clone(), actions: members, at_least, at_most })
    }

    /// Notes actions that can never be chosen, as they need two that exclude each other, or one that they exclude.
    fn none_needs_what_it_excludes(&mut self, conditions: &[Condition], actions: &[Action]) {
        let needs = Needs::of(conditions);
        let id = |number: usize| actions.get(number).map_or("", |action| &*action.id);
        for condition in conditions {
            let Demand::Excludes(own, others) = &condition.demand else { continue };
            for other in others {
                let together = |action: &usize| {
                    let needed = needs.reached(*action);
                    let has = |one: &usize| one == action || needed.contains(one);
                    has(own) && has(other)
                };
                let Some(action) = (0..actions.len()).find(together) else { continue };
                let message = match (action == *own, action == *other) {
                    (true, _) => format!("`{}` needs `{}` and excludes it", id(action), id(*other)),
                    (_, true) => format!("`{}` needs `{}`, which excludes it", id(action), id(*own)),
                    _ => format!(
                        "`{}` needs `{}` and `{}`, and one excludes the other",
                        id(action),
                        id(*own),
                        id(*other)
                    ),
                };
                let problem = Problem::new(Code::Contradiction, format!("{message}: it can never be chosen"));
                let help = "take one of the two conditions out";
                self.check.problems.push(problem.at(condition.place.clone()).help(help));
            }
        }
    }

    /// Notes actions that need each other in a circle.
    fn no_circle(&mut self, conditions: &[Condition], actions: &[Action]) {
        let needs = Needs::of(conditions);
        let reached = |from: usize| needs.reached(from);
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for condition in conditions {
            let Demand::Needs(own, _) = condition.demand else { continue };
            if told.contains(&own) || !reached(own).contains(&own) {
                continue;
            }
            let circle: Vec<usize> = reached(own).into_iter().filter(|other| reached(*other).contains(&own)).collect();
            let ids: Vec<&str> = circle.iter().filter_map(|it| actions.get(*it)).map(|action| &*action.id).collect();
            told.extend(&circle);
            let message = format!("{} need each other in a circle", quoted_list(&ids));
            let problem = Problem::new(Code::Circle, message).at(condition.place.clone());
            self.check.problems.push(problem.help("take one of the needs out, or make them one action"));
        }
    }
}

/// Which actions each needs.
struct Needs(BTreeMap<usize, BTreeSet<usize>>);

impl Needs {
    fn of(conditions: &[Condition]) -> Self {
        let mut needs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for condition in conditions {
            if let Demand::Needs(own, others) = &condition.demand {
                needs.entry(*own).or_default().extend(others);
            }
        }
        Self(needs)
    }

    /// All that an action needs, and what those need.
    fn reached(&self, from: usize) -> BTreeSet<usize> {
        let (mut found, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            next.extend(self.0.get(&at).into_iter().flatten().filter(|other| found.insert(**other)));
        }
        found
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, from zero and below 2^53")]
fn to_count(number: f64) -> usize {
    number as usize
}
