//! What came of a rule set's tests, put together for the views.

use std::num::NonZeroUsize;

use super::{Coverage, Mutation, ReachedParts, Suite, Test, TestOutcome, coverage, mutate, run};
use crate::diagnostic::Problem;
use crate::files::Files;
use crate::rules::script::watched;
use crate::rules::{Editions, RuleSet};

/// What somebody wants to know.
#[derive(Debug)]
pub struct TestRequest {
    /// Only tests whose title contains this.
    pub filter: Option<String>,
    /// What no test reached.
    pub coverage: bool,
    /// What change no test notices.
    pub mutation: bool,
    /// On how many threads changes are tried.
    pub threads: NonZeroUsize,
}

impl TestRequest {
    /// Whether a test is among those asked for.
    pub fn wants(&self, test: &Test, rules: &RuleSet) -> bool {
        self.filter.as_ref().is_none_or(|filter| test.title(rules).contains(&**filter))
    }
}

/// What came of a rule set's tests.
#[derive(Debug)]
pub struct TestReport<'s> {
    /// Whose tests they are.
    pub rules: &'s RuleSet,
    /// How each of those asked for ended, in their order.
    pub outcomes: Vec<TestOutcome<'s>>,
    /// How many were not asked for.
    pub filtered: usize,
    /// What was reached; none where not all tests were run.
    pub coverage: Option<Coverage<'s>>,
    /// Whether the parts that were not reached are asked for.
    pub shows_coverage: bool,
    /// Whether it is asked what changes are noticed.
    pub shows_mutation: bool,
    /// What was noticed; none where nobody asked, or a test failed even without a change.
    pub mutation: Option<Mutation<'s>>,
}

impl TestReport<'_> {
    /// How many passed.
    pub fn passed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.passed()).count()
    }

    /// Those that failed, in order.
    pub fn failed(&self) -> impl Iterator<Item = &TestOutcome<'_>> {
        self.outcomes.iter().filter(|outcome| !outcome.passed())
    }

    /// Whether the answer to all that was asked is yes.
    pub fn passed_all(&self) -> bool {
        let covered = !self.shows_coverage || self.coverage.as_ref().is_none_or(Coverage::is_full);
        let noticed = self.mutation.as_ref().is_none_or(Mutation::is_full);
        self.passed() == self.outcomes.len() && covered && noticed
    }
}

/// Runs the tests that are asked for, and tells what else is.
///
/// # Errors
/// `budget-spent`: what no test noticed is then unknown.
pub fn test_report<'s>(
    files: &(dyn Files + Sync),
    suite: &'s Suite,
    editions: &'s Editions,
    asked: &TestRequest,
) -> Result<TestReport<'s>, Problem> {
    let rules = editions.latest();
    let mut reached = ReachedParts::default();
    let wanted = |test: &Test| asked.wants(test, rules);
    let (outcomes, statements) = watched(&rules.library, || {
        run(suite, editions, &wanted, &mut |test, rules, traces| reached.note(test, rules, traces))
    });
    let filtered = suite.tests().len() - outcomes.len();
    let all_pass = outcomes.iter().all(TestOutcome::passed);
    let coverage = (filtered == 0).then(|| coverage(suite, rules, &reached, &statements));
    let mutation = (asked.mutation && all_pass).then(|| mutate(files, suite, rules, asked.threads));
    rules.library.budget.check()?;
    Ok(TestReport {
        rules,
        outcomes,
        filtered,
        coverage,
        shows_coverage: asked.coverage,
        shows_mutation: asked.mutation,
        mutation,
    })
}
