//! How expressions see each kind of evidence: as a value of its own type, or as plain as a number or an answer.

use rhai::Dynamic;

use crate::assessment::{
    Count, EvidenceKind, Figure, Judgement, Members, Number, Offences, Peers, Percentage, Percentages, Rate, Series,
};
use crate::rules::script::price::{Held, in_order};

/// A figure as an expression sees it. A number without an interval or an answer is plain; what is missing is `()`.
#[inline]
pub(in crate::rules::script) fn value_of(figure: &Figure) -> Dynamic {
    match figure {
        Figure::Count(count) => Dynamic::from(count.clone()),
        Figure::Series(series) => Dynamic::from(series.clone()),
        Figure::Rate(rate) => Dynamic::from(*rate),
        Figure::Percentage(percentage) => Dynamic::from(*percentage),
        Figure::Percentages(series) => Dynamic::from(series.clone()),
        Figure::Number(Number(number)) if number.interval.is_some() => Dynamic::from(*number),
        Figure::Number(Number(number)) => Dynamic::from_float(number.estimate),
        Figure::Offences(offences) => Dynamic::from(offences.clone()),
        Figure::Peers(peers) => Dynamic::from(peers.clone()),
        Figure::Judgement(judgement) => Dynamic::from(judgement.clone()),
        Figure::Level(level) => Dynamic::from(level.clone()),
        Figure::Answer(answer) => Dynamic::from_bool(answer.0),
        Figure::Members(members) => Dynamic::from(members.clone()),
        Figure::Outcome(outcome) => Dynamic::from(outcome.clone()),
        Figure::Missing(_) => Dynamic::UNIT,
    }
}

/// The figure that a value is of one of the kinds with a type of their own. A level and an outcome are words,
/// and no figure stands for them.
pub(super) fn figure(value: &Dynamic) -> Option<Figure> {
    fn as_type<T: Clone + Into<Figure> + 'static>(value: &Dynamic) -> Option<Figure> {
        value.read_lock::<T>().map(|found| found.clone().into())
    }
    // A figure of many is made of all of them.
    fn of_all<T: Held + Into<Figure>>(value: &Dynamic) -> Option<Figure> {
        value.read_lock::<T>().map(|found| in_order(&*found).clone().into())
    }
    EvidenceKind::ALL.into_iter().find_map(|kind| match kind {
        EvidenceKind::Count => as_type::<Count>(value),
        EvidenceKind::Series => as_type::<Series>(value),
        EvidenceKind::Rate => as_type::<Rate>(value),
        EvidenceKind::Percentage => as_type::<Percentage>(value),
        EvidenceKind::Percentages => of_all::<Percentages>(value),
        EvidenceKind::Offences => of_all::<Offences>(value),
        EvidenceKind::Peers => of_all::<Peers>(value),
        EvidenceKind::Judgement => of_all::<Judgement>(value),
        EvidenceKind::Members => of_all::<Members>(value),
        EvidenceKind::Number | EvidenceKind::Level | EvidenceKind::Answer | EvidenceKind::Outcome => None,
    })
}
