//! Counts the files, side by side: which is read first changes no byte of what comes out.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::folder::PoliceFile;
use super::kind::CountForm;
use super::rows::{self, FileCounts, SetAsideReason, too_many_categories};
use super::tally::{CountTally, ForceMonths};
use super::{Month, PoliceUkOptions, duplicates};
use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use crate::files::{Files, read_bytes};
use crate::import::RowAccount;
use crate::import::given::why_nothing;

/// The largest file read: 256 MiB, ten times the largest that a force publishes. As many are in memory as there
/// are threads.
const FILE_LIMIT: u64 = 256 << 20;
/// The most rows set aside that are told of one by one.
const MAX_TOLD: usize = 20;

/// All that the files say.
pub(super) struct CountedFiles {
    pub(super) tally: CountTally,
    pub(super) present: ForceMonths,
    pub(super) account: RowAccount,
    /// How many rows that were to be told of one by one are not.
    pub(super) untold: u64,
    pub(super) months_written: MonthsWritten,
    /// The files whose letters were decoded from Windows-1252.
    pub(super) decoded: Vec<String>,
}

/// Files in which months are not written as they are published.
#[derive(Default)]
pub(super) struct MonthsWritten {
    files: usize,
    first: Option<String>,
}

impl MonthsWritten {
    pub(super) fn remark(&self) -> Option<String> {
        let first = self.first.as_ref()?;
        let files = if self.files == 1 { "file months are" } else { "files months are" };
        Some(format!(
            "In {} {files} not written as data.police.uk writes them, but as `{first}`: a spreadsheet may have saved them. \
             They are read as months.",
            self.files
        ))
    }
}

/// Counts what is wanted of the files; nothing where a file can't be read, or none has what is wanted.
pub(super) fn count(
    files: &(dyn Files + Sync),
    police_files: &[PoliceFile],
    options: &PoliceUkOptions,
    problems: &mut Problems,
) -> Option<CountedFiles> {
    let months: BTreeSet<Month> = police_files.iter().map(|file| file.month).collect();
    let mut present = ForceMonths::new(police_files);
    let shared = Mutex::new(CountTally::new(months.into_iter().collect(), options.count.form().width()));
    let read: Vec<Result<FileCounts, Problem>> = police_files
        .par_iter()
        .enumerate()
        .map(|(number, file)| {
            let bytes = read_bytes(files, &file.path, FILE_LIMIT)?;
            let mut counted = rows::read(file, &bytes, options)?;
            let mut tally = shared.lock().unwrap_or_else(PoisonError::into_inner);
            tally.add(number, file, present.number(&file.force), &mut counted);
            Ok(counted)
        })
        .collect();
    let mut tally = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut sum = FilesSum::new(options.count.form());
    for (file, counted) in police_files.iter().zip(read) {
        match counted {
            Ok(counted) => {
                if counted.has_month {
                    present.note(present.number(&file.force), file.month);
                }
                sum.add(file, counted);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let repeated = duplicates::repeated(&sum.identified);
    let taken = repeated
        .into_iter()
        .filter(|(file, cell)| police_files.get(*file).is_some_and(|file| tally.take_out(file.month, *cell)));
    let taken = u64::try_from(taken.count()).unwrap_or(0);
    sum.set_aside(SetAsideReason::Duplicate, taken);
    sum.used -= taken.min(sum.used);
    if tally.is_too_wide() && !problems.has_errors() {
        problems.push(too_many_categories(options.count.form(), "what was read"));
        return None;
    }
    tally.in_order();
    if tally.areas.is_empty() && !problems.has_errors() {
        problems.push(nothing_wanted(options, &sum));
        if options.areas.is_empty() && options.codes.is_empty() {
            // Why no row counts at all; where an area is named, its name is what is wrong.
            sum.warnings.truncate(MAX_TOLD);
            problems.extend(sum.warnings.into());
        }
        return None;
    }
    sum.warnings.truncate(MAX_TOLD);
    let untold = sum.to_tell - u64::try_from(sum.warnings.len()).unwrap_or(0);
    let account = sum.account();
    problems.extend(sum.warnings.into());
    Some(CountedFiles { tally, present, account, untold, months_written: sum.months_written, decoded: sum.decoded })
}

/// What the files say together, in their order.
struct FilesSum {
    form: &'static CountForm,
    read: u64,
    used: u64,
    aside: [u64; SetAsideReason::ALL.len()],
    identified: Vec<Vec<duplicates::Identified>>,
    elsewhere: BTreeSet<String>,
    warnings: Vec<Problem>,
    to_tell: u64,
    months_written: MonthsWritten,
    decoded: Vec<String>,
}

impl FilesSum {
    fn new(form: &'static CountForm) -> Self {
        Self {
            form,
            read: 0,
            used: 0,
            aside: [0; SetAsideReason::ALL.len()],
            identified: Vec::new(),
            elsewhere: BTreeSet::new(),
            warnings: Vec::new(),
            to_tell: 0,
            months_written: MonthsWritten::default(),
            decoded: Vec::new(),
        }
    }

    fn add(&mut self, file: &PoliceFile, counted: FileCounts) {
        self.read += counted.read;
        self.used += counted.used;
        self.aside.iter_mut().zip(counted.aside).for_each(|(all, rows)| *all += rows);
        self.identified.push(counted.identified);
        self.elsewhere.extend(counted.elsewhere);
        self.warnings.extend(counted.warnings);
        self.to_tell += counted.to_tell;
        self.decoded.extend(counted.decoded.then(|| file.path.clone()));
        if let Some(written) = counted.month_written {
            self.months_written.files += 1;
            self.months_written.first.get_or_insert(written);
        }
    }

    fn set_aside(&mut self, reason: SetAsideReason, rows: u64) {
        if let Some(all) = self.aside.get_mut(reason as usize) {
            *all += rows;
        }
    }

    fn account(&self) -> RowAccount {
        let mut account = RowAccount::new(self.form.rows);
        account.read(self.read);
        account.used(self.used);
        for (reason, rows) in SetAsideReason::ALL.iter().zip(self.aside) {
            account.set_aside(&reason.words(self.form), rows);
        }
        account
    }
}

fn nothing_wanted(options: &PoliceUkOptions, sum: &FilesSum) -> Problem {
    let Some(area) = options.areas.first() else {
        let message = match options.codes.is_empty() {
            true => "no row can be counted",
            false => "no row is in any of the neighbourhoods asked for",
        };
        return Problem::new(Code::UnknownId, message).help(why_nothing(&sum.account()));
    };
    let message = format!("no row is in a neighbourhood whose name begins with `{area}`");
    let known: Vec<&str> = sum.elsewhere.iter().map(String::as_str).collect();
    let help = match crate::diagnostic::nearest(area, known.iter().copied()) {
        None if known.len() > 12 => "write it as in the column `LSOA name`, without the number at its end".to_owned(),
        _ => did_you_mean(area, known),
    };
    Problem::new(Code::UnknownId, message).help(help)
}
