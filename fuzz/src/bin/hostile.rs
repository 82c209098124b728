//! Runs every target on malformed inputs, or `language` on scripts that grow by its grammar, and says what came of it:
//! panics, the slowest, and the most memory.
//!
//! Each target runs in a process of its own, so that one that overflows its stack, or never comes back, is found and
//! told like any other. The same number is the same input: what is found can be made again.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use prioritise_fuzz::{TARGETS, Target, target};

/// The longest that one input may take of the processor.
const LONGEST: Duration = Duration::from_secs(2);
/// When a process is ended that does not come back.
const PATIENCE: Duration = Duration::from_secs(60);
/// The most memory that a process may ever have had, in KiB.
const MOST_MEMORY: u64 = 512 << 10;
/// How many inputs unless told.
const INPUTS: u64 = 100_000;

const USAGE: &str = "\
hostile [--inputs N] [--from K] [TARGET …]   run N malformed inputs (100,000 unless told), from the K-th of each target on
hostile --seeds FOLDER                       write the sound inputs that they are made of, a folder for each target
hostile --show TARGET NUMBER                 write one input to standard output
hostile --once TARGET FILE …                 run a target on files
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["--child", name, from, to] => child(named(name), number(from), number(to)),
        ["--seeds", folder] => seeds(Path::new(folder)),
        ["--show", name, which] => {
            let target = named(name);
            let input = target.input(&(target.seeds)(), number(which));
            std::io::stdout().write_all(&input).expect("standard output can be written to");
        }
        ["--once", name, ref files @ ..] => {
            for file in files {
                (named(name).run)(&fs::read(file).expect("the file can be read"));
            }
        }
        ["--help"] => print!("{USAGE}"),
        ref rest => return all(rest),
    }
    ExitCode::SUCCESS
}

fn named(name: &str) -> &'static Target {
    target(name).unwrap_or_else(|| panic!("there is no target `{name}`"))
}

fn number(text: &str) -> u64 {
    text.replace([',', '_'], "").parse().unwrap_or_else(|_| panic!("`{text}` is no number\n{USAGE}"))
}

fn seeds(folder: &Path) {
    for target in &TARGETS {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder).expect("the folder can be made");
        for (number, seed) in (target.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed).expect("the folder can be written to");
        }
    }
}

// --- The process of one target ----------------------------------------------------------------------------------------

/// Runs inputs `from` to `to` and says of each that it begins, and how it ended.
fn child(target: &Target, from: u64, to: u64) {
    std::panic::set_hook(Box::new(|_| {}));
    let seeds = (target.seeds)();
    let mut out = std::io::stdout().lock();
    let mut say = |line: String| {
        let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
    };
    for number in from..to {
        let input = target.input(&seeds, number);
        say(format!("begin {number}\n"));
        // Of the processor: what else the machine does is no fault of the input.
        let start = ProcessTime::now();
        let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let micros = start.elapsed().as_micros();
        let panic = ended.err().map(|why| {
            let words = why.downcast_ref::<String>().cloned();
            let words = words.or_else(|| why.downcast_ref::<&str>().map(|words| (*words).to_owned()));
            words.unwrap_or_default().escape_debug().to_string()
        });
        say(format!(
            "end {micros} {} {}\n",
            peak_memory(),
            panic.map(|words| format!("panic {words}")).unwrap_or_default()
        ));
    }
}

/// The most memory that this process ever had, in KiB; zero where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

// --- The process that watches -----------------------------------------------------------------------------------------

/// What came of a target.
#[derive(Default)]
struct Found {
    inputs: u64,
    panics: u64,
    slowest: Duration,
    slow: u64,
    memory: u64,
    large: u64,
}

impl Found {
    fn is_good(&self) -> bool {
        self.panics == 0 && self.slow == 0 && self.large == 0
    }
}

fn all(arguments: &[&str]) -> ExitCode {
    let (mut inputs, mut from, mut targets) = (INPUTS, 0, Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || number(rest.next().unwrap_or_else(|| panic!("{USAGE}")));
        match *argument {
            "--inputs" => inputs = value(),
            "--from" => from = value(),
            name => targets.push(named(name)),
        }
    }
    if targets.is_empty() {
        targets = TARGETS.iter().filter(|target| !target.grows()).collect();
    }
    let start = Instant::now();
    let shares: u64 = targets.iter().map(|target| target.share).sum();
    println!("{:<16}{:>9}{:>9}{:>14}{:>13}{:>9}", "target", "inputs", "panics", "slowest ms", "memory MiB", "seconds");
    let mut total = Found::default();
    for target in targets {
        let begun = Instant::now();
        let found = run(target, from, from + (inputs * target.share).div_ceil(shares));
        tell(target.name, &found, begun.elapsed());
        total.inputs += found.inputs;
        total.panics += found.panics;
        total.slow += found.slow;
        total.large += found.large;
        total.slowest = total.slowest.max(found.slowest);
        total.memory = total.memory.max(found.memory);
    }
    tell("all", &total, start.elapsed());
    println!(
        "{} inputs: {} panicked or ended the process, {} took over {} s, {} took over {} MiB",
        total.inputs,
        total.panics,
        total.slow,
        LONGEST.as_secs(),
        total.large,
        MOST_MEMORY >> 10
    );
    if total.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(name: &str, found: &Found, took: Duration) {
    println!(
        "{name:<16}{:>9}{:>9}{:>14.1}{:>13}{:>9.1}",
        found.inputs,
        found.panics,
        found.slowest.as_secs_f64() * 1000.0,
        found.memory >> 10,
        took.as_secs_f64()
    );
}

/// Runs a target's inputs, in another process after each that ended one.
fn run(target: &Target, from: u64, to: u64) -> Found {
    let mut found = Found { inputs: to - from, ..Found::default() };
    let mut next = from;
    while next < to {
        let (mut child, lines) = begin(target, next, to);
        match watch(target, &mut child, &lines, &mut found) {
            Some(ended) => next = ended + 1,
            None => break,
        }
    }
    found
}

fn begin(target: &Target, from: u64, to: u64) -> (Child, Receiver<String>) {
    let myself = std::env::current_exe().expect("this program has a path");
    let mut child = Command::new(myself)
        .args(["--child", target.name, &from.to_string(), &to.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process can be begun");
    let out = child.stdout.take().expect("its output was asked for");
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    (child, lines)
}

/// Reads what a process says to its end. Answers the input that ended it before its time, if one did.
fn watch(target: &Target, child: &mut Child, lines: &Receiver<String>, found: &mut Found) -> Option<u64> {
    let mut running = None;
    loop {
        let line = match lines.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => {
                let _ = child.kill();
                let _ = child.wait();
                found.slow += 1;
                found.slowest = found.slowest.max(PATIENCE);
                keep(target, running, "never came back");
                return Some(running.expect("what does not come back has begun"));
            }
            Err(RecvTimeoutError::Disconnected) => {
                let status = child.wait().expect("its end can be waited for");
                if let Some(number) = running {
                    found.panics += 1;
                    keep(target, running, &format!("ended the process: {status}"));
                    return Some(number);
                }
                assert!(status.success(), "{}: {status}", target.name);
                return None;
            }
        };
        match line.split_once(' ') {
            Some(("begin", number)) => running = number.parse().ok(),
            Some(("end", rest)) => ended(target, running.take(), rest, found),
            _ => {}
        }
    }
}

/// Takes in how one input ended.
fn ended(target: &Target, number: Option<u64>, rest: &str, found: &mut Found) {
    let mut words = rest.splitn(3, ' ');
    let mut count = || words.next().and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
    let (took, memory) = (Duration::from_micros(count()), count());
    if let Some(panic) = words.next().and_then(|rest| rest.strip_prefix("panic ")) {
        found.panics += 1;
        keep(target, number, &format!("panicked: {panic}"));
    }
    if took > LONGEST {
        found.slow += 1;
        keep(target, number, &format!("took {:.1} s", took.as_secs_f64()));
    }
    if memory > MOST_MEMORY && memory > found.memory {
        found.large += 1;
        keep(target, number, &format!("took {} MiB", memory >> 10));
    }
    found.slowest = found.slowest.max(took);
    found.memory = found.memory.max(memory);
}

/// Keeps an input that was not taken well: it becomes a test.
fn keep(target: &Target, number: Option<u64>, what: &str) {
    let Some(number) = number else { return };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("found");
    let path = folder.join(format!("{}-{number}", target.name));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, target.input(&(target.seeds)(), number)));
    let kept = if written.is_ok() { path.display().to_string() } else { "nowhere".to_owned() };
    println!("{} {number} {what} (kept in {kept})", target.name);
}
