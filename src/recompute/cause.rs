//! The likely cause of a figure that does not recompute, where the numbers betray one.

use super::judge::{ClaimVerdict, overlap};
use crate::assessment::Unit;
use crate::assessment::claim::{Claim, ClaimInput, Derivation};
use crate::words;

pub(super) fn likely_cause(claim: &Claim, range: (f64, f64)) -> Option<String> {
    match &claim.from {
        Derivation::Rate { among, .. } => {
            let (low, high) = implied_base(claim)?;
            let number = words::number(among.denominator.number, 0);
            Some(format!("as printed it implies {} and not {number}", between(low, high, among.denominator.unit)))
        }
        Derivation::Percentage { part, whole } => percentage(claim, part, whole),
        Derivation::Change { from, to } => change(claim, from, to),
        Derivation::Difference { .. } => difference(claim, range),
        Derivation::Total(parts) => Some(total(claim, range, parts)),
        Derivation::Contains(_) => Some("a part can't exceed its whole".to_owned()),
        Derivation::Repeat { beside, .. } => {
            let meant = beside.iter().find(|input| overlap(claim.printed.range(), input.range))?;
            Some(format!("it agrees with {}, {}", meant.row, meant.text))
        }
        Derivation::Comparison { .. } | Derivation::Nothing => None,
    }
}

pub(super) fn between(low: f64, high: f64, unit: Unit) -> String {
    format!("{} to {} {unit}", words::number(low, 0), words::number(high, 0))
}

/// Among how many the printed rate would be right.
pub(super) fn implied_base(claim: &Claim) -> Option<(f64, f64)> {
    let Derivation::Rate { count, per, .. } = &claim.from else { return None };
    let (low, high) = claim.printed.range();
    (low > 0.0).then(|| (count.range.0 / high * per, count.range.1 / low * per))
}

/// The population that another rate of the same area and period implies, one that does recompute.
pub(super) fn base_implied_beside(claim: &Claim, others: &[(&Claim, ClaimVerdict)]) -> Option<(f64, f64)> {
    let Derivation::Rate { count, among, .. } = &claim.from else { return None };
    others.iter().filter(|(other, verdict)| *verdict == ClaimVerdict::Matches && other.source == claim.source).find_map(
        |(other, _)| match &other.from {
            Derivation::Rate { count: its_count, among: its_among, .. }
                if its_among == among && its_count.period == count.period =>
            {
                implied_base(other)
            }
            _ => None,
        },
    )
}

/// At least this many rates in a column tell that another population was used throughout.
const MIN_COLUMN_RATES: usize = 3;
/// The populations that they imply lie no further apart than this.
const MAX_BASE_RATIO: f64 = 1.15;

/// Why none of the rates of a column recomputes, if they imply much the same population.
pub(super) fn column_cause(column: &[&Claim]) -> Option<String> {
    let implied: Vec<(f64, f64)> = column.iter().filter_map(|claim| implied_base(claim)).collect();
    let low = implied.iter().map(|range| range.0).fold(f64::INFINITY, f64::min);
    let high = implied.iter().map(|range| range.1).fold(0.0, f64::max);
    let Derivation::Rate { among, .. } = &column.first()?.from else { return None };
    (implied.len() >= MIN_COLUMN_RATES && high < low * MAX_BASE_RATIO).then(|| {
        let number = words::number(among.denominator.number, 0);
        // One number that gives them all is told; else the numbers that they give one by one.
        let (first, last) = (
            implied.iter().map(|range| range.0).fold(0.0, f64::max),
            implied.iter().map(|range| range.1).fold(f64::INFINITY, f64::min),
        );
        let unit = among.denominator.unit;
        let implied = match first <= last {
            true => {
                format!("follow from one and the same number, {}, and not from {number}", between(first, last, unit))
            }
            false => format!("imply {} and not {number}", between(low, high, unit)),
        };
        format!("all of them {implied}: another area or another population seems to be meant")
    })
}

fn percentage(claim: &Claim, part: &[ClaimInput], whole: &[ClaimInput]) -> Option<String> {
    let sum = |inputs: &[ClaimInput]| inputs.iter().map(ClaimInput::middle).sum::<f64>();
    let exact = sum(part) / sum(whole) * 100.0;
    let scale = claim.printed.scale();
    let cut_off = (exact * scale).trunc() / scale;
    (cut_off == claim.printed.value).then(|| "it seems cut off rather than rounded".to_owned())
}

fn change(claim: &Claim, from: &ClaimInput, to: &ClaimInput) -> Option<String> {
    let (before, after) = (from.middle(), to.middle());
    let as_printed = |figure: f64| overlap(claim.printed.range(), (figure, figure));
    if as_printed((after - before) / after * 100.0) {
        return Some("it is the difference as a share of the later figure".to_owned());
    }
    if as_printed((1.0 - after / before) * 100.0) {
        return Some("the sign is the wrong way round".to_owned());
    }
    let start = words::number(after / (1.0 + claim.printed.value / 100.0), 0);
    (from.range.0 == from.range.1).then(|| format!("as printed it would start from about {start}"))
}

fn difference(claim: &Claim, (low, high): (f64, f64)) -> Option<String> {
    let turned = overlap(claim.printed.range(), (-high, -low));
    turned.then(|| "the sign is the wrong way round".to_owned())
}

fn total(claim: &Claim, range: (f64, f64), parts: &[ClaimInput]) -> String {
    let printed = claim.printed.value;
    let is = |figure: f64| overlap((figure, figure), (printed - range.1, printed - range.0));
    let counted = |part: &&ClaimInput| part.middle() > 0.0;
    if let Some(left_out) = parts.iter().filter(counted).find(|part| is(-part.middle())) {
        return format!("it would be right without {}", left_out.row);
    }
    if let Some(twice) = parts.iter().filter(counted).find(|part| is(part.middle())) {
        return format!("it would be right with {} counted twice", twice.row);
    }
    let decimals = claim.from.decimals();
    let off = f64::midpoint(range.0, range.1) - printed;
    let word = if off > 0.0 { "more" } else { "less" };
    let rounding = match (range.1 - range.0) / 2.0 {
        0.0 => String::new(),
        most => format!("; rounding explains at most {}", words::number(most, decimals + 1)),
    };
    format!("the figures add up to {} {word}{rounding}", words::number(off.abs(), decimals))
}
