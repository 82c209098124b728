//! Printed figures that do not hold, and what of the list rests on them.

use super::super::model::PrintedRow;
use super::shown::{Shown, in_words, so_many};
use super::sure::Sureness;
use crate::assessment::Origin;
use crate::ranked::RankedAssessment;
use crate::recompute::{Discrepancy, Recomputation};
use crate::scoring::{Contribution, Trace};
use crate::words::{first_listed, listed, lower_title, upper_first};

/// So many are told; the annex has all.
const MOST_ROWS: usize = 2;
/// Of what rests on the first so much must rest on another for it to be told as well.
const LEAST_TOLD: f64 = 0.1;
/// So many are named on whom something rests.
const MOST_NAMED: usize = 4;

/// How many printed figures were worked out again.
pub(super) fn about(recomputed: &Recomputation) -> String {
    let figures = upper_first(&so_many(recomputed.count, "printed figure was", "printed figures were"));
    match (recomputed.count, recomputed.discrepancies.len()) {
        (0, 0) => {
            "No printed figure is filed with the numbers that it comes from, so none was worked out again.".to_owned()
        }
        (_, 0) => format!("{figures} worked out again, and all agree."),
        (1, 1) => "One printed figure was worked out again, and it does not hold or can’t be compared.".to_owned(),
        (_, 1) => format!("{figures} worked out again, and one does not hold or can’t be compared."),
        (_, found) => format!("{figures} worked out again, and {found} do not hold or can’t be compared."),
    }
}

/// Those on which something rests of those with a place or at the line, most first; one where nothing rests on any. How many more
/// there are, and on how many of those something rests.
pub(super) fn rows(
    report: &RankedAssessment<'_>,
    sure: &Sureness,
    recomputed: &Recomputation,
) -> (Vec<PrintedRow>, usize, usize) {
    let mut found: Vec<(Resting, PrintedRow)> =
        recomputed.discrepancies.iter().map(|it| row(it, report, sure)).collect();
    found.sort_by(|(one, _), (other, _)| other.at_stake.total_cmp(&one.at_stake));
    let most_at_stake = found.first().map_or(0.0, |(rests, _)| rests.at_stake);
    let is_told = |rests: &Resting| rests.at_stake > 0.0 && rests.at_stake >= most_at_stake * LEAST_TOLD;
    let at_stake = found.iter().filter(|(rests, _)| is_told(rests)).count();
    let most = MOST_ROWS.min(at_stake.max(1));
    let read = found.iter().skip(most).filter(|(rests, _)| rests.is_read).count();
    let more = found.len().saturating_sub(most);
    (found.into_iter().take(most).map(|(_, row)| row).collect(), more, read)
}

/// What rests on a printed figure.
struct Resting {
    /// How many points of those with a place or at the line.
    at_stake: f64,
    /// Whether any answer rests on it.
    is_read: bool,
    /// What and of whom, in words.
    told: String,
}

/// The questions of one of the list whose answers rest on a printed figure that does not hold; none where none does.
pub(super) fn doubtful(trace: &Trace<'_>, recomputed: &Recomputation) -> Option<String> {
    let reads = |part: &&Contribution<'_>| recomputed.discrepancies.iter().any(|found| cites(part, found));
    let titles: Vec<String> =
        trace.contributions.iter().filter(reads).map(|part| lower_title(&part.criterion.title)).collect();
    (!titles.is_empty()).then(|| listed(&titles))
}

/// That there are so many more, and whether anything rests on them.
pub(super) fn more(more: usize, read: usize) -> Option<String> {
    let place = "annex, “Published figures to treat with care”";
    Some(match (more, read) {
        (0, _) => return None,
        (1, 0) => format!("The other one stands at a place that no answer names ({place})."),
        (more, 0) => format!("The other {more} stand at places that no answer names ({place})."),
        (more, 1) => format!("Of the other {more} one carries something of the list ({place})."),
        (more, read) => {
            format!("Of the other {more} {} carry something of the list ({place}).", in_words(read))
        }
    })
}

fn row(found: &Discrepancy, report: &RankedAssessment<'_>, sure: &Sureness) -> (Resting, PrintedRow) {
    let resting = rests(found, report, sure);
    let instead = found.recomputed.as_ref().map_or_else(String::new, |it| format!("{it} follows: "));
    let cause = found.cause.as_ref().map_or_else(String::new, |cause| format!("; {cause}"));
    let printed = PrintedRow {
        printed: found.printed.clone(),
        place: found.place.clone(),
        wrong: upper_first(&format!("{instead}{}{cause}", found.working)),
        rests: resting.told.clone(),
    };
    (resting, printed)
}

/// Whether an answer cites one of the places that a finding is about.
fn cites(part: &Contribution<'_>, found: &Discrepancy) -> bool {
    part.evidence.iter().any(|cited| is_at(&cited.origin, found))
}

/// Whether a figure stands at one of the places that a finding is about, or within it: `Table 2, Harm, 2019` is within `Table 2, Harm`.
fn is_at(origin: &Origin, found: &Discrepancy) -> bool {
    let places = || std::iter::once(&found.place).chain(&found.beside);
    let is = |place: &String| {
        places().any(|other| place.strip_prefix(&**other).is_some_and(|rest| rest.is_empty() || rest.starts_with(", ")))
    };
    let same_source = |source: &Option<String>| found.source.is_none() || *source == found.source;
    let own = same_source(&origin.source) && origin.place.as_ref().is_some_and(is);
    let printed = same_source(&origin.source) && origin.published.iter().any(|printed| is(&printed.place));
    own || printed || origin.points.iter().any(|point| point.place.as_ref().is_some_and(is))
}

fn rests(found: &Discrepancy, report: &RankedAssessment<'_>, sure: &Sureness) -> Resting {
    let shown = Shown::new(report.rules);
    let mut at_stake = 0.0;
    let mut told = Vec::new();
    for trace in &report.traces {
        let parts: Vec<&Contribution<'_>> = trace.contributions.iter().filter(|part| cites(part, found)).collect();
        if parts.is_empty() {
            continue;
        }
        if sure.is_at_stake(trace) {
            at_stake += parts.iter().map(|part| part.points.to_f64()).sum::<f64>().max(1e-9);
        }
        told.push(of_one(trace, &parts, shown));
    }
    Resting {
        at_stake,
        is_read: !told.is_empty(),
        told: match told.is_empty() {
            true => "No answer names that place".to_owned(),
            false => upper_first(&first_listed(&told, MOST_NAMED)),
        },
    }
}

fn of_one(trace: &Trace<'_>, parts: &[&Contribution<'_>], shown: Shown) -> String {
    let title = &trace.candidate.title;
    let questions = |with_points: bool| {
        let one = |part: &&Contribution<'_>| match with_points {
            true => format!("{} {}", lower_title(&part.criterion.title), shown.points(part.points)),
            false => lower_title(&part.criterion.title),
        };
        listed(&parts.iter().map(one).collect::<Vec<_>>())
    };
    match trace.total {
        Some(_) => format!("{title} ({})", questions(true)),
        None => format!("{title} ({}; without a total)", questions(false)),
    }
}
