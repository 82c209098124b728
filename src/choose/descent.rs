//! Prices at which the bound is low: steps along a subgradient (Held, M., Wolfe, P. and Crowder, H.P. 1974, "Validation of
//! subgradient optimization", *Mathematical Programming* 6, 62–88).
//!
//! All of it is floats, of sums and products alone, and only proposes: where the steps end, whole numbers say what the bound is.

use super::bound::bound;
use super::node::Node;
use super::prepared::{Choice, Prepared};
use super::prices::{Prices, float};

/// The lowest bound at a node that so many steps from its prices find, as far as floats tell. The node keeps its prices and what
/// options earn by them, and of this bound and its own the lower. No bound has to be below `aim`.
pub fn improve(prepared: &Prepared, node: &mut Node, aim: Option<i128>, steps: usize) -> i128 {
    let mut descent = Descent::new(prepared, node, aim);
    for _ in 0..steps {
        if !descent.step(prepared, node) {
            break;
        }
    }
    descent.look(prepared, node);
    node.prices = descent.lowest;
    let found = bound(prepared, node, &node.prices);
    (node.most, node.earned) = (found.weight.min(node.most), found.earned);
    found.weight
}

/// The way down.
struct Descent {
    prices: Prices,
    /// The prices with the lowest bound so far, and that bound.
    lowest: Prices,
    low: f64,
    aim: Option<f64>,
    pace: f64,
    /// By how much the bound falls with the price of each limit, and with the paid part of each target.
    limits: Vec<f64>,
    targets: Vec<f64>,
}

impl Descent {
    fn new(prepared: &Prepared, node: &Node, aim: Option<i128>) -> Self {
        let (limits, targets) = (vec![0.0; prepared.limits.len()], vec![0.0; prepared.targets.len()]);
        let (prices, lowest) = (node.prices.clone(), node.prices.clone());
        Self { prices, lowest, low: f64::INFINITY, aim: aim.map(float), pace: 1.0, limits, targets }
    }

    /// A step down. Whether there is any way to go.
    fn step(&mut self, prepared: &Prepared, node: &Node) -> bool {
        let at = self.look(prepared, node);
        let above = at - self.aim.unwrap_or(0.9 * at);
        self.hold(prepared, node);
        let steepness: f64 = self.limits.iter().chain(&self.targets).map(|slope| slope * slope).sum();
        if steepness <= 0.0 || above <= 0.0 {
            return false;
        }
        let length = self.pace * above / steepness;
        for (price, slope) in self.prices.limits.iter_mut().zip(&self.limits) {
            *price = (*price - length * slope).max(0.0);
        }
        for ((paid, slope), target) in self.prices.paid.iter_mut().zip(&self.targets).zip(&prepared.targets) {
            let all = target.float * prepared.full_float;
            if all > 0.0 {
                *paid = (*paid - length * slope / all).clamp(0.0, 1.0);
            }
        }
        true
    }

    /// The bound at the prices, with its slopes. The lowest is kept.
    fn look(&mut self, prepared: &Prepared, node: &Node) -> f64 {
        let mut sum = -float(node.tie) + self.granted(prepared, node);
        let limits = prepared.limits.iter().zip(&node.used).zip(&self.prices.limits).zip(&mut self.limits);
        for (((limit, used), price), slope) in limits {
            *slope = float((limit.most - used).into()) / limit.size;
            sum += price * *slope;
        }
        for (option, _) in prepared.options.iter().zip(&node.decided).filter(|(_, decided)| decided.is_none()) {
            let earned = self.earned(prepared, node, option);
            if earned > 0.0 {
                sum += earned;
                self.take(option);
            }
        }
        match sum < self.low {
            true => {
                self.low = sum;
                self.lowest.clone_from(&self.prices);
            }
            false => self.pace *= 0.8,
        }
        sum
    }

    /// What is reached of targets, and what is granted of the rest.
    fn granted(&mut self, prepared: &Prepared, node: &Node) -> f64 {
        let mut sum = 0.0;
        let targets = prepared.targets.iter().zip(&mut self.targets).zip(&self.prices.paid);
        for (((target, slope), paid), (reached, counts)) in targets.zip(node.reached.iter().zip(&node.counts)) {
            *slope = 0.0;
            if counts.may_count() {
                let open = float((prepared.full - reached).max(0).into());
                sum += target.float * (prepared.full_float - paid * open);
                *slope = -open / prepared.full_float;
            }
        }
        sum
    }

    /// What an open option earns beyond its price.
    fn earned(&self, prepared: &Prepared, node: &Node, option: &Choice) -> f64 {
        let mut own = -option.floats.tie;
        for (target, weight, _) in &option.floats.serves {
            if node.is_short(prepared, *target) {
                own += self.prices.paid.get(*target).copied().unwrap_or(1.0) * weight;
            }
        }
        for (limit, weight) in &option.floats.under {
            own -= self.prices.limits.get(*limit).copied().unwrap_or(0.0) * weight;
        }
        own
    }

    /// The slopes where an option is chosen.
    fn take(&mut self, option: &Choice) {
        for (limit, weight) in &option.floats.under {
            if let Some(slope) = self.limits.get_mut(*limit) {
                *slope -= weight;
            }
        }
        for (target, _, share) in &option.floats.serves {
            if let Some(slope) = self.targets.get_mut(*target) {
                *slope += share;
            }
        }
    }

    /// No slope leads out of where prices and paid parts may be.
    fn hold(&mut self, prepared: &Prepared, node: &Node) {
        for (slope, price) in self.limits.iter_mut().zip(&self.prices.limits) {
            if *price <= 0.0 && *slope > 0.0 {
                *slope = 0.0;
            }
        }
        for ((target, slope), paid) in self.targets.iter_mut().enumerate().zip(&self.prices.paid) {
            let is_held = (*paid >= 1.0 && *slope < 0.0) || (*paid <= 0.0 && *slope > 0.0);
            if is_held || !node.is_short(prepared, target) {
                *slope = 0.0;
            }
        }
    }
}
