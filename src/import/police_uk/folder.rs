//! Which files there are where a person pointed, by kind, month and force. Nothing is read of them here.

use std::collections::BTreeMap;

use super::kind::{CountForm, CountKind};
use super::month::Month;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, folder_of, join};
use crate::words::{counted, listed};

/// How many folders may lie within each other.
const MAX_DEPTH: usize = 8;
/// The most names that are looked at, of files and folders.
const MAX_NAMES: usize = 200_000;

/// One file that is to be read. Ordered by month, then by force.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PoliceFile {
    pub month: Month,
    /// As in the file's name: `cambridgeshire`.
    pub force: String,
    pub path: String,
}

/// What was found where a person pointed.
#[derive(Debug)]
pub(super) struct FoundFiles {
    form: &'static CountForm,
    /// The files to be read: each month and force once, in order.
    pub wanted: Vec<PoliceFile>,
    /// How many files there are of other kinds, by what one is called and several.
    other_kinds: BTreeMap<(&'static str, &'static str), usize>,
    /// How many CSV files there are of no kind.
    other: usize,
    zips: Vec<String>,
    names: usize,
}

/// Finds the files of a kind at `pointed`: in this folder and in all folders in it, or this one file.
pub(super) fn find(files: &dyn Files, pointed: &str, kind: CountKind, problems: &mut Problems) -> FoundFiles {
    let (wanted, other_kinds, zips) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut found = FoundFiles { form: kind.form(), wanted, other_kinds, other: 0, zips, names: 0 };
    let names = files.list(pointed);
    match names.is_empty() {
        true => found.meet(pointed.rsplit('/').next().unwrap_or(pointed), pointed, problems),
        false => found.walk(files, pointed, names, 0, problems),
    }
    found.wanted.sort();
    for pair in found.wanted.windows(2) {
        if let [first, second] = pair
            && (first.month, &first.force) == (second.month, &second.force)
        {
            let message = format!("`{}` and `{}` are of the same month and force", first.path, second.path);
            let help = "remove one of the two, or name the folder of one of them";
            problems.push(Problem::new(Code::DuplicateId, message).help(help));
        }
    }
    if found.wanted.is_empty() && !problems.has_errors() {
        problems.push(found.nothing(pointed));
    }
    found
}

impl FoundFiles {
    fn walk(&mut self, files: &dyn Files, folder: &str, mut names: Vec<String>, depth: usize, problems: &mut Problems) {
        names.sort();
        for name in names {
            self.names += 1;
            if self.names > MAX_NAMES {
                return;
            }
            // What a Mac or a spreadsheet leaves beside a file is none.
            if name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX" {
                continue;
            }
            let path = join(folder, &format!("./{name}"));
            if ending(&name, "csv").is_some() || ending(&name, "zip").is_some() {
                self.meet(&name, &path, problems);
                continue;
            }
            let inside = files.list(&path);
            if depth < MAX_DEPTH && !inside.is_empty() {
                self.walk(files, &path, inside, depth + 1, problems);
            }
        }
        if depth == 0 && self.names > MAX_NAMES {
            let message = format!("`{folder}` has more than {MAX_NAMES} files and folders");
            problems.push(Problem::new(Code::FileTooLarge, message).help("name the folder with the files of months"));
        }
    }

    fn meet(&mut self, name: &str, path: &str, problems: &mut Problems) {
        if ending(name, "zip").is_some() {
            self.zips.push(path.to_owned());
            return;
        }
        match kind_of(name) {
            Some((form, stem)) if form.ending == self.form.ending => {
                self.wanted.extend(named(stem, path, form, problems));
            }
            Some((form, _)) => *self.other_kinds.entry(form.files).or_default() += 1,
            None => self.other += 1,
        }
    }

    fn nothing(&self, pointed: &str) -> Problem {
        let unread = self.unread().map(|unread| format!(", but {unread}")).unwrap_or_default();
        let help = match &*self.zips {
            [zip, ..] => format!("`{zip}` is a zip: name it itself"),
            [] => format!(
                "name the zip from data.police.uk, the folder that it unpacks to, or a file with the name it has there: \
                 `{}`",
                example(self.form)
            ),
        };
        Problem::new(Code::FileMissing, format!("there is no {} in `{pointed}`{unread}", self.form.files.0)).help(help)
    }

    /// What there is and is not read.
    fn unread(&self) -> Option<String> {
        let mut unread: Vec<String> = Vec::new();
        for ((one, many), count) in &self.other_kinds {
            unread.push(counted(*count, one, many));
        }
        if self.other > 0 {
            unread.push(counted(self.other, "other CSV file", "other CSV files"));
        }
        if !self.zips.is_empty() {
            unread.push(counted(self.zips.len(), "zip", "zips"));
        }
        (!unread.is_empty()).then(|| listed(&unread))
    }

    /// What was read and what was not, a sentence each.
    pub(super) fn remarks(&self, pointed: &str) -> Vec<String> {
        let mut remarks = Vec::new();
        if let (Some(first), Some(last)) = (self.wanted.first(), self.wanted.last()) {
            let (one, many) = self.form.files;
            let months = match first.month == last.month {
                true => first.month.to_string(),
                false => format!("{} to {}", first.month, last.month),
            };
            let within = self.within(pointed).map(|within| format!(", found in `{within}`")).unwrap_or_default();
            remarks.push(format!("Read: {} of {months}{within}.", counted(self.wanted.len(), one, many)));
        }
        remarks.extend(self.unread().map(|unread| format!("Not read: {unread}.")));
        remarks
    }

    /// The folder below `pointed` that has all of the folders of months; none where that is `pointed` itself.
    fn within(&self, pointed: &str) -> Option<String> {
        let below = |path: &str| -> Vec<String> {
            let folder = folder_of(path);
            let below = if pointed == "." { Some(folder) } else { folder.strip_prefix(pointed) };
            let parts = below.unwrap_or_default().split('/').filter(|part| !part.is_empty() && *part != ".");
            parts.map(str::to_owned).collect()
        };
        let mut folders = self.wanted.iter().map(|file| below(&file.path));
        let mut shared = folders.next()?;
        for folder in folders {
            let same = shared.iter().zip(&folder).take_while(|(one, other)| one == other).count();
            shared.truncate(same);
        }
        let shared: Vec<String> = shared.into_iter().take_while(|part| Month::parse(part).is_none()).collect();
        (!shared.is_empty()).then(|| shared.join("/"))
    }
}

/// What stands before `.csv` or the like, in whatever size of letters.
fn ending<'a>(name: &'a str, wanted: &str) -> Option<&'a str> {
    name.rsplit_once('.').filter(|(_, ending)| ending.eq_ignore_ascii_case(wanted)).map(|(stem, _)| stem)
}

/// What kind of file a name says, and what stands before that: `2025-04-kent` of `2025-04-kent-street (1).csv`, as a
/// browser calls a second download.
fn kind_of(name: &str) -> Option<(&'static CountForm, &str)> {
    let stem = ending(name, "csv")?;
    let again = |number: &str| number.strip_suffix(')').is_some_and(|digits| digits.parse::<u32>().is_ok());
    let stem = stem.rsplit_once(" (").filter(|(_, number)| again(number)).map_or(stem, |(stem, _)| stem);
    CountKind::ALL.into_iter().map(CountKind::form).find_map(|form| Some((form, stem.strip_suffix(form.ending)?)))
}

fn example(form: &CountForm) -> String {
    format!("2025-04-cambridgeshire{}.csv", form.ending)
}

/// The month and the force that a file's name says.
fn named(stem: &str, path: &str, form: &CountForm, problems: &mut Problems) -> Option<PoliceFile> {
    let (month, force) = stem.split_at_checked(7).unwrap_or((stem, ""));
    let force = force.strip_prefix('-').filter(|force| !force.is_empty());
    if let (Some(month), Some(force)) = (Month::parse(month), force) {
        return Some(PoliceFile { month, force: force.to_owned(), path: path.to_owned() });
    }
    let message = format!("the name of `{path}` does not begin with a month and a force");
    let help = format!("give it the name it had: `{}`", example(form));
    problems.push(Problem::new(Code::BadPeriod, message).help(help));
    None
}
