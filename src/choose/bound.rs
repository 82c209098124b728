//! What a set can be worth at most once some options are decided: Lagrange's bound, in whole numbers.
//!
//! Every limit gets a price and every target a part of its worth that is paid by reach; the rest is granted. Any prices from
//! zero and any parts between none and all give a bound (Geoffrion, A.M. 1974, "Lagrangean relaxation for integer programming",
//! *Mathematical Programming Study* 2, 82–114), so where they come from does not matter: floats propose them, by steps along
//! a subgradient (Held, M., Wolfe, P. and Crowder, H.P. 1974, *Mathematical Programming* 6, 62–88), and whole numbers decide.

use super::node::Node;
use super::prepared::Prepared;
use super::prices::Prices;

/// In how many parts the worth of a target is divided.
pub const PARTS: i128 = 1 << 12;
/// A bound, and how much each open option earns beyond its price: what is lost where it is decided otherwise.
#[derive(Debug, Clone)]
pub struct Bound {
    /// No set below the node weighs more.
    pub weight: i128,
    /// For each option, in [`PARTS`] of weight; zero for those that are decided.
    pub earned: Vec<i128>,
}

/// The bound at a node, by these prices.
pub fn bound(prepared: &Prepared, node: &Node, prices: &Prices) -> Bound {
    let mut sum = -node.tie * PARTS;
    let paid: Vec<i128> = prices.paid.iter().map(|part| whole(part * float(PARTS)).clamp(0, PARTS)).collect();
    let targets = prepared.targets.iter().zip(&node.reached).zip(&node.counts).zip(&paid);
    for (((target, reached), counts), paid) in targets {
        if counts.may_count() {
            let open = i128::from((prepared.full - reached).max(0));
            let reached = i128::from((*reached).min(prepared.full));
            sum += target.weight * (PARTS * reached + (PARTS - paid) * open);
        }
    }
    let limits = prepared.limits.iter().zip(&prices.limits);
    let prices: Vec<i128> =
        limits.map(|(limit, price)| whole(price / limit.size * float(PARTS)).clamp(0, limit.dearest)).collect();
    for ((limit, used), price) in prepared.limits.iter().zip(&node.used).zip(&prices) {
        sum += price * i128::from(limit.most - used);
    }
    let mut earned = vec![0; prepared.options.len()];
    for ((option, is_open), slot) in prepared.options.iter().zip(node.open()).zip(&mut earned) {
        if !is_open {
            continue;
        }
        let mut own = -option.tie * PARTS;
        for (target, weight) in &option.serves {
            if node.is_short(prepared, *target) {
                own += paid.get(*target).copied().unwrap_or(PARTS) * weight;
            }
        }
        for (limit, weight) in &option.under {
            own -= prices.get(*limit).copied().unwrap_or(0) * i128::from(*weight);
        }
        *slot = own;
        sum += own.max(0);
    }
    Bound { weight: sum.div_euclid(PARTS), earned }
}

/// The lowest bound at a node that some steps from its prices find; the node keeps it with its prices.
pub fn improve(prepared: &Prepared, node: &mut Node, aim: Option<i128>, steps: usize) {
    let mut prices = node.prices.clone();
    let first = bound(prepared, node, &prices);
    (node.most, node.earned) = (first.weight.min(node.most), first.earned.clone());
    let (mut at, mut pace) = (first, 1.0);
    let mut lowest = at.weight;
    for _ in 0..steps {
        if aim.is_some_and(|aim| lowest < aim) || !step(&mut prices, prepared, node, &at, aim, pace) {
            break;
        }
        at = bound(prepared, node, &prices);
        match at.weight < lowest {
            true => {
                lowest = at.weight;
                (node.most, node.earned) = (lowest.min(node.most), at.earned.clone());
                node.prices = prices.clone();
            }
            false => pace *= 0.8,
        }
    }
}

/// A step down the subgradient. Whether there is any way to go.
fn step(prices: &mut Prices, prepared: &Prepared, node: &Node, at: &Bound, aim: Option<i128>, pace: f64) -> bool {
    let taken = |option: usize| at.earned.get(option).is_some_and(|earned| *earned > 0);
    let mut spare: Vec<i64> = prepared.limits.iter().zip(&node.used).map(|(limit, used)| limit.most - used).collect();
    let mut reach: Vec<i64> = vec![0; prepared.targets.len()];
    for (own, option) in prepared.options.iter().enumerate().filter(|(own, _)| taken(*own)) {
        debug_assert!(node.decided.get(own) == Some(&None), "decided ones earn nothing");
        option.under.iter().for_each(|(limit, weight)| add(&mut spare, *limit, -*weight));
        option.shares.iter().for_each(|(target, share)| add(&mut reach, *target, *share));
    }
    let limits = prepared.limits.iter().zip(spare).map(|(limit, spare)| float(spare.into()) / limit.size);
    let limits: Vec<f64> = limits
        .zip(&prices.limits)
        .map(|(slope, price)| if *price <= 0.0 && slope > 0.0 { 0.0 } else { slope })
        .collect();
    let full = float(prepared.full.into());
    let slope = |((target, reach), paid): ((usize, i64), &f64)| {
        let open = prepared.full - node.reached.get(target).copied().unwrap_or(0);
        let slope = float((reach - open).into()) / full;
        let is_held = (*paid >= 1.0 && slope < 0.0) || (*paid <= 0.0 && slope > 0.0);
        if is_held || !node.is_short(prepared, target) { 0.0 } else { slope }
    };
    let targets: Vec<f64> = reach.into_iter().enumerate().zip(&prices.paid).map(slope).collect();
    let steepness: f64 = limits.iter().chain(&targets).map(|slope| slope * slope).sum();
    let above = float(at.weight) - aim.map_or(0.9 * float(at.weight), float);
    if steepness <= 0.0 || above <= 0.0 {
        return false;
    }
    let length = pace * above / steepness;
    for (price, slope) in prices.limits.iter_mut().zip(limits) {
        *price = (*price - length * slope).max(0.0);
    }
    for ((paid, slope), target) in prices.paid.iter_mut().zip(targets).zip(&prepared.targets) {
        let all = float(target.weight) * full;
        if all > 0.0 {
            *paid = (*paid - length * slope / all).clamp(0.0, 1.0);
        }
    }
    true
}

fn add(items: &mut [i64], at: usize, more: i64) {
    if let Some(slot) = items.get_mut(at) {
        *slot += more;
    }
}

#[expect(clippy::cast_precision_loss, reason = "for proposals only")]
fn float(number: i128) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a price too large becomes the largest, and no number becomes zero"
)]
fn whole(number: f64) -> i128 {
    number as i128
}
