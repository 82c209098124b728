//! The whole way on one page: files are loaded and judged, an assessment is ranked, and both are checked. Each step is
//! another room's; nothing is decided here, and nothing is shown.

use std::num::NonZeroUsize;

use crate::assessment::{Assessment, ColumnsInMemory};
use crate::board;
use crate::choose;
use crate::diagnostic::{Problem, Problems};
use crate::elicitation;
use crate::enough;
use crate::files::Files;
use crate::learning;
use crate::lints;
use crate::members;
use crate::ranked::RankedAssessment;
use crate::recompute::{self, Recomputation};
use crate::review;
use crate::rules::{self, Editions, RuleSet};
use crate::scoring;
use crate::trial::{self, Suite};

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
    members::load(files, assessment, rules, problems)
}

/// An assessment of columns in memory, judged as one that is filed, also by whether it has what `rules` read. What is wrong goes
/// to `problems`; there is nothing to rank where that includes errors.
pub fn of_columns(columns: &ColumnsInMemory<'_>, rules: &RuleSet, problems: &mut Problems) -> Option<Assessment> {
    let mut found = Problems::default();
    let assessment = columns.judge(&mut found);
    if let Some(assessment) = &assessment {
        rules::fit(assessment, &rules.evidence, &mut found);
        found.extend(rules::without_list(assessment, rules).map(Problems::from).unwrap_or_default());
    }
    let sound = !found.has_errors();
    problems.extend(found);
    assessment.filter(|_| sound)
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
pub fn changed_since_recorded(files: &dyn Files, rules: &RuleSet) -> Problems {
    let mut problems = elicitation::changed_since_recorded(files, rules);
    problems.extend(learning::read::changed_since_recorded(files, rules));
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
) -> Result<RankedAssessment<'a>, Problems> {
    let ranking = scoring::rank(assessment, rules, threads)?;
    let traces = scoring::traces(&ranking, threads)?;
    problems.extend(ranking.warnings().clone());
    problems.extend(scoring::overlap_warnings(&ranking));
    problems.extend(scoring::line_warnings(&ranking));
    problems.extend(board::undecided_warning(assessment, rules, &traces));
    problems.extend(enough::warnings(assessment, rules, &traces));
    Ok(RankedAssessment::new(ranking, traces, &problems.sorted()))
}

/// What `check` says of a ranked assessment beside what was found while it was loaded: its warnings, what a careful colleague would
/// ask about the rules, and what printed figures do not recompute.
///
/// # Errors
/// A total that could not be made for another weight.
pub fn check(ranked: &RankedAssessment<'_>) -> Result<(Problems, Recomputation), Problem> {
    let mut problems = Problems::from(ranked.warnings.clone());
    problems.extend(lints::lints(ranked)?);
    if let Err(of_plan) = choose::check_plan(ranked, &ranked.rules.library.budget) {
        problems.extend(of_plan);
    }
    let recomputed = recompute::recompute(ranked.assessment);
    problems.extend(recomputed.problems());
    problems.extend(review::problems(ranked.assessment));
    Ok((problems, recomputed))
}
