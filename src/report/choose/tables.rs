//! A choice as tables, each with what a reader needs to read it.

use super::basis::{amounts, conditions, judged};
use super::changes::changes_of_numbers;
use super::finding_out::finding_out;
use super::words::{
    amount, because, demand_in_words, exchanged, exchanged_plainly, figure, in_order, less, less_or_more, the_set,
    there_is, titles, why_first, with_unit,
};
use crate::choose::answer::{Answer, Best, Proof};
use crate::choose::case::Origin;
use crate::choose::choice::{Choice, LeftOut, More, ResourceView};
use crate::choose::instance::is_in;
use crate::choose::robust::{CORE, OUT};
use crate::ranked::RankedAssessment;
use crate::report::section::{Section, SectionCell};
use crate::words::{counted, fixed, listed, number, upper_first, whole, with_noun};

/// What the page is called.
pub(super) const TITLE: &str = "The best set of actions for what there is";

/// What it is about, and what it assumes: a line each.
pub(super) fn header(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Vec<String> {
    let case = &choice.case;
    let plan = report.assessment.plan.as_ref();
    let title = plan.map_or("", |plan| &plan.title);
    let mut lines =
        vec![format!("{}: {title}, {}", report.assessment.title, case.year), assumption(choice), by_rank(choice)];
    lines.extend(illustration(choice));
    lines.push(proof(choice));
    lines
}

/// How many actions are made up to show what could be done; none where none is.
pub(super) fn illustration(choice: &Choice<'_>) -> Option<String> {
    let made_up = choice.case.options.actions.iter().filter(|action| action.basis.illustration).count();
    (made_up > 0).then(|| format!("{} marked as an illustration.", counted(made_up, "action is", "actions are")))
}

/// What is added up, and that this is assumed.
pub(super) fn assumption(choice: &Choice<'_>) -> String {
    format!(
        "This adds worths: a set is worth the sum over candidates of `{}` times the share of each that is reached, up to all \
         of it; of candidates that are part of one another only the larger counts. That worths can be added is what the plan \
         assumes, and nothing here shows it.",
        choice.case.options.worth.code.value
    )
}

fn by_rank(choice: &Choice<'_>) -> String {
    match &choice.by_rank {
        Some(by_rank) => {
            let best = if by_rank.is_proven() { "be best" } else { "be the best found" };
            let then = match by_rank.set == choice.best.set {
                true => format!("the same set would {best}"),
                false => format!(
                    "this set would {best}: {}. It is worth {} here",
                    titles(choice, &by_rank.set),
                    less_or_more(choice, by_rank)
                ),
            };
            // Of equal ranks each counts the same, and the rank after them is as many places further down.
            format!(
                "If candidates counted in order of rank instead, the last 1 and each place before it 1 more, {then}."
            )
        }
        None => {
            "Which set would be best if candidates counted in order of rank was not found within the steps.".to_owned()
        }
    }
}

pub(super) fn proof(choice: &Choice<'_>) -> String {
    let value = figure(choice.case.value(choice.best.value));
    match choice.best.proof {
        Proof::Proven => format!(
            "The best set is worth {value}, where all candidates reached whole would be worth {}. That no set is worth more is \
             proven.",
            figure(choice.case.value(choice.case.instance.all_reached()))
        ),
        Proof::Within(bound) if bound <= choice.best.value => format!(
            "The best set found is worth {value}. That no set is worth more is proven; whether one of the same value uses less \
             was not found within the steps of this run."
        ),
        Proof::Within(bound) => format!(
            "The best set found is worth {value}. That it is best is not proven: the steps of this run do not suffice. No set \
             is worth more than {}.",
            figure(choice.case.value(bound))
        ),
    }
}

/// All tables.
pub(super) fn sections(report: &RankedAssessment<'_>, choice: &Choice<'_>) -> Vec<Section> {
    let mut sections = vec![best(choice), resources(choice), actions(choice)];
    sections.extend(finding_out(report, choice));
    sections.extend(changes_of_numbers(report, choice));
    sections.extend(choice.by_resource.iter().filter_map(|view| curve(choice, view)));
    sections.extend(choice.by_resource.iter().filter(|view| orders(choice, view)).map(|view| for_money(choice, view)));
    sections.extend(conditions(choice));
    sections.extend([judged(report, choice), amounts(report, choice)]);
    sections
}

fn cells(texts: impl IntoIterator<Item = String>) -> Vec<SectionCell> {
    texts.into_iter().map(SectionCell::text).collect()
}

fn headings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The best set, and what it reaches.
fn best(choice: &Choice<'_>) -> Section {
    let case = &choice.case;
    let (contributions, reached) =
        (case.instance.contributions(&choice.best.set), case.instance.reached(&choice.best.set));
    let mut rows = Vec::new();
    for (((candidate, worth), contribution), reached) in
        case.candidates.iter().zip(&case.worths).zip(&contributions).zip(&reached)
    {
        if *reached > 0 {
            let share = crate::exact::Fixed::new((*reached).min(case.instance.full), case.decimals.share);
            let cells =
                cells([candidate.title.clone(), figure(*worth), figure(share), figure(case.value(*contribution))]);
            rows.push((*contribution, cells));
        }
    }
    // What adds most first.
    rows.sort_by_key(|(contribution, _)| std::cmp::Reverse(*contribution));
    let rows = rows.into_iter().map(|(_, cells)| cells).collect();
    let next = choice.next.as_ref().map(|next| the_next(choice, next));
    Section {
        title: upper_first(the_set(&choice.best)),
        about: format!("{}. What it reaches of each candidate:", titles(choice, &choice.best.set)),
        headings: headings(&["Candidate", "Worth", "Share reached", "Adds"]),
        rows,
        notes: next.into_iter().chain(board(choice)).chain(passed_over(choice)).chain(worth_nothing(choice)).collect(),
        wordy: 0,
    }
}

/// The best of the other sets.
pub(super) fn the_next(choice: &Choice<'_>, next: &Best) -> String {
    if next.value == choice.best.value {
        let why = why_first(choice, next).map_or_else(String::new, |why| format!(", and of equals {why}"));
        return format!("Another set has the same value{why}: {}.", titles(choice, &next.set));
    }
    let which = if choice.next_is_proven() { "The next set" } else { "The next set found" };
    let change = exchanged(choice, &choice.best.set, &next.set, None);
    format!("{which} is worth {}: {change}.", less_or_more(choice, next))
}

/// What the board chose, and what it gives up by that.
pub(super) fn board(choice: &Choice<'_>) -> Option<String> {
    let board = choice.board.as_ref()?;
    let chosen = titles(choice, &board.set.set);
    let reason = board.chosen.reason.trim_end_matches('.');
    let who = format!("The board chose {chosen} ({}: {reason})", board.chosen.by);
    let (gives_up, the_best) = (less(choice, &board.set), the_set(&choice.best));
    Some(match (board.set.set == choice.best.set, gives_up.units()) {
        (true, _) => format!("{who}: {the_best}."),
        (false, 0) => format!("{who}: a set of the same value."),
        (false, units) if units < 0 => format!("{who}: a set of more value than was found within the steps."),
        (false, _) => format!(
            "{who}. Against {the_best} that gives up {}: with {the_best} {}.",
            figure(gives_up),
            exchanged(choice, &board.set.set, &choice.best.set, None)
        ),
    })
}

/// Which candidates count nothing because their whole or their parts do.
fn passed_over(choice: &Choice<'_>) -> Option<String> {
    let case = &choice.case;
    let contributions = case.instance.contributions(&choice.best.set);
    let reached = case.instance.reached(&choice.best.set);
    let rows = case.candidates.iter().zip(&case.instance.targets).zip(contributions.iter().zip(&reached));
    let passed = rows.filter(|((_, target), (adds, reached))| **adds == 0 && **reached > 0 && target.worth > 0);
    let titles: Vec<String> = passed.map(|((candidate, _), _)| candidate.title.clone()).collect();
    (!titles.is_empty()).then(|| {
        format!(
            "{}: of a candidate and its parts only the larger counts, and here the other is no smaller.",
            listed(&titles)
        )
    })
}

/// Which candidates that actions serve are worth nothing.
fn worth_nothing(choice: &Choice<'_>) -> Option<String> {
    let case = &choice.case;
    let is_served =
        |id: &str| case.options.actions.iter().flat_map(|action| &action.serves).any(|it| it.candidate == id);
    let rows = case.candidates.iter().zip(&case.worths);
    let none = rows.filter(|(candidate, worth)| worth.units() == 0 && is_served(&candidate.id));
    let titles: Vec<String> = none.map(|(candidate, _)| candidate.title.clone()).collect();
    let is = if titles.len() == 1 { "is" } else { "are" };
    (!titles.is_empty()).then(|| format!("{} {is} worth 0: not ranked, or by the plan's own rule.", listed(&titles)))
}

fn resources(choice: &Choice<'_>) -> Section {
    let case = &choice.case;
    let row = |(number, resource): (usize, &crate::assessment::plan::options::Resource)| {
        let used = case.used(number, &choice.best.set);
        cells([
            resource.title.clone(),
            there_is(choice, number),
            with_unit(choice, number, used),
            with_unit(choice, number, case.there_is(number).minus(used)),
        ])
    };
    let notes = choice.by_resource.iter().flat_map(|view| changes(choice, view)).collect();
    Section {
        title: "What it uses".to_owned(),
        about: "Each resource for itself: nothing is carried over from year to year, or from one to another."
            .to_owned(),
        headings: headings(&["Resource", "There is", "Used", "Left"]),
        rows: case.options.resources.iter().enumerate().map(row).collect(),
        notes,
        wordy: 0,
    }
}

/// What a tenth less of a resource would cost; none where there is none of it.
pub(super) fn tenth_less(choice: &Choice<'_>, view: &ResourceView) -> Option<String> {
    let resource = choice.case.options.resources.get(view.resource)?;
    if choice.case.there_is(view.resource).units() == 0 {
        return None;
    }
    Some(match &view.tenth_less {
        Answer::Nothing => format!("With 10% less of {} no set keeps to all conditions.", resource.title),
        Answer::Unknown => format!("What 10% less of {} would cost was not found within the steps.", resource.title),
        Answer::Best(best) if best.set == choice.best.set => {
            let best = if best.is_proven() { "best" } else { "the best found" };
            format!("With 10% less of {} the same set is {best}.", resource.title)
        }
        Answer::Best(best) if choice.best.is_proven() && best.is_proven() => {
            format!("10% less of {} costs {}: {}.", resource.title, figure(less(choice, best)), becomes(choice, best))
        }
        Answer::Best(best) => format!("With 10% less of {}: {}.", resource.title, becomes(choice, best)),
    })
}

/// What comes in and goes out with another set, and what it is worth.
fn becomes(choice: &Choice<'_>, best: &Best) -> String {
    let change = exchanged(choice, &choice.best.set, &best.set, None);
    format!("{change}; {} is then worth {}", the_set(best), figure(choice.case.value(best.value)))
}

/// What other amounts of a resource would do.
fn changes(choice: &Choice<'_>, view: &ResourceView) -> Vec<String> {
    let Some(resource) = choice.case.options.resources.get(view.resource) else { return Vec::new() };
    let mut told = Vec::new();
    let becomes = |best: &Best| becomes(choice, best);
    told.extend(tenth_less(choice, view));
    if let Some((by, answer)) = &view.less {
        let then = match answer {
            Answer::Best(best) => becomes(best),
            Answer::Nothing => "no set keeps to all conditions".to_owned(),
            Answer::Unknown => "which set is best then was not found within the steps".to_owned(),
        };
        let by = with_unit(choice, view.resource, *by);
        told.push(match choice.best.is_proven() {
            true => format!("The least cut of {} that changes the set is {by}: {then}.", resource.title),
            false => format!("From a cut of {} by {by} on the set found can't be had: {then}.", resource.title),
        });
    }
    told.push(match &view.more {
        More::By(by, best) => format!(
            "The least rise of {} that changes the set is {}: {}.",
            resource.title,
            with_unit(choice, view.resource, *by),
            becomes(best)
        ),
        More::Never => format!("No more of {} changes the set.", resource.title),
        More::Unknown => format!("How much more of {} changes the set was not found within the steps.", resource.title),
    });
    told
}

fn actions(choice: &Choice<'_>) -> Section {
    let options = choice.case.options;
    let mut titles = vec!["Action"];
    titles.extend(options.resources.iter().map(|resource| &*resource.title));
    if choice.robust.is_some() {
        titles.push("In best sets");
    }
    titles.push("Chosen");
    let (mut rows, mut reasons) = (Vec::new(), Vec::new());
    for number in in_order(choice) {
        let Some(action) = options.actions.get(number) else { continue };
        let mut row = vec![action.title.clone()];
        for at in 0..options.resources.len() {
            let cost = action.costs.iter().find(|cost| cost.resource == at);
            row.push(
                cost.map_or_else(String::new, |cost| fixed(cost.amount.to_f64(), choice.case.decimals.of_resource(at))),
            );
        }
        if let Some(robust) = &choice.robust {
            row.push(format!("{}%, {}", number_of(robust.index(number) * 100.0), robust.group(number).word()));
        }
        let is_in = is_in(&choice.best.set, number);
        row.push(if is_in { "yes" } else { "no" }.to_owned());
        let (stands, why) = (if is_in { "in" } else { "out" }, because(choice, number));
        reasons.push(format!("{} is {stands}: {}.", action.title, why.trim_end_matches('.')));
        rows.push(cells(row));
    }
    Section {
        title: "Each action".to_owned(),
        about: "What each costs, and whether it is chosen. Why, stands below: the best set was found again with it decided \
                otherwise."
            .to_owned(),
        headings: headings(&titles),
        rows,
        notes: robust(choice).into_iter().chain(reasons).collect(),
        wordy: 1,
    }
}

fn number_of(x: f64) -> String {
    number(x, 1)
}

fn robust(choice: &Choice<'_>) -> Vec<String> {
    let Some(robust) = &choice.robust else { return Vec::new() };
    let count = |times: u64| with_noun(&whole(usize::try_from(times).unwrap_or(usize::MAX)), "draw", "draws");
    let mut notes = vec![format!(
        "Over {} of weights, evidence, shares and costs (seed {}): core is what is in the best set in {}% of them or more, \
         out what is in {}% or fewer.",
        count(robust.draws),
        robust.seed,
        number(CORE * 100.0, 0),
        number(OUT * 100.0, 0)
    )];
    let percent = |times: u64| number(robust.part(times) * 100.0, 1);
    let mut told = vec![format!(
        "{} is the best one in {}% of the draws",
        upper_first(the_set(&choice.best)),
        percent(robust.same)
    )];
    told.extend(
        robust
            .overspends
            .iter()
            .zip(&choice.case.options.resources)
            .filter(|(times, _)| **times > 0)
            .map(|(times, resource)| format!("takes more of {} than there is in {}%", resource.title, percent(*times))),
    );
    notes.push(format!(
        "{}. An action is chosen by the figures as they are filed, and not by how often it is in the best set of a draw.",
        listed(&told)
    ));
    let open = robust.draws - robust.proven - robust.without_set;
    if open > 0 {
        notes.push(format!("In {} the steps did not suffice to prove which set is best.", count(open)));
    }
    if robust.without_set > 0 {
        notes.push(format!("In {} no set kept to all conditions.", count(robust.without_set)));
    }
    notes
}

fn curve(choice: &Choice<'_>, view: &ResourceView) -> Option<Section> {
    let curve = view.curve.as_ref()?;
    let resource = choice.case.options.resources.get(view.resource)?;
    let mut rows = Vec::new();
    let mut before: Option<&Best> = None;
    for point in &curve.points {
        let change = match before {
            Some(before) => exchanged_plainly(choice, &before.set, &point.best.set),
            None => exchanged_plainly(choice, &vec![false; point.best.set.len()], &point.best.set),
        };
        rows.push(cells([
            amount(choice, view.resource, point.amount),
            figure(choice.case.value(point.best.value)),
            change,
        ]));
        before = Some(&point.best);
    }
    let mut notes = Vec::new();
    if let Some(first) = curve.points.first().filter(|first| first.amount > 0 && curve.unknown_below.is_none()) {
        notes.push(format!("Below {} no set keeps to all conditions.", amount(choice, view.resource, first.amount)));
    }
    if let Some(below) = curve.unknown_below {
        notes.push(format!("Below {} the curve was not found within the steps.", amount(choice, view.resource, below)));
    }
    let open = curve.points.iter().filter(|point| !point.best.is_proven()).count();
    if open > 0 {
        notes.push(format!("{} found and not proven within the steps.", counted(open, "set is", "sets are")));
    }
    Some(Section {
        title: format!("At every amount of {}", resource.title),
        about: format!(
            "From each amount up to the next this is the best set, the other resources as filed; there are {}.",
            there_is(choice, view.resource)
        ),
        headings: headings(&["From", "Worth", "What enters (+) and leaves (−)"]),
        rows,
        notes,
        wordy: 1,
    })
}

/// Whether value for a resource puts actions in an order: there is some of it, and some action costs some.
fn orders(choice: &Choice<'_>, view: &ResourceView) -> bool {
    choice.case.there_is(view.resource).units() > 0 && view.for_money.iter().any(|action| action.cost > 0)
}

/// Resources and conditions that a set does not keep to.
fn demands(choice: &Choice<'_>, broken: &[Origin]) -> String {
    let options = choice.case.options;
    let told = broken.iter().map(|origin| match origin {
        Origin::Resource(number) => options.resources.get(*number).map(|it| it.title.clone()),
        Origin::Condition(number) => options.conditions.get(*number).map(|it| demand_in_words(choice, &it.demand)),
    });
    told.flatten().collect::<Vec<_>>().join("; ")
}

/// Why an action can't be had beside those that come before it.
fn why_left_out(choice: &Choice<'_>, left_out: &LeftOut) -> String {
    let options = choice.case.options;
    match left_out.origin {
        Origin::Resource(number) => {
            let of = options.resources.get(number).filter(|_| options.resources.len() > 1);
            let of = of.map_or_else(String::new, |resource| format!(" of {}", resource.title));
            format!("{} left{of}", amount(choice, number, left_out.left))
        }
        Origin::Condition(number) => {
            options.conditions.get(number).map_or_else(String::new, |it| demand_in_words(choice, &it.demand))
        }
    }
}

fn for_money(choice: &Choice<'_>, view: &ResourceView) -> Section {
    let options = choice.case.options;
    let (resource, unit) =
        options.resources.get(view.resource).map_or(("", ""), |resource| (&resource.title, &resource.unit));
    // Few units are told one by one.
    let units = if choice.case.there_is(view.resource).to_f64() < 1000.0 { 1.0 } else { 1000.0 };
    let mut rows = Vec::new();
    for option in &view.for_money {
        let Some(action) = options.actions.get(option.action) else { continue };
        let value = choice.case.value(option.value);
        let cost = choice.case.amount(view.resource, option.cost);
        let each = match option.cost {
            0 => "–".to_owned(),
            _ => number(value.to_f64() / cost.to_f64() * units, 3),
        };
        let is_best = if is_in(&choice.best.set, option.action) { "yes" } else { "no" };
        let left_out = view.left_out.iter().find(|one| one.action == option.action);
        rows.push(cells([
            action.title.clone(),
            figure(value),
            fixed(cost.to_f64(), cost.decimals()),
            each,
            left_out.map_or_else(|| "yes".to_owned(), |left_out| format!("no: {}", why_left_out(choice, left_out))),
            is_best.to_owned(),
        ]));
    }
    let broken = choice.case.broken(&view.in_that_order.set);
    let short = less(choice, &view.in_that_order);
    let note = match (view.in_that_order.set == choice.best.set, short.units()) {
        _ if !broken.is_empty() => format!(
            "Taken in this order as long as it can be had, a set comes out that breaks a condition: {}. Value for money sees \
             no duty.",
            demands(choice, &broken)
        ),
        (true, _) => "Taken in this order as long as it can be had, the same set comes out.".to_owned(),
        (false, 0) => {
            "Taken in this order as long as it can be had, another set of the same value comes out.".to_owned()
        }
        (false, units) if units < 0 => {
            "Taken in this order a set of more value comes out than was found within the steps.".to_owned()
        }
        (false, _) => format!(
            "Taken in this order as long as all resources and conditions let it be had, a set comes out that is worth {} less: \
             value for money sees each action alone, and not what is left over in the end or that two reach the same candidate.",
            figure(short)
        ),
    };
    Section {
        title: format!("Value for {resource}"),
        about: format!(
            "What each action alone is worth, for {} {unit} of the resource. Those that cost none of it come before all.",
            number(units, 0)
        ),
        headings: headings(&[
            "Action",
            "Worth alone",
            "Costs",
            &format!("For {} {unit}", number(units, 0)),
            "In that order",
            "Best",
        ]),
        rows,
        notes: vec![note],
        wordy: 2,
    }
}
