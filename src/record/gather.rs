//! Every file that a ranking reads, under the name that it has in a record.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use crate::bag::{DECLARATION, MOST_BYTES, MOST_FILES, names};
use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{BYTE_ORDER_MARK, Files, ReadError, folder_of, join, within};
use crate::workshop::session::filed_sessions;
use crate::{members, pipeline, public_edition, report::paper::Templates, rules, trial};

/// The files of a record that came from people: `assessment/…`, `rules/…` and, where the paper has a look of its own,
/// `templates/…`. Line ends are `\n`, so that a checkout with others is the same record; no other byte is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs(BTreeMap<String, Vec<u8>>);

/// The folder of the assessment in a record.
pub(super) const ASSESSMENT: &str = "assessment";
/// The folder of the rule set in a record.
pub(super) const RULES: &str = "rules";
/// The folder of the paper's templates in a record.
pub(super) const TEMPLATES: &str = "templates";

impl Inputs {
    /// The files by their path in the record's payload.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.0
    }

    /// Whether the paper has a look of its own.
    pub(super) fn has_templates(&self) -> bool {
        self.0.keys().any(|path| path.starts_with("templates/"))
    }
}

/// Reads the assessment, the rule set in the folder `rules` or the one that the assessment names, its tests, and the
/// paper's templates. What is worth a warning goes to `problems`.
///
/// # Errors
/// Everything that is wrong with them; files outside the folder of what reads them; names that some machine can't have.
pub fn gather(
    files: &dyn Files,
    assessment: &str,
    rules: Option<&str>,
    templates: Option<&str>,
    problems: &mut Problems,
) -> Result<Inputs, Problems> {
    let mut found = Problems::default();
    let loaded = crate::load(files, assessment, rules, &mut found);
    let Some((loaded, ranked_by)) = loaded else { return Err(found) };
    problems.extend(found);
    if loaded.publication.is_some() {
        problems.push(public_edition::of_the_digest());
    }
    let mut inputs = Gathering { files, inputs: BTreeMap::new(), unread: BTreeSet::new(), faults: Problems::default() };
    let (home, file) = home(assessment, "assessment.toml");
    let read = inputs.note(|noting| members::load_assessment(noting, assessment, &mut Problems::default()));
    inputs.keep(read.1, &home, &file, ASSESSMENT, "assessment.toml");
    // Nothing that ranks reads what a workshop said of it.
    let (sessions, kept) = inputs.note(|noting| filed_sessions(noting, &home));
    inputs.keep(kept, &home, &file, ASSESSMENT, "assessment.toml");
    if let Some(last) = sessions?.last() {
        let ranked = pipeline::rank(&loaded, &ranked_by, NonZeroUsize::MIN, Problems::default())?;
        last.warning(&ranked).into_iter().for_each(|warning| problems.push(warning));
    }
    if let Some(rules) = rules.map(str::to_owned).or(read.0.rules.map(|(folder, _)| folder)) {
        let (home, file) = self::home(&rules, "ruleset.toml");
        let (rules, read) = inputs.note(|noting| rules::load(noting, &rules, None, &mut Problems::default()).rules);
        inputs.keep(read, &home, &file, RULES, "ruleset.toml");
        if let Some(rules) = rules {
            // Nothing that ranks reads the answers that weights are said to come from.
            let (_, answers) = inputs.note(|noting| pipeline::changed_since_recorded(noting, rules.latest()));
            let (_, read) = inputs.note(|noting| trial::load(noting, &rules, &mut Problems::default()));
            // Assessments that the tests rank may stand elsewhere; they are no part of the rules.
            inputs.refuse_unread(&home);
            let inside = read.into_iter().chain(answers).filter(|(path, _)| within(path, &home).is_some()).collect();
            inputs.keep(inside, &home, &file, RULES, "ruleset.toml");
        }
    }
    if let Some(folder) = templates {
        let (read, bytes) = inputs.note(|noting| Templates::of_folder(noting, folder));
        inputs.keep(bytes, &join(".", folder), "", TEMPLATES, "");
        read?;
    }
    inputs.judged()
}

/// The folder of a path that names a folder or its main file, and that file's path.
fn home(path: &str, main: &str) -> (String, String) {
    let file = if path.ends_with(".toml") { join(".", path) } else { join(path, main) };
    (folder_of(&file).to_owned(), file)
}

struct Gathering<'a> {
    files: &'a dyn Files,
    inputs: BTreeMap<String, Vec<u8>>,
    /// Paths at which there is something that could not be read.
    unread: BTreeSet<String>,
    faults: Problems,
}

/// Files by the path under which they were read.
type FilesRead = BTreeMap<String, Vec<u8>>;

impl Gathering<'_> {
    /// What `work` answers, and the files that it read.
    fn note<T>(&mut self, work: impl FnOnce(&dyn Files) -> T) -> (T, FilesRead) {
        let noting = NotingFiles { files: self.files, read: RefCell::default(), unread: RefCell::default() };
        let answer = work(&noting);
        self.unread.extend(noting.unread.into_inner());
        (answer, noting.read.into_inner())
    }

    /// Refuses what is in the folder `home` and could not be read: it would be left out without a word.
    fn refuse_unread(&mut self, home: &str) {
        for path in self.unread.iter().filter(|path| within(path, home).is_some()) {
            let message = format!("`{path}` can't be read, or is a link that leads out of its folder");
            let help = "put the file itself there, or take it out: a record must be whole";
            self.faults.push(Problem::new(Code::OutsideTheRecord, message).help(help));
        }
    }

    /// Takes what was read in the folder `home` into the record's folder `to`, the file `main` there as `called`.
    fn keep(&mut self, read: FilesRead, home: &str, main: &str, to: &str, called: &str) {
        // Records of members are copied to the byte: their digests cover it.
        let declared = |path: &String| path.strip_suffix(DECLARATION).map(str::to_owned);
        let sealed: Vec<String> = read.keys().filter_map(declared).collect();
        let is_sealed = |path: &str| sealed.iter().any(|folder| path.starts_with(folder.as_str()));
        for (path, bytes) in read {
            let bytes = if is_sealed(&path) { bytes } else { with_line_feeds(bytes) };
            match within(&path, home) {
                _ if path == main => {
                    self.inputs.insert(format!("{to}/{called}"), bytes);
                }
                Some(name) => {
                    self.inputs.insert(format!("{to}/{name}"), bytes);
                }
                None => self.faults.push(
                    Problem::new(Code::OutsideTheRecord, format!("`{path}` is outside the folder `{home}`"))
                        .help("put it into that folder: a record has one complete folder of each kind"),
                ),
            }
        }
    }

    fn judged(mut self) -> Result<Inputs, Problems> {
        for path in self.inputs.keys() {
            if let Some(fault) = names::fault(path) {
                self.faults.push(
                    Problem::new(Code::NameNotPortable, format!("`{}` {fault}", path.escape_debug()))
                        .help("rename it: a record must mean the same files on every machine"),
                );
            }
        }
        if let Some((one, other)) = names::twins(self.inputs.keys().map(String::as_str)) {
            let message = format!("`{one}` and `{other}` are one file on some machines");
            self.faults.push(Problem::new(Code::NameNotPortable, message).help("rename one of them"));
        }
        let bytes: u64 = self.inputs.values().map(|bytes| bytes.len() as u64).sum();
        if bytes > MOST_BYTES || self.inputs.len() > MOST_FILES {
            let message = format!("{} files with {} MiB are too much for a record", self.inputs.len(), bytes >> 20);
            let help = format!("a record can have at most {MOST_FILES} files and {} MiB", MOST_BYTES >> 20);
            self.faults.push(Problem::new(Code::FileTooLarge, message).help(help));
        }
        if self.faults.has_errors() { Err(self.faults) } else { Ok(Inputs(self.inputs)) }
    }
}

/// `\n` for every `\r\n`, and no byte-order mark: editors and checkouts put both in, and neither says anything.
fn with_line_feeds(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    if !bytes.contains(&b'\r') {
        return bytes;
    }
    let next = bytes.iter().copied().skip(1).map(Some).chain([None]);
    let kept = bytes.iter().zip(next).filter(|(byte, next)| !(**byte == b'\r' && *next == Some(b'\n')));
    kept.map(|(byte, _)| *byte).collect()
}

/// Files that remember what was read of them.
struct NotingFiles<'a> {
    files: &'a dyn Files,
    read: RefCell<FilesRead>,
    unread: RefCell<BTreeSet<String>>,
}

impl Files for NotingFiles<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = self.files.read(path, limit);
        match &bytes {
            Ok(bytes) => drop(self.read.borrow_mut().insert(path.to_owned(), bytes.clone())),
            Err(ReadError::Missing) => {}
            Err(_) => drop(self.unread.borrow_mut().insert(path.to_owned())),
        }
        bytes
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.files.list(folder)
    }

    fn enter(&self, folder: &str) {
        self.files.enter(folder);
    }

    fn budget(&self) -> Budget {
        self.files.budget()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_line_feeds_and_nothing_else_changes() {
        assert_eq!(with_line_feeds(b"a\r\nb\rc\r\r\n\n\r".to_vec()), b"a\nb\rc\r\n\n\r");
        assert_eq!(with_line_feeds(b"\r\n".to_vec()), b"\n");
        assert_eq!(with_line_feeds("\u{feff}a\u{feff}".as_bytes().to_vec()), "a\u{feff}".as_bytes());
        assert_eq!(with_line_feeds(Vec::new()), b"");
    }

    #[test]
    fn a_folder_holds_what_is_under_it() {
        assert_eq!(within("a/b/c.toml", "a/b"), Some("c.toml"));
        assert_eq!(within("a/bc.toml", "a/b"), None);
        assert_eq!(within("x.toml", "."), Some("x.toml"));
        assert_eq!(within("../x.toml", "."), None);
        assert_eq!(within("/x.toml", "."), None);
        assert_eq!(within("/x.toml", "/"), Some("x.toml"));
    }
}
