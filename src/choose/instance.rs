//! What there is to choose from, as whole numbers and nothing else: options that serve targets and fall under limits.
//!
//! A target is what is served: it counts its worth times the share of it that is reached, up to all of it. Of targets that
//! are part of one another, what counts is the larger of the whole's own contribution and that of its parts together. A
//! limit is a weighted count of options that must not exceed a number: a resource with its costs, and every condition
//! (`a` needs `b` is `a − b ≤ 0`; at least two of a group is `−a − b − c ≤ −2`).

use super::answer::Trouble;

/// The largest number that sums are allowed to reach: bounds multiply it by [`super::bound::PARTS`] and add some up.
const ROOM: i128 = 1 << 108;

/// An instance, as whole numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// What is served.
    pub targets: Vec<Target>,
    /// How much a share of one is, in the units of [`Served::share`]; above zero.
    pub full: i64,
    /// What can be chosen, in the order that decides between equals: the earlier is preferred.
    pub options: Vec<Vec<Served>>,
    /// What a set must keep to.
    pub limits: Vec<Limit>,
    /// The limits of which a set of the same value should use less, the first of them first.
    pub saved: Vec<usize>,
}

/// Something that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// What all of it is worth, from zero.
    pub worth: i64,
    /// The number of the target that it is part of.
    pub part_of: Option<usize>,
}

/// How much of a target an option reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    /// The number of the target.
    pub target: usize,
    /// The share, from zero.
    pub share: i64,
}

/// A weighted count of options, and the most that it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Options by number, each once, with what it adds.
    pub weights: Vec<(usize, i64)>,
    /// The most.
    pub most: i64,
}

impl Limit {
    /// What a set adds up to.
    pub fn used(&self, set: &[bool]) -> i64 {
        self.weights.iter().filter(|(option, _)| is_in(set, *option)).map(|(_, weight)| weight).sum()
    }

    /// Whether a set keeps to it.
    pub fn holds(&self, set: &[bool]) -> bool {
        self.used(set) <= self.most
    }

    /// What an option adds: nothing where it is none of those that count.
    pub fn weight(&self, option: usize) -> i64 {
        self.weights.iter().find(|(of, _)| *of == option).map_or(0, |(_, weight)| *weight)
    }

    /// Lets an option that counts add so much instead.
    pub fn reweigh(&mut self, option: usize, weight: i64) {
        if let Some((_, own)) = self.weights.iter_mut().find(|(of, _)| *of == option) {
            *own = weight;
        }
    }

    /// An option is chosen.
    pub fn chosen(option: usize) -> Self {
        Self { weights: vec![(option, -1)], most: -1 }
    }

    /// An option is not chosen.
    pub fn left_out(option: usize) -> Self {
        Self { weights: vec![(option, 1)], most: 0 }
    }
}

/// Whether an option is in a set.
pub fn is_in(set: &[bool], option: usize) -> bool {
    set.get(option).copied().unwrap_or(false)
}

impl Instance {
    /// Whether a set keeps to all limits.
    pub fn allows(&self, set: &[bool]) -> bool {
        self.limits.iter().all(|limit| limit.holds(set))
    }

    /// What a set is worth, in units of worth times share.
    pub fn value(&self, set: &[bool]) -> i128 {
        self.contributions(set).iter().sum()
    }

    /// What each target adds to the value of a set. A target that is passed over for its whole or for its parts adds zero.
    pub fn contributions(&self, set: &[bool]) -> Vec<i128> {
        self.counted_once(self.own_contributions(set))
    }

    /// What would be reached if all of every target were.
    pub fn all_reached(&self) -> i128 {
        let whole = |target: &Target| i128::from(target.worth) * i128::from(self.full);
        self.counted_once(self.targets.iter().map(whole).collect()).iter().sum()
    }

    /// What counts of each target together with its parts: the larger of its own contribution and theirs.
    pub fn with_parts(&self, set: &[bool]) -> Vec<i128> {
        let own = self.own_contributions(set);
        let parts = self.parts();
        (0..own.len()).map(|at| larger(at, &own, &parts).iter().map(|(_, amount)| amount).sum()).collect()
    }

    /// What each target would add if it were part of nothing.
    fn own_contributions(&self, set: &[bool]) -> Vec<i128> {
        let own = |(target, reached): (&Target, i64)| i128::from(target.worth) * i128::from(reached.min(self.full));
        self.targets.iter().zip(self.reached(set)).map(own).collect()
    }

    /// How much of each target a set reaches, not held to one.
    pub fn reached(&self, set: &[bool]) -> Vec<i64> {
        let mut reached = vec![0; self.targets.len()];
        for (served, _) in self.options.iter().zip(set).filter(|(_, chosen)| **chosen) {
            for served in served {
                if let Some(slot) = reached.get_mut(served.target) {
                    *slot += served.share;
                }
            }
        }
        reached
    }

    /// Contributions where of a whole and its parts only the larger counts.
    fn counted_once(&self, own: Vec<i128>) -> Vec<i128> {
        if self.targets.iter().all(|target| target.part_of.is_none()) {
            return own;
        }
        let parts = self.parts();
        let mut kept = vec![0; own.len()];
        for (head, _) in self.targets.iter().enumerate().filter(|(_, target)| target.part_of.is_none()) {
            for (at, amount) in larger(head, &own, &parts) {
                if let Some(slot) = kept.get_mut(at) {
                    *slot = amount;
                }
            }
        }
        kept
    }

    /// The parts of each target.
    pub fn parts(&self) -> Vec<Vec<usize>> {
        let mut parts = vec![Vec::new(); self.targets.len()];
        for (own, target) in self.targets.iter().enumerate() {
            if let Some(slot) = target.part_of.and_then(|whole| parts.get_mut(whole)) {
                slot.push(own);
            }
        }
        parts
    }

    /// Whether what an option adds does not depend on the others: no target is served twice, and no two that are served are
    /// part of one another.
    pub fn adds_up(&self) -> bool {
        let mut times = vec![0_u32; self.targets.len()];
        for served in self.options.iter().flatten().filter(|served| served.share > 0) {
            if let Some(slot) = times.get_mut(served.target) {
                *slot += 1;
            }
        }
        let is_served = |target: usize| times.get(target).is_some_and(|times| *times > 0);
        let overlaps = |own: usize| is_served(own) && self.wholes(own).any(is_served);
        times.iter().all(|times| *times <= 1) && !(0..self.targets.len()).any(overlaps)
    }

    /// What a target is part of, and what that is part of.
    fn wholes(&self, of: usize) -> impl Iterator<Item = usize> {
        let whole = |at: &usize| self.targets.get(*at).and_then(|target| target.part_of);
        std::iter::successors(whole(&of), move |at| whole(at)).take(self.targets.len())
    }

    /// That no number is too large for sums to be exact, that none is below zero that must not be, and that nothing points
    /// elsewhere.
    ///
    /// # Errors
    /// What it is.
    pub fn check(&self) -> Result<(), Trouble> {
        let targets = self.targets.len();
        let is_circular = |own: usize| self.wholes(own).any(|whole| whole == own);
        let served_well = |served: &Served| served.target < targets && served.share >= 0;
        let sound = self.full > 0
            && self.targets.iter().all(|target| target.worth >= 0)
            && self.targets.iter().all(|target| target.part_of.is_none_or(|whole| whole < targets))
            && !(0..targets).any(is_circular)
            && self.options.iter().flatten().all(served_well)
            && self.limits.iter().flat_map(|limit| &limit.weights).all(|(option, _)| *option < self.options.len())
            && self.saved.iter().all(|limit| *limit < self.limits.len());
        match sound {
            true => self.check_room(),
            false => Err(Trouble::Unsound),
        }
    }

    fn check_room(&self) -> Result<(), Trouble> {
        let sum = |limit: &Limit| limit.weights.iter().map(|(_, weight)| weight.abs()).try_fold(0, i64::checked_add);
        let limits_fit =
            self.limits.iter().all(|limit| sum(limit).is_some_and(|sum| sum.checked_add(limit.most.abs()).is_some()));
        let shares = self.options.iter().flatten().map(|served| served.share).try_fold(0, i64::checked_add);
        let worth = |target: &Target| i128::from(target.worth).checked_mul(i128::from(self.full));
        let value = self.targets.iter().map(worth).try_fold(0, |sum: i128, worth| sum.checked_add(worth?));
        let fits = value.and_then(|value| value.checked_mul(self.tie_break()?.0)).is_some_and(|most| most < ROOM);
        match limits_fit && shares.is_some() && fits {
            true => Ok(()),
            false => Err(Trouble::TooLarge),
        }
    }

    /// What a unit of value counts, and by how much each option lowers a set's weight among sets of the same value: first
    /// by what it uses of the limits to be saved, then by being one more. None where numbers are too large.
    pub(super) fn tie_break(&self) -> Option<(i128, Vec<i128>)> {
        let mut costs = vec![1_i128; self.options.len()];
        // From the last to the first, each above all that follows.
        for limit in self.saved.iter().rev().filter_map(|limit| self.limits.get(*limit)) {
            let above = costs.iter().try_fold(1, |sum: i128, cost| sum.checked_add(*cost))?;
            for (option, weight) in &limit.weights {
                let more = i128::from(*weight).checked_mul(above)?;
                let cost = costs.get_mut(*option)?;
                *cost = cost.checked_add(more)?;
            }
        }
        let all = costs.iter().try_fold(1, |sum: i128, cost| sum.checked_add(*cost))?;
        Some((all, costs))
    }
}

/// What counts of a target with its parts: targets with their contributions.
fn larger(at: usize, own: &[i128], parts: &[Vec<usize>]) -> Vec<(usize, i128)> {
    let alone = own.get(at).copied().unwrap_or(0);
    let below = parts.get(at).into_iter().flatten().flat_map(|part| larger(*part, own, parts));
    let below: Vec<(usize, i128)> = below.collect();
    // Of equals the whole.
    match below.iter().map(|(_, amount)| amount).sum::<i128>() > alone {
        true => below,
        false => vec![(at, alone)],
    }
}
