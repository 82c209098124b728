//! Clocks and memory.

use std::process::{Command, Stdio};
use std::time::Instant;

use cpu_time::ProcessTime;
use serde_json::{Value, json};

/// How long something took, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time {
    /// By the clock on the wall.
    pub wall: f64,
    /// Of all threads together.
    pub processor: f64,
}

impl Time {
    pub(crate) fn of<T>(work: impl FnOnce() -> T) -> (Self, T) {
        let (wall, processor) = (Instant::now(), ProcessTime::now());
        let made = work();
        (Self { wall: wall.elapsed().as_secs_f64(), processor: processor.elapsed().as_secs_f64() }, made)
    }
}

/// The least of several runs: what else the machine does only ever adds.
pub(crate) fn fastest<T>(runs: usize, mut work: impl FnMut() -> T) -> Time {
    let times = (0..runs).map(|_| Time::of(&mut work).0);
    times.fold(Time { wall: f64::INFINITY, processor: f64::INFINITY }, |least, time| Time {
        wall: least.wall.min(time.wall),
        processor: least.processor.min(time.processor),
    })
}

/// The bytes that the core adds at its peak, asked of a process of its own.
///
/// Large blocks are told to come from the system and go back to it, so that what loading freed hides nothing.
pub(crate) fn peak_of_core(case: &str, threads: usize) -> Result<u64, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let answer = Command::new(own)
        .args(["--memory", case, &threads.to_string()])
        .env("MALLOC_MMAP_THRESHOLD_", "16384")
        .env("MALLOC_TRIM_THRESHOLD_", "0")
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    text.trim().parse().map_err(|_| text)
}

/// Sets the process's peak back to what it has now.
pub(crate) fn forget_peak() -> Result<(), String> {
    std::fs::write("/proc/self/clear_refs", "5").map_err(|error| error.to_string())
}

/// A line of the process's status, in bytes.
pub(crate) fn resident(line: &str) -> Result<u64, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let kibibytes = status
        .lines()
        .find_map(|text| text.strip_prefix(line)?.strip_prefix(':')?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.map(|number| number * 1024).ok_or_else(|| format!("no {line}"))
}

/// The least and the median time of a whole process, in seconds, with its output thrown away.
pub(crate) fn processes(runs: &str, program: &str, arguments: &[&str]) -> Result<Value, String> {
    let runs: usize = runs.parse().map_err(|_| format!("{runs} is no number"))?;
    let mut times = Vec::new();
    for _ in 0..runs {
        let (time, status) =
            Time::of(|| Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status());
        if !status.map_err(|error| error.to_string())?.success() {
            return Err(format!("{program} failed"));
        }
        times.push(time.wall);
    }
    times.sort_by(f64::total_cmp);
    Ok(json!({ "min_seconds": times.first(), "median_seconds": times.get(runs / 2) }))
}
