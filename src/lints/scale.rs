//! Totals that can pass the scale: because points are rounded, or because of how they are combined.

use crate::diagnostic::Code;
use crate::exact::divide_rounding;
use crate::rules::{RuleSet, Weights};
use crate::scoring::Fixed;
use crate::words::listed;

use super::finding::Finding;
use super::rule_file_places::RuleFilePlaces;

/// The most decimals that points can have.
const MOST_DECIMALS: u32 = 4;
/// Values and weights have so many decimals more than points.
const FINER: u32 = 2;

/// That totals can pass the scale, where they can.
pub(super) fn passed(rules: &RuleSet, written: &RuleFilePlaces) -> Option<Finding> {
    let ends = rules.total_ends.filter(|_| rules.values.is_usual())?;
    let scale = i64::from(rules.scale) * 10_i64.pow(rules.decimals);
    if ends.most <= scale {
        return None;
    }
    let most = Fixed::new(ends.most, rules.decimals);
    let (message, help) = if rules.combine.ends_at_scale() {
        let scale = rules.scale;
        let message =
            format!("full marks come to {most}, past the scale of {scale}: every question's points are rounded");
        (message, finer(rules))
    } else {
        let can = if ends.are_reached { "can be as high as" } else { "are only known to be no higher than" };
        let help = "divide in `combine`, raise `scale`, or accept it with a reason: no total is shown out of the scale";
        (format!("totals {can} {most}, past the scale of {}", rules.scale), help.to_owned())
    };
    let place = if rules.combine.ends_at_scale() { written.weight(0) } else { written.combine() };
    Some(Finding::new(Code::PastTheScale, &[], place, message, help))
}

/// What keeps full marks at the scale: more decimals, or weights that lose nothing by rounding.
fn finer(rules: &RuleSet) -> String {
    let whole = |decimals: u32| i64::from(rules.scale) * 10_i64.pow(decimals);
    let fits = |decimals: &u32| {
        let weights = rules.weights.with_whole(whole(decimals + FINER));
        full_marks(&weights) <= whole(*decimals)
    };
    if let Some(decimals) = (rules.decimals + 1..=MOST_DECIMALS).find(fits) {
        return format!("write `decimals = {decimals}`");
    }
    let shares = rules.weights.with_whole(whole(rules.decimals));
    let shares: Vec<String> =
        shares.shares().iter().map(|share| Fixed::new(*share, rules.decimals).trimmed()).collect();
    let of_groups = if rules.weights.groups().is_some() { ", and each group's as the sum of its own" } else { "" };
    format!("write the weights so that no share is rounded: {}{of_groups}", listed(&shares))
}

/// The points of full marks in the fullest pool, in units of the points' decimals.
fn full_marks(weights: &Weights) -> i64 {
    let points = |share: &i64| divide_rounding(*share, 10_i64.pow(FINER));
    let pools = 0..weights.shares().len();
    let of_pool = |pool: usize| {
        let shares = weights.shares().iter().enumerate().filter(|(criterion, _)| weights.pool(*criterion) == pool);
        shares.map(|(_, share)| points(share)).sum()
    };
    pools.map(of_pool).max().unwrap_or(0)
}
