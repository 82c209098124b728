//! `prioritise watch`: ranks again whenever a file of the assessment or its rules is saved, and says what moved.
//!
//! Nothing on the screen is overwritten: a short block is added for each save, numbered, so that it can be read aloud.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Exit;
use super::assessment_arguments::AssessmentArguments;
use super::disk::exists;
use super::output::{Terminal, write_errors, write_on};
use super::watched_files::WatchedFiles;
use crate::diagnostic::{Code, ErrorFormat, Problem, Problems, Severity};
use crate::diff::{Movement, RankedList, movement};
use crate::files::folder_of;
use crate::ranked::RankedAssessment;
use crate::report;
use crate::trial::{TestRequest, test_report};
use crate::words::counted;

/// How long it must be quiet after a save: editors write in several steps.
const QUIET: Duration = Duration::from_millis(150);
/// How many times quiet is waited for while something goes on writing.
const PATIENCE: usize = 10;
/// How often files are looked at where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(500);

/// Rank again whenever a file is saved, and say what moved
#[derive(Debug, clap::Args)]
pub(super) struct Watch {
    #[command(flatten)]
    subject: AssessmentArguments,
    /// Look at the files twice a second instead of waiting for the system to report changes: for network drives
    #[arg(long)]
    poll: bool,
}

/// What ends a wait.
enum Event {
    Touched,
    Ended,
}

pub(super) fn run(watch: &Watch, terminal: &Terminal) -> Result<Exit, Problems> {
    let path = watch.subject.assessment()?;
    if !exists(&watch.subject.assessment) {
        let problem = Problem::new(Code::FileMissing, format!("there is no file or folder `{path}`"));
        return Err(problem.help("name the folder of an assessment").into());
    }
    let (sender, events) = channel();
    end_on_interrupt(sender.clone())?;
    let mut told = WatchLog { terminal, number: 0, first: None, last: None, broken: false };
    let mut saved = Vec::new();
    let mut earlier = WatchedFiles::default();
    loop {
        let recorder = WatchedFiles::default();
        let state = look(watch, &recorder);
        if state.is_err() {
            recorder.look_at_what_was_read_by(&earlier);
        }
        let block = told.block(state, &saved, recorder.count());
        if !write_on(&block) {
            return Ok(Exit::Done);
        }
        match wait(watch.poll, &recorder, &sender, &events) {
            Some(changed) => saved = changed,
            None => return Ok(Exit::Done),
        }
        earlier = recorder;
    }
}

/// Ends the wait, rather than the process, when somebody presses Ctrl-C.
fn end_on_interrupt(sender: Sender<Event>) -> Result<(), Problem> {
    let end = move || drop(sender.send(Event::Ended));
    ctrlc::set_handler(end).map_err(|error| {
        Problem::new(Code::WatchFailed, format!("Ctrl-C can't be caught: {error}"))
            .help("use `prioritise rank` instead")
    })
}

/// What is worth comparing of one look.
#[derive(Clone, PartialEq, Eq)]
struct LookResult {
    list: RankedList,
    /// How the tests ended, and what `check` counts, a line each.
    counts: Vec<String>,
}

/// Ranks, tests and checks as the files stand now.
fn look(watch: &Watch, files: &WatchedFiles) -> Result<LookResult, Problems> {
    let mut problems = Problems::default();
    let subject = &watch.subject;
    let loaded = crate::load(files, &subject.assessment()?, subject.rules()?.as_deref(), &mut problems);
    let Some((assessment, rules)) = loaded else { return Err(problems) };
    let mut wrong_tests = Problems::default();
    let suite = crate::load_tests(files, folder_of(&rules.place.source.name), &mut wrong_tests);
    let report = crate::rank(&assessment, &rules, subject.threads(), problems.clone())?;
    let mut counts = Vec::new();
    match suite {
        Some((editions, suite)) => {
            let asked = TestRequest { filter: None, coverage: false, mutation: false, threads: subject.threads() };
            let account = test_report(files, &suite, &editions, &asked)?;
            let failed: Vec<String> = account.failed().map(|outcome| outcome.test.title(&rules)).collect();
            counts.push(format!("tests: {} passed, {} failed", account.passed(), failed.len()));
            counts.extend(failed.into_iter().map(|title| format!("  failed: {title}")));
        }
        None => return Err(wrong_tests),
    }
    problems.extend(crate::changed_since_recorded(files, &rules));
    counts.extend(checked(&report, problems)?);
    Ok(LookResult { list: RankedList::from_ranking(&report.ranking), counts })
}

/// What `check` counts, by severity and code.
fn checked(report: &RankedAssessment<'_>, mut problems: Problems) -> Result<Vec<String>, Problem> {
    let (found, _) = crate::check(report)?;
    problems.extend(found);
    let all = problems.sorted();
    let of = |severity: Severity| -> Vec<&Problem> {
        all.iter().filter(|problem| problem.code.severity() == severity).collect()
    };
    let (warnings, notes) = (of(Severity::Warning), of(Severity::Note));
    let warned = counted(warnings.len(), "warning", "warnings");
    let noted = counted(notes.len(), "note", "notes");
    let mut lines = vec![format!("check: {warned}, {noted}")];
    let mut codes: Vec<Code> = warnings.iter().chain(&notes).map(|problem| problem.code).collect();
    codes.sort_unstable();
    for same in codes.chunk_by(|a, b| a == b) {
        lines.extend(same.first().map(|code| format!("  {} {}", same.len(), code.name())));
    }
    Ok(lines)
}

/// What was said so far.
struct WatchLog<'t> {
    terminal: &'t Terminal,
    number: usize,
    /// The first good state, and the last.
    first: Option<LookResult>,
    last: Option<LookResult>,
    /// Whether the last look ended in errors.
    broken: bool,
}

impl WatchLog<'_> {
    /// What is said of one look. `saved` are the files that were saved, or none at the beginning.
    fn block(&mut self, state: Result<LookResult, Problems>, saved: &[String], files: usize) -> String {
        self.number += 1;
        let gap = if self.number > 1 { "\n" } else { "" };
        let what = match saved {
            [] => format!("watching {}; Ctrl-C ends it", counted(files, "file", "files")),
            saved => format!("saved: {}", saved.join(", ")),
        };
        let mut text = format!("{gap}[{}] {what}\n", self.number);
        match state {
            Ok(state) => {
                self.good(&state, &mut text);
                self.broken = false;
                self.first.get_or_insert_with(|| state.clone());
                self.last = Some(state);
            }
            Err(problems) => self.errors(problems, &mut text),
        }
        text
    }

    fn good(&self, state: &LookResult, text: &mut String) {
        let Some(last) = &self.last else {
            let ranked = state.list.stands.iter().filter(|stand| stand.rank.is_some()).count();
            text.push_str(&format!("{} ranked\n", counted(ranked, "candidate", "candidates")));
            add_lines(&state.counts, text);
            return;
        };
        let now = movement(&last.list, &state.list);
        match (now.any(), self.broken) {
            (false, true) if last == state => text.push_str("fixed: everything is as before the error\n"),
            (false, _) => text.push_str("nothing moved\n"),
            (true, _) => add_movement(&now, text),
        }
        // What moved since the beginning is told where it is not what has just been told.
        if let Some(first) = self.first.as_ref().filter(|first| first.list != last.list) {
            let since = movement(&first.list, &state.list);
            if since.any() {
                text.push_str("since the first list:\n");
                add_movement(&since, text);
            } else {
                text.push_str("since the first list: nothing moved\n");
            }
        }
        if last.counts != state.counts {
            add_lines(&state.counts, text);
        }
    }

    fn errors(&mut self, problems: Problems, text: &mut String) {
        let told = problems.without_notes();
        text.push_str(&self.terminal.rendered_as_result(&told, false, self.terminal.colour));
        if self.terminal.errors != ErrorFormat::Json {
            text.push_str(match self.last {
                Some(_) => "the last good list stands until this is fixed\n",
                None => "there is no list until this is fixed\n",
            });
        }
        self.broken = true;
    }
}

fn add_lines(lines: &[String], text: &mut String) {
    for line in lines {
        text.push_str(&format!("{line}\n"));
    }
}

fn add_movement(moved: &Movement, text: &mut String) {
    for line in report::moved_lines(moved) {
        text.push_str(&format!("  {line}\n"));
    }
}

/// Waits until one of the files is another; none where the person ended it.
fn wait(poll: bool, recorder: &WatchedFiles, sender: &Sender<Event>, events: &Receiver<Event>) -> Option<Vec<String>> {
    let watcher = if poll { None } else { watcher(recorder, sender) };
    // Something may have been saved while the list was made.
    if !recorder.changed().is_empty() {
        quiet(events)?;
    }
    loop {
        let changed = recorder.changed();
        if !changed.is_empty() {
            return Some(changed);
        }
        let event = match &watcher {
            Some(_) => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            None => events.recv_timeout(POLL),
        };
        match event {
            Ok(Event::Touched) => quiet(events)?,
            Ok(Event::Ended) | Err(RecvTimeoutError::Disconnected) => return None,
            // A file that is being written is looked at again when it is done.
            Err(RecvTimeoutError::Timeout) if !recorder.changed().is_empty() => quiet(events)?,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Waits until nothing was touched for a moment; none where the person ended it.
fn quiet(events: &Receiver<Event>) -> Option<()> {
    for _ in 0..PATIENCE {
        match events.recv_timeout(QUIET) {
            Ok(Event::Touched) => {}
            Ok(Event::Ended) | Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => return Some(()),
        }
    }
    Some(())
}

/// What tells of changes in the folders; none where the system can't, and the files have to be looked at.
fn watcher(recorder: &WatchedFiles, sender: &Sender<Event>) -> Option<RecommendedWatcher> {
    let sender = sender.clone();
    let tell = move |event: notify::Result<notify::Event>| {
        // Reading is no change, and the engine itself reads.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(Event::Touched);
        }
    };
    let watching = notify::recommended_watcher(tell).and_then(|mut watcher| {
        for folder in recorder.folders() {
            watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        Ok(watcher)
    });
    if let Err(error) = &watching {
        write_errors(&format!("the system does not report changes ({error}): looking twice a second instead\n"));
    }
    watching.ok()
}
