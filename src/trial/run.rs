//! Tests, run: each assessment is ranked by the engine as it is, and its traces are compared with what is expected.

use std::num::NonZeroUsize;

use super::compare::{Mismatch, RankingResult, mismatches};
use super::{Subject, Suite, Test, TestedAssessment};
use crate::assessment::Assessment;
use crate::diagnostic::Problems;
use crate::rules::{Editions, RuleSet};
use crate::scoring::{self, Ranking, Trace, Tracer};

/// How a test ended.
#[derive(Debug)]
pub struct TestOutcome<'s> {
    /// The test that was run.
    pub test: &'s Test,
    /// How what came differs from what was expected: not at all where it passed.
    pub mismatches: Vec<Mismatch>,
}

impl TestOutcome<'_> {
    /// Whether all was as expected.
    pub fn passed(&self) -> bool {
        self.mismatches.is_empty()
    }
}

/// Runs the tests that `wanted` names. `watch` is shown what each of them saw: the traces that it looks at.
pub fn run<'s>(
    suite: &'s Suite,
    editions: &Editions,
    wanted: &dyn Fn(&Test) -> bool,
    watch: &mut dyn FnMut(&Test, &RuleSet, &[Trace<'_>]),
) -> Vec<TestOutcome<'s>> {
    let mut outcomes = Vec::new();
    for trial in &suite.trials {
        // A trial has rules: one without is told when the tests are read.
        let Some(rules) = trial.rules(editions) else { continue };
        let tests: Vec<&Test> = trial.tests.iter().filter(|test| wanted(test)).collect();
        each(trial, &tests, rules, &mut |test, came| {
            watch(test, rules, came.unwrap_or_default());
            outcomes.push(TestOutcome { test, mismatches: mismatches(test, rules, &trial.assessment, came) });
            true
        });
    }
    // Cases are run all at once where they can be, and told as they are written.
    outcomes.sort_by(|a, b| a.test.written().cmp(&b.test.written()));
    outcomes
}

/// Whether any test fails by these rules; it stops at the first that does.
pub(super) fn any_fails(suite: &Suite, editions: &Editions) -> bool {
    let passes = |trial: &TestedAssessment| {
        let Some(rules) = trial.rules(editions) else { return false };
        let tests: Vec<&Test> = trial.tests.iter().collect();
        each(trial, &tests, rules, &mut |test, came| mismatches(test, rules, &trial.assessment, came).is_empty())
    };
    !suite.trials.iter().all(passes)
}

/// Shows `visit` what came for each test, until it says that this is enough. Whether it never did.
fn each<'s>(
    trial: &TestedAssessment,
    tests: &[&'s Test],
    rules: &RuleSet,
    visit: &mut dyn FnMut(&'s Test, RankingResult<'_, '_>) -> bool,
) -> bool {
    if tests.is_empty() {
        return true;
    }
    match with_tracer(&trial.assessment, rules, |tracer| {
        tests.iter().all(|test| match seen(test, tracer) {
            Ok(traces) => visit(test, Ok(&traces)),
            Err(problems) => visit(test, Err(&problems)),
        })
    }) {
        Ok(all) => all,
        // Each by itself: what fails for one candidate stops the ranking of all.
        Err(_) if trial.tests.len() > 1 => tests.iter().all(|test| {
            let alone = trial.assessment.only([test.candidate]);
            match list(&alone, rules) {
                Ok(traces) => visit(test, Ok(&traces)),
                Err(problems) => visit(test, Err(&problems)),
            }
        }),
        Err(problems) => tests.iter().all(|test| visit(test, Err(&problems))),
    }
}

/// What `work` makes of the ranking of an assessment.
fn with_tracer<'a, T>(
    assessment: &'a Assessment,
    rules: &'a RuleSet,
    work: impl FnOnce(&mut Tracer<'_, 'a>) -> T,
) -> Result<T, Problems> {
    let ranking: Ranking<'a> = scoring::rank(assessment, rules, NonZeroUsize::MIN)?;
    Ok(work(&mut Tracer::new(&ranking)?))
}

/// The traces of an assessment, in the order of the list.
fn list<'a>(assessment: &'a Assessment, rules: &'a RuleSet) -> Result<Vec<Trace<'a>>, Problems> {
    scoring::traces(&scoring::rank(assessment, rules, NonZeroUsize::MIN)?, NonZeroUsize::MIN)
}

/// The traces that a test looks at.
fn seen<'a>(test: &Test, tracer: &mut Tracer<'_, 'a>) -> Result<Vec<Trace<'a>>, Problems> {
    match test.subject {
        Subject::List => tracer.all(),
        _ => Ok(tracer.trace(test.candidate)?.into_iter().collect()),
    }
}
