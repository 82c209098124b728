//! Files with some of them changed, as they would be once they are written.

use std::collections::BTreeMap;

use crate::budget::Budget;
use crate::files::{Files, ReadError};

/// The files of somebody, and what takes the place of some of them.
pub(crate) struct Overlay<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) changed: &'a BTreeMap<String, String>,
}

impl Files for Overlay<'_> {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.changed.get(path).map_or_else(|| self.files.read(path, limit), |text| Ok(text.clone().into_bytes()))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.files.list(folder)
    }

    fn enter(&self, folder: &str) {
        self.files.enter(folder);
    }

    fn budget(&self) -> Budget {
        self.files.budget()
    }
}
