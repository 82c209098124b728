//! Remembers which files were read and which folders were looked through, and tells which of them are others by now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use super::disk::{Disk, exists};
use crate::budget::Budget;
use crate::files::{Files, ReadError, folder_of};

/// The disk, with a memory of what was asked of it.
#[derive(Default)]
pub(super) struct WatchedFiles {
    /// What each file held, as a digest, and how much of it would have been read.
    files: Mutex<BTreeMap<String, (u64, Vec<u8>)>>,
    /// The names in each folder.
    folders: Mutex<BTreeMap<String, BTreeSet<String>>>,
    /// Every look has one of its own.
    budget: Budget,
}

impl Files for WatchedFiles {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let read = Disk.read(path, limit);
        held(&self.files).insert(path.to_owned(), (limit, digest(&read)));
        read
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let names = names_in(folder);
        held(&self.folders).insert(folder.to_owned(), names.clone());
        names.into_iter().collect()
    }

    fn enter(&self, folder: &str) {
        Disk.enter(folder);
    }

    fn budget(&self) -> Budget {
        self.budget.clone()
    }
}

impl WatchedFiles {
    /// How many files there were.
    pub(super) fn count(&self) -> usize {
        held(&self.files).len()
    }

    /// Reads what `earlier` read and this one did not, as it stands now: where errors stop a look short, what it would have
    /// come to is heeded none the less.
    pub(super) fn look_at_what_was_read_by(&self, earlier: &Self) {
        let files = held(&earlier.files).iter().map(|(path, (limit, _))| (path.clone(), *limit)).collect::<Vec<_>>();
        for (path, limit) in files {
            if !held(&self.files).contains_key(&path) {
                drop(self.read(&path, limit));
            }
        }
        let folders = held(&earlier.folders).keys().cloned().collect::<Vec<_>>();
        for folder in folders {
            if !held(&self.folders).contains_key(&folder) {
                drop(self.list(&folder));
            }
        }
    }

    /// The files that hold something else by now, are gone or have come, and the folders with other names in them.
    pub(super) fn changed(&self) -> Vec<String> {
        let files = held(&self.files);
        let other = files.iter().filter(|(path, (limit, held))| digest(&Disk.read(path, *limit)) != *held);
        let mut changed: Vec<String> = other.map(|(path, _)| path.clone()).collect();
        for (folder, names) in &*held(&self.folders) {
            let now = names_in(folder);
            let differing = names.symmetric_difference(&now).map(|name| format!("{folder}/{name}"));
            changed.extend(differing.filter(|path| !files.contains_key(path)));
        }
        changed
    }

    /// The folders where such a change shows, each with the one above it, in case it is taken away or comes anew.
    pub(super) fn folders(&self) -> BTreeSet<PathBuf> {
        let files = held(&self.files);
        let folders = held(&self.folders);
        let all = files.keys().map(|path| folder_of(path)).chain(folders.keys().map(String::as_str));
        all.flat_map(|folder| [folder.to_owned(), format!("{folder}/..")]).filter_map(|it| there(&it)).collect()
    }
}

/// The memory, whatever became of the others who held it: it is only ever added to.
fn held<T>(memory: &Mutex<T>) -> MutexGuard<'_, T> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder, or the nearest above it that is there.
fn there(folder: &str) -> Option<PathBuf> {
    Path::new(folder).ancestors().find(|it| exists(it)).map(Path::to_owned)
}

/// What people can see: editors keep files of their own beside those that they edit, and hide them.
fn names_in(folder: &str) -> BTreeSet<String> {
    let kept = |name: &String| !name.starts_with(['.', '#']) && !name.ends_with(['~', '#']);
    Disk.list(folder).into_iter().filter(kept).collect()
}

fn digest(read: &Result<Vec<u8>, ReadError>) -> Vec<u8> {
    match read {
        Ok(bytes) => Sha256::digest(bytes).to_vec(),
        Err(error) => format!("{error:?}").into_bytes(),
    }
}
