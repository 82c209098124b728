//! Resources, actions and conditions judged together: what they name is there, no number is below zero, and no action needs
//! itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Value;

use super::super::format::{self, PlanFile};
use super::super::options::{Action, Basis, Condition, Cost, Demand, Options, Reach, Resource, Worth};
use super::document_place::cited;
use super::named::Filed;
use crate::assessment::digest::canonical_digest;
use crate::assessment::judging::{needs, period};
use crate::assessment::period::Period;
use crate::assessment::period_forms::day;
use crate::assessment::references::References;
use crate::diagnostic::{Code, Place, did_you_mean, quoted_list};
use crate::exact::Fixed;
use crate::toml_file::{At, Checker, WrittenNumber};

/// The most decimals of an amount, a cost or a share.
const DECIMALS: usize = 6;
/// To how many decimals the mean of several shares is rounded.
const SHARE_DECIMALS: u32 = 4;
/// The most actions of a plan.
const MOST_ACTIONS: usize = 1_000;

/// What can be chosen; none where the plan has no actions, or something in it stops it.
pub(super) fn judge(
    check: &mut Checker<'_>,
    references: &References<'_>,
    filed: &Filed<'_>,
    file: &PlanFile,
    content: &toml::Table,
) -> Option<Options> {
    if file.action.is_empty() && file.resource.is_empty() && file.condition.is_empty() && file.plan.worth.is_none() {
        return None;
    }
    let mut judging = Judging { check, references, filed };
    let resources = judging.resources(&file.resource);
    // The money of a plan that is reviewed: there is nothing to choose.
    if file.action.is_empty() && file.condition.is_empty() && file.plan.worth.is_none() {
        return None;
    }
    let actions = judging.actions(&file.action, &resources);
    let conditions = judging.conditions(&file.condition, &actions);
    let worth = needs(judging.check, "worth", file.plan.worth.as_ref(), &file.plan.title.span);
    let worth = worth.filter(|worth| judging.check.text(worth, "the worth").is_some());
    let source = std::sync::Arc::clone(judging.check.source);
    let worth = worth.map(|code| Worth { code: code.clone(), source });
    if actions.is_empty() && !judging.check.lost.has_lost_table {
        let message = "the plan has nothing to choose from";
        judging.check.problem(
            Code::MissingKey,
            &file.plan.title.span,
            message,
            "add an `[[action]]` for each thing that could be done",
        );
    }
    if actions.len() > MOST_ACTIONS {
        let message = format!("the plan has {} actions, and {MOST_ACTIONS} is the most", actions.len());
        judging.check.problem(
            Code::BadValue,
            &file.plan.title.span,
            message,
            "choose among fewer, such as those of one group",
        );
    }
    Some(Options { worth: worth?, resources, actions, conditions, digest: digest(content) })
}

/// The digest of what is chosen from, whatever the order of the tables.
fn digest(content: &toml::Table) -> String {
    let mut root = toml::Table::new();
    for key in ["resource", "action", "condition"] {
        if let Some(Value::Array(items)) = content.get(key) {
            let mut told: Vec<String> = items.iter().map(canonical_digest).collect();
            told.sort();
            root.insert(key.to_owned(), Value::Array(told.into_iter().map(Value::String).collect()));
        }
    }
    if let Some(Value::Table(plan)) = content.get("plan") {
        let kept = ["worth", "maximise", "period"].into_iter().filter_map(|key| Some((key, plan.get(key)?)));
        root.extend(kept.map(|(key, value)| (key.to_owned(), value.clone())));
    }
    canonical_digest(&Value::Table(root))
}

struct Judging<'j, 'c> {
    check: &'j mut Checker<'c>,
    references: &'j References<'j>,
    filed: &'j Filed<'j>,
}

impl Judging<'_, '_> {
    fn resources(&mut self, written: &[At<format::Resource>]) -> Vec<Resource> {
        let mut judged: Vec<Resource> = Vec::new();
        let mut first: BTreeMap<String, Place> = BTreeMap::new();
        for At { value: written, span } in written {
            self.once(&mut first, "a resource", &written.id);
            let id = self.check.id(&written.id);
            let title = self.check.text(&written.title, "the title");
            let unit = self.check.text(&written.unit, "the unit");
            let keys = BasisKeys {
                source: &written.source,
                place: &written.place,
                by: &written.by,
                date: &written.date,
                because: &written.because,
                illustration: written.illustration,
                note: &written.note,
            };
            let basis = self.basis(&keys, "this amount", span);
            let amounts = self.amounts(written, unit.as_deref());
            let place = self.check.place(&written.id.span);
            let all = (id, title, unit);
            let (Some(id), Some(title), Some(unit)) = all else { continue };
            judged.push(Resource { id, title, unit, amounts, basis, place });
        }
        judged.sort_by(|one, other| one.id.cmp(&other.id));
        judged.dedup_by(|one, other| one.id == other.id);
        judged
    }

    fn amounts(&mut self, written: &format::Resource, unit: Option<&str>) -> Vec<(Period, Fixed)> {
        let mut judged: Vec<(Period, Fixed)> = Vec::new();
        if written.amounts.value.is_empty() {
            let help = "add `{ period = \"2013/14\", amount = 28440 }` for each period";
            self.check.problem(Code::BadValue, &written.amounts.span, "this resource has no amount", help);
        }
        for At { value: amount, span } in &written.amounts.value {
            self.same_unit(amount.unit.as_ref(), unit);
            let of = period(self.check, &amount.period);
            let figure = self.figure(&amount.amount, "an amount");
            let (Some(of), Some(figure)) = (of, figure) else { continue };
            if judged.iter().any(|(known, _)| *known == of) {
                let message = format!("this resource has an amount for {of} already");
                self.check.problem(Code::DuplicateId, span, message, "keep one of the two, or add them up");
                continue;
            }
            judged.push((of, figure));
        }
        judged.sort_by_key(|(of, _)| *of);
        judged
    }

    fn actions(&mut self, written: &[At<format::Action>], resources: &[Resource]) -> Vec<Action> {
        let mut judged: Vec<Action> = Vec::new();
        let mut first: BTreeMap<String, Place> = BTreeMap::new();
        for At { value: written, span } in written {
            if let Some(id) = written.id.as_ref().or(written.candidate.as_ref()) {
                self.once(&mut first, "an action", id);
            }
            judged.extend(self.action(written, span, resources));
        }
        judged.sort_by(|one, other| one.id.cmp(&other.id));
        judged.dedup_by(|one, other| one.id == other.id);
        judged
    }

    fn action(&mut self, written: &format::Action, span: &Range<usize>, resources: &[Resource]) -> Option<Action> {
        let id = match written.id.as_ref().or(written.candidate.as_ref()) {
            Some(id) => self.check.id(id),
            None => needs(self.check, "id", None::<&At<String>>, span).map(|id| id.value.clone()),
        };
        let about = written.candidate.as_ref().and_then(|named| self.candidate(named));
        let title = match (&written.title, &about) {
            (Some(title), _) => self.check.text(title, "the title"),
            (None, Some(candidate)) => Some(candidate.clone()),
            (None, None) if written.candidate.is_some() => None,
            (None, None) => needs(self.check, "title", None::<&At<String>>, span).map(|title| title.value.clone()),
        };
        let group = written.group.as_ref().map(|group| self.check.id(group));
        let costs = self.costs(&written.costs, resources);
        let mut serves = self.serves(&written.serves);
        match &written.candidate {
            Some(candidate) if !written.serves.is_empty() => {
                let message = "an action is a candidate itself, or serves candidates";
                self.check.problem(
                    Code::WhichEvidence,
                    &candidate.span,
                    message,
                    "keep `candidate` or `serves`, not both",
                );
            }
            Some(candidate) => {
                let (share, by) = (Fixed::new(1, 0), Vec::new());
                serves.push(Reach { candidate: candidate.value.clone(), share, between: None, by, because: None });
            }
            None if written.serves.is_empty() && !self.check.lost.has_lost_from(span) => {
                let help = "add `serves = [{ candidate = \"…\", share = 0.1 }]`, or name the `candidate` that it is";
                self.check.problem(Code::MissingKey, span, "this action serves no candidate", help);
            }
            None => {}
        }
        let keys = BasisKeys {
            source: &written.source,
            place: &written.place,
            by: &written.by,
            date: &written.date,
            because: &written.because,
            illustration: written.illustration,
            note: &written.note,
        };
        let basis = self.basis(&keys, "this action", span);
        let lead = written.lead.as_ref().and_then(|lead| self.check.text(lead, "the role"));
        let due = written.due.as_ref().and_then(|due| day(self.check, due));
        let (is_candidate, place) = (written.candidate.is_some(), self.check.place(span));
        Some(Action {
            id: id?,
            title: title?,
            group: group.flatten(),
            costs,
            serves,
            is_candidate,
            lead,
            due,
            basis,
            place,
        })
    }

    fn costs(&mut self, written: &[At<format::Cost>], resources: &[Resource]) -> Vec<Cost> {
        let mut judged: Vec<Cost> = Vec::new();
        for At { value: written, .. } in written {
            let amount = self.figure(&written.amount, "a cost");
            let between = self.between("a cost", amount, written.lower.as_ref(), written.upper.as_ref());
            let found = resources.iter().position(|resource| resource.id == written.resource.value);
            let Some(resource) = found else {
                let ids = resources.iter().map(|resource| &*resource.id);
                self.unknown(&written.resource, "the plan has no resource", ids);
                continue;
            };
            self.same_unit(written.unit.as_ref(), resources.get(resource).map(|resource| &*resource.unit));
            if judged.iter().any(|cost| cost.resource == resource) {
                let message = format!("this action costs `{}` twice", written.resource.value);
                self.check.problem(Code::DuplicateId, &written.resource.span, message, "add the two up");
            } else if let Some(amount) = amount {
                judged.push(Cost { resource, amount, between });
            }
        }
        judged.sort_by_key(|cost| cost.resource);
        judged
    }

    fn serves(&mut self, written: &[At<format::Serves>]) -> Vec<Reach> {
        let mut judged: Vec<Reach> = Vec::new();
        for At { value: written, span } in written {
            let known = self.candidate(&written.candidate);
            let (scores, by) = self.scores(written);
            let share = match (&written.share, &written.scores) {
                (Some(_), Some(scores)) => {
                    let message = "this share is given twice";
                    self.check.problem(
                        Code::WhichEvidence,
                        &scores.span,
                        message,
                        "keep `share` or `scores`, not both",
                    );
                    None
                }
                (Some(share), None) => self.share(share),
                (None, Some(_)) => mean(&scores),
                (None, None) => needs(self.check, "share", None::<&At<WrittenNumber>>, span).and(None),
            };
            let ends = match (scores.iter().min(), scores.iter().max()) {
                (Some(low), Some(high)) if written.lower.is_none() && written.upper.is_none() => Some((*low, *high)),
                _ => {
                    for end in [&written.lower, &written.upper].into_iter().flatten() {
                        self.share(end);
                    }
                    self.between("a share", share, written.lower.as_ref(), written.upper.as_ref())
                }
            };
            let because = written.because.as_ref().and_then(|because| self.check.text(because, "the reason"));
            let candidate = written.candidate.value.clone();
            if judged.iter().any(|reach| reach.candidate == candidate) {
                let message = format!("this action serves `{candidate}` twice");
                self.check.problem(
                    Code::DuplicateId,
                    &written.candidate.span,
                    message,
                    "keep one share for each candidate",
                );
            } else if let (Some(_), Some(share)) = (known, share) {
                judged.push(Reach { candidate, share, between: ends, by, because });
            }
        }
        judged.sort_by(|one, other| one.candidate.cmp(&other.candidate));
        judged
    }

    /// The shares that several people judged, and their roles; the role of the one who did where it is one.
    fn scores(&mut self, written: &format::Serves) -> (Vec<Fixed>, Vec<String>) {
        let (mut shares, mut roles) = (Vec::new(), Vec::new());
        for score in written.scores.iter().flat_map(|scores| &scores.value) {
            shares.extend(self.share(&score.value.share));
            roles.extend(self.check.text(&score.value.by, "the role"));
        }
        roles.extend(written.by.as_ref().and_then(|by| self.check.text(by, "the role")));
        if let Some(date) = &written.date {
            day(self.check, date);
        }
        (shares, roles)
    }

    fn share(&mut self, written: &At<WrittenNumber>) -> Option<Fixed> {
        let share = self.figure(written, "a share")?;
        if share.minus(Fixed::new(1, 0)).units() > 0 {
            let message = format!("a share can't be {share}: 1 is all of a candidate");
            self.check.problem(Code::BadValue, &written.span, message, "write a part of one: 0.15 for 15%");
            return None;
        }
        Some(share)
    }

    /// The ends of an interval, which holds what it is about.
    fn between(
        &mut self,
        what: &str,
        figure: Option<Fixed>,
        lower: Option<&At<WrittenNumber>>,
        upper: Option<&At<WrittenNumber>>,
    ) -> Option<(Fixed, Fixed)> {
        let low = lower.map(|lower| self.figure(lower, what));
        let high = upper.map(|upper| self.figure(upper, what));
        let figure = figure?;
        let (low, high) = (low.unwrap_or(Some(figure))?, high.unwrap_or(Some(figure))?);
        let outside = |at: Option<&At<WrittenNumber>>, other: &At<WrittenNumber>| at.unwrap_or(other).span.clone();
        if let Some(given) = lower.or(upper)
            && (figure.minus(low).units() < 0 || high.minus(figure).units() < 0)
        {
            let span = if figure.minus(low).units() < 0 { outside(lower, given) } else { outside(upper, given) };
            let message = format!("{what} of {figure} does not lie between {low} and {high}");
            self.check.problem(Code::BadValue, &span, message, "give the least as `lower` and the most as `upper`");
            return None;
        }
        (lower.is_some() || upper.is_some()).then_some((low, high))
    }

    /// A number from zero up with the digits that it was written with.
    fn figure(&mut self, written: &At<WrittenNumber>, what: &str) -> Option<Fixed> {
        self.check.not_negative(written, what)?;
        let text = self.check.place(&written.span).text().to_owned();
        let exact = exact(&text);
        if exact.is_none() {
            let message = format!("`{text}` can't be taken digit by digit");
            let help = format!("write it in digits, with {DECIMALS} decimals at most: 123850.73");
            self.check.problem(Code::BadValue, &written.span, message, help);
        }
        exact
    }

    fn same_unit(&mut self, written: Option<&At<String>>, unit: Option<&str>) {
        if let (Some(written), Some(unit)) = (written, unit)
            && written.value.trim() != unit
        {
            let message = format!("this is in {}, and the resource in {unit}", written.value.trim());
            let help = "convert it, or make it a resource of its own: amounts of two units don't add up";
            self.check.problem(Code::WrongKind, &written.span, message, help);
        }
    }

    /// The title of a candidate.
    fn candidate(&mut self, named: &At<String>) -> Option<String> {
        let candidates = self.filed.candidates;
        match candidates.binary_search_by(|candidate| candidate.id.cmp(&named.value)) {
            Ok(number) => candidates.get(number).map(|candidate| candidate.title.clone()),
            Err(_) if self.filed.is_whole => {
                self.unknown(named, "there is no candidate", candidates.iter().map(|candidate| &*candidate.id));
                None
            }
            Err(_) => None,
        }
    }

    fn unknown<'a>(&mut self, named: &At<String>, what: &str, known: impl Iterator<Item = &'a str>) {
        if !self.check.lost.has_lost_table {
            let message = format!("{what} `{}`", named.value);
            self.check.problem(Code::UnknownId, &named.span, message, did_you_mean(&named.value, known));
        }
    }

    fn once(&mut self, first: &mut BTreeMap<String, Place>, what: &str, id: &At<String>) {
        if let Some(first) = first.get(&id.value) {
            self.check.duplicate(&id.span, what, &id.value, Some(first));
        }
        first.entry(id.value.clone()).or_insert_with(|| self.check.place(&id.span));
    }

    fn basis(&mut self, keys: &BasisKeys<'_>, what: &str, span: &Range<usize>) -> Basis {
        let text = |check: &mut Checker<'_>, text: &Option<At<String>>, what: &str| {
            text.as_ref().and_then(|text| check.text(text, what))
        };
        let (by, because) = (text(self.check, keys.by, "the role"), text(self.check, keys.because, "the reason"));
        let date = keys.date.as_ref().filter(|date| day(self.check, date).is_some()).map(|date| date.value.clone());
        let note = text(self.check, keys.note, "the note");
        let cited = match (keys.source, keys.place) {
            (None, None) => None,
            (source, place) => cited(self.check, self.references, source.as_ref(), place.as_ref(), None, span),
        };
        let judged = keys.by.is_some() && keys.date.is_some() && keys.because.is_some();
        let is_said = judged || keys.source.is_some();
        if !is_said && !self.check.lost.has_lost_from(span) {
            let message =
                format!("{what} has no source: a document and the place in it, or who judged it, when and why");
            let help = "add `source = \"…\"` and `where = \"…\"`, or `by`, `date` and `because`";
            self.check.problem(Code::NoSource, span, message, help);
        }
        Basis { cited, by, date, because, illustration: keys.illustration.unwrap_or(false), note }
    }

    fn conditions(&mut self, written: &[At<format::Condition>], actions: &[Action]) -> Vec<Condition> {
        let mut judged: Vec<Condition> = Vec::new();
        let mut first: BTreeMap<String, Place> = BTreeMap::new();
        for At { value: written, span } in written {
            self.once(&mut first, "a condition", &written.id);
            let id = self.check.id(&written.id);
            let reason = self.check.text(&written.reason, "the reason");
            let demand = self.demand(written, span, actions);
            let cited = match (&written.source, &written.place) {
                (None, None) => None,
                (source, place) => cited(self.check, self.references, source.as_ref(), place.as_ref(), None, span),
            };
            let place = self.check.place(&written.id.span);
            let (Some(id), Some(reason), Some(demand)) = (id, reason, demand) else { continue };
            judged.push(Condition { id, demand, reason, cited, place });
        }
        self.no_circle(&judged, actions);
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

    /// Notes actions that need each other in a circle.
    fn no_circle(&mut self, conditions: &[Condition], actions: &[Action]) {
        let mut needs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for condition in conditions {
            if let Demand::Needs(own, others) = &condition.demand {
                needs.entry(*own).or_default().extend(others);
            }
        }
        let reached = |from: usize| {
            let (mut found, mut next) = (BTreeSet::new(), vec![from]);
            while let Some(at) = next.pop() {
                next.extend(needs.get(&at).into_iter().flatten().filter(|other| found.insert(**other)));
            }
            found
        };
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
            let problem = crate::diagnostic::Problem::new(Code::Circle, message).at(condition.place.clone());
            self.check.problems.push(problem.help("take one of the needs out, or make them one action"));
        }
    }
}

/// Keys that say who says so.
struct BasisKeys<'w> {
    source: &'w Option<At<String>>,
    place: &'w Option<At<String>>,
    by: &'w Option<At<String>>,
    date: &'w Option<At<String>>,
    because: &'w Option<At<String>>,
    illustration: Option<bool>,
    note: &'w Option<At<String>>,
}

/// A number as its digits say; none where it is not written in plain digits.
fn exact(text: &str) -> Option<Fixed> {
    let plain = text.replace('_', "");
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) || decimals.len() > DECIMALS {
        return None;
    }
    let decimals = decimals.trim_end_matches('0');
    let units: i64 = format!("{whole}{decimals}").parse().ok()?;
    (units <= 900_000_000_000_000).then(|| Fixed::new(units, u32::try_from(decimals.len()).unwrap_or(0)))
}

/// The mean of shares, halves up.
fn mean(shares: &[Fixed]) -> Option<Fixed> {
    let count = i64::try_from(shares.len()).ok().filter(|count| *count > 0)?;
    let fine = 10_i64.pow(6);
    let units = |share: &Fixed| share.units() * fine / 10_i64.pow(share.decimals());
    let sum: i64 = shares.iter().map(units).sum();
    let coarse = 10_i64.pow(6 - SHARE_DECIMALS) * count;
    Some(Fixed::new((sum + coarse / 2) / coarse, SHARE_DECIMALS))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, from zero and below 2^53")]
fn to_count(number: f64) -> usize {
    number as usize
}
