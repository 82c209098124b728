//! Files in memory, and the one form in which several of them are bytes: `=== path`, a line end, and what it holds.

use std::collections::BTreeMap;
use std::path::Path;

use prioritise::budget::Budget;
use prioritise::files::{Files, ReadError};

/// What begins the line that names a file.
const MARK: &[u8] = b"=== ";

/// Files by path, `/` between folders.
#[derive(Debug, Clone, Default)]
pub struct Folder(pub BTreeMap<String, Vec<u8>>);

impl Folder {
    /// The files of the repository below `path`, each by its path in the repository.
    pub fn of_repository(path: &str) -> Self {
        let mut folder = Self::default();
        folder.gather(path);
        folder
    }

    fn gather(&mut self, path: &str) {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
        if place.is_file() {
            self.0.insert(path.to_owned(), std::fs::read(place).expect("a file of the repository can be read"));
            return;
        }
        for entry in std::fs::read_dir(&place).unwrap_or_else(|error| panic!("{}: {error}", place.display())) {
            let name = entry.expect("a folder of the repository can be read").file_name();
            self.gather(&format!("{path}/{}", name.to_string_lossy()));
        }
    }

    /// The same with another file in it.
    pub fn with(&self, path: &str, bytes: &[u8]) -> Self {
        let mut folder = self.clone();
        folder.0.insert(path.to_owned(), bytes.to_vec());
        folder
    }

    /// The bytes of the file at `path`; there must be one.
    pub fn bytes(&self, path: &str) -> &[u8] {
        self.0.get(path).unwrap_or_else(|| panic!("no file `{path}`"))
    }

    /// The files below `home`, by their paths from there.
    pub fn below(&self, home: &str) -> Self {
        let inside = |(path, bytes): (&String, &Vec<u8>)| {
            Some((path.strip_prefix(home)?.strip_prefix('/')?.to_owned(), bytes.clone()))
        };
        Self(self.0.iter().filter_map(inside).collect())
    }

    /// All files as bytes.
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (path, content) in &self.0 {
            bytes.extend([MARK, path.as_bytes(), b"\n", content, b"\n"].concat());
        }
        bytes
    }

    /// The files that `bytes` are, as far as they are some.
    pub fn unpack(bytes: &[u8]) -> Self {
        let mut folder = Self::default();
        let mut at: Option<(String, Vec<u8>)> = None;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.strip_prefix(MARK) {
                Some(path) => {
                    folder.take(at.take());
                    let path = path.strip_suffix(b"\n").unwrap_or(path);
                    at = Some((String::from_utf8_lossy(path).into_owned(), Vec::new()));
                }
                None => {
                    if let Some((_, content)) = &mut at {
                        content.extend(line);
                    }
                }
            }
        }
        folder.take(at);
        folder
    }

    fn take(&mut self, file: Option<(String, Vec<u8>)>) {
        if let Some((path, mut content)) = file {
            // The line end before the next mark is the mark's.
            content.pop_if(|last| *last == b'\n');
            self.0.insert(path, content);
        }
    }
}

/// A second's work: what scripts do with more is measured by it.
pub const STEPS: u64 = 5_000_000;

impl Files for Folder {
    fn budget(&self) -> Budget {
        Budget::of(STEPS)
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.0.get(path) {
            Some(bytes) if bytes.len() as u64 > limit => Err(ReadError::TooLarge(bytes.len() as u64)),
            Some(bytes) => Ok(bytes.clone()),
            None => Err(ReadError::Missing),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = |path: &String| {
            let rest = if folder == "." { path } else { path.strip_prefix(folder)?.strip_prefix('/')? };
            Some(rest.split('/').next()?.to_owned())
        };
        let mut names: Vec<String> = self.0.keys().filter_map(inside).collect();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let folder = Folder::default().with("a/b.toml", b"x = 1\n").with("c", b"").with("d", b"no end");
        assert_eq!(Folder::unpack(&folder.pack()).0, folder.0);
    }
}
