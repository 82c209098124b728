//! Something with an assessment in it, opened to be compared: a folder, or a record with its own rules.

use std::num::NonZeroUsize;
use std::path::Path;

use super::disk::{Disk, exists, read_folder, text_of};
use crate::assessment::Assessment;
use crate::diagnostic::Problems;
use crate::diff::{DiffSide, RecordIdentity};
use crate::files::Files;
use crate::record::{self, DECLARATION, TAG_MANIFEST};
use crate::rules::RuleSet;

/// An assessment or a record, and the rules to rank it by; its own where none are named.
pub(super) type SideArgument<'p> = (&'p Path, Option<&'p Path>);

/// Something with an assessment in it: a folder, or a record with its own rules.
pub(super) struct OpenedSide {
    pub(super) assessment: Assessment,
    pub(super) rules: RuleSet,
    pub(super) record: Option<record::OpenedRecord>,
}

impl OpenedSide {
    pub(super) fn side(&self) -> DiffSide<'_> {
        DiffSide { assessment: &self.assessment, rules: &self.rules, record: self.record.as_ref().map(sealed) }
    }
}

fn sealed(record: &record::OpenedRecord) -> RecordIdentity<'_> {
    let stated = &record.stated;
    RecordIdentity { digest: &record.digest, date: stated.date.as_deref(), by: stated.by.as_deref() }
}

/// Opens a folder or a record. What a reader should know of it goes to `problems`.
///
/// # Errors
/// What can't be read or ranked; a record that was altered.
pub(super) fn open(
    (path, rules): SideArgument<'_>,
    threads: NonZeroUsize,
    problems: &mut Problems,
) -> Result<OpenedSide, Problems> {
    let name = text_of(path)?;
    let rules = rules.map(text_of).transpose()?;
    let rules = rules.as_deref().map(|folder| (&Disk as &dyn Files, folder));
    let mut found = Problems::default();
    // A record from which its first file was taken is an altered record, and not a folder without an assessment.
    let is_record = [DECLARATION, TAG_MANIFEST].iter().any(|file| exists(&path.join(file)));
    let (loaded, record) = if is_record {
        let contents = read_folder(path).map_err(|found| record::about_record(&name, found))?;
        let record = record::open(&contents, &name, threads, &Disk.budget(), problems)?;
        let rules = rules.unwrap_or((&record, &record.rules));
        (crate::load_apart(&record, &record.assessment, Some(rules), &mut found), Some(record))
    } else {
        (crate::load_apart(&Disk, &name, rules, &mut found), None)
    };
    let Some((assessment, rules)) = loaded else { return Err(found) };
    problems.extend(found);
    Ok(OpenedSide { assessment, rules, record })
}
