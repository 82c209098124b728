//! Findings that a rule set knows and accepts: told as notes with the reason. An acceptance of what is not found is told.

use std::collections::BTreeSet;

use super::finding::{Finding, MIN_CANDIDATES_TO_COMPARE};
use super::missing_pays;
use crate::diagnostic::{Code, Problem, Problems, quoted_list};
use crate::rules::AcceptedFinding;
use crate::scoring::Ranking;

/// The findings as problems: those that are accepted as notes.
pub(super) fn with_acceptances(findings: Vec<Finding>, ranking: &Ranking<'_>) -> Problems {
    let accepted = &ranking.rules.accepted;
    let mut used = vec![false; accepted.len()];
    let mut problems = Problems::default();
    for finding in findings {
        let matching = accepted.iter().zip(&mut used).find(|(accept, _)| accepts(accept, &finding));
        problems.push(match matching {
            Some((accept, used)) => {
                *used = true;
                as_note(finding.problem, &accept.because)
            }
            None => finding.problem,
        });
    }
    let idle = accepted.iter().zip(used).filter(|(accept, used)| !used && could_be_found(accept, ranking));
    idle.for_each(|(accept, _)| problems.push(accepts_nothing(accept)));
    problems
}

fn accepts(accept: &AcceptedFinding, finding: &Finding) -> bool {
    let wanted: BTreeSet<&String> = accept.of.iter().collect();
    accept.finding == finding.problem.code
        && (wanted.is_empty() || wanted == finding.about.iter().collect::<BTreeSet<_>>())
}

fn as_note(problem: Problem, because: &str) -> Problem {
    let note = Problem::new(Code::FindingAccepted, format!("{}: {}", problem.code.name(), problem.message));
    let note = note.help(format!("the rules accept this: {because}"));
    match problem.place {
        Some(place) => note.at(place),
        None => note,
    }
}

/// Whether this assessment is enough for the finding to be made, if it is there.
fn could_be_found(accept: &AcceptedFinding, ranking: &Ranking<'_>) -> bool {
    match accept.finding {
        Code::CorrelatedCriteria | Code::OpposedFactors => ranking.order().len() >= MIN_CANDIDATES_TO_COMPARE,
        Code::MissingPays => missing_pays::could_be_found(accept, ranking),
        _ => true,
    }
}

fn accepts_nothing(accept: &AcceptedFinding) -> Problem {
    let of: Vec<&str> = accept.of.iter().map(String::as_str).collect();
    let about = if of.is_empty() { String::new() } else { format!(" about {}", quoted_list(&of)) };
    Problem::new(Code::AcceptsNothing, format!("there is no finding `{}`{about} to accept", accept.finding.name()))
        .at(accept.place.clone())
        .help("take the `[[accept]]` out, or name in `of` just what the finding names")
}
