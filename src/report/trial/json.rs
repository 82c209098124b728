//! Tests as JSON, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::line;
use crate::diagnostic::Place;
use crate::trial::{Mutant, MutantOutcome, RulePart, TestOutcome, TestReport};
use crate::words::indented_json;

/// The version of this format.
const SCHEMA: &str = "prioritise/tests/1";

/// What came of a rule set's tests.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "prioritise test results")]
pub struct ResultsFile<'a> {
    /// `prioritise/tests/1`.
    schema: &'a str,
    /// Whose tests they are.
    rules: TestedRulesEntry<'a>,
    passed: usize,
    failed: usize,
    /// How many were not asked for.
    filtered: usize,
    /// In the order of their files.
    tests: Vec<TestEntry<'a>>,
    /// What of the rules tests reached; none where not all were run.
    coverage: Option<CoverageEntry<'a>>,
    /// What changes of the rules tests noticed; none where nobody asked, or a test failed.
    mutation: Option<MutationEntry<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Rules")]
struct TestedRulesEntry<'a> {
    name: &'a str,
    version: &'a str,
    digest: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct TestEntry<'a> {
    /// The criterion or gate, or `assessment`.
    subject: &'a str,
    name: &'a str,
    file: &'a str,
    line: usize,
    passed: bool,
    /// How what came differs from what was expected.
    differences: Vec<MismatchEntry<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Difference")]
struct MismatchEntry<'a> {
    what: &'a str,
    expected: &'a str,
    got: &'a str,
    file: &'a str,
    line: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Coverage")]
struct CoverageEntry<'a> {
    parts: usize,
    reached: usize,
    /// Those that no test reached.
    unreached: Vec<OpenEntry<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Mutation")]
struct MutationEntry<'a> {
    changes: usize,
    noticed: usize,
    /// How many the rules can't be read with.
    unreadable: usize,
    /// Those that no test noticed.
    unnoticed: Vec<OpenEntry<'a>>,
}

/// A part that was not reached, or a change that was not noticed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Open")]
struct OpenEntry<'a> {
    what: &'a str,
    file: &'a str,
    line: usize,
    /// Why that can't be otherwise, where a test file says so.
    excuse: Option<&'a str>,
}

/// What came of the tests as JSON.
pub fn json(account: &TestReport<'_>) -> String {
    let rules = account.rules;
    let file = ResultsFile {
        schema: SCHEMA,
        rules: TestedRulesEntry { name: &rules.name, version: &rules.version, digest: &rules.digest },
        passed: account.passed(),
        failed: account.failed().count(),
        filtered: account.filtered,
        tests: account.outcomes.iter().map(|outcome| test(outcome, account)).collect(),
        coverage: account.coverage.as_ref().map(|coverage| CoverageEntry {
            parts: coverage.parts.len(),
            reached: coverage.parts.iter().filter(|part| part.reached).count(),
            unreached: coverage.parts.iter().filter(|part| !part.reached).map(part).collect(),
        }),
        mutation: account.mutation.as_ref().map(|mutation| MutationEntry {
            changes: mutation.changes.len(),
            noticed: mutation.count(MutantOutcome::Noticed),
            unreadable: mutation.count(MutantOutcome::Unreadable),
            unnoticed: mutation
                .changes
                .iter()
                .filter(|it| it.outcome == MutantOutcome::Unnoticed)
                .map(change)
                .collect(),
        }),
    };
    indented_json(&file)
}

fn test<'a>(outcome: &'a TestOutcome<'_>, account: &'a TestReport<'_>) -> TestEntry<'a> {
    let (file, row) = at(&outcome.test.place);
    let differences = outcome.mismatches.iter().map(|difference| {
        let (file, line) = at(&difference.place);
        MismatchEntry { what: &difference.what, expected: &difference.expected, got: &difference.actual, file, line }
    });
    TestEntry {
        subject: outcome.test.subject.id(account.rules),
        name: &outcome.test.name,
        file,
        line: row,
        passed: outcome.passed(),
        differences: differences.collect(),
    }
}

fn part(part: &RulePart) -> OpenEntry<'_> {
    let (file, line) = at(&part.place);
    OpenEntry { what: &part.name, file, line, excuse: part.excuse.as_deref() }
}

fn change(change: &Mutant) -> OpenEntry<'_> {
    let (file, line) = at(&change.place);
    OpenEntry { what: &change.name, file, line, excuse: change.excuse.as_deref() }
}

fn at(place: &Place) -> (&str, usize) {
    (&place.source.name, line(place))
}
