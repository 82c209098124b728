//! How far each weight must move before the list changes, and how widely weights were moved.

use super::super::model::{WeightEnd, WeightRow};
use super::shown::{first_sentence, in_words, side_by_side};
use crate::explain::weights_origin;
use crate::ranked::RankedAssessment;
use crate::scoring::Fixed;
use crate::sensitivity::one_weight::{ListThen, WeightLimits};
use crate::sensitivity::read;
use crate::words::{lower_title, number};

/// A reason with more letters is told by its first sentence.
const MOST_LETTERS: usize = 200;

/// The smallest change that alters who has a place, as a heading.
pub(super) fn heading(report: &RankedAssessment<'_>) -> String {
    let Some(found) = &report.one_weight else { return "What other weights would do was not worked out".to_owned() };
    match ListThen::nearest(found.limits.iter().filter_map(|one| one.top.as_ref())) {
        Some(then) => {
            let title = report.rules.weighed(then.weight_of).map_or("", |(_, title)| title);
            let (to, from) = (then.to.trimmed(), then.from.as_weight());
            let what = match (then.enters.len(), then.leaves.len()) {
                (0, out) => format!("{} {} a place", in_words(out), if out == 1 { "loses" } else { "lose" }),
                (into, 0) => format!("{} more {} a place", in_words(into), if into == 1 { "has" } else { "have" }),
                _ => "others have a place".to_owned(),
            };
            format!("With {to} for {}, not {from}, {what}", lower_title(title))
        }
        None if found.limits.is_empty() => "There is no weight to move".to_owned(),
        None => "No weight that was tried, moved alone, alters who has a place".to_owned(),
    }
}

/// A weight that was tried: `a weight of 21.4 for harm, not 25`.
pub(super) fn counting_for(then: &ListThen, report: &RankedAssessment<'_>) -> String {
    let title = report.rules.weighed(then.weight_of).map_or("", |(_, title)| title);
    let (to, from) = (then.to.trimmed(), then.from.as_weight());
    format!("a weight of {to} for {}, not {from}", lower_title(title))
}

/// Whose the weights are, and how they were tried.
pub(super) fn about(report: &RankedAssessment<'_>) -> Vec<String> {
    let mut told: Vec<String> = weights_origin(report.rules, &report.warnings).into_iter().collect();
    if report.rules.origin.is_none() && report.rules.weights_because.is_none() {
        told.push("It is not recorded who gave the weights.".to_owned());
    }
    told.extend(
        report
            .rules
            .weights_because
            .as_ref()
            .map(|why| first_sentence(why, MOST_LETTERS, "“How the list was made”, in the annex")),
    );
    if report.one_weight.is_some() {
        told.push("Each weight was tried alone, in steps: below is the nearest that changes the list.".to_owned());
    }
    told
}

/// Each weight once, the heaviest first, with the stretch that it lay in in nine of ten draws.
pub(super) fn stretches(report: &RankedAssessment<'_>) -> Vec<(String, String, String)> {
    let space = read::weights_around(report.rules, read::DEFAULT_CONCENTRATION);
    let end = |share: f64| number(share * f64::from(report.rules.scale), 0);
    let mut shares: Vec<(usize, i64)> = report.rules.weights.shares().iter().copied().enumerate().collect();
    shares.sort_by_key(|(_, share)| std::cmp::Reverse(*share));
    shares.dedup_by_key(|(_, share)| *share);
    let stretch = |(at, share): (usize, i64)| {
        let (low, high) = space.nine_of_ten(at)?;
        Some((Fixed::new(share, report.rules.fine_decimals()).as_weight(), end(low), end(high)))
    };
    shares.into_iter().filter_map(stretch).collect()
}

/// How far each weight must move.
pub(super) fn rows(report: &RankedAssessment<'_>) -> Vec<WeightRow> {
    let Some(found) = &report.one_weight else { return Vec::new() };
    let title = |number: usize| report.trace_of(number).map(|trace| trace.candidate.title.clone());
    let end = |then: &ListThen, what: String| WeightEnd { at: then.to.trimmed(), what };
    let row = |one: &WeightLimits| {
        Some(WeightRow {
            title: report.rules.weighed(one.weight_of)?.1.to_owned(),
            now: one.now.as_weight(),
            first: one.first.as_ref().map(|then| {
                let what = then.first.and_then(title).map(|first| format!("{first} first"));
                end(then, what.unwrap_or_else(|| "nobody has points".to_owned()))
            }),
            top: one.top.as_ref().map(|then| {
                let of = |numbers: &[usize], way: &str| {
                    let titles: Vec<String> = numbers.iter().filter_map(|number| title(*number)).collect();
                    (!titles.is_empty()).then(|| format!("{} {way}", side_by_side(&titles)))
                };
                let both: Vec<String> = of(&then.enters, "in").into_iter().chain(of(&then.leaves, "out")).collect();
                end(then, both.join(", "))
            }),
        })
    };
    found.limits.iter().filter_map(row).collect()
}
