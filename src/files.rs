//! How the core asks for files without touching a disk: the edge lends it something that reads.
//!
//! Paths here are text with `/` between folders, made tidy by [`join`]; the core never asks the machine about them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::budget::Budget;
use crate::diagnostic::{Code, Place, Problem, SourceFile};

/// The largest TOML file or script read: 16 MiB. Nobody writes more by hand.
pub const TEXT_LIMIT: u64 = 16 << 20;
/// The largest CSV table read: 512 MiB, enough for half a million candidates with a hundred columns.
pub const TABLE_LIMIT: u64 = 512 << 20;

/// Something that has files.
pub trait Files {
    /// The bytes of the file at `path`, unless it has more than `limit`.
    ///
    /// # Errors
    /// Says why there are none.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError>;

    /// The names of the files in a folder, in any order; none where that can't be told.
    fn list(&self, _folder: &str) -> Vec<String> {
        Vec::new()
    }

    /// Is told of a folder that was named, by a person or by an assessment for its rules: what is read below it lies in it,
    /// also behind links.
    fn enter(&self, _folder: &str) {}

    /// How much the rules that are read here may do. All that is read in one run shares it, so it is the same one each
    /// time.
    fn budget(&self) -> Budget;
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no file at the path.
    Missing,
    /// It is a folder, a device or a pipe.
    NotAFile,
    /// It is a link, or behind one, that leads out of the folder of the assessment or rules.
    Outside,
    /// It is larger than the limit; its size in bytes.
    TooLarge(u64),
    /// The system's own words.
    Other(String),
}

/// Files in memory by their path, with `/` between folders: lent to the core as a disk would lend them. A path is known as it
/// is asked for, without `.` and `..` in it.
#[derive(Debug, Clone)]
pub struct Memory<'a, B: Clone = Vec<u8>> {
    files: Cow<'a, BTreeMap<String, B>>,
    budget: Budget,
}

impl<B: Clone> Memory<'static, B> {
    /// These files, each by its path; rules among them may do what a run may.
    pub fn new<P: Into<String>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files.into_iter().map(|(path, content)| (path.into(), content)).collect();
        Self { files: Cow::Owned(files), budget: Budget::default() }
    }

    /// The same with this file, or with other content in it.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, content: impl Into<B>) -> Self {
        self.files.to_mut().insert(path.into(), content.into());
        self
    }
}

impl<B: Clone> Default for Memory<'static, B> {
    fn default() -> Self {
        Self::new::<String>([])
    }
}

impl<'a, B: Clone> Memory<'a, B> {
    /// Files that somebody else keeps; rules among them spend `budget`.
    pub fn lent(files: &'a BTreeMap<String, B>, budget: &Budget) -> Self {
        Self { files: Cow::Borrowed(files), budget: budget.clone() }
    }
}

impl<B: AsRef<[u8]> + Clone> Files for Memory<'_, B> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let Some(content) = self.files.get(path) else {
            let folder = format!("{path}/");
            let first_after = self.files.range(folder.clone()..).next();
            let is_folder = first_after.is_some_and(|(inside, _)| inside.starts_with(&folder));
            return Err(if is_folder { ReadError::NotAFile } else { ReadError::Missing });
        };
        let bytes = content.as_ref();
        match bytes.len() as u64 {
            length if length <= limit => Ok(bytes.to_vec()),
            length => Err(ReadError::TooLarge(length)),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = |path: &String| {
            let name = within(path, folder)?;
            (!name.contains('/')).then(|| name.to_owned())
        };
        self.files.keys().filter_map(inside).collect()
    }

    fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

/// `path` as seen from `folder`: `join("a/b", "../c.toml")` is `a/c.toml`.
pub fn join(folder: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    let absolute = path.starts_with('/') || (folder.starts_with('/') && !path.is_empty());
    let both = if path.starts_with('/') { path } else { format!("{folder}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in both.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if absolute => {}
            part => parts.push(part),
        }
    }
    match (absolute, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

/// Whether a path that a file names may lead out of that file's folder.
pub(crate) fn is_outside(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.contains(':') || path.split(['/', '\\']).any(|part| part == "..")
}

/// The path of what a file in `folder` names at `place`.
///
/// # Errors
/// A name that may lead out of that folder.
pub(crate) fn inside(folder: &str, name: &str, place: &Place) -> Result<String, Problem> {
    match is_outside(name) {
        true => {
            let message = format!("`{name}` is outside the folder of the file that names it");
            Err(Problem::new(Code::OutsideTheRecord, message).at(place.clone()))
        }
        false => Ok(join(folder, name)),
    }
}

/// The rest of `path` where it is in `folder`.
pub(crate) fn within<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    match folder {
        "." => (!path.starts_with('/') && !path.starts_with("../")).then_some(path),
        "/" => path.strip_prefix('/'),
        _ => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// A problem where a file that another one names stands outside that one's folder and has no table `[name]`: it is something
/// else, and may be nobody's business. So nothing of what is in it is told.
pub(crate) fn foreign(file: &SourceFile, name: &str, named_at: &Place) -> Option<Problem> {
    let header = |line: &str| line.trim_start().strip_prefix('[').is_some_and(|rest| is_header(rest, name));
    if within(&file.name, folder_of(&named_at.source.name)).is_some() || file.text.lines().any(header) {
        return None;
    }
    let message = format!("`{}` has no table `[{name}]`, and stands outside this file's folder", file.name);
    Some(
        Problem::new(Code::BadValue, message)
            .at(named_at.clone())
            .help("name another folder; what is in that file is not shown"),
    )
}

/// Whether `rest`, behind a bracket, closes it after this name.
fn is_header(rest: &str, name: &str) -> bool {
    rest.trim_start().strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(']'))
}

/// The byte-order mark, which some editors put in front of a text; it says nothing.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The folder that `path` stands in.
pub fn folder_of(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) => "/",
        Some(slash) => path.get(..slash).unwrap_or("."),
        None => ".",
    }
}

/// The bytes of the file at `path`.
///
/// # Errors
/// One problem that says why it can't be read.
pub fn read_bytes(files: &dyn Files, path: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    files.read(path, limit).map_err(|error| read_problem(path, limit, &error))
}

/// The text file at `path`. `asked_by` is the place that names it, shown when it can't be read.
///
/// # Errors
/// One problem that says why it can't be read.
pub fn read_text(
    files: &dyn Files,
    path: &str,
    limit: u64,
    asked_by: Option<&Place>,
) -> Result<Arc<SourceFile>, Problem> {
    let bytes = read_bytes(files, path, limit).map_err(|problem| match asked_by {
        Some(place) => problem.at(place.clone()),
        None => problem,
    })?;
    decode_text(path, bytes)
}

/// The text that `bytes` are, read from `path`, without a byte-order mark.
///
/// # Errors
/// One problem that says where they are no text in UTF-8.
pub(crate) fn decode_text(path: &str, bytes: Vec<u8>) -> Result<Arc<SourceFile>, Problem> {
    let text =
        String::from_utf8(bytes).map_err(|error| not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to()))?;
    let text = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    Ok(Arc::new(SourceFile::new(path, text)))
}

/// Why the file at `path` could not be read.
pub(crate) fn read_problem(path: &str, limit: u64, error: &ReadError) -> Problem {
    match error {
        ReadError::Missing => {
            let problem = Problem::new(Code::FileMissing, format!("there is no file `{path}`"));
            // In text in quotes, TOML reads `\b` and its like as signs of their own.
            match path.contains('\\') || path.chars().any(char::is_control) {
                true => problem.help("write `/` between folders, also on Windows: `evidence/burglary.toml`"),
                false => problem.help("put the file there, or take its name out"),
            }
        }
        ReadError::NotAFile => {
            Problem::new(Code::FileUnreadable, format!("`{path}` is not a file")).help("name a file")
        }
        ReadError::Outside => {
            Problem::new(Code::FileUnreadable, format!("`{path}` is a link that leads out of its folder"))
                .help("put the file itself there: an assessment or rule set is complete in its folder")
        }
        ReadError::TooLarge(size) => Problem::new(
            Code::FileTooLarge,
            format!("`{path}` has {} MiB; at most {} are read", size >> 20, limit >> 20),
        )
        .help("check that it is the file you meant"),
        ReadError::Other(why) => Problem::new(Code::FileUnreadable, format!("`{path}` can't be read: {why}"))
            .help("check the file's permissions"),
    }
}

pub(crate) fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Problem {
    let good = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default()).into_owned();
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it looks like UTF-16: save it as UTF-8",
        _ => "save it as UTF-8; a spreadsheet calls it `CSV UTF-8`",
    };
    let source = Arc::new(SourceFile::new(path, good));
    let (_, column) = source.line_and_column(valid);
    Problem::new(Code::NotUtf8, format!("`{path}` is not UTF-8 text: byte {byte:#04x} at column {column} of this line"))
        .at(Place::new(&source, valid..valid))
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_tidied_without_asking_the_disk() {
        assert_eq!(join("fixtures/a", "../../rules/b"), "rules/b");
        assert_eq!(join(".", "x.toml"), "x.toml");
        assert_eq!(join("a", ".."), ".");
        assert_eq!(join("..", "../x"), "../../x");
        assert_eq!(join("/a/b", "../../../c"), "/c");
        assert_eq!(join("a", "/etc/x"), "/etc/x");
        assert_eq!(join("a", "b\\c.toml"), "a/b/c.toml");
        assert_eq!(folder_of("a/b.toml"), "a");
        assert_eq!(folder_of("b.toml"), ".");
        assert_eq!(folder_of("/b.toml"), "/");
    }

    #[test]
    fn files_in_memory_are_lent_as_a_disk_would() {
        let files = Memory::new([("a/one", "1"), ("a/b/two", "22"), ("three", "333")]);
        assert_eq!(files.read("a/one", 1), Ok(b"1".to_vec()));
        assert_eq!((files.read("a", 1), files.read("tw", 1)), (Err(ReadError::NotAFile), Err(ReadError::Missing)));
        assert_eq!(files.read("three", 2), Err(ReadError::TooLarge(3)));
        assert_eq!((files.list("a"), files.list(".")), (vec!["one".to_owned()], vec!["three".to_owned()]));
    }
}
