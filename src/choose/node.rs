//! A part of all sets: some options are decided, and of some wholes it is decided whether they or their parts count.

use super::prepared::Prepared;
use super::prices::Prices;

/// Some options decided.
#[derive(Debug, Clone)]
pub struct Node {
    /// For each option whether it is chosen; none where that is open.
    pub decided: Vec<Option<bool>>,
    /// For each target whether it counts.
    pub counts: Vec<Counts>,
    /// How much of each target the chosen ones reach, not held to one.
    pub reached: Vec<i64>,
    /// What the chosen ones add up to under each limit.
    pub used: Vec<i64>,
    /// The least that can be reached under each limit.
    pub least: Vec<i64>,
    /// What the chosen ones take from the weight beside their value.
    pub tie: i128,
    /// The prices that its bound was made with.
    pub prices: Prices,
    /// No set in it weighs more.
    pub most: i128,
    /// What each open option earns beyond its price.
    pub earned: Vec<i128>,
}

/// Whether a target counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// It or its parts do.
    Open,
    /// It does.
    Yes,
    /// Its whole or its parts do instead.
    No,
}

impl Counts {
    /// Whether it does, as far as is decided.
    pub fn may_count(self) -> bool {
        self != Self::No
    }
}

impl Node {
    /// With nothing decided.
    pub fn start(prepared: &Prepared) -> Self {
        let mut counts = vec![Counts::Yes; prepared.targets.len()];
        for whole in &prepared.wholes {
            for at in whole.below.iter().chain([&whole.target]) {
                set(&mut counts, *at, Counts::Open);
            }
        }
        let least = |weights: &[(usize, i64)]| weights.iter().map(|(_, weight)| (*weight).min(0)).sum();
        Self {
            decided: vec![None; prepared.options.len()],
            counts,
            reached: vec![0; prepared.targets.len()],
            used: vec![0; prepared.limits.len()],
            least: prepared.limits.iter().map(|limit| least(&limit.weights)).collect(),
            tie: 0,
            prices: Prices::start(prepared.limits.len(), prepared.targets.len()),
            most: i128::MAX,
            earned: vec![0; prepared.options.len()],
        }
    }

    /// For each option whether it is open.
    pub fn open(&self) -> impl Iterator<Item = bool> {
        self.decided.iter().map(Option::is_none)
    }

    /// Whether more reach of a target would count.
    pub fn is_short(&self, prepared: &Prepared, target: usize) -> bool {
        self.counts.get(target).is_some_and(|counts| counts.may_count())
            && self.reached.get(target).is_some_and(|reached| *reached < prepared.full)
    }

    /// The set of those that are chosen, and of the open ones those of whom `more` says so.
    pub fn set(&self, more: impl Fn(usize) -> bool) -> Vec<bool> {
        self.decided.iter().enumerate().map(|(own, decided)| decided.unwrap_or_else(|| more(own))).collect()
    }

    /// Decides an option. Nothing happens where it is decided already.
    pub fn decide(&mut self, prepared: &Prepared, option: usize, chosen: bool) {
        let Some(slot @ None) = self.decided.get_mut(option) else { return };
        *slot = Some(chosen);
        let Some(about) = prepared.options.get(option) else { return };
        for (limit, weight) in &about.under {
            // What it adds at least was counted while it was open.
            let known = (*weight).min(0);
            add(&mut self.least, *limit, if chosen { weight - known } else { -known });
            add(&mut self.used, *limit, if chosen { *weight } else { 0 });
        }
        if chosen {
            self.tie += about.tie;
            for (target, share) in &about.shares {
                add(&mut self.reached, *target, *share);
            }
        }
    }

    /// Decides that of a whole and its parts the whole counts, or its parts.
    pub fn decide_whole(&mut self, prepared: &Prepared, number: usize, counts: bool) {
        let Some(whole) = prepared.wholes.get(number) else { return };
        set(&mut self.counts, whole.target, if counts { Counts::Yes } else { Counts::No });
        for part in whole.below.iter().filter(|_| counts) {
            set(&mut self.counts, *part, Counts::No);
        }
    }

    /// The first whole of which it is open whether it counts. A part without served parts of its own stays open and may
    /// count.
    pub fn open_whole(&self, prepared: &Prepared) -> Option<usize> {
        let is_open = |target: usize| self.counts.get(target) == Some(&Counts::Open);
        prepared.wholes.iter().position(|whole| is_open(whole.target))
    }

    /// Decides what follows from the limits. Whether any set can keep to each of them.
    pub fn settle(&mut self, prepared: &Prepared) -> bool {
        loop {
            let mut follows = Vec::new();
            for (limit, least) in prepared.limits.iter().zip(&self.least) {
                let spare = limit.most - least;
                if spare < 0 {
                    return false;
                }
                let is_open = |option: usize| self.decided.get(option) == Some(&None);
                let forced = limit.weights.iter().filter(|(_, weight)| weight.abs() > spare);
                follows.extend(
                    forced.filter(|(option, _)| is_open(*option)).map(|(option, weight)| (*option, *weight < 0)),
                );
            }
            if follows.is_empty() {
                return true;
            }
            for (option, chosen) in follows {
                self.decide(prepared, option, chosen);
            }
        }
    }
}

fn set<T>(items: &mut [T], at: usize, item: T) {
    if let Some(slot) = items.get_mut(at) {
        *slot = item;
    }
}

fn add(items: &mut [i64], at: usize, more: i64) {
    if let Some(slot) = items.get_mut(at) {
        *slot += more;
    }
}
