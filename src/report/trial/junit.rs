//! Tests as `JUnit` XML, which most tools that show test results read. Parts that no test reached and changes that none
//! noticed are failures of suites of their own, where they were asked for. Nothing is timed.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{line, stale_because};
use crate::diagnostic::Place;
use crate::trial::{MutantOutcome, StaleExcuse, TestOutcome, TestReport};

/// One case: its class, name and place, and what is said of it where it failed.
struct JunitCase {
    class: String,
    name: String,
    place: Place,
    failure: Option<String>,
}

/// What came of the tests as `JUnit` XML.
pub fn junit(account: &TestReport<'_>) -> String {
    let mut suites = vec![("tests", account.outcomes.iter().map(|outcome| test(outcome, account)).collect())];
    if let Some(coverage) = account.coverage.as_ref().filter(|_| account.shows_coverage) {
        let parts = coverage.parts.iter().map(|part| {
            let open = !part.reached && part.excuse.is_none();
            entry("coverage", &part.name, &part.place, open.then(|| "not reached by any test".to_owned()))
        });
        suites.push(("coverage", parts.chain(stale(&coverage.stale, "coverage", "reached", "part")).collect()));
    }
    if let Some(mutation) = &account.mutation {
        let tried = mutation.changes.iter().filter(|change| change.outcome != MutantOutcome::Unreadable);
        let changes = tried.map(|change| {
            let open = change.outcome == MutantOutcome::Unnoticed && change.excuse.is_none();
            entry("mutation", &change.name, &change.place, open.then(|| "not noticed by any test".to_owned()))
        });
        suites.push(("mutation", changes.chain(stale(&mutation.stale, "mutation", "noticed", "change")).collect()));
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = write(&mut writer, account, &suites);
    let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    text.push('\n');
    text
}

fn test(outcome: &TestOutcome<'_>, account: &TestReport<'_>) -> JunitCase {
    let told = |difference: &crate::trial::Mismatch| {
        let at = super::at(&difference.place);
        format!("{at}: {}: expected {}, got {}", difference.what, difference.expected, difference.actual)
    };
    let differences: Vec<String> = outcome.mismatches.iter().map(told).collect();
    let failure = (!outcome.passed()).then(|| differences.join("\n"));
    entry(outcome.test.subject.id(account.rules), &outcome.test.name, &outcome.test.place, failure)
}

fn stale<'a>(
    all: &'a [StaleExcuse<'_>],
    class: &'a str,
    done: &'a str,
    what: &'a str,
) -> impl Iterator<Item = JunitCase> + 'a {
    all.iter().map(move |stale| {
        let excuse = stale.excuse;
        entry(class, &excuse.name, &excuse.place, Some(stale_because(stale, done, what)))
    })
}

fn entry(class: &str, name: &str, place: &Place, failure: Option<String>) -> JunitCase {
    JunitCase { class: class.to_owned(), name: name.to_owned(), place: place.clone(), failure }
}

type WriteResult = std::io::Result<()>;

fn write(writer: &mut Writer<Vec<u8>>, account: &TestReport<'_>, suites: &[(&str, Vec<JunitCase>)]) -> WriteResult {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = || suites.iter().flat_map(|(_, entries)| entries);
    let mut root = BytesStart::new("testsuites");
    root.push_attribute(("name", &*allowed(&account.rules.name)));
    counts(&mut root, all());
    writer.write_event(Event::Start(root))?;
    for (name, entries) in suites {
        let mut suite = BytesStart::new("testsuite");
        suite.push_attribute(("name", *name));
        counts(&mut suite, entries.iter());
        writer.write_event(Event::Start(suite))?;
        entries.iter().try_for_each(|entry| write_case(writer, entry))?;
        writer.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuites")))
}

fn counts<'e>(element: &mut BytesStart<'_>, entries: impl Iterator<Item = &'e JunitCase> + Clone) {
    let failures = entries.clone().filter(|entry| entry.failure.is_some()).count();
    element.push_attribute(("tests", &*entries.count().to_string()));
    element.push_attribute(("failures", &*failures.to_string()));
    element.push_attribute(("errors", "0"));
}

fn write_case(writer: &mut Writer<Vec<u8>>, entry: &JunitCase) -> WriteResult {
    let mut case = BytesStart::new("testcase");
    case.push_attribute(("classname", &*allowed(&entry.class)));
    case.push_attribute(("name", &*allowed(&entry.name)));
    case.push_attribute(("file", &*allowed(&entry.place.source.name)));
    case.push_attribute(("line", &*line(&entry.place).to_string()));
    let Some(failure) = &entry.failure else { return writer.write_event(Event::Empty(case)) };
    writer.write_event(Event::Start(case))?;
    let mut element = BytesStart::new("failure");
    let told = allowed(failure);
    element.push_attribute(("message", told.lines().next().unwrap_or_default()));
    writer.write_event(Event::Start(element))?;
    writer.write_event(Event::Text(BytesText::new(&told)))?;
    writer.write_event(Event::End(BytesEnd::new("failure")))?;
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

/// Text without the characters that XML can't hold, however written.
fn allowed(text: &str) -> String {
    let fine = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    text.chars().filter(fine).filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect()
}
