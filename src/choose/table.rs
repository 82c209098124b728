//! The heaviest set by dynamic programming, where what an option adds does not depend on the others and the limits are few
//! and coarse (Bellman, R. 1957, *Dynamic Programming*, Princeton University Press).

use super::answer::{Best, Proof, Steps};
use super::instance::{Instance, Limit};
use super::prepared::Prepared;

/// The most cells of a table, over all options.
const MOST_CELLS: usize = 50_000;
/// The weight of what can't be.
const NEVER: i128 = i128::MIN / 4;

/// A table for an instance: a cell for every amount of every limit that several options share.
#[derive(Debug)]
pub struct Table {
    axes: Vec<Axis>,
    /// For each option whether it is decided by a limit of its own.
    decided: Vec<Option<bool>>,
    cells: usize,
}

/// A limit, in steps of what all of its numbers are multiples of.
#[derive(Debug)]
struct Axis {
    cells: usize,
    takes: Vec<usize>,
}

impl Table {
    /// None where dynamic programming does not serve: where two options add to the same target, where a condition joins
    /// options, where no set keeps to all limits, and where the table would be too large.
    pub fn new(instance: &Instance) -> Option<Self> {
        if !instance.adds_up() {
            return None;
        }
        let mut decided = vec![None; instance.options.len()];
        let mut axes = Vec::new();
        for limit in &instance.limits {
            match &*limit.weights {
                [] if limit.most >= 0 => {}
                [(option, weight)] => decide(&mut decided, *option, (*weight <= limit.most, 0 <= limit.most))?,
                weights if weights.iter().all(|(_, weight)| *weight >= 0) => {
                    axes.push(Axis::new(limit, instance.options.len())?);
                }
                _ => return None,
            }
        }
        let cells = axes.iter().try_fold(1, |cells: usize, axis| cells.checked_mul(axis.cells))?;
        let all = cells.checked_mul(instance.options.len().max(1))?;
        (all <= MOST_CELLS).then_some(Self { axes, decided, cells })
    }

    /// The best set; none where no set keeps to all limits.
    pub fn best(&self, instance: &Instance, prepared: &Prepared, steps: &mut Steps) -> Option<Best> {
        steps.take((self.cells * instance.options.len()) as u64);
        let mut best = vec![0; self.cells];
        // From the last option to the first, so that of equals the first decides.
        let mut takes: Vec<Vec<bool>> = Vec::with_capacity(instance.options.len());
        for (number, option) in prepared.options.iter().enumerate().rev() {
            let full = prepared.full;
            let weight = |(target, share): &(usize, i64)| {
                let worth = prepared.targets.get(*target).map_or(0, |target| target.weight);
                worth * i128::from((*share).min(full))
            };
            let adds = option.shares.iter().map(weight).sum::<i128>() - option.tie;
            takes.push(self.add(number, adds, &mut best));
        }
        takes.reverse();
        let set = self.read(&takes);
        (best.last().is_some_and(|weight| *weight > NEVER / 2) && instance.allows(&set)).then(|| Best {
            value: instance.value(&set),
            set,
            proof: Proof::Proven,
        })
    }

    /// Fills the table with one option more. For each cell whether it is taken.
    fn add(&self, option: usize, adds: i128, best: &mut Vec<i128>) -> Vec<bool> {
        let decided = self.decided.get(option).copied().flatten();
        let mut taken = vec![false; self.cells];
        let mut next: Vec<i128> = if decided == Some(true) { vec![NEVER; self.cells] } else { best.clone() };
        if decided != Some(false) {
            let row = self.axes.last().map_or(1, |axis| axis.cells);
            let within = self.axes.last().map_or(0, |axis| axis.takes(option));
            for first in (0..self.cells).step_by(row) {
                let Some(from) = self.before(first, option) else { continue };
                let known = best.get(from..from + row.saturating_sub(within)).unwrap_or_default();
                let slots = next.iter_mut().zip(&mut taken).skip(first + within).take(row.saturating_sub(within));
                for ((slot, taken), known) in slots.zip(known) {
                    let with = known.saturating_add(adds);
                    if with >= *slot && *known > NEVER / 2 {
                        (*slot, *taken) = (with, true);
                    }
                }
            }
        }
        *best = next;
        taken
    }

    /// The first cell of the row from which an option leads to the row that begins at `first`; none where it takes more than
    /// there is.
    fn before(&self, first: usize, option: usize) -> Option<usize> {
        let (mut rest, mut stride, mut from) = (first, 1, 0);
        for (number, axis) in self.axes.iter().enumerate().rev() {
            let at = rest % axis.cells;
            rest /= axis.cells;
            // Within the row it is the caller's.
            let takes = if number + 1 == self.axes.len() { 0 } else { axis.takes(option) };
            from += at.checked_sub(takes)? * stride;
            stride *= axis.cells;
        }
        Some(from)
    }

    /// The set of the last cell, in which everything there is may be used.
    fn read(&self, takes: &[Vec<bool>]) -> Vec<bool> {
        let mut cell = self.cells.saturating_sub(1);
        let mut set = Vec::with_capacity(takes.len());
        for (option, takes) in takes.iter().enumerate() {
            let taken = takes.get(cell).copied().unwrap_or(false);
            if taken {
                let row = self.axes.last().map_or(1, |axis| axis.cells);
                let first = cell - cell % row;
                let within = self.axes.last().map_or(0, |axis| axis.takes(option));
                cell = self.before(first, option).unwrap_or(0) + (cell - first).saturating_sub(within);
            }
            set.push(taken);
        }
        set
    }
}

impl Axis {
    fn new(limit: &Limit, options: usize) -> Option<Self> {
        let most = limit.most.min(limit.weights.iter().map(|(_, weight)| weight).sum());
        let step = limit.weights.iter().fold(0, |step, (_, weight)| divisor(step, *weight)).max(1);
        let cells = usize::try_from(most / step).ok()?.checked_add(1)?;
        let mut takes = vec![0; options];
        for (option, weight) in &limit.weights {
            *takes.get_mut(*option)? = usize::try_from(weight / step).ok()?;
        }
        (most >= 0).then_some(Self { cells, takes })
    }

    fn takes(&self, option: usize) -> usize {
        self.takes.get(option).copied().unwrap_or(0)
    }
}

/// The greatest common divisor of numbers from zero.
fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// Decides what a limit of one option allows: that it is chosen, and that it is left out. None where that can't be.
fn decide(decided: &mut [Option<bool>], option: usize, allowed: (bool, bool)) -> Option<()> {
    let slot = decided.get_mut(option)?;
    let chosen = match allowed {
        (true, true) => return Some(()),
        (true, false) => true,
        (false, true) => false,
        (false, false) => return None,
    };
    if slot.is_some_and(|known| known != chosen) {
        return None;
    }
    *slot = Some(chosen);
    Some(())
}
