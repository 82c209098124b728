//! `prioritise test`: a rule set's own tests, what they reach, and what change of the rules they notice.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Exit;
use super::disk::{Disk, available_threads, text_of};
use super::output::{Terminal, typed};
use super::result_options::ResultOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::report::{self, PassedTests};
use crate::trial::{TestRequest, test_report};

/// Run a rule set's own tests, and list what they do not reach or notice
#[derive(Debug, clap::Args)]
pub(super) struct Test {
    /// The rule set: a folder, or its ruleset.toml; its tests are in the folder `tests` beside it
    rules: PathBuf,
    /// Run only the tests whose title contains this
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["coverage", "mutate"])]
    filter: Option<String>,
    /// List the tests instead of running them
    #[arg(long, conflicts_with_all = ["coverage", "mutate"])]
    list: bool,
    /// Show the tests that pass, too, a line each
    #[arg(long, conflicts_with = "list")]
    passed: bool,
    #[command(flatten)]
    of_tests: OfTests,
    #[command(flatten)]
    result: ResultOptions<Format>,
    /// How many threads to use; the result is the same with any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// What is asked about the tests themselves.
#[derive(Debug, Clone, Copy, clap::Args)]
struct OfTests {
    /// List what of the rules no test reaches; it counts as a failure
    #[arg(long)]
    coverage: bool,
    /// Change the rules one number, word or sign at a time and list the changes that no test notices; each counts as a
    /// failure
    #[arg(long)]
    mutate: bool,
}

/// The formats of test results.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal: what failed, and how many passed
    Text,
    /// For programs; `prioritise schema results` describes it
    Json,
    /// For tools that show test results, as XML
    Junit,
}

pub(super) fn run(test: &Test, terminal: &Terminal) -> Result<Exit, Problems> {
    let format = test.result.format()?;
    let mut problems = Problems::default();
    let loaded = crate::load_tests(&Disk, &text_of(&test.rules)?, &mut problems);
    let Some((editions, suite)) = loaded else { return Err(problems) };
    let asked = TestRequest {
        filter: test.filter.clone(),
        coverage: test.of_tests.coverage,
        mutation: test.of_tests.mutate,
        threads: test.threads.unwrap_or_else(available_threads),
    };
    if test.list && !matches!(format, Format::Text) {
        let problem = Problem::new(Code::BadValue, "`--list` writes text alone");
        return Err(problem.help("leave out `--format`, and let the file end in `.txt`").into());
    }
    if test.list {
        return test.result.write(&report::tests_list(&suite, editions.latest(), &asked), terminal);
    }
    let busy = terminal.show_busy("testing");
    let account = test_report(&Disk, &suite, &editions, &asked)?;
    drop(busy);
    let text = match format {
        Format::Text => {
            let passed = if test.passed { PassedTests::Shown } else { PassedTests::Counted };
            report::tests_text(&account, passed, test.result.colour(terminal))
        }
        Format::Json => report::tests_json(&account),
        Format::Junit => report::tests_junit(&account),
    };
    test.result.write(&text, terminal)?;
    if account.passed_all() && !test.of_tests.mutate {
        terminal.suggest(&format!("prioritise test {} --mutate", typed(&test.rules)));
    }
    Ok(if account.passed_all() { Exit::Done } else { Exit::No })
}
