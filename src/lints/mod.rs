//! What in a rule set, or in what it makes of an assessment, a careful colleague would ask about: criteria that count one
//! thing twice, judged scores that are multiplied, ends that hide differences, answers that pay by being missing, weights
//! that do nothing, totals that pass the scale, intervals that are lost or of two levels, digits rounded away, numbers
//! hidden in code, one figure under two candidates. Told by `check` alone.
//!
//! Nothing here is an error, changes a score or reads a file. What is meant to be so a rule set accepts, with its reason.

mod accept;
mod alike;
mod breaks;
mod compression;
mod constants;
mod ends;
mod evidence;
mod filed_twice;
mod finding;
mod intervals;
mod level;
mod missing_pays;
mod part_year;
mod products;
mod rounding;
mod rule_file_places;
mod scale;
mod shares;
mod undiscriminating;
mod weights;

use crate::diagnostic::{Problem, Problems};
use crate::ranked::RankedAssessment;
use rule_file_places::RuleFilePlaces;

/// Everything that there is to ask about the rules of a ranking and what they made of its assessment.
///
/// # Errors
/// A total that could not be made for another weight.
pub fn lints(report: &RankedAssessment<'_>) -> Result<Problems, Problem> {
    let Some(written) = RuleFilePlaces::read(report.rules) else { return Ok(Problems::default()) };
    let ranking = &report.ranking;
    let mut findings = alike::same_questions(ranking);
    findings.extend(alike::correlated(ranking));
    findings.extend(products::multiplied_ordinals(report.rules, &written));
    findings.extend(products::opposed_factors(report, &written));
    findings.extend(ends::beyond(ranking, &written));
    findings.extend(undiscriminating::undiscriminating(ranking));
    findings.extend(missing_pays::paying(ranking, &written));
    findings.extend(constants::undeclared(report.rules));
    findings.extend(intervals::lost(report));
    findings.extend(breaks::across(report));
    findings.extend(part_year::times_twelve(report));
    findings.extend(scale::passed(report.rules, &written));
    findings.extend(weights::zero_and_lone(report.rules, &written));
    findings.extend(weights::idle(ranking, &written, &findings)?);
    findings.extend(rounding::rounded_away(report)?);
    findings.extend(shares::for_percentages(report));
    findings.extend(evidence::all_old(report));
    findings.extend(evidence::later(report));
    findings.extend(filed_twice::filed_twice(report));
    findings.extend(evidence::unanswered_leader(report));
    findings.extend(level::unusual(report.rules, &written));
    findings.extend(level::printed(report, &written));
    Ok(accept::with_acceptances(findings, ranking))
}
