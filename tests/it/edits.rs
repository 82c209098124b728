//! A change of the base assessment, as a file of `tests/faults` or `tests/variants` describes it.

use serde::Deserialize;

use crate::support::{Folder, in_repository};

/// Where the base assessment is.
pub(crate) const BASE: &str = "tests/base";

/// What is changed, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edits {
    /// What somebody did, in a line.
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    edit: Vec<Edit>,
    #[serde(default)]
    delete: Vec<String>,
    #[serde(default)]
    write: Vec<Write>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    pub(crate) file: String,
    pub(crate) find: String,
    pub(crate) replace: String,
}

/// A whole file: its text, its bytes, or only how many bytes it has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Write {
    file: String,
    text: Option<String>,
    bytes: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Edits {
    /// Reads `tests/FOLDER/NAME`.
    pub(crate) fn read(folder: &str, name: &str) -> Self {
        let path = format!("tests/{folder}/{name}");
        let text = std::fs::read_to_string(in_repository(&path)).unwrap();
        toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The base assessment, so changed.
    pub(crate) fn apply(&self) -> Folder {
        let mut folder = Folder::of(&[BASE]);
        let at = |file: &str| format!("{BASE}/{file}");
        for edit in &self.edit {
            folder.edit(&at(&edit.file), &edit.find, &edit.replace);
        }
        self.delete.iter().for_each(|file| folder.remove(&at(file)));
        for write in &self.write {
            match (&write.text, &write.bytes, write.size) {
                (Some(text), None, None) => folder.write(&at(&write.file), text.as_bytes()),
                (None, Some(bytes), None) => folder.write(&at(&write.file), bytes.clone()),
                (None, None, Some(size)) => folder.write_size(&at(&write.file), size),
                _ => panic!("`{}`: give one of text, bytes and size", write.file),
            }
        }
        folder
    }
}
