//! The monthly files of data.police.uk into counts by category, neighbourhood and month: street-level crimes, outcomes,
//! stop and search.
//!
//! A row counts once, in the neighbourhood and month that it names, or is set aside for a reason. A month without a
//! force's file is a gap, never zero. Locations are snap points: what has a
//! neighbourhood is not placed by them, and what has none is counted by force unless a table says where points are. Files are gone through side by
//! side; which is read first changes no byte of what comes out.

mod archive;
mod cells;
mod count;
mod duplicates;
mod folder;
mod kind;
mod month;
mod options;
mod rows;
mod tally;
mod write;

use super::Import;
use super::given::option_problem;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, join};
use archive::{ArchiveFiles, Pointed};
use count::count;
use kind::PlaceColumns;
use options::PlaceKind;

pub use kind::{CRIME_TYPES, CountKind};
pub use month::{Month, PointSpan};
pub use options::{OutputKind, PoliceUkOptions};

/// Reads the files at `path`, a folder, a zip or one file, and makes what is wanted. What is wrong goes to
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
        found.push(option_problem("only series can be by years", "leave out `--every`, or ask for `--as type`"));
    }
    found.extend(misplaced(options).into_iter().collect::<Vec<_>>().into());
    let mut there = folder::find(files, path, options.count, &mut found);
    let all = there.wanted.len();
    there.wanted.retain(|file| options.wants_month(file.month));
    if there.wanted.is_empty() && all > 0 {
        let message = format!("no {} in `{path}` is for the months asked for", options.count.form().files.0);
        found.push(Problem::new(Code::FileMissing, message).help("name other months"));
    }
    let mut counted = None;
    if !found.has_errors() {
        counted = count(files, &there.wanted, options, &mut found);
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

/// What is asked for that the files can't give: stop and search has no neighbourhoods.
fn misplaced(options: &PoliceUkOptions) -> Option<Problem> {
    let by_point = matches!(options.count.form().headers.place, PlaceColumns::Point(..));
    if options.points.is_some() && !by_point {
        let help = "leave out `--points`, or count stops with `--count stops`";
        return Some(option_problem("these files have neighbourhoods, and need no table of points", help));
    }
    let asked = [
        (!options.areas.is_empty(), "--area"),
        (!options.codes.is_empty(), "--area-codes"),
        (options.lookup.is_some(), "--lookup"),
    ];
    let (_, option) = asked.into_iter().find(|(asked, _)| *asked)?;
    (options.places() == PlaceKind::Force).then(|| {
        let message = format!("files of stop and search have no neighbourhoods, so `{option}` has nothing to go by");
        let help = "add `--points` with a table of longitude, latitude and LSOA code, such as the street files of the same \
                    force; or leave it out, and stops are counted by force";
        option_problem(message, help)
    })
}
