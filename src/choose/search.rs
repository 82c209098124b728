//! The heaviest set by branch and bound: all sets are divided until no part can hold a heavier one than was found (Land, A.H.
//! and Doig, A.G. 1960, "An automatic method of solving discrete programming problems", *Econometrica* 28(3), 497–520).

use std::cmp::Reverse;

use super::answer::{Answer, Best, Proof, Steps, precedes};
use super::bound::PARTS;
use super::descent;
use super::instance::Instance;
use super::node::Node;
use super::prepared::Prepared;

/// How many times prices are improved where nothing is decided.
const FIRST_STEPS: usize = 60;
/// How many times below.
const STEPS: usize = 6;

/// The best set, as far as the steps go.
pub fn search(instance: &Instance, prepared: &Prepared, steps: &mut Steps) -> Answer {
    Search { instance, prepared, best: None, stack: Vec::new() }.run(steps)
}

struct Search<'i> {
    instance: &'i Instance,
    prepared: &'i Prepared,
    best: Option<(i128, Vec<bool>)>,
    stack: Vec<Node>,
}

impl Search<'_> {
    fn run(mut self, steps: &mut Steps) -> Answer {
        self.look_at(Node::start(self.prepared), FIRST_STEPS, steps);
        while let Some(node) = self.stack.pop() {
            if self.is_beaten(&node) {
                continue;
            }
            if steps.are_spent() {
                self.stack.push(node);
                break;
            }
            self.divide(&node, steps);
        }
        let open = self.stack.iter().filter(|node| !self.is_beaten(node)).map(|node| node.most).max();
        let Some((_, set)) = self.best else { return if open.is_some() { Answer::Unknown } else { Answer::Nothing } };
        let value = self.instance.value(&set);
        let proof = open.map_or(Proof::Proven, |most| Proof::Within(self.prepared.value_within(most).max(value)));
        Answer::Best(Best { set, value, proof })
    }

    /// The two parts of a node, the more promising one on top.
    fn divide(&mut self, node: &Node, steps: &mut Steps) {
        let (first, second) = match node.open_whole(self.prepared) {
            Some(whole) => (self.with_whole(node, whole, true), self.with_whole(node, whole, false)),
            None => match least_decided(node) {
                Some((option, chosen)) => (self.with(node, option, chosen), self.with(node, option, !chosen)),
                None => return,
            },
        };
        self.look_at(second, STEPS, steps);
        self.look_at(first, STEPS, steps);
        if let [.., below, top] = &mut *self.stack
            && below.most > top.most
            && node.open_whole(self.prepared).is_some()
        {
            std::mem::swap(below, top);
        }
    }

    fn with(&self, node: &Node, option: usize, chosen: bool) -> Node {
        let mut part = node.clone();
        part.decide(self.prepared, option, chosen);
        part
    }

    fn with_whole(&self, node: &Node, whole: usize, counts: bool) -> Node {
        let mut part = node.clone();
        part.decide_whole(self.prepared, whole, counts);
        part
    }

    /// Bounds a node, tries a set of it, and keeps it where it may hold a better one.
    fn look_at(&mut self, mut node: Node, improvements: usize, steps: &mut Steps) {
        if !node.settle(self.prepared) {
            steps.take(self.prepared.steps);
            return;
        }
        let aim = self.best.as_ref().map(|(weight, _)| *weight);
        let bound = descent::improve(self.prepared, &mut node, aim, improvements);
        steps.take(self.prepared.steps * (improvements as u64 + 1));
        self.offer(node.set(|option| node.earned.get(option).is_some_and(|earned| *earned > 0)));
        self.offer(self.filled(&node));
        if self.is_beaten(&node) {
            return;
        }
        if !self.decide_what_follows(&mut node, bound) || self.is_beaten(&node) {
            return;
        }
        if node.open().any(|open| open) {
            self.stack.push(node);
        } else {
            self.offer(node.set(|_| false));
        }
    }

    /// What is chosen, and of the open options those that still fit, the one that earns most first.
    fn filled(&self, node: &Node) -> Vec<bool> {
        let mut filled = node.clone();
        let open = node.earned.iter().enumerate().filter(|(option, _)| node.decided.get(*option) == Some(&None));
        let mut open: Vec<(usize, i128)> = open.map(|(option, earned)| (option, *earned)).collect();
        open.sort_by_key(|(_, earned)| Reverse(*earned));
        for (option, _) in open {
            let Some(about) = self.prepared.options.get(option) else { continue };
            let fits = about.under.iter().all(|(limit, weight)| {
                let spare = self.prepared.limits.get(*limit).zip(filled.used.get(*limit));
                *weight <= 0 || spare.is_some_and(|(limit, used)| used + weight <= limit.most)
            });
            filled.decide(self.prepared, option, fits);
        }
        filled.set(|_| false)
    }

    /// Decides options that no better set has otherwise, by what they earn under `bound`. Whether any set is left.
    fn decide_what_follows(&self, node: &mut Node, bound: i128) -> bool {
        let Some((best, _)) = &self.best else { return true };
        let lost = |earned: &i128| bound - earned.abs() / PARTS < *best;
        let decided = |(option, earned): (usize, &i128)| lost(earned).then_some((option, *earned > 0));
        let follows: Vec<(usize, bool)> = node.earned.iter().enumerate().filter_map(decided).collect();
        for (option, chosen) in follows {
            node.decide(self.prepared, option, chosen);
        }
        node.settle(self.prepared)
    }

    fn is_beaten(&self, node: &Node) -> bool {
        let Some((weight, set)) = &self.best else { return false };
        // Of equals the one that has the earlier options.
        node.most < *weight || (node.most == *weight && !precedes(&node.set(|_| true), set))
    }

    fn offer(&mut self, set: Vec<bool>) {
        if !self.instance.allows(&set) {
            return;
        }
        let weight = self.prepared.weight(self.instance, &set);
        let is_better =
            |(best, known): &(i128, Vec<bool>)| weight > *best || (weight == *best && precedes(&set, known));
        if self.best.as_ref().is_none_or(is_better) {
            self.best = Some((weight, set));
        }
    }
}

/// The open option of which it is least clear how it is to be decided, and how; of equals the first, and first with it. What
/// is clear follows from the bound.
fn least_decided(node: &Node) -> Option<(usize, bool)> {
    let open = node.earned.iter().enumerate().filter(|(option, _)| node.decided.get(*option) == Some(&None));
    let least = open.min_by_key(|(_, earned)| earned.abs())?;
    Some((least.0, *least.1 >= 0))
}
