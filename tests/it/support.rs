//! What the tests share: the repository's files in memory, edits of them, one run of the engine, and the command.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use prioritise::budget::Budget;
use prioritise::diagnostic::{Problem, Problems};
use prioritise::files::{Files, ReadError};
use prioritise::ranked::RankedAssessment;
use prioritise::recompute::Recomputation;
use prioritise::report;
use prioritise::report::paper::Templates;
use prioritise::report::paper::model::Paper;

/// The assessments that ship with the repository.
pub(crate) const FIXTURES: [&str; 6] = [
    "cambridgeshire-2014",
    "huntingdonshire-2019",
    "huntingdonshire-wards-2019",
    "morile-style",
    "starter",
    "wellingborough-2013",
];
/// The formats of a ranking, as the command names them and in the order of [`Outputs`].
pub(crate) const FORMATS: [&str; 5] = ["text", "markdown", "json", "csv", "html"];

/// A ranking in every format.
pub(crate) type Outputs = [String; 5];

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A path of the repository.
pub(crate) fn in_repository(path: &str) -> PathBuf {
    root().join(path)
}

/// The names of the files in a folder of the repository that end so.
pub(crate) fn names_in(folder: &str, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(in_repository(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(ending)).collect()
}

/// What a file in memory holds.
#[derive(Debug, Clone)]
enum Content {
    Bytes(Arc<Vec<u8>>),
    /// So many bytes that nobody wants to have them.
    Size(u64),
}

/// Files in memory, by path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folder(BTreeMap<String, Content>);

impl Folder {
    /// The files of the repository under these folders, each by its path in the repository.
    pub(crate) fn of(roots: &[&str]) -> Self {
        let mut folder = Self::default();
        for root in roots {
            folder.gather(root);
        }
        folder
    }

    /// `assessment.toml`, with these rules and this evidence.
    pub(crate) fn of_rules_and_evidence(rules: impl Into<Vec<u8>>, evidence: impl Into<Vec<u8>>) -> Self {
        let mut folder = Self::default();
        folder.write("rules/ruleset.toml", rules);
        folder.write("evidence.toml", evidence);
        let assessment = "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025/26\"\nrules = \"rules\"\n\
                          evidence = [\"evidence.toml\"]\n";
        folder.write("assessment.toml", assessment);
        folder
    }

    /// Everything that the fixtures read.
    pub(crate) fn of_fixtures() -> Self {
        Self::of(&["fixtures", "rules"])
    }

    fn gather(&mut self, path: &str) {
        let place = in_repository(path);
        if place.is_file() {
            self.write(path, fs::read(place).unwrap());
            return;
        }
        for name in names_in(path, "") {
            self.gather(&format!("{path}/{name}"));
        }
    }

    pub(crate) fn write(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), Content::Bytes(Arc::new(bytes.into())));
    }

    pub(crate) fn write_size(&mut self, path: &str, size: u64) {
        self.0.insert(path.to_owned(), Content::Size(size));
    }

    /// The file's text; there must be such a file.
    pub(crate) fn text(&self, path: &str) -> String {
        match self.0.get(path) {
            Some(Content::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
            _ => panic!("no text `{path}`"),
        }
    }

    pub(crate) fn remove(&mut self, path: &str) {
        assert!(self.0.remove(path).is_some(), "no file `{path}` to delete");
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Writes those under `root` into a folder of the disk, which is made where it is not there.
    pub(crate) fn lay_out(&self, root: &str, into: &Path) {
        for path in self.paths() {
            let Some(inside) = path.strip_prefix(root) else { continue };
            let place = into.join(inside.trim_start_matches('/'));
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, self.text(path)).unwrap();
        }
    }

    /// Replaces the only occurrence of `find`.
    pub(crate) fn edit(&mut self, path: &str, find: &str, replace: &str) {
        let text = self.text(path);
        assert_eq!(text.matches(find).count(), 1, "`{find}` must occur just once in `{path}`");
        self.write(path, text.replacen(find, replace, 1));
    }

    /// The same files, each text passed through `change`.
    pub(crate) fn map(&self, change: impl Fn(&str, String) -> String) -> Self {
        let mut folder = self.clone();
        for path in self.paths() {
            folder.write(path, change(path, self.text(path)));
        }
        folder
    }
}

impl Files for Folder {
    fn budget(&self) -> Budget {
        Budget::default()
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.0.get(path) {
            Some(Content::Size(size)) if *size > limit => Err(ReadError::TooLarge(*size)),
            Some(Content::Size(size)) => Ok(vec![b' '; usize::try_from(*size).unwrap()]),
            Some(Content::Bytes(bytes)) if bytes.len() as u64 > limit => Err(ReadError::TooLarge(bytes.len() as u64)),
            Some(Content::Bytes(bytes)) => Ok(bytes.to_vec()),
            None if self.paths().any(|other| other.starts_with(&format!("{path}/"))) => Err(ReadError::NotAFile),
            None => Err(ReadError::Missing),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = |path: &'_ str| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
        self.paths().filter_map(inside).filter(|name| !name.contains('/')).collect()
    }
}

/// What came of one run: every problem it told of, and the ranking if there is one.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub problems: Vec<Problem>,
    pub outputs: Option<Outputs>,
}

impl Outcome {
    /// The ranking; there must be one.
    pub(crate) fn outputs(self) -> Outputs {
        let Some(outputs) = self.outputs else { panic!("not ranked: {:#?}", self.problems) };
        outputs
    }
}

/// Loads and ranks the assessment at `path` on one thread.
pub(crate) fn rank(files: &dyn Files, path: &str) -> Outcome {
    rank_on(files, path, 1)
}

/// Loads and ranks the assessment at `path` on so many threads.
pub(crate) fn rank_on(files: &dyn Files, path: &str, threads: usize) -> Outcome {
    let mut problems = Problems::default();
    let Some((assessment, rules)) = prioritise::load(files, path, None, &mut problems) else {
        return Outcome { problems: problems.sorted(), outputs: None };
    };
    match prioritise::rank(&assessment, &rules, NonZeroUsize::new(threads).unwrap(), problems.clone()) {
        Ok(report) => {
            // Told by `check` alone.
            problems.extend(prioritise::recompute::recompute(&assessment).problems());
            problems.extend(prioritise::changed_since_recorded(files, &rules));
            report.warnings.iter().for_each(|warning| problems.push(warning.clone()));
            Outcome { problems: problems.sorted(), outputs: Some(outputs(&report)) }
        }
        Err(failures) => {
            problems.extend(failures);
            Outcome { problems: problems.sorted(), outputs: None }
        }
    }
}

fn outputs(report: &RankedAssessment<'_>) -> Outputs {
    let [markdown, html] = papers(report);
    [report::text(report, false), markdown, report::json(report), report::csv(report), html]
}

/// The paper as Markdown and as HTML, by the built-in templates. Without what its documents print, which is told in the
/// order of the transcript and by its very digits: tests/it/recompute.rs has that, and the fixtures' snapshots.
pub(crate) fn papers(report: &RankedAssessment<'_>) -> [String; 2] {
    let paper = Paper::new(report, &Recomputation::default()).unwrap();
    let templates = Templates::default();
    [templates.markdown(&paper).unwrap(), templates.html(&paper).unwrap()]
}

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

/// Runs `prioritise` in the project's folder.
pub(crate) fn prioritise(arguments: &[&str]) -> Said {
    prioritise_in(&root(), arguments)
}

/// Runs `prioritise` in some folder.
pub(crate) fn prioritise_in(folder: &Path, arguments: &[&str]) -> Said {
    said(command(arguments).current_dir(folder))
}

/// Runs `prioritise` in some folder, where it is stopped once it has worked for so many seconds: those of the processor, which a
/// busy machine does not make more. Then it has no exit code.
pub(crate) fn prioritise_within(folder: &Path, seconds: u32, arguments: &[&str]) -> Said {
    if cfg!(not(unix)) {
        return prioritise_in(folder, arguments);
    }
    let within = format!("ulimit -t {seconds} && exec \"$0\" \"$@\"");
    let program = env!("CARGO_BIN_EXE_prioritise");
    let said = said(Command::new("sh").args(["-c", &within, program]).args(arguments).current_dir(folder));
    assert!(said.code.is_some(), "{arguments:?} was stopped, perhaps after {seconds} seconds: {}", said.err);
    said
}

/// The command with these arguments, to be run in the project's folder.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prioritise"));
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command to its end.
pub(crate) fn said(command: &mut Command) -> Said {
    said_of(command.output().unwrap())
}

/// Runs `prioritise` in some folder on a terminal of its own, where a person types these lines; `out` is all that stands on it
/// in the end. It takes `python3`.
pub(crate) fn at_a_terminal(folder: &Path, arguments: &[&str], typed: &[&str]) -> Said {
    let mut python = Command::new("python3");
    python.arg(in_repository("tests/terminal.py")).arg(env!("CARGO_BIN_EXE_prioritise")).args(arguments);
    // No colours, and no sign that it is busy.
    python.current_dir(folder).env("TERM", "dumb");
    python.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = python.spawn().unwrap();
    running.stdin.take().unwrap().write_all(typed.join("\n").as_bytes()).unwrap();
    said_of(running.wait_with_output().unwrap())
}

/// Runs `prioritise` on a terminal with a screen of 24 lines, where nobody types, with these variables. It takes `python3`.
pub(crate) fn at_a_screen(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let mut python = Command::new("python3");
    python.arg(in_repository("tests/terminal.py")).arg(env!("CARGO_BIN_EXE_prioritise")).args(arguments);
    python.current_dir(folder).env("SCREEN", "24").envs(variables.iter().copied()).stdin(Stdio::null());
    said(&mut python)
}

/// Runs `prioritise` in the project's folder with this piped into it.
pub(crate) fn said_to(arguments: &[&str], piped: &[u8]) -> Said {
    let mut command = command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running.stdin.take().unwrap().write_all(piped).unwrap();
    said_of(running.wait_with_output().unwrap())
}

fn said_of(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

/// Problems as sentences, a line each.
pub(crate) fn told(problems: &Problems) -> String {
    prioritise::diagnostic::render(&problems.clone().sorted(), prioritise::diagnostic::ErrorFormat::Plain, false)
}

/// Sees that the evidence an import wrote loads beside a small rule set that reads none of it.
pub(crate) fn loads(made: &prioritise::import::Import) {
    let mut files = Folder::default();
    let mut names = Vec::new();
    for (name, text) in made.files.iter().filter(|(name, _)| name.ends_with(".toml")) {
        files.write(name, text.as_str());
        names.push(format!("\"{name}\""));
    }
    files.write(
        "assessment.toml",
        format!(
            "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025/26\"\nrules = \"rules\"\nevidence = [{}]\n\
             [population]\npeople = 180000\nsource = \"people\"\nwhere = \"W\"\n[[source]]\nid = \"people\"\ntitle = \"T\"\n",
            names.join(", ")
        ),
    );
    files.write(
        "rules/ruleset.toml",
        "[ruleset]\nname = \"N\"\nversion = \"1\"\n[[criterion]]\nid = \"a\"\ntitle = \"A\"\nquestion = \"Q\"\nweight = 1\n\
         measure = \"1\"\nunit = \"u\"\ndirection = \"higher-is-worse\"\nvalue = { linear = { from = 0, to = 1 } }\n\
         missing = \"neutral\"\nbecause = \"B\"\n[[tier]]\nid = \"all\"\ntitle = \"All\"\n",
    );
    rank(&files, "assessment.toml").outputs();
}

/// Every file below a folder of the project.
pub(crate) fn below(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(next) = folders.pop() {
        for path in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// What `work` makes of each of `items`, in their order, on as many threads as there are processors. A thread of `rayon` that waits
/// for a pool of the engine's would take up the next item meanwhile, item upon item, until its stack is full.
pub(crate) fn side_by_side<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let share = || {
        let taken = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < items.len()));
        taken.map(|at| (at, work(&items[at]))).collect::<Vec<_>>()
    };
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut all: Vec<(usize, T)> = thread::scope(|scope| {
        let shares: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
        shares.into_iter().flat_map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, made)| made).collect()
}
