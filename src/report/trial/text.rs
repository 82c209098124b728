//! Tests as `cargo test` tells them: those that failed, and how many passed.

use std::collections::BTreeMap;

use super::{at, stale_because};
use crate::diagnostic::Place;
use crate::rules::RuleSet;
use crate::trial::{Coverage, Mismatch, MutantOutcome, Mutation, Suite, TestOutcome, TestReport, TestRequest};
use crate::words::counted;

/// The titles of the tests that are asked for, a line each.
pub fn list(suite: &Suite, rules: &RuleSet, asked: &TestRequest) -> String {
    let titles: Vec<String> =
        suite.tests().into_iter().filter(|test| asked.wants(test, rules)).map(|test| test.title(rules)).collect();
    let count = counted(titles.len(), "test", "tests");
    titles.into_iter().chain([String::new(), count]).map(|line| line + "\n").collect()
}

/// Whether tests that passed are shown one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedTests {
    /// A line each.
    Shown,
    /// They are counted.
    Counted,
}

/// Every test that failed, with what differed and what to write if that was meant; how many passed; what was not reached or
/// noticed. Colour adds weight and carries no meaning.
pub fn text(account: &TestReport<'_>, passed: PassedTests, colour: bool) -> String {
    let rules = account.rules;
    let tests = counted(account.outcomes.len(), "test", "tests");
    let mut text = format!("running {tests} of {}, version {}\n", rules.name, rules.version);
    if account.outcomes.is_empty() && account.filtered == 0 {
        text.push_str("write some in the folder `tests` beside ruleset.toml: docs/testing.md shows how\n");
    }
    for outcome in account.outcomes.iter().filter(|it| passed == PassedTests::Shown || !it.passed()) {
        let word = if outcome.passed() { "ok".to_owned() } else { bold("FAILED", colour) };
        text.push_str(&format!("test {} ... {word}\n", outcome.test.title(rules)));
    }
    if account.failed().next().is_some() {
        text.push_str("\nfailures:\n");
        account.failed().for_each(|outcome| failure(outcome, rules, &mut text));
    }
    summary(account, colour, &mut text);
    if let Some(coverage) = &account.coverage {
        coverage_of(coverage, account.shows_coverage, &mut text);
    }
    match &account.mutation {
        Some(mutation) => mutation_of(mutation, &mut text),
        None if account.shows_mutation => text.push_str("mutation: not tried while a test fails\n"),
        None => {}
    }
    text
}

fn bold(word: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[1m{word}\u{1b}[0m") } else { word.to_owned() }
}

/// What differed, where that is written and where the rule is.
fn failure(outcome: &TestOutcome<'_>, rules: &RuleSet, text: &mut String) {
    text.push_str(&format!("\n---- {} ----\n", outcome.test.title(rules)));
    for difference in &outcome.mismatches {
        text.push_str(&format!("{}: {}\n", at(&difference.place), difference.what));
        text.push_str(&format!("    expected {}\n         got {}\n", difference.expected, difference.actual));
    }
    for line in lines_instead(&outcome.mismatches) {
        text.push_str(&format!("if you meant this, write\n    {line}\n"));
    }
    text.push_str(&format!("the rule: {}\n", at(&outcome.test.subject.place(rules))));
}

/// The lines of a test as they would stand in its file if what came is meant, each once, in their order. A line on which only
/// some of what differs could be written is for people.
fn lines_instead(mismatches: &[Mismatch]) -> Vec<String> {
    let mut lines: BTreeMap<usize, Vec<&Mismatch>> = BTreeMap::new();
    for mismatch in mismatches {
        let Place { source, span } = &mismatch.place;
        lines.entry(source.line(span.start)).or_default().push(mismatch);
    }
    lines.into_iter().filter_map(|(line, mismatches)| line_instead(line, mismatches)).collect()
}

/// A line with other values in it. A value over several lines is for people to lay out.
fn line_instead(line: usize, mut mismatches: Vec<&Mismatch>) -> Option<String> {
    let source = &mismatches.first()?.place.source;
    let mut at = source.start_of_line(line);
    let end = source.start_of_line(line + 1);
    mismatches.sort_by_key(|mismatch| mismatch.place.span.start);
    let mut text = String::new();
    for mismatch in mismatches {
        let span = &mismatch.place.span;
        if source.line(span.end) != line {
            return None;
        }
        text.push_str(source.text.get(at..span.start)?);
        text.push_str(mismatch.instead.as_deref()?);
        at = span.end;
    }
    text.push_str(source.text.get(at..end)?);
    Some(text.trim().to_owned())
}

fn summary(account: &TestReport<'_>, colour: bool, text: &mut String) {
    let failed = account.failed().count();
    let word = if failed == 0 { "ok".to_owned() } else { bold("FAILED", colour) };
    let (passed, filtered) = (account.passed(), account.filtered);
    text.push_str(&format!("\ntest result: {word}. {passed} passed; {failed} failed; {filtered} filtered out\n"));
}

fn coverage_of(coverage: &Coverage<'_>, in_full: bool, text: &mut String) {
    let reached = coverage.parts.iter().filter(|part| part.reached).count();
    let excused = coverage.parts.iter().filter(|part| part.excuse.is_some()).count();
    let unreached = coverage.unreached().count();
    if in_full && unreached > 0 {
        text.push_str("\nnot reached by any test:\n");
        coverage.unreached().for_each(|part| text.push_str(&format!("  {}: {}\n", at(&part.place), part.name)));
        text.push('\n');
    }
    if in_full {
        for stale in &coverage.stale {
            text.push_str(&format!("{}: {}\n", at(&stale.excuse.place), stale_because(stale, "reached", "part")));
        }
    }
    let excused = if excused > 0 { format!("; {excused} excused") } else { String::new() };
    let hint = if in_full || unreached == 0 { "" } else { "; `--coverage` lists the others" };
    text.push_str(&format!(
        "coverage: {reached} of {} parts of the rules reached{excused}{hint}\n",
        coverage.parts.len()
    ));
}

fn mutation_of(mutation: &Mutation<'_>, text: &mut String) {
    let unnoticed = mutation.unnoticed().count();
    if unnoticed > 0 {
        text.push_str("\nnot noticed by any test:\n");
        mutation.unnoticed().for_each(|change| text.push_str(&format!("  {}: {}\n", at(&change.place), change.name)));
        text.push('\n');
    }
    for stale in &mutation.stale {
        text.push_str(&format!("{}: {}\n", at(&stale.excuse.place), stale_because(stale, "noticed", "change")));
    }
    let excused = mutation.changes.iter().filter(|change| change.excuse.is_some()).count();
    text.push_str(&format!(
        "mutation: {}: {} noticed; {unnoticed} unnoticed; {excused} excused; {} left out, as the rules can't be read with them\n",
        counted(mutation.changes.len(), "change", "changes"),
        mutation.count(MutantOutcome::Noticed),
        mutation.count(MutantOutcome::Unreadable),
    ));
}
