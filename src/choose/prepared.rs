//! An instance as the search reads it: everything in weight, which orders sets as they are to be ordered.
//!
//! The weight of a set is its value, and below a unit of value what it uses and how many it has. So the heaviest set is the
//! best one, and of equals in value the one that uses less.

use super::answer::Trouble;
use super::instance::{Instance, Served, Target, is_in};
use super::prices::float;

/// What prices times limits may add up to at most.
const MOST: i128 = 1 << 122;

/// An instance in weights.
#[derive(Debug)]
pub struct Prepared {
    /// How much a share of one is.
    pub full: i64,
    /// The same, for proposals.
    pub full_float: f64,
    /// The weight of a unit of value.
    pub scale: i128,
    /// By target.
    pub targets: Vec<Worth>,
    /// By option.
    pub options: Vec<Choice>,
    /// By limit.
    pub limits: Vec<Cap>,
    /// Targets that are served as their parts are, each before its parts: one of the two counts.
    pub wholes: Vec<Whole>,
    /// How many steps a bound takes.
    pub steps: u64,
}

/// What a unit of share of a target weighs.
#[derive(Debug, Clone, Copy)]
pub struct Worth {
    /// The weight.
    pub weight: i128,
    /// The same, for proposals.
    pub float: f64,
}

/// An option in weights.
#[derive(Debug)]
pub struct Choice {
    /// Targets, each with the weight and the share that it adds to them.
    pub serves: Vec<(usize, i128)>,
    /// The same shares.
    pub shares: Vec<(usize, i64)>,
    /// The limits that it falls under, with what it adds.
    pub under: Vec<(usize, i64)>,
    /// What it takes from the weight beside its value.
    pub tie: i128,
    /// The same, for proposals.
    pub floats: Floats,
}

/// An option in floats.
#[derive(Debug)]
pub struct Floats {
    /// Targets, each with the weight that it adds to them and what part of all of it that is.
    pub serves: Vec<(usize, f64, f64)>,
    /// Limits, with what it adds as a part of the limit's size.
    pub under: Vec<(usize, f64)>,
    /// What it takes from the weight beside its value.
    pub tie: f64,
}

/// A limit, with the sizes that bounds need.
#[derive(Debug)]
pub struct Cap {
    /// Options with what each adds.
    pub weights: Vec<(usize, i64)>,
    /// The most.
    pub most: i64,
    /// How large its numbers are.
    pub size: f64,
    /// The largest price of a unit.
    pub dearest: i128,
}

/// A target and those that are part of it.
#[derive(Debug)]
pub struct Whole {
    /// The target.
    pub target: usize,
    /// Its parts and theirs.
    pub below: Vec<usize>,
}

impl Prepared {
    /// Of an instance.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(instance: &Instance) -> Result<Self, Trouble> {
        instance.check()?;
        let (scale, ties) = instance.tie_break().ok_or(Trouble::TooLarge)?;
        let worth = |target: &Target| {
            let weight = i128::from(target.worth) * scale;
            Worth { weight, float: float(weight) }
        };
        let targets: Vec<Worth> = instance.targets.iter().map(worth).collect();
        let count = instance.limits.len();
        let limits = instance.limits.iter().map(|limit| Cap {
            weights: limit.weights.clone(),
            most: limit.most,
            size: size(limit.most, &limit.weights),
            dearest: dearest(limit.most, &limit.weights, count),
        });
        let limits: Vec<Cap> = limits.collect();
        let options = instance.options.iter().zip(unders(instance)).zip(ties);
        let options: Vec<Choice> = options
            .map(|((served, under), tie)| {
                let weight =
                    |it: &Served| targets.get(it.target).map_or(0, |target| target.weight) * i128::from(it.share);
                let serves: Vec<(usize, i128)> = served.iter().map(|it| (it.target, weight(it))).collect();
                let shares: Vec<(usize, i64)> = served.iter().map(|it| (it.target, it.share)).collect();
                let floats = Floats::new(&serves, &shares, instance.full, (&under, &limits), tie);
                Choice { serves, shares, under, tie, floats }
            })
            .collect();
        let links: usize = options.iter().map(|option| option.serves.len() + option.under.len() + 1).sum();
        let steps = (links + targets.len() + limits.len()) as u64;
        let full_float = float(instance.full.into());
        Ok(Self { full: instance.full, full_float, scale, targets, options, limits, wholes: wholes(instance), steps })
    }

    /// The weight of a set.
    pub fn weight(&self, instance: &Instance, set: &[bool]) -> i128 {
        let ties = self.options.iter().enumerate().filter(|(own, _)| is_in(set, *own)).map(|(_, option)| option.tie);
        instance.value(set) * self.scale - ties.sum::<i128>()
    }

    /// The largest value that a set of at most this weight can have.
    pub fn value_within(&self, weight: i128) -> i128 {
        (weight + self.scale - 1).div_euclid(self.scale)
    }
}

impl Floats {
    fn new(
        serves: &[(usize, i128)],
        shares: &[(usize, i64)],
        full: i64,
        (under, limits): (&[(usize, i64)], &[Cap]),
        tie: i128,
    ) -> Self {
        let part = |share: i64| float(share.into()) / float(full.into());
        let serves = serves.iter().zip(shares);
        let size = |limit: usize| limits.get(limit).map_or(1.0, |limit| limit.size);
        let under = under.iter().map(|(limit, weight)| (*limit, float((*weight).into()) / size(*limit)));
        Self {
            serves: serves.map(|((target, weight), (_, share))| (*target, float(*weight), part(*share))).collect(),
            under: under.collect(),
            tie: float(tie),
        }
    }
}

/// For each option the limits that it falls under, with what it adds.
fn unders(instance: &Instance) -> Vec<Vec<(usize, i64)>> {
    let mut unders = vec![Vec::new(); instance.options.len()];
    for (at, limit) in instance.limits.iter().enumerate() {
        for (option, weight) in &limit.weights {
            if let Some(under) = unders.get_mut(*option) {
                under.push((at, *weight));
            }
        }
    }
    unders
}

fn size(most: i64, weights: &[(usize, i64)]) -> f64 {
    let largest = weights.iter().map(|(_, weight)| weight.abs()).max().unwrap_or(1);
    float(most.abs().max(largest).max(1).into())
}

fn wholes(instance: &Instance) -> Vec<Whole> {
    let parts = instance.parts();
    let is_served = |target: usize| instance.options.iter().flatten().any(|it| it.target == target && it.share > 0);
    let mut found = Vec::new();
    let heads = instance.targets.iter().enumerate().filter(|(_, target)| target.part_of.is_none());
    // Each before its parts.
    let mut next: Vec<usize> = heads.map(|(own, _)| own).rev().collect();
    while let Some(target) = next.pop() {
        let below = below(target, &parts);
        next.extend(parts.get(target).into_iter().flatten().rev());
        if is_served(target) && below.iter().any(|part| is_served(*part)) {
            found.push(Whole { target, below });
        }
    }
    found
}

fn below(target: usize, parts: &[Vec<usize>]) -> Vec<usize> {
    let own = parts.get(target).into_iter().flatten();
    own.flat_map(|part| std::iter::once(*part).chain(below(*part, parts))).collect()
}

/// The largest price of a unit of a limit: with it the sum over all limits stays below [`MOST`].
fn dearest(most: i64, weights: &[(usize, i64)], limits: usize) -> i128 {
    let all: i128 = weights.iter().map(|(_, weight)| i128::from(weight.abs())).sum();
    let limits = i128::try_from(limits).unwrap_or(i128::MAX);
    MOST / (i128::from(most.abs()) + all + 1).saturating_mul(limits + 1).saturating_mul(4)
}
