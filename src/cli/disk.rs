//! The disk, lent to the core.
#![expect(clippy::disallowed_methods, reason = "this is the edge: the one room that touches the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, IsTerminal as _, Read as _, Write as _};
use std::num::NonZeroUsize;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, ReadError, TABLE_LIMIT, join};
use crate::record::{Contents, DECLARATION, DEEPEST, MANIFEST, MOST_BYTES, MOST_FILES, TAG_MANIFEST};

/// The files of this machine.
pub(super) struct Disk;

impl Files for Disk {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        if path == STANDARD_INPUT && is_standard_input_named() {
            return read_standard_input(limit);
        }
        let about = fs::metadata(path).map_err(|error| read_error(&error))?;
        if !about.is_file() {
            return Err(ReadError::NotAFile);
        }
        if about.len() > limit {
            return Err(ReadError::TooLarge(about.len()));
        }
        // Where it is in truth, found once: each folder above it is looked at for that.
        let whole = fs::canonicalize(path).ok();
        if whole.as_ref().is_some_and(|whole| is_outside_in_truth(path, whole)) {
            return Err(ReadError::Outside);
        }
        let file = fs::File::open(path).map_err(|error| read_error(&error))?;
        let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0).saturating_add(1));
        INPUTS.lock().unwrap_or_else(PoisonError::into_inner).extend(whole);
        // A file can grow after it was measured: no more than the limit is ever read.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| read_error(&error))?;
        match u64::try_from(bytes.len()) {
            Ok(length) if length <= limit => Ok(bytes),
            _ => Err(ReadError::TooLarge(limit + 1)),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    fn enter(&self, folder: &str) {
        let folder = lexical(folder);
        let mut roots = ROOTS.lock().unwrap_or_else(PoisonError::into_inner);
        if roots.contains_key(&folder) || !roots.keys().any(|root| stands_in(&folder, root)) {
            let in_truth = in_truth(&folder);
            roots.insert(folder, in_truth);
        }
    }

    fn budget(&self) -> Budget {
        let mut budget = BUDGET.lock().unwrap_or_else(PoisonError::into_inner);
        budget.get_or_insert_default().clone()
    }
}

/// What stands for standard input where a person names a file. A file of this name is `./-`.
const STANDARD_INPUT: &str = "-";

/// What standard input held, once it was read: some files are looked at twice.
static PIPED: OnceLock<Result<Vec<u8>, ReadError>> = OnceLock::new();

/// Whether the person named standard input: no file of an assessment may be it.
static NAMED: AtomicBool = AtomicBool::new(false);

fn is_standard_input_named() -> bool {
    NAMED.load(Ordering::Relaxed)
}

/// All of standard input. Where a person would have to type it, nobody waits for that.
fn read_standard_input(limit: u64) -> Result<Vec<u8>, ReadError> {
    let read = || {
        if std::io::stdin().is_terminal() {
            return Err(ReadError::Other("standard input is a terminal, and no file is piped into it".to_owned()));
        }
        let mut bytes = Vec::new();
        let ended = std::io::stdin().lock().take(TABLE_LIMIT + 1).read_to_end(&mut bytes);
        ended.map(|_| bytes).map_err(|error| read_error(&error))
    };
    let bytes = PIPED.get_or_init(read).as_ref().map_err(Clone::clone)?;
    match bytes.len() as u64 {
        length if length <= limit => Ok(bytes.clone()),
        length => Err(ReadError::TooLarge(length)),
    }
}

/// What this run may spend, whatever it reads.
static BUDGET: Mutex<Option<Budget>> = Mutex::new(None);

/// The disk of one run of several in the same process, one after the other: what is kept of a run is that run's.
pub(super) struct ThisRun {
    _alone: MutexGuard<'static, ()>,
}

impl ThisRun {
    /// Waits for the run before this one, and forgets what that read and spent.
    pub(super) fn begin() -> Self {
        static ONE: Mutex<()> = Mutex::new(());
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        *BUDGET.lock().unwrap_or_else(PoisonError::into_inner) = None;
        ROOTS.lock().unwrap_or_else(PoisonError::into_inner).clear();
        INPUTS.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Self { _alone: alone }
    }
}

impl Files for ThisRun {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        Disk.read(path, limit)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        Disk.list(folder)
    }

    fn enter(&self, folder: &str) {
        Disk.enter(folder);
    }

    fn budget(&self) -> Budget {
        Disk.budget()
    }
}

/// The folders that were named, by the person or by an assessment for its rules, each with where it is in truth, if it was
/// there when it was named last.
static ROOTS: Mutex<BTreeMap<PathBuf, Option<PathBuf>>> = Mutex::new(BTreeMap::new());

/// Where a folder is in truth, behind all links.
fn in_truth(folder: &Path) -> Option<PathBuf> {
    fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()
}

/// Whether a path begins with a folder, as both are written.
fn stands_in(path: &Path, folder: &Path) -> bool {
    path.strip_prefix(folder).is_ok_and(|rest| !rest.has_root() && !rest.starts_with(".."))
}

/// A path without `.` in it, as the paths that begin with it are written.
fn lexical(path: &str) -> PathBuf {
    Path::new(path).components().filter(|part| *part != Component::CurDir).collect()
}

/// Whether a file in a folder that was named is somewhere else in truth, which is `whole`: whoever made the folder could so
/// have a file of this machine read, told of and sealed. Other files the person named, and links are followed.
fn is_outside_in_truth(path: &str, whole: &Path) -> bool {
    let file = lexical(path);
    let roots = ROOTS.lock().unwrap_or_else(PoisonError::into_inner);
    let named = roots.iter().filter(|(root, _)| stands_in(&file, root));
    // A folder that was named within another that was named later is the nearer one.
    let Some((root, known)) = named.max_by_key(|(root, _)| root.components().count()) else { return false };
    // One that is gone in the meantime: reading it tells.
    known.clone().or_else(|| in_truth(root)).is_some_and(|root| !whole.starts_with(root))
}

fn read_error(error: &std::io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        ErrorKind::IsADirectory => ReadError::NotAFile,
        ErrorKind::PermissionDenied => ReadError::Other("permission denied".to_owned()),
        kind => ReadError::Other(kind.to_string()),
    }
}

/// The files that this run has read.
static INPUTS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Notes that this run reads a file, so that it does not overwrite it with its result.
pub(super) fn note_input(path: &Path) {
    if let Ok(path) = fs::canonicalize(path) {
        INPUTS.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
    }
}

/// Refuses to put a result in the place of a file that this run has read, or into a record, which it would no longer be.
///
/// # Errors
/// Where it has read the file, under this name or another, or a folder above it is a record.
pub(super) fn refuse_target(path: &Path) -> Result<(), Problem> {
    refuse_in_record(path)?;
    let inputs = INPUTS.lock().unwrap_or_else(PoisonError::into_inner);
    match fs::canonicalize(path).is_ok_and(|file| inputs.contains(&file)) {
        true => {
            let message = format!("`{}` was read for this result, which would overwrite it", path.display());
            Err(Problem::new(Code::FileExists, message).help("name another file: nothing was written"))
        }
        false => Ok(()),
    }
}

/// Whether a folder is there.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Refuses to write into a record.
///
/// # Errors
/// Where a folder above the file is a record.
pub(super) fn refuse_in_record(path: &Path) -> Result<(), Problem> {
    if let Some(record) = record_above(path) {
        let message = format!("`{}` is in the record `{}`, which is never changed", path.display(), record.display());
        return Err(Problem::new(Code::FileExists, message).help("name a file elsewhere: nothing was written"));
    }
    Ok(())
}

/// The folder of the record that a file is in, or would be.
fn record_above(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = fs::canonicalize(folder).ok()?;
    let is_record = |folder: &&Path| folder.join(DECLARATION).is_file() && folder.join(MANIFEST).is_file();
    whole.ancestors().find(is_record).map(Path::to_path_buf)
}

/// Writes a whole file or none: under another name first, then moved into place.
pub(super) fn write_whole(path: &Path, content: &(impl AsRef<[u8]> + ?Sized)) -> Result<(), Problem> {
    write_together(&[(path, content)])
}

/// Writes whole files: all under other names first, then moved into place, so that a full disk leaves none of them.
///
/// A file that is there keeps its permissions, and a link goes on leading where it led.
pub(super) fn write_together(files: &[(impl AsRef<Path>, impl AsRef<[u8]>)]) -> Result<(), Problem> {
    let targets = files.iter().map(|(path, _)| WriteTarget::of(path.as_ref())).collect::<Result<Vec<_>, _>>()?;
    let parts: Vec<PathBuf> = targets.iter().map(|target| part_file(&target.file)).collect();
    let written = files.iter().zip(&targets).zip(&parts).try_for_each(|(((path, content), target), part)| {
        write_part(part, content.as_ref(), target.mode.as_ref()).map_err(|error| write_failed(path.as_ref(), &error))
    });
    let moved = written.and_then(|()| {
        files.iter().zip(&targets).zip(&parts).try_for_each(|(((path, _), target), part)| {
            fs::rename(part, &target.file).map_err(|error| write_failed(path.as_ref(), &error))
        })
    });
    if moved.is_err() {
        for part in &parts {
            // What was begun is of no use to anybody; that it can't be removed changes nothing.
            let _ = fs::remove_file(part);
        }
    }
    moved
}

fn part_file(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// What a file is written to.
struct WriteTarget {
    /// The file itself, where a link to it was named.
    file: PathBuf,
    /// Its permissions, where it is there.
    mode: Option<fs::Permissions>,
}

impl WriteTarget {
    /// What is written to under this name.
    ///
    /// # Errors
    /// Where something stands there that a file must not take the place of.
    fn of(path: &Path) -> Result<Self, Problem> {
        let refused = |what: &str, help: &str| {
            Err(Problem::new(Code::WriteFailed, format!("`{}` {what}", path.display())).help(help))
        };
        let is_link = fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
        match fs::metadata(path) {
            Err(_) if is_link => refused("is a link that leads to no file", "name the file itself, or remove the link"),
            Err(_) => Ok(Self { file: path.to_owned(), mode: None }),
            Ok(about) if about.is_dir() => refused("is a folder", "name a file in it"),
            Ok(about) if !about.is_file() => {
                refused("is a device or a pipe, not a file", "leave out `-o`, and direct standard output there: `> …`")
            }
            Ok(about) if about.permissions().readonly() => {
                refused("is read-only", "name another file, or make this one writable first")
            }
            Ok(about) => {
                let file = if is_link { fs::canonicalize(path) } else { Ok(path.to_owned()) };
                let file = file.map_err(|error| write_failed(path, &error))?;
                Ok(Self { file, mode: Some(about.permissions()) })
            }
        }
    }
}

/// Writes a new file; with the permissions `mode` before anything is in it.
fn write_part(part: &Path, content: &[u8], mode: Option<&fs::Permissions>) -> std::io::Result<()> {
    let mut file = fs::File::create(part)?;
    if let Some(mode) = mode {
        file.set_permissions(mode.clone())?;
    }
    file.write_all(content)?;
    file.sync_all()
}

pub(super) fn write_failed(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(Code::WriteFailed, format!("`{}` can't be written: {}", path.display(), error.kind()))
        .help("check that the folder exists, is yours and has room")
}

/// Writes a whole folder or none: under another name beside it first, then moved into place. Whenever the machine stops,
/// there is the whole folder of this name or none.
pub(super) fn write_folder(path: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Problem> {
    if exists(path) {
        let message = format!("`{}` exists", path.display());
        return Err(Problem::new(Code::FolderNotEmpty, message).help("name a folder that does not exist yet"));
    }
    refuse_standard_output(path)?;
    let above = path.parent().filter(|above| !above.as_os_str().is_empty());
    above.map_or(Ok(()), make_folder)?;
    let part = part_file(path);
    let written = write_tree(&part, files).and_then(|()| {
        fs::rename(&part, path)?;
        sync_folder_of(path)
    });
    written.map_err(|error| {
        // What was begun is of no use to anybody; that it can't be removed changes nothing.
        let _ = fs::remove_dir_all(&part);
        write_failed(path, &error)
    })
}

fn write_tree(root: &Path, files: &BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    fs::create_dir(root)?;
    let mut folders = BTreeSet::from([root.to_owned()]);
    for (name, content) in files {
        let path = root.join(name);
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
            folders.insert(folder.to_owned());
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        write_part(&path, content, None)?;
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

/// Makes sure that the names in a folder outlast a power cut; not every system can, and nothing more can be done there.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The same for the folder in which something stands.
pub(super) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    sync_folder(path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

/// Every file under a folder that may be somebody else's, by its path there. Links are not followed.
pub(super) fn read_folder(root: &Path) -> Result<Contents, Problems> {
    let about = fs::symlink_metadata(root);
    let is_folder = match &about {
        Ok(about) if about.is_symlink() => root.is_dir(),
        Ok(about) => about.is_dir(),
        Err(_) => false,
    };
    if !is_folder {
        let there = if about.is_ok() { "is not a folder" } else { "does not exist" };
        let code = if about.is_ok() { Code::FileUnreadable } else { Code::FileMissing };
        return Err(Problem::new(code, format!("`{}` {there}", root.display()))
            .help("name the folder of a record")
            .into());
    }
    let mut reading = FolderReading { contents: Contents::new(), problems: Problems::default(), bytes: 0 };
    reading.folder(root, "");
    if reading.problems.has_errors() { Err(reading.problems) } else { Ok(reading.contents) }
}

struct FolderReading {
    contents: Contents,
    problems: Problems,
    /// How many bytes were read so far.
    bytes: u64,
}

impl FolderReading {
    fn folder(&mut self, folder: &Path, name: &str) {
        if name.split('/').count() > DEEPEST {
            return self.refuse(name, "has too many folders inside each other");
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries.flatten(),
            Err(error) => return self.refuse(name, &format!("can't be read: {}", error.kind())),
        };
        let mut empty = true;
        for entry in entries {
            empty = false;
            if self.contents.len() > MOST_FILES || self.problems.has_errors() {
                return self.refuse(name, &format!("has more than {MOST_FILES} files"));
            }
            let Some(last) = entry.file_name().to_str().map(str::to_owned) else {
                return self.refuse(&entry.file_name().to_string_lossy(), "has a name that is not UTF-8");
            };
            let inside = if name.is_empty() { last } else { format!("{name}/{last}") };
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.folder(&entry.path(), &inside),
                Ok(kind) if kind.is_file() => self.file(&entry.path(), inside),
                Ok(kind) if kind.is_symlink() => self.refuse(&inside, "is a link, and a record can't have one"),
                _ => self.refuse(&inside, "is neither a file nor a folder"),
            }
        }
        if empty && !name.is_empty() {
            self.refuse(name, "is an empty folder, and a record can't have one");
        }
    }

    fn file(&mut self, path: &Path, name: String) {
        let room = MOST_BYTES.saturating_sub(self.bytes);
        match Disk.read(&path.to_string_lossy(), room) {
            Ok(bytes) => {
                self.bytes += bytes.len() as u64;
                self.contents.insert(name, bytes);
            }
            Err(ReadError::TooLarge(_)) => {
                self.refuse(&name, &format!("makes it more than {} MiB", MOST_BYTES >> 20));
            }
            Err(_) => self.refuse(&name, "can't be read"),
        }
    }

    fn refuse(&mut self, name: &str, why: &str) {
        if self.problems.has_errors() {
            return;
        }
        let message = format!(
            "`{}` {why}",
            if name.is_empty() { "the folder".to_owned() } else { name.escape_debug().to_string() }
        );
        self.problems.push(Problem::new(Code::RecordMalformed, message).help("ask for the folder as it was sealed"));
    }
}

/// `path` as seen from `folder`, both as they are on the disk, with `/` between folders; none where it is not below it.
pub(super) fn below(folder: &Path, path: &Path) -> Option<String> {
    let (folder, path) = (fs::canonicalize(folder).ok()?, fs::canonicalize(path).ok()?);
    let parts = path.strip_prefix(folder).ok()?.iter().map(std::ffi::OsStr::to_str);
    Some(parts.collect::<Option<Vec<&str>>>()?.join("/"))
}

/// `path`, which is there, as seen from a folder that need not be: `../../rules/ours`.
///
/// # Errors
/// Where it can't be told, or a name on the way is not UTF-8.
pub(super) fn path_between(folder: &Path, path: &Path) -> Result<String, Problem> {
    let found = || -> Option<String> {
        let (from, to) = (whole_path(folder)?, fs::canonicalize(path).ok()?);
        let common = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
        // On another drive there is no way from one to the other.
        if common == 0 {
            return to.to_str().map(str::to_owned);
        }
        let up = from.components().skip(common).map(|_| Some(".."));
        let down = to.components().skip(common).map(|part| part.as_os_str().to_str());
        let parts: Vec<&str> = up.chain(down).collect::<Option<_>>()?;
        Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
    };
    found().ok_or_else(|| {
        let message = format!("the way from `{}` to `{}` can't be told", folder.display(), path.display());
        Problem::new(Code::FileUnreadable, message).help("name both by paths that are UTF-8")
    })
}

/// The path from the root of the disk, of something that need not be there.
fn whole_path(path: &Path) -> Option<PathBuf> {
    let above = path.ancestors().find(|above| above.exists() || above.as_os_str().is_empty())?;
    let there = if above.as_os_str().is_empty() { Path::new(".") } else { above };
    let there = fs::canonicalize(there).ok()?;
    Some(PathBuf::from(join(there.to_str()?, path.strip_prefix(above).ok()?.to_str()?)))
}

/// Whether others than its owner can read a file, where the system has such permissions.
#[cfg(unix)]
pub(super) fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o044 != 0)
}

/// Nothing is known of it here.
#[cfg(not(unix))]
pub(super) fn is_open_to_others(_: &Path) -> bool {
    false
}

/// Whether there is anything at this path.
pub(super) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Makes a folder that is new or empty.
pub(super) fn make_empty_folder(path: &Path) -> Result<(), Problem> {
    let occupied = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some()) || path.is_file();
    if occupied {
        let message = format!("`{}` exists and is not empty", path.display());
        return Err(Problem::new(Code::FolderNotEmpty, message).help("name a folder that does not exist yet"));
    }
    make_folder(path)
}

fn refuse_standard_output(path: &Path) -> Result<(), Problem> {
    if path == Path::new("-") {
        let problem = Problem::new(Code::WriteFailed, "a folder can't be written to standard output");
        return Err(problem.help("name a folder; one that is called `-` is `./-`"));
    }
    Ok(())
}

/// Makes a folder and those above it.
pub(super) fn make_folder(path: &Path) -> Result<(), Problem> {
    refuse_standard_output(path)?;
    fs::create_dir_all(path).map_err(|error| {
        Problem::new(Code::WriteFailed, format!("the folder `{}` can't be made: {}", path.display(), error.kind()))
            .help("check that the folder above it exists and is yours")
    })
}

/// Takes a folder away again in which nothing was written.
pub(super) fn remove_empty_folder(path: &Path) {
    // Where there is something in it, it stays.
    let _ = fs::remove_dir(path);
}

/// The folders in this one that hold a file of this name, in the order of their names.
pub(super) fn subfolders(path: &Path, with: &str) -> Result<Vec<PathBuf>, Problem> {
    let entries = fs::read_dir(path).map_err(|error| {
        Problem::new(Code::FileUnreadable, format!("the folder `{}` can't be read: {}", path.display(), error.kind()))
            .help("name a record, or a folder of records")
    })?;
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.join(with).is_file()).collect();
    folders.sort();
    Ok(folders)
}

/// How deep below a folder its files are looked for, and how many there may be.
const DEEPEST_TOML: usize = 8;
const MOST_TOML: usize = 10_000;

/// The TOML files in a folder and those below it, without links, what is hidden and records, which are never changed.
pub(super) fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    add_toml_files(folder, DEEPEST_TOML, &mut found).map_err(|error| {
        Problem::new(Code::FileUnreadable, format!("the folder `{}` can't be read: {error}", folder.display()))
            .help("name the folder of an assessment or a rule set")
    })?;
    found.sort();
    Ok(found)
}

fn add_toml_files(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_record = || [DECLARATION, TAG_MANIFEST].iter().any(|file| exists(&path.join(file)));
        if kind.is_dir() && !is_hidden && depth > 0 && !is_record() {
            add_toml_files(&path, depth - 1, found)?;
        } else if kind.is_file() && !is_hidden && path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
        if found.len() > MOST_TOML {
            return Err(std::io::Error::other("it has more files than an assessment has"));
        }
    }
    Ok(())
}

/// As many threads as this machine runs at once.
pub(super) fn available_threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Whether the person asked for no colour.
pub(super) fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// How wide the person says that their screen is, in letters.
pub(super) fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0)
}

/// Whether the terminal says that it shows plain text alone.
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// A path that the person named, as text; the core knows no other. `-` is standard input.
pub(super) fn text_of(path: &Path) -> Result<String, Problem> {
    if path == Path::new(STANDARD_INPUT) {
        NAMED.store(true, Ordering::Relaxed);
    }
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Problem::new(Code::FileUnreadable, format!("the path `{}` is not UTF-8", path.display()))
            .help("rename the folder")
    })
}
