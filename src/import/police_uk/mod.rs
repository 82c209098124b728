//! The monthly street files of data.police.uk into counts by crime type, neighbourhood and month.
//!
//! A row counts once, in the neighbourhood and month that it names, or is set aside for a reason. A month without a
//! force's file is a gap, never zero. Locations are snap points and are not read. Files are gone through side by
//! side; which is read first changes no byte of what comes out.

mod cells;
mod duplicates;
mod folder;
mod month;
mod street;
mod tally;
mod write;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::given::option;
use super::{Account, Import};
use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use crate::files::{Files, TEXT_LIMIT, join, read_bytes, read_text};
use folder::{StreetFile, street_files};
use street::{Reason, Street};
use tally::{Present, Tally};

pub use month::{Every, Month};

/// The crime types of data.police.uk since 2013.
pub const TYPES: [&str; 14] = [
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
];

/// The largest street file read: 256 MiB, ten times the largest that a force publishes. As many are in memory as there
/// are threads.
const STREET_LIMIT: u64 = 256 << 20;
/// The most rows set aside that are told of one by one.
const MOST_TOLD: usize = 20;

/// What is made of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A candidate for each crime type, with a series.
    Type,
    /// A candidate for each neighbourhood, with a count for each crime type.
    Area,
    /// A plain CSV table: a row for each neighbourhood and crime type, a column for each month.
    Table,
}

/// What is wanted of the files.
#[derive(Debug, Clone)]
pub struct Options {
    /// What is made.
    pub by: By,
    /// What a point of the series of crime types covers.
    pub every: Every,
    /// How the names of wanted neighbourhoods begin, in whole words: a district, or `Huntingdonshire 001`. All are wanted
    /// where there are neither names nor codes.
    pub areas: Vec<String>,
    /// The LSOA codes of wanted neighbourhoods.
    pub codes: BTreeSet<String>,
    /// The first month wanted.
    pub from: Option<Month>,
    /// The last month wanted.
    pub to: Option<Month>,
    /// Whether a row counts whose Crime ID an earlier row has.
    pub keep_duplicates: bool,
    /// The name of the series of crime types.
    pub evidence: String,
}

impl Options {
    /// Whether a neighbourhood is wanted.
    fn wants(&self, code: &str, name: &str) -> bool {
        let all = self.areas.is_empty() && self.codes.is_empty();
        all || self.codes.contains(code) || self.areas.iter().any(|area| begins_with(name, area))
    }

    fn wants_month(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.to.is_none_or(|to| month <= to)
    }
}

/// In whole words, so that `Stoke` is not `Stoke-on-Trent 001A`; but `Stoke-on-Trent 001` is.
fn begins_with(name: &str, area: &str) -> bool {
    let ends_in_digit = area.ends_with(|letter: char| letter.is_ascii_digit());
    name.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || ends_in_digit)
}

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

/// Reads the street files in `folder` and makes what is wanted. What is wrong goes to `problems`; there is nothing to
/// write where that includes errors.
pub fn import(files: &(dyn Files + Sync), folder: &str, options: &Options, problems: &mut Problems) -> Option<Import> {
    let mut found = Problems::default();
    if options.every != Every::Month && options.by != By::Type {
        found.push(option("only series of crime types can be by years", "leave out `--every`, or ask for `--by type`"));
    }
    let mut street_files = street_files(files, &join(".", folder), &mut found);
    let all = street_files.len();
    street_files.retain(|file| options.wants_month(file.month));
    if street_files.is_empty() && all > 0 {
        let message = format!("no street file in `{folder}` is of the months wanted");
        found.push(Problem::new(Code::FileMissing, message).help("name other months"));
    }
    let mut counted = None;
    if !found.any_error() {
        counted = count(files, &street_files, options, &mut found);
    }
    let made = counted.and_then(|counted| match write::files(&counted, options) {
        Ok(import) => Some(import),
        Err(problem) => {
            found.push(problem);
            None
        }
    });
    let sound = !found.any_error();
    problems.extend(found);
    made.filter(|_| sound)
}

/// All that the files say.
struct Counted {
    tally: Tally,
    present: Present,
    account: Account,
    /// How many rows that were to be told of one by one are not.
    untold: u64,
}

fn count(
    files: &(dyn Files + Sync),
    street_files: &[StreetFile],
    options: &Options,
    problems: &mut Problems,
) -> Option<Counted> {
    let months: BTreeSet<Month> = street_files.iter().map(|file| file.month).collect();
    let mut present = Present::new(street_files);
    let shared = Mutex::new(Tally::new(months.into_iter().collect()));
    let read: Vec<Result<Street, Problem>> = street_files
        .par_iter()
        .enumerate()
        .map(|(number, file)| {
            let bytes = read_bytes(files, &file.path, STREET_LIMIT)?;
            let mut street = street::read(file, &bytes, options)?;
            let mut tally = shared.lock().unwrap_or_else(PoisonError::into_inner);
            tally.add(number, file, present.number(&file.force), &mut street);
            Ok(street)
        })
        .collect();
    let mut tally = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut sum = Sum::default();
    for (file, street) in street_files.iter().zip(read) {
        match street {
            Ok(street) => {
                if street.read > 0 {
                    present.note(present.number(&file.force), file.month);
                }
                sum.add(street);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let repeated = duplicates::repeated(&sum.identified);
    let taken = repeated
        .into_iter()
        .filter(|(file, cell)| street_files.get(*file).is_some_and(|file| tally.take_out(file.month, *cell)));
    let taken = u64::try_from(taken.count()).unwrap_or(0);
    sum.set_aside(Reason::Duplicate, taken);
    sum.used -= taken.min(sum.used);
    tally.in_order();
    if tally.areas.is_empty() && !problems.any_error() {
        problems.push(nothing_wanted(options, &sum.elsewhere));
        return None;
    }
    sum.warnings.truncate(MOST_TOLD);
    let untold = sum.to_tell - u64::try_from(sum.warnings.len()).unwrap_or(0);
    let account = sum.account();
    problems.extend(sum.warnings.into());
    Some(Counted { tally, present, account, untold })
}

/// What the files say together, in their order.
#[derive(Default)]
struct Sum {
    read: u64,
    used: u64,
    aside: [u64; Reason::ALL.len()],
    identified: Vec<Vec<duplicates::Identified>>,
    elsewhere: BTreeSet<String>,
    warnings: Vec<Problem>,
    to_tell: u64,
}

impl Sum {
    fn add(&mut self, street: Street) {
        self.read += street.read;
        self.used += street.used;
        self.aside.iter_mut().zip(street.aside).for_each(|(all, rows)| *all += rows);
        self.identified.push(street.identified);
        self.elsewhere.extend(street.elsewhere);
        self.warnings.extend(street.warnings);
        self.to_tell += street.to_tell;
    }

    fn set_aside(&mut self, reason: Reason, rows: u64) {
        if let Some(all) = self.aside.get_mut(reason as usize) {
            *all += rows;
        }
    }

    fn account(&self) -> Account {
        let mut account = Account::new("street rows");
        account.read(self.read);
        account.used(self.used);
        for (reason, rows) in Reason::ALL.iter().zip(self.aside) {
            account.set_aside(reason.words(), rows);
        }
        account
    }
}

fn nothing_wanted(options: &Options, elsewhere: &BTreeSet<String>) -> Problem {
    let Some(area) = options.areas.first() else {
        return Problem::new(Code::UnknownId, "no row is of a neighbourhood that is wanted")
            .help("check the files and the codes");
    };
    let message = format!("no row is of a neighbourhood whose name begins with `{area}`");
    let known: Vec<&str> = elsewhere.iter().map(String::as_str).collect();
    let help = match crate::diagnostic::nearest(area, known.iter().copied()) {
        None if known.len() > 12 => "write it as in the column `LSOA name`, without the number at its end".to_owned(),
        _ => did_you_mean(area, known),
    };
    Problem::new(Code::UnknownId, message).help(help)
}
