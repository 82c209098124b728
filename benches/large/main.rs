//! Half a million candidates by seven criteria: how long the core takes and how much memory.
//!
//! `benches/run` runs this beside its peers. Nothing is asserted here: times are read, not tested.
#![expect(clippy::print_stdout, reason = "a program of its own, whose result is what it prints")]
#![expect(clippy::disallowed_methods, reason = "measuring needs the clock, and a place to put figures for the peers")]

mod input;
mod measure;
mod splitmix;

use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;

use input::{Case, files, files_of};
use measure::{Time, fastest, peak_of_core, processes};
use prioritise::assessment::Assessment;
use prioritise::diagnostic::Problems;
use prioritise::files::Memory;
use prioritise::rules::RuleSet;
use prioritise::scoring;
use serde_json::{Value, json};

/// How often the core runs for each figure.
const RUNS: usize = 7;
const THREADS: [NonZeroUsize; 2] = [NonZeroUsize::MIN, NonZeroUsize::MIN.saturating_add(1)];
/// With so many neighbourhoods instructions are counted: 28,000 candidates, for a profiler is slow.
const COUNTED: usize = 2000;
const USAGE: &str = "usage: large [--json] | --core CASE THREADS RUNS | --counted CASE | --columns FOLDER | --processes RUNS \
                     PROGRAM ARGUMENT…";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match &*arguments {
        [] => measure_all().map(|results| print!("{}", in_words(&results))),
        ["--json"] => measure_all().map(|results| println!("{}", Value::from(results))),
        ["--core", case, threads, runs] => core_alone(case, threads, runs).map(|time| println!("{time:?}")),
        ["--counted", case] => counted(case),
        ["--columns", folder] => write_columns(Path::new(folder)),
        ["--memory", case, threads] => memory(case, threads).map(|bytes| println!("{bytes}")),
        ["--processes", runs, program, arguments @ ..] => {
            processes(runs, program, arguments).map(|times| println!("{times}"))
        }
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// A function of its own, so that a profiler can count it alone; so is [`rank_once`].
#[inline(never)]
fn load(files: &Memory<'_>) -> Result<(Assessment, RuleSet), String> {
    let mut problems = Problems::default();
    prioritise::load(files, "grid", None, &mut problems).ok_or_else(|| format!("{problems:?}"))
}

/// A result for each case and number of threads.
fn measure_all() -> Result<Vec<Value>, String> {
    let mut results = Vec::new();
    for case in Case::ALL {
        let given = files(case);
        let (loading, loaded) = Time::of(|| load(&given));
        let (assessment, rules) = loaded?;
        let candidates = assessment.candidates.len();
        for threads in THREADS {
            let core = fastest(RUNS, || scoring::rank(&assessment, &rules, threads).map(drop));
            let peak = peak_of_core(case.name(), threads.get())?;
            results.push(json!({
                "case": case.name(),
                "threads": threads.get(),
                "candidates": candidates,
                "criteria": rules.criteria.len(),
                "loading_seconds": loading.wall,
                "core_seconds": core.wall,
                "core_processor_seconds": core.processor,
                "peak_bytes": peak,
            }));
        }
    }
    Ok(results)
}

/// One case over and over, for a profiler.
fn core_alone(case: &str, threads: &str, runs: &str) -> Result<Time, String> {
    let case = Case::named(case).ok_or(USAGE)?;
    let threads: NonZeroUsize = threads.parse().map_err(|_| USAGE)?;
    let runs = runs.parse().map_err(|_| USAGE)?;
    let (assessment, rules) = load(&files(case))?;
    println!("loaded");
    Ok(fastest(runs, || scoring::rank(&assessment, &rules, threads).map(drop)))
}

/// One case once, on one thread.
fn counted(case: &str) -> Result<(), String> {
    let case = Case::named(case).ok_or(USAGE)?;
    let (assessment, rules) = load(&files_of(case, COUNTED))?;
    rank_once(&assessment, &rules)
}

#[inline(never)]
fn rank_once(assessment: &Assessment, rules: &RuleSet) -> Result<(), String> {
    scoring::rank(assessment, rules, NonZeroUsize::MIN).map(drop).map_err(|problems| format!("{problems:?}"))
}

fn in_words(results: &[Value]) -> String {
    let mut text =
        String::from("case      threads  loading s  core s  processor s  ns/candidate  bytes/candidate/criterion\n");
    for result in results {
        let number = |key: &str| result.get(key).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let (candidates, criteria) = (number("candidates"), number("criteria"));
        text += &format!(
            "{:8}  {:7}  {:9.2}  {:6.3}  {:11.3}  {:12.0}  {:25.0}\n",
            result.get("case").and_then(Value::as_str).unwrap_or_default(),
            number("threads"),
            number("loading_seconds"),
            number("core_seconds"),
            number("core_processor_seconds"),
            number("core_processor_seconds") / candidates * 1e9,
            number("peak_bytes") / candidates / criteria,
        );
    }
    text
}

/// Run in a process of its own: the most memory that the core added to what loading left.
fn memory(case: &str, threads: &str) -> Result<u64, String> {
    let case = Case::named(case).ok_or(USAGE)?;
    let threads: NonZeroUsize = threads.parse().map_err(|_| USAGE)?;
    let (assessment, rules) = load(&files(case))?;
    measure::forget_peak()?;
    let before = measure::resident("VmRSS")?;
    let ranking = scoring::rank(&assessment, &rules, threads).map_err(|problems| format!("{problems:?}"))?;
    let peak = measure::resident("VmHWM")?;
    drop(ranking);
    Ok(peak.saturating_sub(before))
}

/// The headline figures as columns of floats, and what we made of them: input and check of the numpy peer.
fn write_columns(folder: &Path) -> Result<(), String> {
    let (assessment, rules) = load(&files(Case::BuiltIn))?;
    let candidates = assessment.candidates.len();
    let write = |name: &str, column: &[f64]| {
        let bytes: Vec<u8> = column.iter().flat_map(|figure| figure.to_le_bytes()).collect();
        std::fs::write(folder.join(format!("{name}.f64")), bytes).map_err(|error| error.to_string())
    };
    for (name, column) in &assessment.evidence {
        let headline = |candidate: usize| column.get(candidate).and_then(|evidence| evidence.figure.headline());
        let figure = |candidate: usize| headline(candidate).map_or(f64::NAN, |estimate| estimate.estimate);
        write(name, &(0..candidates).map(figure).collect::<Vec<f64>>())?;
    }
    let ranking = scoring::rank(&assessment, &rules, NonZeroUsize::MIN).map_err(|problems| format!("{problems:?}"))?;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let sequence: Vec<f64> = ranking.order().iter().map(|candidate| *candidate as f64).collect();
    write("ours-order", &sequence)?;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let total = |candidate: usize| ranking.outcome().total(candidate).map_or(f64::NAN, |units| units as f64);
    write("ours-totals", &(0..candidates).map(total).collect::<Vec<f64>>())
}
