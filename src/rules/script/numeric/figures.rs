//! The fields and methods of evidence and estimates that answer numbers: those of `types/`, by the same names. Text,
//! lists and findings are left to the engine.

use rhai::{Dynamic, FLOAT};

use super::operand::{One, Operand, PlainCount, Two};
use crate::assessment::{Count, EvidenceKind, Judgement, Offences, Peers, Series, Unit};
use crate::rules::script::coerce;
use crate::rules::script::price::{self, Held, in_order};
use crate::stats::{Estimate, RateRatio, rate_ratio};

/// The field with this name.
pub(super) fn field(name: &str) -> Option<One> {
    Some(match name {
        "count" => |value| match value {
            Operand::Count(count) => Some(Operand::Float(count.count)),
            _ => offences(value, Offences::count),
        },
        "months" => |value| match value {
            Operand::Count(count) => Some(Operand::Float(count.period.months())),
            _ => offences(value, |offences| offences.period.months()),
        },
        "lower" => |value| end(value, |ends| ends.0),
        "upper" => |value| end(value, |ends| ends.1),
        "population" => |value| among(value, Unit::People),
        "households" => |value| among(value, Unit::Households),
        "suppressed" => |value| count(value).map(|count| Operand::Truth(count.suppressed.is_some())),
        "estimated" => |value| count(value).map(|count| Operand::Truth(count.shared_out.is_some())),
        "estimate" => |value| estimate(value).map(|estimate| Operand::Float(estimate.estimate)),
        "rate" => |value| match value {
            Operand::Rate(rate) => Some(Operand::Float(rate.rate.estimate)),
            _ => None,
        },
        "per" => |value| match value {
            Operand::Rate(rate) => Some(Operand::Float(rate.per)),
            _ => None,
        },
        "percentage" => |value| match value {
            Operand::Percentage(percentage) => Some(Operand::Float(percentage.percentage.estimate)),
            _ => None,
        },
        "base" => |value| match value {
            Operand::Percentage(percentage) => Some(Operand::or_nothing(percentage.base)),
            _ => None,
        },
        "score" => |value| judgement(value, Judgement::score),
        "lowest" => |value| judgement(value, Judgement::lowest),
        "highest" => |value| judgement(value, Judgement::highest),
        "spread" => |value| judgement(value, |judgement| judgement.highest() - judgement.lowest()),
        "length" => |value| series(value, |series| whole(series.counts.len())).or_else(|| length_of_peers(value)),
        _ => return None,
    })
}

/// The kind of evidence whose number the field with this name is; none where it is none's.
pub(super) fn kind_with_number(name: &str) -> Option<EvidenceKind> {
    match name {
        "count" => Some(EvidenceKind::Count),
        "rate" => Some(EvidenceKind::Rate),
        "percentage" => Some(EvidenceKind::Percentage),
        _ => None,
    }
}

/// The method with this name that takes nothing more.
pub(super) fn method(name: &str) -> Option<One> {
    Some(match name {
        "per_year" => |value| yearly(value).map(|count| Operand::Estimate(count.per_year())),
        "has_interval" => |value| estimate(value).map(|estimate| Operand::Truth(estimate.interval.is_some())),
        "latest" => |value| series(value, |series| or_nothing(series.latest())),
        "previous" => |value| series(value, |series| or_nothing(series.previous())),
        "first" => |value| series(value, |series| or_nothing(series.first())),
        "to_estimate" => |value| match value {
            Operand::Rate(rate) => Some(Operand::Estimate(rate.rate)),
            _ => None,
        },
        "heaviest_share" => {
            |value| read_as(value, |offences: &Offences| Operand::or_nothing(offences.heaviest_share()))
        }
        "ratio_to_mean" => {
            |value| read_as(value, |peers: &Peers| peers.ratio_to_mean().map_or(Operand::Nothing, Operand::Estimate))
        }
        "rank" => |value| read_as(value, |peers: &Peers| whole(peers.rank())),
        _ => return None,
    })
}

/// The method with this name that takes one thing more.
pub(super) fn method_of_two(name: &str) -> Option<Two> {
    Some(match name {
        "rate_ratio" => |now, before| {
            let (Operand::Count(now), Operand::Count(before)) = (now, before) else { return None };
            if now.has_breaks || before.has_breaks {
                return None;
            }
            let (now, before) = (now.whole(), before.whole());
            if now.not_known().is_some() || before.not_known().is_some() || now.is_unlike(&before) {
                return None;
            }
            price::interval();
            let exposure = (now.exposure(&before), before.exposure(&now));
            let found = rate_ratio((now.count, exposure.0), (before.count, exposure.1), now.confidence);
            Some(found.and_then(RateRatio::to_estimate).map_or(Operand::Nothing, Operand::Estimate))
        },
        _ => return None,
    })
}

fn count(value: Operand<'_>) -> Option<Count> {
    if let Operand::Count(count) = value { Some(count.whole()) } else { None }
}

/// How many of a unit a count is set against.
fn among(value: Operand<'_>, unit: Unit) -> Option<Operand<'_>> {
    count(value).map(|count| Operand::or_nothing(count.among.and_then(|among| among.number_in(unit))))
}

/// A count that has a yearly rate.
fn yearly(value: Operand<'_>) -> Option<Count> {
    count(value).filter(|count| !count.period.is_day())
}

fn estimate(value: Operand<'_>) -> Option<Estimate> {
    if let Operand::Estimate(estimate) = value { Some(estimate) } else { None }
}

/// An end of an interval; a count without one is its own, an estimate without one has none.
fn end(value: Operand<'_>, which: fn((FLOAT, FLOAT)) -> FLOAT) -> Option<Operand<'_>> {
    match value {
        Operand::Count(count) => Some(Operand::Float(count.whole().headline().interval.map_or(count.count, which))),
        Operand::Estimate(estimate) => Some(Operand::or_nothing(estimate.interval.map(which))),
        _ => None,
    }
}

/// What `read` finds in evidence of another kind.
fn read_as<'v, T: Held>(value: Operand<'v>, read: fn(&T) -> Operand<'v>) -> Option<Operand<'v>> {
    let Operand::Other(evidence) = value else { return None };
    Dynamic::read_lock::<T>(evidence).map(|found| read(in_order(&*found)))
}

fn series<'v>(value: Operand<'v>, read: fn(&Series) -> Operand<'v>) -> Option<Operand<'v>> {
    read_as(value, read)
}

fn offences(value: Operand<'_>, read: fn(&Offences) -> FLOAT) -> Option<Operand<'_>> {
    let Operand::Other(evidence) = value else { return None };
    evidence.read_lock::<Offences>().map(|offences| Operand::Float(read(in_order(&*offences))))
}

fn judgement(value: Operand<'_>, read: fn(&Judgement) -> FLOAT) -> Option<Operand<'_>> {
    let Operand::Other(evidence) = value else { return None };
    evidence.read_lock::<Judgement>().map(|judgement| Operand::Float(read(in_order(&*judgement))))
}

fn length_of_peers(value: Operand<'_>) -> Option<Operand<'_>> {
    read_as(value, |peers: &Peers| whole(peers.peers.len()))
}

fn whole<'v>(number: usize) -> Operand<'v> {
    Operand::Whole(coerce::whole(number))
}

fn or_nothing<'v>(count: Option<&Count>) -> Operand<'v> {
    count.map_or(Operand::Nothing, |count| Operand::Count(PlainCount::new(count)))
}
