//! The monthly street files of data.police.uk into counts by crime type, neighbourhood and month.
//!
//! A row counts once, in the neighbourhood and month that it names, or is set aside for a reason. A month without a
//! force's file is a gap, never zero. Locations are snap points and are not read. Files are gone through side by
//! side; which is read first changes no byte of what comes out.

mod archive;
mod cells;
mod count;
mod duplicates;
mod folder;
mod kind;
mod month;
mod options;
mod street;
mod tally;
mod write;

use super::Import;
use super::given::option_problem;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, join};
use archive::{ArchiveFiles, Pointed};
use count::count;

pub use month::{Month, PointSpan};
pub use options::{OutputKind, PoliceUkOptions};
pub use street::CRIME_TYPES;

/// Reads the street files at `path`, a folder, a zip or one file, and makes what is wanted. What is wrong goes to
/// `problems`; there is nothing to write where that includes errors.
pub fn import(
    files: &(dyn Files + Sync),
    path: &str,
    options: &PoliceUkOptions,
    problems: &mut Problems,
) -> Option<Import> {
    let path = join(".", path);
    let pointed = archive::look_at(files, &path);
    let unpacked = match &pointed {
        Ok(Pointed::Archive(bytes)) => ArchiveFiles::open(&path, bytes).map(Some),
        Ok(Pointed::Folder | Pointed::File) => Ok(None),
        Err(problem) => Err(problem.clone()),
    };
    match unpacked {
        Ok(Some(unpacked)) => import_files(&unpacked, &path, options, problems),
        Ok(None) => import_files(files, &path, options, problems),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

fn import_files(
    files: &(dyn Files + Sync),
    path: &str,
    options: &PoliceUkOptions,
    problems: &mut Problems,
) -> Option<Import> {
    let mut found = Problems::default();
    if options.every != PointSpan::Month && options.by != OutputKind::Type {
        found.push(option_problem(
            "only series of crime types can be by years",
            "leave out `--every`, or ask for `--by type`",
        ));
    }
    let mut there = folder::find(files, path, &mut found);
    let all = there.street.len();
    there.street.retain(|file| options.wants_month(file.month));
    if there.street.is_empty() && all > 0 {
        let message = format!("no street file in `{path}` is for the months asked for");
        found.push(Problem::new(Code::FileMissing, message).help("name other months"));
    }
    let mut counted = None;
    if !found.has_errors() {
        counted = count(files, &there.street, options, &mut found);
    }
    let made = counted.and_then(|counted| match write::files(&counted, options, there.remarks(path)) {
        Ok(import) => Some(import),
        Err(problem) => {
            found.push(problem);
            None
        }
    });
    let sound = !found.has_errors();
    problems.extend(found);
    made.filter(|_| sound)
}
