//! The zip as data.police.uk packs it, read like the folder that it would unpack to. Nothing is unpacked to a disk.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::budget::Budget;
use crate::diagnostic::{Code, Problem};
use crate::files::{Files, ReadError, join, read_problem};

/// The largest archive read: 2 GiB. That of all forces over three years has 1.7.
const ARCHIVE_LIMIT: u64 = 2 << 30;
/// The most that its files may unpack to, together: 16 GiB, three times the largest. One file is unpacked at a time on
/// each thread.
const UNPACKED_LIMIT: u64 = 16 << 30;
/// The most files and folders that it may have: three kinds of 44 forces over twelve years.
const MAX_ENTRIES: usize = 20_000;

/// What stands at the path that a person named.
pub(super) enum Pointed {
    Folder,
    File,
    /// The bytes of an archive.
    Archive(Vec<u8>),
}

/// Looks at what stands at `path`: what a file is is seen from its content.
///
/// # Errors
/// That nothing is there, or that it can't be read.
pub(super) fn look_at(files: &dyn Files, path: &str) -> Result<Pointed, Problem> {
    if !files.list(path).is_empty() {
        return Ok(Pointed::Folder);
    }
    match files.read(path, ARCHIVE_LIMIT) {
        Ok(bytes) if bytes.starts_with(b"PK") => Ok(Pointed::Archive(bytes)),
        Ok(_) => Ok(Pointed::File),
        Err(ReadError::NotAFile) => Ok(Pointed::Folder),
        Err(ReadError::Missing) => Err(Problem::new(Code::FileMissing, format!("there is no file or folder `{path}`"))
            .help("name the zip from data.police.uk, or the folder that it unpacks to")),
        Err(error) => Err(read_problem(path, ARCHIVE_LIMIT, &error)),
    }
}

/// The files of an archive, by their paths below its own.
pub(super) struct ArchiveFiles<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    entries: BTreeMap<String, usize>,
}

impl<'a> ArchiveFiles<'a> {
    /// # Errors
    /// That it is damaged, or larger than the limits.
    pub(super) fn open(path: &str, bytes: &'a [u8]) -> Result<Self, Problem> {
        let broken = |error: zip::result::ZipError| {
            Problem::new(Code::FileUnreadable, format!("`{path}` is a zip that is cut off or damaged ({error})"))
                .help("download it again; it must have no password")
        };
        let too_large = |what: String| {
            Problem::new(Code::FileTooLarge, format!("`{path}` {what}"))
                .help("check that it is the zip you meant, or download fewer forces or months at a time")
        };
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if archive.len() > MAX_ENTRIES {
            return Err(too_large(format!("has {} files; at most {MAX_ENTRIES} are read", archive.len())));
        }
        let (mut entries, mut unpacked) = (BTreeMap::new(), 0_u64);
        for number in 0..archive.len() {
            let entry = archive.by_index(number).map_err(broken)?;
            unpacked = unpacked.saturating_add(entry.size());
            if entry.is_file() {
                entries.insert(join(path, &format!("./{}", entry.name().map_err(broken)?)), number);
            }
        }
        if unpacked > UNPACKED_LIMIT {
            return Err(too_large(format!("unpacks to {} GiB; at most {}", unpacked >> 30, UNPACKED_LIMIT >> 30)));
        }
        Ok(Self { archive, entries })
    }
}

impl Files for ArchiveFiles<'_> {
    /// No more is unpacked than the archive declares, which was found to be within the limits.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let number = *self.entries.get(path).ok_or(ReadError::Missing)?;
        let damaged = |why: &dyn std::fmt::Display| ReadError::Other(format!("the zip is damaged here ({why})"));
        let mut archive = self.archive.clone();
        let entry = archive.by_index(number).map_err(|error| damaged(&error))?;
        let declared = entry.size();
        if declared > limit {
            return Err(ReadError::TooLarge(declared));
        }
        let mut bytes = Vec::new();
        entry.take(declared + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        match u64::try_from(bytes.len()) {
            Ok(length) if length == declared => Ok(bytes),
            _ => Err(damaged(&"the file has another size than the zip says")),
        }
    }

    /// Nobody's rules are read here.
    fn budget(&self) -> Budget {
        Budget::of(0)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let below = |path: &String| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
        let mut names: Vec<String> = self
            .entries
            .keys()
            .filter_map(below)
            .filter_map(|path| path.split('/').next().map(str::to_owned))
            .collect();
        names.dedup();
        names
    }
}
