//! What one missing answer could change: who could come to the line by it, or pass whoever has the place of its family, all else as
//! it is.

use super::super::{gaps, summary};
use super::room::room;
use super::shown::Shown;
use super::sure::Sureness;
use crate::ranked::RankedAssessment;
use crate::scoring::{Contribution, Standing, Trace};
use crate::words::{listed, lower_title};

/// So many are named.
const MOST_NAMED: usize = 4;

/// Those without a place whom one missing answer could bring to one, the nearest first; none where there are none.
pub(super) fn who_could_have_a_place(report: &RankedAssessment<'_>, sure: &Sureness) -> Option<String> {
    let is_below =
        |trace: &&Trace<'_>| matches!(trace.standing, Standing::Tier(1..)) && trace.overruling_gate().is_none();
    let shown = Shown::new(report.rules);
    let one = |trace: &Trace<'_>| {
        let (to_reach, words) = to_reach(trace, report, sure)?;
        let needed = to_reach - trace.total?.to_f64();
        Some((needed, format!("{} ({} {words})", by_what(trace, needed)?, shown.part(needed))))
    };
    let mut found: Vec<(f64, String)> = report.traces.iter().filter(is_below).filter_map(one).collect();
    found.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let more = found.len().saturating_sub(MOST_NAMED);
    let mut told: Vec<String> = found.into_iter().take(MOST_NAMED).map(|(_, told)| told).collect();
    told.extend((more > 0).then(|| format!("{more} more")));
    (!told.is_empty())
        .then(|| format!("One answer alone, all else as it is, could bring to a place: {}.", told.join("; ")))
}

/// How many points it needs, and what it is short of: the line, or whoever has the place of its family by points.
fn to_reach(trace: &Trace<'_>, report: &RankedAssessment<'_>, sure: &Sureness) -> Option<(f64, String)> {
    let Some(holder) = sure.holder(trace) else {
        return Some((summary::line(report)?.to_f64(), "short of the line".to_owned()));
    };
    let by_points = |other: &&Trace<'_>| other.candidate.title == holder && other.overruling_gate().is_none();
    let total = report.traces.iter().find(by_points)?.total?;
    Some((total.to_f64(), format!("behind {holder}, whose place it would take")))
}

/// `Hate crime by public concern`; none where no answer would do.
fn by_what(trace: &Trace<'_>, needed: f64) -> Option<String> {
    let would_do = |part: &&Contribution<'_>| room(part).is_some_and(|room| room >= needed);
    let questions: Vec<String> =
        gaps::missing(trace).filter(would_do).map(|part| lower_title(&part.criterion.title)).collect();
    let title = &trace.candidate.title;
    (!questions.is_empty()).then(|| match &*questions {
        [one] => format!("{title} by {one}"),
        several => format!("{title} by one of {}", listed(several)),
    })
}
