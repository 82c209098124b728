//! The folder as `BagIt` 1.0 (RFC 8493) lays it out, with SHA-256: its names, limits and digests, whatever is in it.
//!
//! A record is a bag written one way: lines in the order of paths, digits in lower case, `\n` for line ends. Anything
//! else is altered, however well it could be read.

mod limits;
pub(crate) mod names;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagnostic::{Code, Problem};
use crate::digest::sha256;
use crate::files::{Files, join, read_bytes};
pub use limits::{MOST_ANSWERS, MOST_BYTES, MOST_FILES};
pub use names::DEEPEST;

/// The files of a record by path, `/` between folders.
pub type Contents = BTreeMap<String, Vec<u8>>;

/// The digests of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The digests of what describes the payload, the manifest included: its own digest stands for the whole record.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The payload's folder.
pub const PAYLOAD: &str = "data/";
/// The folder of signatures, which are made later and so are in no manifest.
pub const SIGNATURES: &str = "signatures/";
/// What every bag begins with: a record is known by it.
pub const DECLARATION: &str = "bagit.txt";
pub(crate) const INFO: &str = "bag-info.txt";

/// `bagit.txt`, to the byte.
pub(crate) const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// A line for each file, as `sha256sum` writes and checks them.
pub(crate) fn manifest<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    let mut text = String::new();
    for (path, bytes) in files {
        let _ = writeln!(text, "{}  {path}", sha256(bytes));
    }
    text
}

/// The bag in a folder, as far as its manifests name files, with its signatures. It has no more bytes than `left`, which are
/// as many fewer as were read, also where that ends with a problem.
///
/// # Errors
/// A file that can't be read, or that is too large.
pub(crate) fn read(files: &dyn Files, folder: &str, left: &Cell<u64>) -> Result<Contents, Problem> {
    let mut bag = Contents::new();
    let take = |bag: &mut Contents, path: &str| {
        let bytes = read_bytes(files, &join(folder, path), left.get())?;
        left.set(left.get().saturating_sub(bytes.len() as u64));
        bag.insert(path.to_owned(), bytes);
        Ok::<(), Problem>(())
    };
    for tag in [DECLARATION, INFO, MANIFEST, TAG_MANIFEST] {
        take(&mut bag, tag)?;
    }
    let listed = bag.get(MANIFEST).map(|bytes| lines(bytes).map(|listed| listed.into_keys().map(str::to_owned)));
    let Some(Ok(listed)) = listed.map(|listed| listed.map(Iterator::collect::<Vec<String>>)) else { return Ok(bag) };
    for path in listed.iter().take(MOST_FILES) {
        take(&mut bag, path)?;
    }
    for name in files.list(&join(folder, SIGNATURES)) {
        take(&mut bag, &format!("{SIGNATURES}{name}"))?;
    }
    Ok(bag)
}

/// Everything in which `bag` is no sound bag: its declaration, names, manifests, and every digest.
pub fn faults(bag: &Contents) -> Vec<Problem> {
    if [DECLARATION, MANIFEST, TAG_MANIFEST].iter().all(|name| !bag.contains_key(*name)) {
        let problem = Problem::new(Code::RecordFileMissing, "this is no record: it has none of the files of one");
        return vec![problem.help("name the folder that `prioritise record` made; an assessment is not sealed before")];
    }
    let mut faults = Vec::new();
    for path in bag.keys() {
        if let Some(fault) = names::fault(path) {
            faults.push(malformed(path, fault));
        }
    }
    if let Some((one, other)) = names::twins(bag.keys().map(String::as_str)) {
        faults.push(malformed(other, &format!("and `{one}` are one file on some machines")));
    }
    if bag.len() > MOST_FILES {
        faults.push(Problem::new(Code::RecordMalformed, format!("more than {MOST_FILES} files")));
    }
    match bag.get(DECLARATION) {
        Some(bytes) if bytes == BAGIT.as_bytes() => {}
        Some(bytes) => faults.push(altered(DECLARATION, bytes, &sha256(BAGIT.as_bytes()), "a bag of version 1.0 has")),
        None => faults.push(missing(DECLARATION, "every bag has one")),
    }
    let known = [DECLARATION, INFO, MANIFEST, TAG_MANIFEST];
    for path in bag.keys().filter(|path| !known.contains(&path.as_str())) {
        if !path.starts_with(PAYLOAD) && !path.starts_with(SIGNATURES) {
            faults.push(malformed(path, "is none of the files that a record has beside `data` and `signatures`"));
        }
    }
    let (payload, tags): (Vec<_>, Vec<_>) = bag
        .iter()
        .filter(|(path, _)| *path != TAG_MANIFEST && !path.starts_with(SIGNATURES))
        .partition(|(path, _)| path.starts_with(PAYLOAD));
    against(bag, MANIFEST, &payload, &mut faults);
    against(bag, TAG_MANIFEST, &tags, &mut faults);
    for required in [INFO, MANIFEST] {
        if !bag.contains_key(required) && bag.contains_key(TAG_MANIFEST) {
            faults.push(missing(required, "every record has one"));
        }
    }
    faults.dedup();
    faults
}

/// Compares files with the lines of a manifest.
fn against(bag: &Contents, name: &str, files: &[(&String, &Vec<u8>)], faults: &mut Vec<Problem>) {
    let Some(bytes) = bag.get(name) else {
        faults.push(missing(name, "every record has one"));
        return;
    };
    let listed = match lines(bytes) {
        Ok(listed) => listed,
        Err(fault) => {
            faults.push(malformed(name, &fault));
            return;
        }
    };
    for (path, bytes) in files {
        match listed.get(path.as_str()) {
            None => faults.push(
                Problem::new(Code::RecordFileUnlisted, format!("`{}` is not in {name}", path.escape_debug())).help(
                    match names::is_left_by_a_system(path) {
                        true => "the system of somebody who looked into the folder made it: take it out",
                        false => "it was added, or its line was altered, after the record was made",
                    },
                ),
            ),
            Some(digest) if *digest != sha256(bytes) => {
                faults.push(altered(path, bytes, digest, &format!("{name} says")));
            }
            Some(_) => {}
        }
    }
    let there: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    for path in listed.keys().filter(|path| !there.contains(*path)) {
        faults.push(missing(path, &format!("{name} lists it")));
    }
}

/// The digests of a manifest by path.
fn lines(bytes: &[u8]) -> Result<BTreeMap<&str, &str>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "is not text".to_owned())?;
    let mut listed = BTreeMap::new();
    let mut last = "";
    for (at, line) in text.split_terminator('\n').enumerate() {
        let wrong = |what: &str| format!("is altered: line {} {what}", at + 1);
        let (digest, path) = line.split_once("  ").ok_or_else(|| wrong("is not a digest, two spaces and a path"))?;
        if digest.len() != 64 || !digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(wrong("has no digest of 64 digits in lower case"));
        }
        if let Some(fault) = names::fault(path) {
            return Err(wrong(&format!("names a path that {fault}")));
        }
        if path <= last {
            return Err(wrong("is out of order, or is there twice"));
        }
        last = path;
        listed.insert(path, digest);
    }
    match text.is_empty() || text.ends_with('\n') {
        true => Ok(listed),
        false => Err("is cut off: its last line is not complete".to_owned()),
    }
}

fn altered(path: &str, bytes: &[u8], digest: &str, says: &str) -> Problem {
    let unix = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let help = match sha256(unix.as_bytes()) == *digest {
        true => "only its line endings were changed, as some programs do when copying: copy the folder as binary files",
        false => "it was altered, or the line that holds its digest was, after the record was made",
    };
    let message = format!("`{path}` has the digest {}, and {says} {digest}", sha256(bytes));
    Problem::new(Code::RecordFileAltered, message).help(help)
}

fn missing(path: &str, why: &str) -> Problem {
    Problem::new(Code::RecordFileMissing, format!("there is no `{}`, and {why}", path.escape_debug()))
        .help("it was taken out, or its line was altered, after the record was made")
}

fn malformed(path: &str, fault: &str) -> Problem {
    Problem::new(Code::RecordMalformed, format!("`{}` {fault}", path.escape_debug()))
        .help("a record is never like this: ask for the folder as it was sealed")
}
