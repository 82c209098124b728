//! Why a candidate is not in the top tier: one honest sentence.

use crate::rules::combine::Influence;
use crate::rules::{RuleSet, Takes};
use crate::scoring::{self, Fixed, Ranking, Standing, Trace};
use crate::words::{lower_title, number};

use super::{main_costs, passed_over_in_words, too_little_in_words};

/// Why the candidate is not in the top tier; none where it is. `traces` are those of all candidates, in the order of
/// the ranking.
pub fn why_not(ranking: &Ranking<'_>, trace: &Trace<'_>, traces: &[Trace<'_>]) -> Option<String> {
    let rules = ranking.rules;
    let (Some(total), Standing::Tier(1..)) = (trace.total, trace.standing) else {
        return outside_the_sum(trace);
    };
    if trace.passed_over.is_some_and(|passed| rules.tiers.first().is_some_and(|first| *first == *passed.tier)) {
        return passed_over_in_words(trace);
    }
    match rules.tiers.first()?.takes {
        Takes::Places(_) => {
            let last =
                traces.iter().rfind(|other| other.standing == Standing::Tier(0) && other.overruling_gate().is_none());
            match last {
                Some(last) => against_the_last(ranking, trace, total, last),
                None => Some("Every place is taken by candidates that a gate includes.".to_owned()),
            }
        }
        Takes::AtLeast(bound) => Some(below_the_line(trace, total, Fixed::new(bound, rules.decimals), rules)),
        Takes::Rest => None,
    }
}

/// Outside the tiers or not ranked: a gate or a missing answer decides, whatever the points.
fn outside_the_sum(trace: &Trace<'_>) -> Option<String> {
    let unanswered = trace
        .refused_by
        .map(|criterion| format!("It has no total: the rules ask for an answer on {}.", lower_title(&criterion.title)));
    let no_total = unanswered.or_else(|| too_little_in_words(trace));
    match trace.standing {
        Standing::Tier(_) => None,
        Standing::Outside(effect) => {
            let gate = format!("{}: {}", effect.band()?.why_not, trace.overruling_gate()?.reason);
            Some(std::iter::once(gate).chain(no_total).collect::<Vec<_>>().join(" "))
        }
        Standing::NotRanked => no_total,
    }
}

/// Against the candidate that has the last place.
fn against_the_last(ranking: &Ranking<'_>, trace: &Trace<'_>, total: Fixed, last: &Trace<'_>) -> Option<String> {
    let number =
        |trace: &Trace<'_>| ranking.assessment.candidates.binary_search_by(|it| it.id.cmp(&trace.candidate.id));
    let (own, other, line) = (number(trace).ok()?, number(last).ok()?, last.total?);
    let title = &last.candidate.title;
    let short = line.units() - total.units();
    if short == 0 {
        return Some(format!(
            "Its total is that of {title}, {total}, which has the last place because of how equal totals are ordered."
        ));
    }
    // Where a total on the way can't be made, no question is named.
    let parts = scoring::difference(ranking, own, other).ok().flatten().unwrap_or_default();
    let worst = parts.iter().enumerate().min_by_key(|(_, part)| part.units());
    let most = worst.and_then(|(criterion, _)| {
        let (own, other) = (trace.contributions.get(criterion)?, last.contributions.get(criterion)?);
        Some(format!(", above all on {} ({} against {})", lower_title(&own.criterion.title), own.points, other.points))
    });
    let short = Fixed::new(short, total.decimals());
    let most = most.unwrap_or_default();
    Some(format!(
        "Its total is {short} short of the last place, which {title} has with {line}{most}; {}.",
        sure_against(trace, last, line)
    ))
}

/// Against the total from which on the tier begins.
fn below_the_line(trace: &Trace<'_>, total: Fixed, line: Fixed, rules: &RuleSet) -> String {
    let short = Fixed::new(line.units() - total.units(), rules.decimals);
    let tier = rules.tiers.first().map_or("", |tier| &*tier.title);
    let most = |part: &scoring::Contribution<'_>| {
        let highest = if rules.values.is_usual() { 1.0 } else { part.criterion.value_ends().most.max(1.0) };
        part.weight.to_f64() * highest
    };
    let lost = |part: &&scoring::Contribution<'_>| most(part) - part.points.to_f64();
    let could = |part: &scoring::Contribution<'_>| match most(part) > part.weight.to_f64() {
        true => number(most(part), rules.decimals),
        false => part.weight.as_weight(),
    };
    // The factors of a product are not parts of their weights.
    let parts = trace.contributions.iter().filter(|part| part.weight.units() > 0 && !part.is_beside);
    let parts = parts.filter(|part| !part.kind.is_factor());
    let parts = parts.filter(|part| part.criterion.influence == Influence::Raises && most(part).is_finite());
    // Scores of groups in groups are not compared with each other: they go into the total by different shares.
    let parts = parts.filter(|_| rules.combine.is_flat());
    let worst = parts.max_by(|a, b| lost(a).total_cmp(&lost(b))).filter(|part| lost(part) > 0.0);
    let cost = main_costs(trace, 1).first().map(|part| {
        format!(", and is lowered most by {} ({} points)", lower_title(&part.criterion.title), part.points)
    });
    let most = cost.or_else(|| {
        worst.map(|part| {
            let title = lower_title(&part.criterion.title);
            format!(", and falls furthest short of what it could earn on {title} ({} of {})", part.points, could(part))
        })
    });
    let most = most.unwrap_or_default();
    format!("Its total is {short} short of {}, where \"{tier}\" begins{most}; {}.", line.trimmed(), sure(trace, line))
}

/// Whether the evidence leaves it open, where the last place has a range of its own.
fn sure_against(trace: &Trace<'_>, last: &Trace<'_>, line: Fixed) -> String {
    let (Some(own), Some(theirs)) = (trace.range, last.range.filter(|range| range.low < line)) else {
        return sure(trace, line);
    };
    let (high, low) = (own.high, theirs.low);
    if high >= line || high < low {
        return sure(trace, if high >= line { line } else { low });
    }
    if !own.is_reached || !theirs.is_reached {
        return format!(
            "it is proven to be {high} at the most and that to be {low} at the least, which does not settle which is higher"
        );
    }
    format!(
        "it could be {high} at the most and that could be {low} at the least, so the evidence does not settle which is \
         higher"
    )
}

/// Whether the evidence leaves it open.
fn sure(trace: &Trace<'_>, line: Fixed) -> String {
    match trace.range {
        Some(range) if range.high >= line => match range.is_reached {
            true => {
                let high = range.high;
                format!("but what is not known could take it as high as {high}, so the evidence does not settle it")
            }
            false => format!("and it is proven to be at most {}, which does not settle it", range.high),
        },
        Some(range) => {
            format!("and even at the highest that it could be, {}, it would still fall short", range.high)
        }
        None => "and its range is not known".to_owned(),
    }
}
