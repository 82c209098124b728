//! The rule sets' own tests: all pass, reach everything and notice every change; and what is said where they don't.

use std::num::NonZeroUsize;

use insta::assert_snapshot;
use prioritise::diagnostic::Problems;
use prioritise::report;
use prioritise::rules::script::watched;
use prioritise::trial::{TestReport, TestRequest, test_report};
use rayon::prelude::*;

use crate::support::{FIXTURES, Folder, names_in, prioritise, rank, told};

const STARTER: &str = "fixtures/starter/rules";
const STARTER_TESTS: &str = "fixtures/starter/rules/tests/rules.toml";

/// Every rule set that comes with the engine.
fn rule_sets() -> Vec<String> {
    let mut all: Vec<String> = names_in("rules", "").into_iter().map(|name| format!("rules/{name}")).collect();
    all.push(STARTER.to_owned());
    all
}

fn asked(mutation: bool, threads: usize) -> TestRequest {
    TestRequest { filter: None, coverage: true, mutation, threads: NonZeroUsize::new(threads).unwrap() }
}

/// What `view` makes of the tests of the rule set in a folder.
fn tried<T>(files: &Folder, folder: &str, asked: &TestRequest, view: impl FnOnce(&TestReport<'_>) -> T) -> T {
    let mut problems = Problems::default();
    let loaded = prioritise::load_tests(files, folder, &mut problems);
    let Some((rules, suite)) = loaded else { panic!("{}", told(&problems)) };
    view(&test_report(files, &suite, &rules, asked).unwrap())
}

fn text(files: &Folder, folder: &str, asked: &TestRequest) -> String {
    tried(files, folder, asked, |account| report::tests_text(account, report::PassedTests::Shown, false))
}

/// What follows the list of tests.
fn findings(text: &str) -> &str {
    let start = text.find("\nfailures:").or_else(|| text.find("\ntest result:")).unwrap();
    text[start..].trim_start()
}

/// What is wrong with these tests of the starter's rules.
fn wrong(tests: &str) -> String {
    let mut files = Folder::of(&[STARTER]);
    files.write(STARTER_TESTS, tests);
    let mut problems = Problems::default();
    assert!(prioritise::load_tests(&files, STARTER, &mut problems).is_none(), "nothing is wrong with {tests}");
    told(&problems).replace("fixtures/starter/rules/tests/", "")
}

#[test]
fn every_rule_set_passes_its_tests_which_reach_everything_and_notice_every_change() {
    let files = Folder::of_fixtures();
    rule_sets().into_par_iter().for_each(|folder| {
        tried(&files, &folder, &asked(true, 1), |account| {
            assert!(
                account.passed_all(),
                "{}",
                findings(&report::tests_text(account, report::PassedTests::Shown, false))
            );
            assert!(account.coverage.is_some() && account.mutation.is_some(), "{folder}");
            assert!(account.outcomes.len() > 3, "{folder} has hardly any tests");
        });
    });
}

#[test]
fn a_changed_weight_and_a_broken_rule_are_told() {
    let mut files = Folder::of_fixtures();
    let rules = "rules/huntingdonshire/ruleset.toml";
    files.edit(rules, "weight    = 25", "weight    = 30");
    files.edit(rules, "[100, 0.67], [300, 0.83]", "[100, 0.72], [300, 0.83]");
    files.edit("rules/huntingdonshire/measures.rhai", "published / 100.0", "published / 10.0");
    assert_snapshot!(findings(&text(&files, "rules/huntingdonshire", &asked(true, 1))));
}

#[test]
fn a_rule_that_fails_is_told_for_each_case_by_itself() {
    let mut files = Folder::of(&[STARTER]);
    files.edit(
        "fixtures/starter/rules/change.rhai",
        "clamp(level",
        "if certain > 1.4 { throw \"too much\" } clamp(level",
    );
    let text = text(&files, STARTER, &asked(false, 1));
    assert!(text.contains("test change: chance earns nothing, level ... ok"), "{text}");
    assert_snapshot!(findings(&text));
}

#[test]
fn what_no_test_reaches_or_notices_is_listed() {
    let mut files = Folder::of(&[STARTER]);
    files.edit(
        STARTER_TESTS,
        "rows      = [[0, 0, \"\"], [10, 0.25, \"10% of residents call it a problem.\"], [40, 1, \"\"], [60, 1, \"\"]]",
        "rows      = [[0, 0, \"\"]]",
    );
    files.edit(
        STARTER_TESTS,
        "    [\"a rise\",    1000, 1180, 1.18, 0.496, \"\"],\n    [\"twofold\",    100,  200, 2,    1,     \"\"],\n",
        "",
    );
    files.edit(STARTER_TESTS, "part    = \"volume: level below 0\"", "part    = \"volume: level from 2500\"");
    files.edit(STARTER_TESTS, "{ → .lower >= 1.0 {", "{ → .lower == 1.0 {");
    assert_snapshot!(findings(&text(&files, STARTER, &asked(true, 1))));
}

/// Without a single test every part of the rules and every change of them is listed.
#[test]
fn every_sort_of_part_and_change() {
    let files = Folder::of(&["tests/base"]);
    assert_snapshot!(text(&files, "tests/base/rules", &asked(true, 1)));
}

#[test]
fn threads_change_no_byte() {
    let mut files = Folder::of(&[STARTER]);
    files.edit(STARTER_TESTS, "    [\"level\",     3754, 3836, 1.02, 0.4,   \"\"],\n", "");
    let alone = text(&files, STARTER, &asked(true, 1));
    assert!(alone.contains("not noticed by any test:"), "{alone}");
    assert_eq!(text(&files, STARTER, &asked(true, 3)), alone);
}

#[test]
fn being_watched_changes_no_ranking() {
    let files = Folder::of_fixtures();
    for fixture in FIXTURES {
        let path = format!("fixtures/{fixture}");
        let (_, rules) = prioritise::load(&files, &path, None, &mut Problems::default()).unwrap();
        let (outputs, statements) = watched(&rules.library, || rank(&files, &path).outputs());
        assert_eq!(outputs, rank(&files, &path).outputs());
        assert_eq!(statements.is_empty(), rules.library.scripts.is_empty());
        assert!(statements.is_empty() || statements.iter().any(|statement| statement.reached), "{fixture}");
    }
}

#[test]
fn slips_in_tests_are_told_as_those_in_assessments() {
    let slips = [
        "[[case]]\nname = \"a\"\ncriterion = \"volum\"\nvalue = 1",
        "[[case]]\nname = \"a\"\ngate = \"review\"\nfires = true",
        "[[case]]\nname = \"a\"\nvalue = 1",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\ngate = \"review\"\nvalue = 1",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"",
        "[[case]]\nname = \" \"\ncriterion = \"volume\"\nvalue = 1",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nvalue = \"1\"",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nvalu = 1",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nvalue = nan",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nvalue = 1\ntolerance = -0.1",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nfires = true",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nmissing = \"netral\"",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nmissing = 1",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nerror = \"script-fails\"",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nmessage = \"x\"",
        "[[case]]\nname = \"a\"\ncriterion = \"volume\"\nmissing = true\n[[case]]\nname = \"a\"\ncriterion = \"volume\"\nmissing = true",
        "[[case]]\nname = \"a\"\ncriterion = \"severity\"\nvalue = 1\ngiven = { severity = { judgement = 9 } }",
        "[[case]]\nname = \"a\"\ncriterion = \"severity\"\nvalue = 1\ngiven = { severity = { percentage = 9 } }",
        "[[case]]\nname = \"a\"\ncriterion = \"severity\"\nvalue = 1\ngiven = { severty = { judgement = 3 } }",
        "[[case]]\nname = \"a\"\ncriterion = \"severity\"\nvalue = 1\ngiven = { severity = { judgment = 3 } }",
        "[[table]]\nname = \"a\"\ncriterion = \"severity\"\ncolumns = [\"severty\", \"value\"]\nrows = [[1, 1]]",
        "[[table]]\nname = \"a\"\ncriterion = \"severity\"\ncolumns = [\"severity\", \"value\"]\nrows = [[1]]",
        "[[table]]\nname = \"a\"\ncriterion = \"severity\"\ncolumns = [\"severity\", \"value\"]\nrows = [[true, \"x\"]]",
        "[[table]]\nname = \"a\"\ncriterion = \"severity\"\ncolumns = [\"severity\", \"value\"]\nrows = [[-1, 0]]",
        "[[table]]\nname = \"a\"\ncriterion = \"volume\"\ncolumns = [\"recorded\", \"value\"]\nrows = [[1, 0]]",
        "[[table]]\nname = \"a\"\ncriterion = \"volume\"\ncolumns = [\"severity 2019\", \"value\"]\nrows = [[1, 0]]",
        "[[table]]\nname = \"a\"\ncriterion = \"volume\"\ncolumns = [\"recorded 2019/21\", \"value\"]\nrows = [[1, 0]]",
        "[[table]]\nname = \"a\"\ncriterion = \"volume\"\ncolumns = [\"recorded.unit\", \"value\"]\nrows = [[1, 0]]",
        "[[table]]\nname = \"a\"\ncriterion = \"volume\"\nfile = \"cases.csv\"",
        "[[assessment]]\nname = \"a\"\norder = [\"b\"]",
        "[[assessment]]\nname = \"a\"\norder = [\"c\"]\ncolumns = [\"id\"]\nrows = [[\"b\"]]",
        "[[assessment]]\nname = \"a\"\nabove = [[\"b\"]]\ncolumns = [\"id\"]\nrows = [[\"b\"]]",
        "[[assessment]]\nname = \"a\"\ntotals = { c = 1 }\ncolumns = [\"id\"]\nrows = [[\"b\"]]",
        "[[assessment]]\nname = \"a\"\nstandings = { b = \"first\" }\ncolumns = [\"id\"]\nrows = [[\"b\"]]",
        "[[assessment]]\nname = \"a\"\ncolumns = [\"id\"]\nrows = [[\"b\"]]",
        "[[assessment]]\nname = \"a\"\ntop = [\"b\"]\ncolumns = [\"id\"]\nrows = [[\"b\"], [\"b\"]]",
        "[[assessment]]\nname = \"a\"\ntop = [\"b\"]\ncolumns = [\"severity\"]\nrows = [[1]]",
        "[[assessment]]\nname = \"a\"\ntop = [\"b\"]\npath = \"../nowhere\"",
        "[[assessment]]\nname = \"a\"\ntop = [\"b\"]\npath = \"../..\"\ncolumns = [\"id\"]\nrows = [[\"b\"]]",
        "[[equivalent]]\nchange = \"a\"",
        "[[unreachable]]\npart = \"a\"\nbecause = \"\"",
    ];
    let said: Vec<String> =
        slips.iter().map(|slip| format!("{}\n{}", slip.replace('\n', " | "), wrong(slip))).collect();
    assert_snapshot!(said.join("\n"));
}

#[test]
fn slips_in_a_table_of_cases_point_at_its_cells() {
    let mut files = Folder::of(&[STARTER]);
    files.write(STARTER_TESTS, "[[table]]\nname = \"a\"\ncriterion = \"volume\"\nfile = \"cases.csv\"");
    files.write(
        "fixtures/starter/rules/tests/cases.csv",
        "name,recorded 2024/25,recorded 2025/26,value\nfirst,100,250,0.25\nsecond,100,-5,0\nthird,100,250,much\n",
    );
    let mut problems = Problems::default();
    assert!(prioritise::load_tests(&files, STARTER, &mut problems).is_none());
    assert_snapshot!(told(&problems));
    files.edit("fixtures/starter/rules/tests/cases.csv", "-5,0", "500,0.4");
    files.edit("fixtures/starter/rules/tests/cases.csv", "much", "0.25");
    assert_snapshot!(findings(&text(&files, STARTER, &TestRequest { coverage: false, ..asked(false, 1) })));
}

#[test]
fn junit_is_well_formed_whatever_a_test_is_called() {
    let mut files = Folder::of(&[STARTER]);
    files.edit(
        STARTER_TESTS,
        "name      = \"half a year counts twice\"",
        "name      = \"<half> & \\\"twice\\\" 'so' ]]> £\"",
    );
    files.edit(STARTER_TESTS, "measure   = 250\n", "measure   = 251\n");
    let junit = tried(&files, STARTER, &asked(false, 1), report::tests_junit);
    let mut reader = quick_xml::Reader::from_str(&junit);
    reader.config_mut().check_end_names = true;
    let mut cases = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element)
                if element.name().as_ref() == "testcase" =>
            {
                cases += 1;
            }
            _ => {}
        }
    }
    assert_eq!(cases, 29 + 24);
    let shown: Vec<&str> = junit.lines().filter(|line| line.contains("half")).collect();
    assert_snapshot!(format!("{}\n{}", junit.lines().take(3).collect::<Vec<_>>().join("\n"), shown.join("\n")));
}

/// A level that is written down is changed to the others that people use.
#[test]
fn another_confidence_level_is_a_change() {
    const RULES: &str = "tests/cases/confidence/rules-90";
    let mut files = Folder::of(&[RULES]);
    let asked = asked(true, 1);
    assert!(!text(&files, RULES, &asked).contains("confidence: "), "its tests notice every other level");
    let tests = "[[table]]\nname = \"a count\"\ncriterion = \"volume\"\n\
        columns = [\"recorded 2024/25\", \"recorded 2025/26\", \"measure\"]\nrows = [[640, 702, 702]]\n";
    files.write(&format!("{RULES}/tests/level.toml"), tests);
    let said = text(&files, RULES, &asked);
    for change in ["confidence: 0.9 → 0.95", "confidence: 0.9 → 0.99"] {
        assert!(said.contains(change), "{said}");
    }
}

#[test]
fn the_command_runs_lists_and_filters() {
    let whole = prioritise(&["test", STARTER]);
    assert_eq!((whole.code, &*whole.err), (Some(0), ""));
    let listed = prioritise(&["test", STARTER, "--list", "--filter", "severity"]);
    assert_snapshot!(listed.out);
    let filtered = prioritise(&["test", STARTER, "--filter", "severity"]);
    assert_eq!(filtered.code, Some(0));
    assert_snapshot!(filtered.out);
    for wrong in [vec!["--filter", "x", "--mutate"], vec!["--list", "--coverage"]] {
        assert_eq!(prioritise(&[vec!["test", STARTER], wrong].concat()).code, Some(2));
    }
    assert_eq!(prioritise(&["test", "rules/nowhere"]).code, Some(2));
}

#[test]
fn exit_codes_tell_failures_from_faults() {
    let folder = tempfile::tempdir().unwrap();
    prioritise(&["new", folder.path().join("ours").to_str().unwrap(), "--quiet"]);
    let rules = folder.path().join("ours/rules");
    let path = rules.to_str().unwrap();
    assert_eq!(prioritise(&["test", path, "--coverage", "--mutate"]).code, Some(0));
    let tests = rules.join("tests/rules.toml");
    let text = std::fs::read_to_string(&tests).unwrap();
    std::fs::write(&tests, text.replacen("measure   = 250", "measure   = 251", 1)).unwrap();
    assert_eq!(prioritise(&["test", path]).code, Some(1));
    let file = folder.path().join("results.xml");
    let said = prioritise(&["test", path, "--format", "junit", "-o", file.to_str().unwrap()]);
    assert_eq!((said.code, &*said.out), (Some(1), ""));
    assert!(std::fs::read_to_string(file).unwrap().starts_with("<?xml"));
    std::fs::write(&tests, text.replacen("measure   = 250", "measur    = 250", 1)).unwrap();
    assert_eq!(prioritise(&["test", path]).code, Some(2));
}
