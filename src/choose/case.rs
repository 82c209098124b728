//! What a plan lets be chosen in a year, as the solver's whole numbers, and back.

use crate::assessment::plan::options::{Action, Cost, Demand, Options, Reach, Resource};
use crate::assessment::{Candidate, Period};
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::exact::Fixed;

use super::answer::Trouble;
use super::instance::{Instance, Limit, Served, Target};

/// Below this every value is printed to its last digit: floats hold all whole numbers up to 2^53.
const MOST_TOLD: i128 = 1 << 53;

/// A plan's options in a year.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// What can be chosen.
    pub options: &'a Options,
    /// The candidates, by number.
    pub candidates: &'a [Candidate],
    /// The year whose amounts count.
    pub year: Period,
    /// What each candidate is worth.
    pub worths: Vec<Fixed>,
    /// The decimals of worths, shares and the amounts of each resource.
    pub decimals: Decimals,
    /// The same in whole numbers. Its first limits are the resources, in their order.
    pub instance: Instance,
    /// Where each limit comes from.
    pub origins: Vec<Origin>,
    /// The resource of which less is used before all others among sets of the same value, where one was asked for.
    pub first: Option<usize>,
}

/// How fine numbers are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimals {
    /// Of worths.
    pub worth: u32,
    /// Of shares.
    pub share: u32,
    /// Of the amounts of each resource.
    pub resources: Vec<u32>,
}

/// Where a limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The resource with this number.
    Resource(usize),
    /// The condition with this number.
    Condition(usize),
}

impl<'a> Case<'a> {
    /// Of a year; of sets of the same value the one is better that uses less of the resource `first`.
    ///
    /// # Errors
    /// A resource without an amount for the year; values too large to be told exactly.
    pub fn new(
        options: &'a Options,
        candidates: &'a [Candidate],
        year: Period,
        worths: Vec<Fixed>,
        first: Option<usize>,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let decimals = Decimals::of(options, &worths);
        let (mut limits, mut origins) = (Vec::new(), Vec::new());
        for (number, resource) in options.resources.iter().enumerate() {
            match resource.amount_in(year) {
                Some(amount) => {
                    limits.push(resource_limit(options, number, amount, decimals.of_resource(number)));
                    origins.push(Origin::Resource(number));
                }
                None => problems.push(no_amount(resource, year)),
            }
        }
        if problems.has_errors() {
            return Err(problems);
        }
        let mut saved: Vec<usize> = (0..options.resources.len()).collect();
        if let Some(first) = first.filter(|first| *first < saved.len()) {
            saved.remove(first);
            saved.insert(0, first);
        }
        for (number, condition) in options.conditions.iter().enumerate() {
            for limit in demanded(&condition.demand) {
                limits.push(limit);
                origins.push(Origin::Condition(number));
            }
        }
        let number = |id: &String| number_of(candidates, id);
        let target = |(candidate, worth): (&Candidate, &Fixed)| Target {
            worth: units(*worth, decimals.worth),
            part_of: candidate.part_of.as_ref().and_then(number),
        };
        let targets = candidates.iter().zip(&worths).map(target).collect();
        let served = |action: &'a Action| {
            let reached = reached(action, candidates);
            reached.map(|(reach, target)| Served { target, share: units(reach.share, decimals.share) }).collect()
        };
        let served = options.actions.iter().map(served).collect();
        let full = 10_i64.pow(decimals.share);
        let instance = Instance { targets, full, options: served, limits, saved };
        let case = Self { options, candidates, year, worths, decimals, instance, origins, first };
        let most = case.instance.targets.iter().map(|target| i128::from(target.worth) * i128::from(full)).sum::<i128>();
        // No set is worth more than all candidates whole.
        if most < MOST_TOLD { Ok(case) } else { Err(case.trouble(Trouble::TooLarge).into()) }
    }

    /// A value of the solver as a number.
    pub fn value(&self, value: i128) -> Fixed {
        Fixed::new(i64::try_from(value).unwrap_or(i64::MAX), self.decimals.worth + self.decimals.share)
    }

    /// An amount of a resource in the solver's units as a number.
    pub fn amount(&self, resource: usize, units: i64) -> Fixed {
        Fixed::new(units, self.decimals.of_resource(resource))
    }

    /// How much of a resource a set uses.
    pub fn used(&self, resource: usize, set: &[bool]) -> Fixed {
        let used = self.instance.limits.get(resource).map_or(0, |limit| limit.used(set));
        self.amount(resource, used)
    }

    /// What an action costs of a resource, in the solver's units.
    pub fn cost(&self, resource: usize, action: usize) -> i64 {
        self.instance.limits.get(resource).map_or(0, |limit| limit.weight(action))
    }

    /// How much there is of a resource.
    pub fn there_is(&self, resource: usize) -> Fixed {
        self.amount(resource, self.instance.limits.get(resource).map_or(0, |limit| limit.most))
    }

    /// The actions of a set.
    pub fn actions(&self, set: &[bool]) -> Vec<&'a Action> {
        self.options.actions.iter().zip(set).filter(|(_, chosen)| **chosen).map(|(action, _)| action).collect()
    }

    /// The set of the actions with these ids.
    pub fn set(&self, ids: &[String]) -> Vec<bool> {
        self.options.actions.iter().map(|action| ids.contains(&action.id)).collect()
    }

    /// What a set does not keep to: resources and conditions.
    pub fn broken(&self, set: &[bool]) -> Vec<Origin> {
        let limits = self.instance.limits.iter().zip(&self.origins);
        let mut broken: Vec<Origin> =
            limits.filter(|(limit, _)| !limit.holds(set)).map(|(_, origin)| *origin).collect();
        broken.dedup();
        broken
    }

    /// What is wrong with its numbers.
    pub fn trouble(&self, trouble: Trouble) -> Problem {
        let message = match trouble {
            Trouble::TooLarge => "the plan's numbers are too large to be added up exactly",
            Trouble::Unsound => "the plan's numbers can't be added up",
        };
        Problem::new(Code::BadValue, message)
            .at(self.options.worth.place())
            .help("write costs, shares and the worth with fewer digits")
    }
}

/// What an action reaches of these candidates, each with its number. It may serve others, which are in another list.
pub(super) fn reached<'r>(action: &'r Action, candidates: &'r [Candidate]) -> impl Iterator<Item = (&'r Reach, usize)> {
    action.serves.iter().filter_map(|reach| Some((reach, number_of(candidates, &reach.candidate)?)))
}

fn number_of(candidates: &[Candidate], id: &str) -> Option<usize> {
    candidates.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).ok()
}

impl Decimals {
    fn of(options: &Options, worths: &[Fixed]) -> Self {
        let shares = options.actions.iter().flat_map(|action| &action.serves);
        let share = |reach: &Reach| {
            let ends = reach.between.map_or(0, |(low, high)| low.decimals().max(high.decimals()));
            ends.max(reach.share.decimals())
        };
        let of_resource = |(number, resource): (usize, &Resource)| {
            let costs = options.actions.iter().flat_map(|action| &action.costs).filter(|cost| cost.resource == number);
            let cost = |cost: &Cost| {
                let ends = cost.between.map_or(0, |(low, high)| low.decimals().max(high.decimals()));
                ends.max(cost.amount.decimals())
            };
            let amounts = resource.amounts.iter().map(|(_, amount)| amount.decimals());
            amounts.chain(costs.map(cost)).max().unwrap_or(0)
        };
        Self {
            worth: worths.iter().map(|worth| worth.decimals()).max().unwrap_or(0),
            share: shares.map(share).max().unwrap_or(0),
            resources: options.resources.iter().enumerate().map(of_resource).collect(),
        }
    }

    /// Of the amounts of a resource.
    pub fn of_resource(&self, resource: usize) -> u32 {
        self.resources.get(resource).copied().unwrap_or(0)
    }
}

fn resource_limit(options: &Options, resource: usize, amount: Fixed, decimals: u32) -> Limit {
    let cost = |(number, action): (usize, &Action)| {
        let cost = action.costs.iter().find(|cost| cost.resource == resource)?;
        Some((number, units(cost.amount, decimals)))
    };
    Limit { weights: options.actions.iter().enumerate().filter_map(cost).collect(), most: units(amount, decimals) }
}

/// The limits that a condition makes.
fn demanded(demand: &Demand) -> Vec<Limit> {
    let all = |actions: &[usize], weight: i64| actions.iter().map(|action| (*action, weight)).collect();
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    match demand {
        Demand::Needs(own, others) => {
            others.iter().map(|other| Limit { weights: vec![(*own, 1), (*other, -1)], most: 0 }).collect()
        }
        Demand::Excludes(own, others) => {
            others.iter().map(|other| Limit { weights: vec![(*own, 1), (*other, 1)], most: 1 }).collect()
        }
        Demand::Group { actions, at_least, at_most, .. } => {
            let most = at_most.map(|most| Limit { weights: all(actions, 1), most: whole(most) });
            let least = at_least.map(|least| Limit { weights: all(actions, -1), most: -whole(least) });
            most.into_iter().chain(least).collect()
        }
        Demand::Must(own) | Demand::Committed(own) => vec![Limit::chosen(*own)],
    }
}

/// A number in units of so many decimals, which are no fewer than its own.
pub(super) fn units(number: Fixed, decimals: u32) -> i64 {
    number.units().saturating_mul(10_i64.pow(decimals.saturating_sub(number.decimals())))
}

fn no_amount(resource: &Resource, year: Period) -> Problem {
    let years: Vec<String> = resource.amounts.iter().map(|(of, _)| of.written()).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let message = format!("`{}` has no amount for {year}", resource.id);
    let help = format!("add one to its `amounts`, zero too; it has those of {}", quoted_list(&years));
    Problem::new(Code::MissingKey, message).at(resource.place.clone()).help(help)
}
