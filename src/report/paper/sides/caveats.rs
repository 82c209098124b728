//! What a reader should know of the figures behind those with a place or at the line, in the words that are filed with them.

use super::super::model::CaveatRow;
use super::sure::Sureness;
use crate::ranked::RankedAssessment;
use crate::scoring::{Contribution, Trace};
use crate::words::{listed, lower_title};

/// So many are told; the annex has all.
const MOST_ROWS: usize = 6;

/// Each caveat once, those first that most points rest on, and how many more there are.
pub(super) fn rows(report: &RankedAssessment<'_>, sure: &Sureness) -> (Vec<CaveatRow>, usize) {
    let mut found: Vec<(f64, CaveatRow)> = Vec::new();
    for trace in report.traces.iter().filter(|trace| sure.is_at_stake(trace)) {
        for caveat in caveats(trace) {
            let (points, rests) = resting_on(caveat, trace);
            match found.iter_mut().find(|(_, row)| row.caveat == *caveat) {
                Some((all, row)) => {
                    *all += points;
                    row.rests = format!("{}; {rests}", row.rests);
                }
                None if points > 0.0 => found.push((points, CaveatRow { caveat: caveat.clone(), rests })),
                None => {}
            }
        }
    }
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let more = found.len().saturating_sub(MOST_ROWS);
    (found.into_iter().take(MOST_ROWS).map(|(_, row)| row).collect(), more)
}

/// The caveats of what its answers were read from, each once.
fn caveats<'t>(trace: &'t Trace<'_>) -> Vec<&'t String> {
    let all = trace.contributions.iter().flat_map(|part| &part.evidence).flat_map(|cited| &cited.origin.caveats);
    let mut once: Vec<&String> = Vec::new();
    for caveat in all {
        if !once.contains(&caveat) {
            once.push(caveat);
        }
    }
    once
}

/// How many of its points were read from evidence with that caveat, and on which questions.
fn resting_on(caveat: &String, trace: &Trace<'_>) -> (f64, String) {
    let reads = |part: &&Contribution<'_>| {
        part.points.units() != 0 && part.evidence.iter().any(|cited| cited.origin.caveats.contains(caveat))
    };
    let parts: Vec<&Contribution<'_>> = trace.contributions.iter().filter(reads).collect();
    let questions: Vec<String> = parts.iter().map(|part| lower_title(&part.criterion.title)).collect();
    let points = parts.iter().map(|part| part.points.to_f64().abs()).sum();
    (points, format!("{} ({})", trace.candidate.title, listed(&questions)))
}
