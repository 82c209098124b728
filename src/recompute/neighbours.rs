//! Rates of neighbouring years that hold one by one, and still can't all be of one population.
//!
//! A population that is known of one year is allowed to drift in the years between. That tolerance grows with the
//! years, and can hide that two rates beside each other were divided by unlike numbers.

use std::collections::BTreeMap;

use super::cause::{between, implied_base};
use super::column::{ColumnKey, column_key};
use super::discrepancy::Discrepancy;
use super::judge::ClaimVerdict;
use crate::assessment::claim::{Claim, Derivation};
use crate::assessment::{Period, Unit};
use crate::diagnostic::Code;
use crate::words;

/// A rate that recomputes, with the people or households that it implies.
struct ImpliedBase<'a> {
    claim: &'a Claim,
    period: Period,
    range: (f64, f64),
    /// How much the population may change in a year, in per cent.
    yearly_change: f64,
    unit: Unit,
}

/// The later of any two neighbours in a column whose populations lie further apart than a year's drift allows.
pub(super) fn jumps(judged: &[(&Claim, ClaimVerdict)]) -> Vec<Discrepancy> {
    let mut columns: BTreeMap<ColumnKey<'_>, Vec<ImpliedBase<'_>>> = BTreeMap::new();
    for (claim, _) in
        judged.iter().filter(|(_, verdict)| matches!(verdict, ClaimVerdict::Matches | ClaimVerdict::Circular))
    {
        columns.entry(column_key(claim)).or_default().extend(implied(claim));
    }
    let mut found = Vec::new();
    for mut column in columns.into_values() {
        column.sort_by(|one, other| one.period.years().0.total_cmp(&other.period.years().0));
        found.extend(column.windows(2).filter_map(|pair| match pair {
            [before, after] => jump(before, after),
            _ => None,
        }));
    }
    found
}

fn implied(claim: &Claim) -> Option<ImpliedBase<'_>> {
    let Derivation::Rate { count, among, .. } = &claim.from else { return None };
    let range = implied_base(claim)?;
    let (yearly_change, unit) = (among.yearly_change, among.denominator.unit);
    Some(ImpliedBase { claim, period: count.period?, range, yearly_change, unit })
}

fn jump(before: &ImpliedBase<'_>, after: &ImpliedBase<'_>) -> Option<Discrepancy> {
    let years = before.period.years_between(after.period);
    let drift = 1.0 + after.yearly_change / 100.0 * years;
    let apart = after.range.0 > before.range.1 * drift || after.range.1 * drift < before.range.0;
    if !apart {
        return None;
    }
    let between = |one: &ImpliedBase<'_>| between(one.range.0, one.range.1, one.unit);
    let count = |one: &ImpliedBase<'_>| match &one.claim.from {
        Derivation::Rate { count, .. } => format!("{} at {} in {}", count.shown(), one.claim.printed.text, count.row),
        _ => String::new(),
    };
    let change = words::number(after.yearly_change, 2);
    Some(Discrepancy {
        code: Code::DoesNotRecompute,
        source: after.claim.source.clone(),
        place: after.claim.place.clone(),
        beside: Vec::new(),
        printed: format!("{} implies {}, and {} {}", count(before), between(before), count(after), between(after)),
        recomputed: None,
        working: format!("a population that changes by {change}% a year at most can't be both"),
        cause: Some("one of the two seems to be divided by another population".to_owned()),
        transcribed: after.claim.written.clone(),
    })
}
