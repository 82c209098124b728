//! Draws of weights, counted: how long the core takes for a short list and a long one.
//!
//! `benches/sensitivity/run` runs this beside its peers. Nothing is asserted here: times are read, not tested.
#![expect(clippy::print_stdout, reason = "a program of its own, whose result is what it prints")]
#![expect(clippy::disallowed_methods, reason = "measuring needs the clock, and a place to put values for the peers")]

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Instant;

use cpu_time::ProcessTime;
use prioritise::sensitivity::draws::{DrawSettings, tally_long_sums, tally_sums};
use prioritise::sensitivity::sums::Sums;
use prioritise::sensitivity::top::TopPlaces;
use prioritise::sensitivity::weights::{WeightDistribution, WeightSpace};
use prioritise::stats::{Random, Stream};
use serde_json::{Value, json};

const CRITERIA: usize = 7;
/// How often each case runs; the least time counts.
const RUNS: usize = 7;
const THREADS: [NonZeroUsize; 2] = [NonZeroUsize::MIN, NonZeroUsize::MIN.saturating_add(1)];
const USAGE: &str = "usage: sensitivity --columns FOLDER | --json | --once short|long";

/// A list to draw for.
struct Case {
    name: &'static str,
    candidates: usize,
    draws: u64,
}

const SHORT: Case = Case { name: "short", candidates: 100, draws: 10_000 };
const LONG: Case = Case { name: "long", candidates: 35_000, draws: 1000 };

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &*arguments {
        ["--json"] => println!("{}", Value::from([SHORT, LONG].iter().flat_map(measure).collect::<Vec<Value>>())),
        ["--columns", folder] => return write_columns(folder),
        ["--once", "short"] => drop(run(&SHORT, &sums(&SHORT), settings(&SHORT, NonZeroUsize::MIN))),
        ["--once", "long"] => drop(run(&LONG, &sums(&LONG), settings(&LONG, NonZeroUsize::MIN))),
        _ => {
            println!("{USAGE}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn settings(case: &Case, threads: NonZeroUsize) -> DrawSettings {
    DrawSettings { draws: case.draws, seed: 1, threads }
}

/// Values from 0 to 1, of which most lie in the middle.
fn values(case: &Case) -> Vec<Vec<f64>> {
    let row = |candidate: usize| {
        let mut random = Random::new(7, Stream::Evidence, candidate as u64);
        (0..CRITERIA).map(|_| random.beta(2.0, 3.0)).collect()
    };
    (0..case.candidates).map(row).collect()
}

fn sums(case: &Case) -> Sums {
    let rows: Vec<Vec<Option<f64>>> = values(case).into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
    Sums::new(&rows, CRITERIA)
}

fn measure(case: &Case) -> Vec<Value> {
    let sums = sums(case);
    let on = |threads: NonZeroUsize| {
        let (mut wall, mut processor, mut answer) = (f64::INFINITY, f64::INFINITY, Value::Null);
        for _ in 0..RUNS {
            let (clock, used) = (Instant::now(), ProcessTime::now());
            answer = run(case, &sums, settings(case, threads));
            wall = wall.min(clock.elapsed().as_secs_f64());
            processor = processor.min(used.elapsed().as_secs_f64());
        }
        json!({ "case": case.name, "threads": threads, "wall": wall, "processor": processor, "answer": answer })
    };
    THREADS.into_iter().map(on).collect()
}

/// Does it all, and tells a little of what came out, so that the peers can be held to it.
/// A function of its own, so that a profiler can count it alone.
#[inline(never)]
fn run(case: &Case, sums: &Sums, settings: DrawSettings) -> Value {
    let space = WeightSpace::new(&[0; CRITERIA], WeightDistribution::Uniform);
    if case.name == SHORT.name {
        let Ok(tally) = tally_sums(sums, &space, settings, &TopPlaces::new(1)) else { return Value::Null };
        let share = |times: u64| u32::try_from(times).map_or(f64::NAN, f64::from) / 1e4;
        let first = |candidate: usize| share(tally.places(candidate).first().copied().unwrap_or(0).into());
        let firsts: Vec<f64> = (0..case.candidates).map(first).collect();
        json!({ "first": firsts, "wins": share(tally.wins(0, 1)), "central": tally.central_weights(0) })
    } else {
        let Ok(tally) = tally_long_sums(sums, &space, settings, &TopPlaces::new(100)) else { return Value::Null };
        let means: Vec<f64> = (0..5).map(|candidate| tally.mean_rank(candidate)).collect();
        let medians: Vec<usize> = (0..5).map(|candidate| tally.quantile(candidate, 0.5)).collect();
        json!({ "means": means, "medians": medians })
    }
}

/// The values as raw floats, a candidate a row.
fn write_columns(folder: &str) -> ExitCode {
    for case in [SHORT, LONG] {
        let bytes: Vec<u8> = values(&case).into_iter().flatten().flat_map(f64::to_le_bytes).collect();
        if let Err(error) = std::fs::write(format!("{folder}/{}.f64", case.name), bytes) {
            println!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
