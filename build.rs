//! Gives the engine its identity: the digest of the source that it is built from.

#![expect(clippy::disallowed_methods, reason = "the source is read from the disk")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};

/// What the engine's answers depend on. Snapshots and tests are no part of it.
const SOURCE: [&str; 4] = ["Cargo.lock", "Cargo.toml", "build.rs", "src"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for path in SOURCE {
        println!("cargo::rerun-if-changed={path}");
        gather(Path::new(path), &mut files)?;
    }
    files.sort();
    let mut source = Sha256::new();
    for file in &files {
        // A checkout with other line ends, on a machine with other separators, is the same source.
        let text = fs::read_to_string(file)?.replace("\r\n", "\n");
        let name = file.to_string_lossy().replace('\\', "/");
        source.update(format!("{}  {name}\n", hex(&Sha256::digest(text))));
    }
    println!("cargo::rustc-env=PRIORITISE_SOURCE={}", hex(&source.finalize()));
    Ok(())
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.file_name().is_none_or(|name| name != "snapshots") {
        for entry in fs::read_dir(path)? {
            gather(&entry?.path(), files)?;
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
