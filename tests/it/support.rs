//! What the tests share: the command as a person types it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a command said and how it ended.
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs `prioritise` in the project's folder.
pub fn prioritise(arguments: &[&str]) -> Said {
    prioritise_in(&root(), arguments)
}

/// Runs `prioritise` in some folder.
pub fn prioritise_in(folder: &Path, arguments: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_prioritise")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}
