//! From a community safety partnership's evidence to priorities that it can defend.
//!
//! The whole pipeline is on this page, in the order data walks:
//!
//! ```text
//! files → assessment (evidence) → rules → scoring (measure → value → points → ranking) → board → explain → report
//! ```
//!
//! Nothing reads backwards. The rooms below are pure: files, terminal, network and clock stay in `cli`, which lends
//! the core something that reads ([`files::Files`]) and takes text back.

pub mod assessment;
pub mod board;
pub mod cli;
pub mod diagnostic;
pub mod diff;
pub mod digest;
pub mod elicitation;
pub mod explain;
pub mod files;
pub mod import;
pub mod learning;
pub mod lints;
pub mod recompute;
pub mod record;
pub mod report;
pub mod rules;
pub mod scoring;
pub mod sensitivity;
pub mod stats;
pub mod toml_file;
pub mod trial;
pub mod words;

use std::num::NonZeroUsize;

use assessment::Assessment;
use diagnostic::{Problem, Problems};
use files::Files;
use recompute::Recomputed;
use report::Report;
use rules::{Editions, RuleSet};
use scoring::Tracer;
use trial::Suite;

/// Reads an assessment and the rule set in the folder `rules`, or in the one that the assessment names, and judges
/// both. The assessment's period says which values of the rules' parameters are in force. What is wrong goes to
/// `problems`; there is nothing to rank where that includes errors.
pub fn load(
    files: &dyn Files,
    assessment: &str,
    rules: Option<&str>,
    problems: &mut Problems,
) -> Option<(Assessment, RuleSet)> {
    load_apart(files, assessment, rules.map(|folder| (files, folder)), problems)
}

/// The same where the folder `rules` may be among other files than the assessment, as a record's are not those of the disk.
pub fn load_apart(
    files: &dyn Files,
    assessment: &str,
    rules: Option<(&dyn Files, &str)>,
    problems: &mut Problems,
) -> Option<(Assessment, RuleSet)> {
    let mut found = Problems::default();
    let read = assessment::load(files, assessment, &mut found);
    let ruled = match (rules, &read.rules) {
        (Some((files, folder)), _) => Some(rules::load(files, folder, None, &mut found)),
        (None, Some((folder, place))) => Some(rules::load(files, folder, Some(place), &mut found)),
        (None, None) => None,
    };
    if let (Some(assessment), Some(declared)) =
        (&read.assessment, ruled.as_ref().and_then(|read| read.evidence.as_ref()))
    {
        rules::fit(assessment, declared, &mut found);
    }
    let editions = ruled.and_then(|read| read.rules);
    let both = read.assessment.zip(editions).and_then(|(assessment, editions)| {
        let rules = editions.of(assessment.period, &mut found)?;
        Some((assessment, rules))
    });
    let sound = !found.any_error();
    problems.extend(found);
    both.filter(|_| sound)
}

/// Reads the rule set in the folder `rules` and its own tests, and judges both. What stops them goes to `problems`; what is
/// only worth a warning in the rules `check` tells.
pub fn load_tests(files: &dyn Files, rules: &str, problems: &mut Problems) -> Option<(Editions, Suite)> {
    let mut found = Problems::default();
    let Some(rules) = rules::load(files, rules, None, &mut found).rules else {
        problems.extend(found);
        return None;
    };
    let suite = trial::load(files, &rules, problems)?;
    Some((rules, suite))
}

/// What no longer is as the rules record of where their weights come from: answers that people gave, or what a board
/// agreed on.
pub fn recorded(files: &dyn Files, rules: &RuleSet) -> Problems {
    let mut problems = elicitation::recorded(files, rules);
    problems.extend(learning::read::recorded(files, rules));
    problems
}

/// Ranks an assessment by a rule set and reads every trace. The number of threads changes no byte of what comes out.
///
/// # Errors
/// Every expression that failed for some candidate, at its place in the rules.
pub fn rank<'a>(
    assessment: &'a Assessment,
    rules: &'a RuleSet,
    threads: NonZeroUsize,
    mut problems: Problems,
) -> Result<Report<'a>, Problems> {
    let ranking = scoring::rank(assessment, rules, threads)?;
    let mut tracer = Tracer::new(&ranking).map_err(Problems::from)?;
    let traces = tracer.all()?;
    problems.extend(ranking.warnings().clone());
    problems.extend(board::undecided(assessment, rules, &traces));
    Ok(Report::new(ranking, traces, &problems.sorted()))
}

/// What `check` says of a report beside what was found while it was loaded: its warnings, what a careful colleague would
/// ask about the rules, and what printed figures do not recompute.
///
/// # Errors
/// A total that could not be made for another weight.
pub fn check(report: &Report<'_>) -> Result<(Problems, Recomputed), Problem> {
    let mut problems = Problems::from(report.warnings.clone());
    problems.extend(lints::lints(report)?);
    let recomputed = recompute::recompute(report.assessment);
    problems.extend(recomputed.problems());
    Ok((problems, recomputed))
}
