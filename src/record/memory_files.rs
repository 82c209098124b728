//! Files in memory, lent to the core as a disk would lend them.

use std::collections::BTreeMap;

use crate::files::{Files, ReadError};

/// Files by their path, with `/` between folders.
pub(super) struct MemoryFiles<'a>(pub &'a BTreeMap<String, Vec<u8>>);

impl Files for MemoryFiles<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let Some(bytes) = self.0.get(path) else { return Err(ReadError::Missing) };
        match u64::try_from(bytes.len()) {
            Ok(length) if length <= limit => Ok(bytes.clone()),
            _ => Err(ReadError::TooLarge(limit.saturating_add(1))),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = |path: &String| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            (!name.contains('/')).then(|| name.to_owned())
        };
        self.0.keys().filter_map(inside).collect()
    }
}
