//! Swings: from the measure that earns least to the one that earns most. What a swing is worth, against the others, is a
//! weight.
//!
//! Source: von Winterfeldt and Edwards (1986), *Decision Analysis and Behavioral Research*, chapter 8; Department for
//! Communities and Local Government (2009), *Multi-criteria analysis: a manual*, chapter 6.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use rust_decimal::Decimal;

use super::{Proportions, Round, rounds};
use crate::rules::combine::Earned;
use crate::rules::shape::Swing;
use crate::rules::{Criterion, MemberKind, RuleSet};
use crate::scoring::Ranking;
use crate::stats::Estimate;
use crate::words::with_unit;

/// The swing that a criterion's value function makes.
pub fn swing(criterion: &Criterion) -> Swing {
    criterion.value.shape().swing()
}

/// That in words: `from 0 to 5,000 recorded a year`.
pub fn swing_words(criterion: &Criterion) -> String {
    let measure = |measure| criterion.figure_to(Estimate::exact(measure), criterion.decimals.max(2));
    swing(criterion).words(measure, criterion.unit_behind())
}

/// The least and the most that the candidates have, by the number of the criterion; none where nobody has an answer.
pub fn span(ranking: &Ranking<'_>, criterion: usize) -> Option<(f64, f64)> {
    let candidates = 0..ranking.assessment.candidates.len();
    let measures = candidates.filter_map(|candidate| ranking.measure(criterion, candidate)).map(|it| it.estimate);
    let measures: Vec<f64> = measures.filter(|measure| measure.is_finite()).collect();
    let least = measures.iter().copied().reduce(f64::min)?;
    Some((least, measures.iter().copied().fold(least, f64::max)))
}

/// That in words: `12 to 1,402 recorded a year`.
pub fn span_words(criterion: &Criterion, (least, most): (f64, f64)) -> String {
    let (least, most) = (criterion.figure(least), criterion.figure(most));
    match least == most {
        true => with_unit(&most, criterion.unit_behind()),
        false => format!("{least} to {}", with_unit(&most, criterion.unit_behind())),
    }
}

/// The weights that follow from swings. A swing over part of the way is worth more for the whole of it: a weight is for
/// a value from zero to one.
pub(super) fn weights(rules: &RuleSet, round: &Round, swings: &[Decimal]) -> Proportions {
    let spans = spans(rules, round);
    let finest = spans.iter().map(Decimal::scale).max().unwrap_or(0);
    let whole = |span: &Decimal| {
        let mut span = *span;
        span.rescale(finest);
        BigUint::from(span.mantissa().unsigned_abs())
    };
    let whole: Vec<BigUint> = spans.iter().map(whole).collect();
    let others = |item: usize| {
        let others = whole.iter().enumerate().filter(|(other, _)| *other != item);
        others.fold(BigUint::from(1_u32), |product, (_, span)| product * span)
    };
    let factors: Vec<BigUint> = (0..whole.len()).map(others).collect();
    Proportions::of_decimals(swings).times(&factors)
}

/// How far a criterion's values go: what its swing says, or where that is not in measures what is known of its values.
pub fn span_of(criterion: &Criterion) -> Decimal {
    let swing = swing(criterion);
    let ends = criterion.value.shape().value_ends();
    let wide = (ends.most - ends.least).to_string().parse::<Decimal>().ok();
    match swing {
        Swing::Ends { .. } => swing.span(),
        Swing::Along { .. } | Swing::Told(_) => wide.filter(|wide| *wide > Decimal::ZERO).unwrap_or(Decimal::ONE),
    }
}

/// The measures between which swings are asked about, by criterion, as the rules have them.
pub(super) fn ranges_now(rules: &RuleSet) -> BTreeMap<usize, (f64, f64)> {
    let asked = rounds(rules).into_iter().filter(|round| !round.among.is_groups()).flat_map(|round| round.items);
    let range = |item: usize| Some((item, swing(rules.criteria.get(item)?).measures()?));
    asked.filter_map(range).collect()
}

/// A measure as a file of answers has it: to six decimals.
pub(super) fn to_six_decimals(measure: f64) -> f64 {
    format!("{measure:.6}").parse().unwrap_or(measure)
}

/// The span of each item's swing.
pub(super) fn spans(rules: &RuleSet, round: &Round) -> Vec<Decimal> {
    let span = |item: &usize| match round.among {
        super::RoundScope::Groups(_) => span_of_group(rules, *item),
        _ => rules.criteria.get(*item).map_or(Decimal::ONE, span_of),
    };
    round.items.iter().map(span).collect()
}

/// How far the score of a group goes where all that is in it goes from its least to its most: the mean of those spans by the
/// weights that the rules have. What is not made of points is taken to go all the way.
pub fn span_of_group(rules: &RuleSet, group: usize) -> Decimal {
    let node = rules.combine.groups().get(group).map(|scored| &scored.node);
    if node.is_some_and(|node| node.way.earned() != Earned::Points) {
        return Decimal::ONE;
    }
    let weight = |at: usize| rules.weights.written().get(at).copied().unwrap_or_default();
    let asked = |at: usize| (weight(at), rules.criteria.get(at).map_or(Decimal::ONE, span_of));
    let scored = |at: usize| (rules.combine.weight_at(at).map_or(Decimal::ZERO, weight), span_of_group(rules, at));
    let members: Vec<(Decimal, Decimal)> = match node {
        Some(node) if node.kind == MemberKind::Group => node.members.iter().map(|at| scored(*at)).collect(),
        Some(node) => node.members.iter().map(|at| asked(*at)).collect(),
        None => {
            let inside = (0..rules.criteria.len())
                .filter(|at| rules.criteria.get(*at).is_some_and(|criterion| criterion.group == Some(group)));
            inside.map(asked).collect()
        }
    };
    mean(&members).filter(|span| *span > Decimal::ZERO).unwrap_or(Decimal::ONE)
}

/// The mean of some numbers by their weights, to twelve decimals; none where nothing weighs, or where they are too large.
fn mean(weighed: &[(Decimal, Decimal)]) -> Option<Decimal> {
    let (mut weight, mut sum) = (Decimal::ZERO, Decimal::ZERO);
    for (own, number) in weighed {
        weight = weight.checked_add(*own)?;
        sum = sum.checked_add(own.checked_mul(*number)?)?;
    }
    Some(sum.checked_div(weight)?.round_dp(12).normalize())
}
