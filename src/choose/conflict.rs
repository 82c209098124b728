//! Which limits contradict each other, where no set keeps to all of them: the smallest group first.

use super::answer::{Answer, Steps, Trouble};
use super::instance::Instance;
use super::solve::solve;

/// Groups of up to so many limits are tried one after the other; beyond, limits are dropped one by one as long as the rest
/// still contradicts itself.
const ALL_UP_TO: usize = 3;

/// Limits that contradict each other, by number, so that without any one of them the others do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// By number.
    pub limits: Vec<usize>,
    /// Whether no smaller group contradicts itself.
    pub is_smallest: bool,
}

/// The conflict in an instance; none where a set keeps to all limits, or where the steps do not suffice.
///
/// # Errors
/// What is wrong with the instance.
pub fn conflict(instance: &Instance, steps: &mut Steps) -> Result<Option<Conflict>, Trouble> {
    let all: Vec<usize> = (0..instance.limits.len()).collect();
    if contradicts(instance, &all, steps)? != Some(true) {
        return Ok(None);
    }
    for size in 1..=ALL_UP_TO {
        for group in groups(&all, size) {
            match contradicts(instance, &group, steps)? {
                Some(true) => return Ok(Some(Conflict { limits: group, is_smallest: true })),
                Some(false) => {}
                None => return Ok(None),
            }
        }
    }
    let mut kept = all;
    let mut at = 0;
    while at < kept.len() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        match contradicts(instance, &fewer, steps)? {
            Some(true) => kept = fewer,
            Some(false) => at += 1,
            None => return Ok(None),
        }
    }
    let is_smallest = kept.len() <= ALL_UP_TO + 1;
    Ok(Some(Conflict { limits: kept, is_smallest }))
}

/// Whether no set keeps to these limits; none where the steps do not suffice.
fn contradicts(instance: &Instance, limits: &[usize], steps: &mut Steps) -> Result<Option<bool>, Trouble> {
    let only = Instance {
        // What sets are worth does not matter.
        targets: Vec::new(),
        full: 1,
        options: vec![Vec::new(); instance.options.len()],
        limits: limits.iter().filter_map(|limit| instance.limits.get(*limit)).cloned().collect(),
        saved: Vec::new(),
    };
    Ok(match solve(&only, steps)? {
        Answer::Nothing => Some(true),
        Answer::Best(_) => Some(false),
        Answer::Unknown => None,
    })
}

/// All groups of so many, in their order.
fn groups(all: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let from = |(at, first): (usize, &usize)| {
        let rest = groups(all.get(at + 1..).unwrap_or_default(), size - 1);
        rest.into_iter().map(move |rest| std::iter::once(*first).chain(rest).collect()).collect::<Vec<_>>()
    };
    all.iter().enumerate().flat_map(from).collect()
}
