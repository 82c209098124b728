//! Gives the engine its identity: the digest of the source that it is built from, and a commit to find that source by.

#![expect(clippy::disallowed_methods, reason = "the source is read from the disk")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

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
    println!("cargo::rerun-if-env-changed={COMMIT}");
    if let Some(commit) = env::var(COMMIT).ok().or_else(commit_of_source) {
        println!("cargo::rustc-env={COMMIT}={commit}");
    }
    Ok(())
}

/// Names the commit where the source is built away from its history: whoever packs it sets this.
const COMMIT: &str = "PRIORITISE_COMMIT";

/// The last commit that changed the source; none where a file differs from it, or where no whole history is there.
fn commit_of_source() -> Option<String> {
    let git = |arguments: &[&str]| {
        let answer = Command::new("git").args(arguments).arg("--").args(SOURCE).output().ok()?;
        answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
    };
    let is_whole =
        Command::new("git").args(["rev-parse", "--is-shallow-repository"]).output().ok()?.stdout == b"false\n";
    let is_unchanged = git(&["--no-optional-locks", "status", "--porcelain"])?.is_empty();
    git(&["log", "-1", "--format=%H"]).filter(|_| is_whole && is_unchanged)
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
