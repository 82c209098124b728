//! The best set of a plan, and why: each action forced in and out and the best set found again, so that what is said of an
//! action was tried.

use super::answer::{Answer, Best, Proof, Steps};
use super::board::BoardSet;
use super::case::{Case, Origin};
use super::conflict::conflict;
use super::curve::{Curve, curve};
use super::instance::{Instance, Limit};
use super::least_cost::CostChange;
use super::least_weight::WeightChange;
use super::robust::Robust;
use super::solve::{solve_beside, solve_within};
use crate::assessment::plan::options::Demand;
use crate::diagnostic::{Code, Problem, Problems};
use crate::exact::Fixed;

/// The most steps of the best set: half a second of work.
const MOST_OF_THE_BEST: u64 = 200_000_000;

/// What is chosen, and why.
#[derive(Debug, Clone)]
pub struct Choice<'a> {
    /// Out of what.
    pub case: Case<'a>,
    /// The best set.
    pub best: Best,
    /// What becomes of the best set where each action is decided otherwise.
    pub actions: Vec<Otherwise>,
    /// For each action that is a duty or committed already, the best set if it were not; none that is not proven.
    pub without_duty: Vec<(usize, Best)>,
    /// The best of the other sets, where there is one.
    pub next: Option<Best>,
    /// The best set where candidates count by their rank alone, the last one 1, and its value by worth.
    pub by_rank: Option<Best>,
    /// By resource.
    pub by_resource: Vec<ResourceView>,
    /// What other weights and costs would do, where that was asked for.
    pub changes: Option<Changes>,
    /// What the board chose instead, where it filed that.
    pub board: Option<BoardSet<'a>>,
    /// How often each action is in the best set, where draws were made.
    pub robust: Option<Robust>,
}

/// The least changes of one number that change the best set.
#[derive(Debug, Clone)]
pub struct Changes {
    /// Of the rules' weights.
    pub weights: Vec<WeightChange>,
    /// Of costs.
    pub costs: Vec<CostChange>,
}

impl Choice<'_> {
    /// Whether no set stands between the best one and [`Self::next`]: that is proven of each action decided otherwise.
    pub fn next_is_proven(&self) -> bool {
        let is_known = |otherwise: &Otherwise| match otherwise {
            Otherwise::Set(best) => best.is_proven(),
            Otherwise::Nothing(_) => true,
            Otherwise::Unknown => false,
        };
        self.best.is_proven() && self.actions.iter().all(is_known)
    }
}

/// What becomes of the best set where an action is decided otherwise.
#[derive(Debug, Clone)]
pub enum Otherwise {
    /// This is the best set then.
    Set(Best),
    /// There is none: these contradict it.
    Nothing(Vec<Origin>),
    /// The steps did not suffice.
    Unknown,
}

/// What a resource does to the best set.
#[derive(Debug, Clone)]
pub struct ResourceView {
    /// The number of the resource.
    pub resource: usize,
    /// The best set for every amount of it; none where it was not asked for.
    pub curve: Option<Curve>,
    /// What is best with a tenth less of it.
    pub tenth_less: Answer,
    /// How much less changes the best set, and what is best then; none where it uses nothing of it.
    pub less: Option<(Fixed, Answer)>,
    /// How much more changes the best set.
    pub more: More,
    /// The actions in the order of what each alone is worth for a unit of it.
    pub for_money: Vec<ForMoney>,
    /// The set of those that can be had in that order.
    pub in_that_order: Best,
    /// Why the others can't be had in that order, ascending by action.
    pub left_out: Vec<LeftOut>,
}

/// Why an action can't be had in an order once those before it are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The action's number.
    pub action: usize,
    /// The resource or condition that it does not keep to beside those.
    pub origin: Origin,
    /// How much is left of the resource, in the solver's units; of a condition 0.
    pub left: i64,
}

/// How much more of a resource changes the best set.
#[derive(Debug, Clone)]
pub enum More {
    /// So much, and to this set.
    By(Fixed, Best),
    /// However much there is, the same set is best.
    Never,
    /// The steps did not suffice.
    Unknown,
}

/// What an action alone is worth, and costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForMoney {
    /// The action's number.
    pub action: usize,
    /// What it alone is worth, in the solver's units.
    pub value: i128,
    /// What it costs, in the solver's units.
    pub cost: i64,
}

/// Chooses. `ranks` has the place of each candidate, from 1. The curve is that of the resource that the case saves first.
///
/// # Errors
/// Where no set keeps to all conditions, with those that contradict each other; where the steps do not suffice for any set.
pub fn choose<'a>(case: Case<'a>, ranks: &[Option<usize>], steps: &mut Steps) -> Result<Choice<'a>, Problems> {
    let best = best_set(&case, steps)?;
    let mut actions = Vec::new();
    for (number, is_in) in best.set.iter().enumerate() {
        actions.push(otherwise(&case, number, !is_in, steps)?);
    }
    let without_duty = without_duties(&case, steps)?;
    let next = next_best(&case, &best, &actions);
    let by_rank = by_rank(&case, ranks, steps)?;
    let mut by_resource = Vec::new();
    for resource in 0..case.options.resources.len() {
        by_resource.push(resource_view(&case, &best, resource, steps)?);
    }
    Ok(Choice {
        case,
        best,
        actions,
        without_duty,
        next,
        by_rank,
        by_resource,
        changes: None,
        board: None,
        robust: None,
    })
}

/// The best set.
///
/// # Errors
/// Where no set keeps to all conditions, with those that contradict each other; where the steps do not suffice for any set.
pub fn best_set(case: &Case<'_>, steps: &mut Steps) -> Result<Best, Problems> {
    let found = solve_within(&case.instance, MOST_OF_THE_BEST, steps).map_err(|trouble| case.trouble(trouble))?;
    match found {
        Answer::Best(best) => Ok(best),
        Answer::Nothing => Err(contradiction(case, steps)?.into()),
        Answer::Unknown => Err(too_few_steps(case).into()),
    }
}

fn solved(case: &Case<'_>, instance: &Instance, steps: &mut Steps) -> Result<Answer, Problems> {
    solve_beside(instance, steps).map_err(|trouble| case.trouble(trouble).into())
}

fn with(case: &Case<'_>, limit: Limit) -> Instance {
    let mut instance = case.instance.clone();
    instance.limits.push(limit);
    instance
}

/// The best set where an action is chosen, or is not.
fn otherwise(case: &Case<'_>, action: usize, chosen: bool, steps: &mut Steps) -> Result<Otherwise, Problems> {
    let limit = if chosen { Limit::chosen(action) } else { Limit::left_out(action) };
    let instance = with(case, limit);
    Ok(match solved(case, &instance, steps)? {
        Answer::Best(best) => Otherwise::Set(best),
        Answer::Nothing => {
            let found = conflict(&instance, steps).map_err(|trouble| case.trouble(trouble))?;
            found.map_or(Otherwise::Unknown, |found| Otherwise::Nothing(origins(case, &found.limits)))
        }
        Answer::Unknown => Otherwise::Unknown,
    })
}

/// The best set without each duty and each commitment, where it is proven.
fn without_duties(case: &Case<'_>, steps: &mut Steps) -> Result<Vec<(usize, Best)>, Problems> {
    let mut found = Vec::new();
    for (number, condition) in case.options.conditions.iter().enumerate() {
        let (Demand::Must(action) | Demand::Committed(action)) = condition.demand else { continue };
        let mut instance = case.instance.clone();
        let others = case.instance.limits.iter().zip(&case.origins);
        let others = others.filter(|(_, origin)| **origin != Origin::Condition(number));
        instance.limits = others.map(|(limit, _)| limit.clone()).collect();
        found.extend(solved(case, &instance, steps)?.best().filter(Best::is_proven).map(|best| (action, best)));
    }
    Ok(found)
}

/// Where limits come from, each once; the one that was added is none.
fn origins(case: &Case<'_>, limits: &[usize]) -> Vec<Origin> {
    let mut origins: Vec<Origin> = limits.iter().filter_map(|limit| case.origins.get(*limit)).copied().collect();
    origins.sort_unstable();
    origins.dedup();
    origins
}

/// Every other set differs in some action: so the best of those that do is the next one.
fn next_best(case: &Case<'_>, best: &Best, actions: &[Otherwise]) -> Option<Best> {
    // What only adds to the best set, and nothing to its value, is no other set to a reader.
    let only_adds =
        |other: &Best| other.value == best.value && best.set.iter().zip(&other.set).all(|(own, other)| *other || !*own);
    let sets = actions.iter().filter_map(|otherwise| match otherwise {
        Otherwise::Set(other) if !only_adds(other) => Some(other),
        _ => None,
    });
    // Of sets of the same value the one that uses less comes first.
    let key = |best: &&Best| {
        (best.value, case.instance.saved.iter().map(|limit| -used(case, *limit, &best.set)).collect::<Vec<_>>())
    };
    sets.max_by_key(key).cloned()
}

fn used(case: &Case<'_>, limit: usize, set: &[bool]) -> i64 {
    case.instance.limits.get(limit).map_or(0, |limit| limit.used(set))
}

/// The best set by rank, with its value by worth.
fn by_rank(case: &Case<'_>, ranks: &[Option<usize>], steps: &mut Steps) -> Result<Option<Best>, Problems> {
    let mut instance = case.instance.clone();
    let last = ranks.iter().flatten().max().copied().unwrap_or(0);
    for (target, rank) in instance.targets.iter_mut().zip(ranks) {
        target.worth = rank.map_or(0, |rank| i64::try_from(last + 1 - rank).unwrap_or(0));
    }
    let found = solved(case, &instance, steps)?.best();
    Ok(found.map(|best| Best { value: case.instance.value(&best.set), ..best }))
}

fn resource_view(case: &Case<'_>, best: &Best, resource: usize, steps: &mut Steps) -> Result<ResourceView, Problems> {
    let wanted = case.first == Some(resource);
    let found = wanted.then(|| curve(&case.instance, resource, steps)).transpose();
    let there_is = case.instance.limits.get(resource).map_or(0, |limit| limit.most);
    let tenth_less = at_amount(case, best, resource, there_is - tenth(there_is), steps)?;
    let used = used(case, resource, &best.set);
    let less = match used {
        0 => None,
        used => Some((case.amount(resource, there_is - used + 1), at_amount(case, best, resource, used - 1, steps)?)),
    };
    let for_money = for_money(case, resource);
    let (in_that_order, left_out) = in_order(case, &for_money);
    Ok(ResourceView {
        resource,
        curve: found.map_err(|trouble| case.trouble(trouble))?,
        tenth_less,
        less,
        more: more(case, best, resource, steps)?,
        for_money,
        in_that_order,
        left_out,
    })
}

/// A tenth of an amount, rounded up to a whole unit.
fn tenth(amount: i64) -> i64 {
    amount / 10 + i64::from(amount % 10 > 0)
}

/// What is best with another amount of a resource.
fn at_amount(
    case: &Case<'_>,
    best: &Best,
    resource: usize,
    amount: i64,
    steps: &mut Steps,
) -> Result<Answer, Problems> {
    let mut instance = case.instance.clone();
    if let Some(limit) = instance.limits.get_mut(resource) {
        // What is proven to be best stays so with less, as long as it can be had.
        if best.is_proven() && limit.used(&best.set) <= amount && amount <= limit.most {
            return Ok(Answer::Best(best.clone()));
        }
        limit.most = amount;
    }
    solved(case, &instance, steps)
}

/// The least that there would have to be more for another set to be best. Once a set is beaten, more lets it be beaten still.
fn more(case: &Case<'_>, best: &Best, resource: usize, steps: &mut Steps) -> Result<More, Problems> {
    let Some(limit) = case.instance.limits.get(resource) else { return Ok(More::Never) };
    let there_is = limit.most;
    let all: i64 = limit.weights.iter().map(|(_, weight)| weight).sum();
    let (mut same, mut other) = (there_is, all.max(there_is));
    if !best.is_proven() {
        return Ok(More::Unknown);
    }
    let mut at =
        |amount| Ok::<_, Problems>(at_amount(case, best, resource, amount, steps)?.best().filter(Best::is_proven));
    let Some(mut found) = at(other)? else { return Ok(More::Unknown) };
    if found.set == best.set {
        return Ok(More::Never);
    }
    while same + 1 < other {
        let middle = same + (other - same) / 2;
        match at(middle)? {
            Some(set) if set.set != best.set => (other, found) = (middle, set),
            Some(_) => same = middle,
            None => return Ok(More::Unknown),
        }
    }
    Ok(More::By(case.amount(resource, other - there_is), found))
}

/// The actions by what each alone is worth for a unit of a resource, the most first; those that cost none of it before all.
fn for_money(case: &Case<'_>, resource: usize) -> Vec<ForMoney> {
    let count = case.options.actions.len();
    let alone = |action: usize| {
        let set: Vec<bool> = (0..count).map(|other| other == action).collect();
        ForMoney { action, value: case.instance.value(&set), cost: used(case, resource, &set) }
    };
    let mut all: Vec<ForMoney> = (0..count).map(alone).collect();
    all.sort_by(|one, other| {
        let free = (one.cost > 0).cmp(&(other.cost > 0));
        let each = (other.value * i128::from(one.cost)).cmp(&(one.value * i128::from(other.cost)));
        free.then(each).then(other.value.cmp(&one.value)).then(one.action.cmp(&other.action))
    });
    all
}

/// What can be had where actions are taken in an order, each unless a limit does not allow it any more; and for each that is
/// not taken the first limit that does not.
fn in_order(case: &Case<'_>, order: &[ForMoney]) -> (Best, Vec<LeftOut>) {
    let mut set = vec![false; case.options.actions.len()];
    let mut left_out = Vec::new();
    for option in order {
        let mut tried = set.clone();
        if let Some(slot) = tried.get_mut(option.action) {
            *slot = true;
        }
        let keeps = |limit: &Limit| limit.used(&tried) <= limit.most.max(limit.used(&set));
        match case.instance.limits.iter().zip(&case.origins).find(|(limit, _)| !keeps(limit)) {
            None => set = tried,
            Some((limit, origin)) => {
                let left = if matches!(origin, Origin::Resource(_)) { limit.most - limit.used(&set) } else { 0 };
                left_out.push(LeftOut { action: option.action, origin: *origin, left });
            }
        }
    }
    left_out.sort_by_key(|one| one.action);
    (Best { value: case.instance.value(&set), set, proof: Proof::Proven }, left_out)
}

/// That no set keeps to all conditions, and which contradict each other.
fn contradiction(case: &Case<'_>, steps: &mut Steps) -> Result<Problem, Problems> {
    let found = conflict(&case.instance, steps).map_err(|trouble| case.trouble(trouble))?;
    let Some(found) = found else { return Ok(too_few_steps(case)) };
    let origins = origins(case, &found.limits);
    let smallest = if found.is_smallest { "" } else { ", and without any one of them the others do not" };
    let told: Vec<String> = origins.iter().map(|origin| in_words(case, *origin)).collect();
    let verb = if told.len() == 1 { "can't be kept to" } else { "contradict each other" };
    let message =
        format!("no set of actions keeps to all conditions in {}: {} {verb}{smallest}", case.year, told.join("; "));
    let place = origins.iter().rev().find_map(|origin| match origin {
        Origin::Condition(number) => case.options.conditions.get(*number).map(|condition| condition.place.clone()),
        Origin::Resource(number) => case.options.resources.get(*number).map(|resource| resource.place.clone()),
    });
    let has_resource = origins.iter().any(|origin| matches!(origin, Origin::Resource(_)));
    let help = if has_resource { "take one of them back, or raise what there is" } else { "take one of them back" };
    let problem = Problem::new(Code::Contradiction, message).help(help);
    Ok(match place {
        Some(place) => problem.at(place),
        None => problem,
    })
}

/// A resource or a condition, for messages.
fn in_words(case: &Case<'_>, origin: Origin) -> String {
    match origin {
        Origin::Resource(number) => {
            let Some(resource) = case.options.resources.get(number) else { return String::new() };
            format!("`{}`, of which there is {} {}", resource.id, case.there_is(number), resource.unit)
        }
        Origin::Condition(number) => {
            let Some(condition) = case.options.conditions.get(number) else { return String::new() };
            let line = condition.place.source.line(condition.place.span.start);
            format!("the condition `{}` of line {line} (\"{}\")", condition.id, condition.reason)
        }
    }
}

fn too_few_steps(case: &Case<'_>) -> Problem {
    let message = "the steps of this run do not suffice to find any set of actions";
    Problem::new(Code::BudgetSpent, message)
        .at(case.options.worth.place())
        .help("allow more with `--budget STEPS`, or give fewer actions and conditions")
}
