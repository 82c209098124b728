//! What a set can be worth at most once some options are decided: Lagrange's bound, in whole numbers.
//!
//! Every limit gets a price and every target a part of its worth that is paid by reach; the rest is granted. Any prices from
//! zero and any parts between none and all give a bound (Geoffrion, A.M. 1974, "Lagrangean relaxation for integer programming",
//! *Mathematical Programming Study* 2, 82–114), so where they come from does not matter: floats propose them
//! ([`super::descent`]), and whole numbers decide.

use super::node::Node;
use super::prepared::Prepared;
use super::prices::{Prices, float};

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

#[expect(
    clippy::cast_possible_truncation,
    reason = "a price too large becomes the largest, and no number becomes zero"
)]
fn whole(number: f64) -> i128 {
    number as i128
}
