//! What is left of the list without what was made up.

use super::super::model::{PaperListBeside, PaperPlaceBeside};
use super::super::words::or_dash;
use super::shown::{Shown, first_side_by_side, in_words, titles};
use crate::explain::standing_in_words;
use crate::ranked::RankedAssessment;
use crate::rules::Takes;
use crate::scoring::{Fixed, ScoringOutcome, Standing, Trace};

/// So many are named in each sentence.
const MOST_NAMED: usize = 6;

/// Who would come first, who would have a place and who could not be ranked; none where nothing was made up, and where it
/// was not worked out.
pub(super) fn without_made_up(report: &RankedAssessment<'_>) -> Option<String> {
    let Ok(then) = report.without_made_up.as_ref()? else {
        return Some("Without any made-up score the rules can’t make a list: an expression fails.".to_owned());
    };
    let Some(first) = first(report, then) else {
        return Some("Without any made-up score nobody could be ranked.".to_owned());
    };
    let told = [Some(first), places(report, then), not_ranked(report, then)];
    Some(format!("Without any made-up score {}", told.into_iter().flatten().collect::<Vec<_>>().join(" ")))
}

/// What would become of one of them if nothing in the whole list was made up: `it would not be ranked`; none where that is not
/// known.
pub(super) fn of_one(trace: &Trace<'_>, report: &RankedAssessment<'_>) -> Option<&'static str> {
    let then = report.without_made_up.as_ref()?.as_ref().ok()?;
    let number = report.assessment.candidate_number(&trace.candidate.id)?;
    let had = trace.standing == Standing::Tier(0);
    Some(match then.standing(number) {
        _ if report.rules.tiers.len() < 2 => return None,
        Standing::NotRanked => "it would not be ranked",
        Standing::Tier(0) if had => "it would keep its place",
        Standing::Tier(0) => "it would have a place",
        _ => "it would have no place",
    })
}

fn first(report: &RankedAssessment<'_>, then: &ScoringOutcome) -> Option<String> {
    let firsts: Vec<usize> = then
        .sequence()
        .iter()
        .copied()
        .take_while(|it| then.rank(*it) == Some(1) && then.total(*it).is_some())
        .collect();
    let names = first_side_by_side(&titles(firsts.iter().filter_map(|it| report.trace_of(*it))), MOST_NAMED);
    let points = then.total(*firsts.first()?)?;
    let points = Shown::new(report.rules).points(Fixed::new(points, report.rules.decimals));
    Some(match firsts.len() {
        1 => format!("{names} would come first, with {points} points."),
        _ => format!("{names} would share first place, with {points} points each."),
    })
}

fn places(report: &RankedAssessment<'_>, then: &ScoringOutcome) -> Option<String> {
    let with = |it: &&usize| then.standing(**it) == Standing::Tier(0);
    let names = titles(then.sequence().iter().filter(with).filter_map(|it| report.trace_of(*it)));
    (report.rules.tiers.len() > 1).then(|| match names.is_empty() {
        true => "Nobody would have a place.".to_owned(),
        false => match report.rules.tiers.first().map(|tier| tier.takes) {
            Some(Takes::Places(places)) if names.len() < places => format!(
                "Only {} of {} places would be filled: {}.",
                in_words(names.len()),
                in_words(places),
                first_side_by_side(&names, MOST_NAMED)
            ),
            _ => format!("A place would go to {}.", first_side_by_side(&names, MOST_NAMED)),
        },
    })
}

/// Of those with points now.
fn not_ranked(report: &RankedAssessment<'_>, then: &ScoringOutcome) -> Option<String> {
    let is_lost = |trace: &&Trace<'_>| {
        let number = report.assessment.candidate_number(&trace.candidate.id);
        trace.total.is_some() && number.is_some_and(|it| then.total(it).is_none())
    };
    let lost = titles(report.traces.iter().filter(is_lost));
    (!lost.is_empty()).then(|| format!("Too little is left to rank {}.", first_side_by_side(&lost, MOST_NAMED)))
}

/// The whole list without what was made up, for the annex; none where nothing was, and where no list can be made.
pub(in crate::report::paper) fn list_without_made_up(report: &RankedAssessment<'_>) -> Option<PaperListBeside> {
    let then = report.without_made_up.as_ref()?.as_ref().ok()?;
    let row = |number: &usize| {
        let title = &report.trace_of(*number)?.candidate.title;
        let total = then.total(*number).map(|total| Fixed::new(total, report.rules.decimals).to_string());
        let rank = total.as_ref().and_then(|_| then.rank(*number));
        Some(PaperPlaceBeside {
            rank: or_dash(rank),
            title: format!("{title} ({})", standing_in_words(then.standing(*number), report.rules)),
            score: or_dash(total),
        })
    };
    Some(PaperListBeside {
        caption: "Without any made-up score: the list that the rules would make of the rest".to_owned(),
        rows: then.sequence().iter().filter_map(row).collect(),
    })
}
