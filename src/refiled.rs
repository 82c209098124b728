//! An assessment with other texts in its files: read and ranked before anything is written, and set against the list as it is
//! filed. Nothing is written here.

use std::num::NonZeroUsize;

use crate::assessment::Assessment;
use crate::diagnostic::Problems;
use crate::diff::{Movement, RankedList, movement};
use crate::files::Files;
use crate::pipeline;
use crate::ranked::RankedAssessment;
use crate::rules::RuleSet;

/// An assessment as it is filed, and where it was read.
#[derive(Debug)]
pub(crate) struct AsFiled<'a> {
    /// Its folder, or its `assessment.toml`.
    pub(crate) path: &'a str,
    /// The folder of the rule set, where it is another than the assessment names.
    pub(crate) rules_path: Option<&'a str>,
    pub(crate) assessment: &'a Assessment,
    pub(crate) rules: &'a RuleSet,
}

/// What other texts make of an assessment.
#[derive(Debug)]
pub(crate) struct Refiled<T> {
    /// What was asked of the new list.
    pub(crate) found: T,
    /// Who moves.
    pub(crate) movement: Movement,
    /// What a reader should know of it as it would be.
    pub(crate) problems: Problems,
}

/// Reads an assessment again from `files`, which have its new texts, and ranks it; `ask` sees the new list.
///
/// # Errors
/// New texts that can't be read or ranked, and what `ask` refuses.
pub(crate) fn refiled<T>(
    filed: &AsFiled<'_>,
    files: &dyn Files,
    threads: NonZeroUsize,
    ask: impl FnOnce(&RankedAssessment<'_>) -> Result<T, Problems>,
) -> Result<Refiled<T>, Problems> {
    let old = pipeline::rank(filed.assessment, filed.rules, threads, Problems::default())?;
    let before = RankedList::from_ranking(&old.ranking);
    let mut problems = Problems::default();
    let Some((assessment, rules)) = pipeline::load(files, filed.path, filed.rules_path, &mut problems) else {
        return Err(problems);
    };
    let new = pipeline::rank(&assessment, &rules, threads, problems)?;
    let found = ask(&new)?;
    let movement = movement(&before, &RankedList::from_ranking(&new.ranking));
    Ok(Refiled { found, movement, problems: new.warnings.clone().into() })
}
