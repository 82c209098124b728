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

use std::collections::BTreeSet;

use super::Import;
use super::given::option_problem;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, TEXT_LIMIT, join, read_text};
use archive::{ArchiveFiles, Pointed};
use count::count;

pub use month::{Month, PointSpan};
pub use options::{OutputKind, PoliceUkOptions};
pub use street::CRIME_TYPES;

/// Reads a file of LSOA codes: one a line, or the first column of a CSV whose first line may be headers.
///
/// # Errors
/// Says why it can't be read, or that it holds no code.
pub fn read_codes(files: &dyn Files, path: &str) -> Result<BTreeSet<String>, Problem> {
    let source = read_text(files, &join(".", path), TEXT_LIMIT, None)?;
    let first = |line: &str| line.split(',').next().unwrap_or_default().trim().trim_matches('"').to_owned();
    let has_digit = |code: &String| code.bytes().any(|byte| byte.is_ascii_digit());
    let codes: BTreeSet<String> = source.text.lines().map(first).filter(has_digit).collect();
    if codes.is_empty() {
        let message = format!("`{path}` has no LSOA code");
        return Err(Problem::new(Code::BadCsv, message).help("write one code a line, such as `E01017944`"));
    }
    Ok(codes)
}

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
