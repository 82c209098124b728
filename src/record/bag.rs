//! The folder as `BagIt` 1.0 (RFC 8493) lays it out, with SHA-256.
//!
//! A record is a bag written one way: lines in the order of paths, digits in lower case, `\n` for line ends. Anything
//! else is altered, however well it could be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::engine::Engine;
use super::limits::{MOST_BYTES, MOST_FILES};
use super::names;
use super::results::BUILT_IN_PAPER;
use super::run::RunFile;
use crate::diagnostic::{Code, Problem};
use crate::digest::sha256;

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
const INFO: &str = "bag-info.txt";

/// `bagit.txt`, to the byte.
const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The bag with this payload.
pub(super) fn seal(payload: BTreeMap<String, Vec<u8>>, run: &RunFile, engine: &Engine) -> Result<Contents, Problem> {
    let bytes: u64 = payload.values().map(|bytes| bytes.len() as u64).sum();
    if bytes > MOST_BYTES {
        let message = format!("with its results it has {} MiB, which is too much for a record", bytes >> 20);
        return Err(Problem::new(Code::FileTooLarge, message)
            .help(format!("a record can have at most {} MiB", MOST_BYTES >> 20)));
    }
    let info = info(&payload, bytes, run, engine);
    let mut bag: Contents = payload.into_iter().map(|(path, bytes)| (format!("{PAYLOAD}{path}"), bytes)).collect();
    let manifest = manifest(bag.iter());
    bag.insert(DECLARATION.to_owned(), BAGIT.as_bytes().to_vec());
    bag.insert(INFO.to_owned(), info.into_bytes());
    bag.insert(MANIFEST.to_owned(), manifest.into_bytes());
    let tags = self::manifest(bag.iter().filter(|(path, _)| !path.starts_with(PAYLOAD)));
    bag.insert(TAG_MANIFEST.to_owned(), tags.into_bytes());
    Ok(bag)
}

fn info(payload: &BTreeMap<String, Vec<u8>>, bytes: u64, run: &RunFile, engine: &Engine) -> String {
    let mut info = String::new();
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(info, "{label}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
    };
    if payload.contains_key(BUILT_IN_PAPER) {
        let said = "data/paper.html is laid out by templates of the record's own and can print anything; ";
        line("Internal-Sender-Description", &format!("{said}data/{BUILT_IN_PAPER} is the engine's own paper"));
    }
    line("Source-Organization", &run.assessment.partnership);
    line("External-Description", &format!("{}, {}", run.assessment.title, run.assessment.period));
    line("External-Identifier", &run.assessment.digest);
    line("Bag-Software-Agent", &format!("{} {} {}", engine.name, engine.version, engine.source));
    if let Some(date) = &run.stated.date {
        line("Bagging-Date", date);
    }
    if let Some(by) = &run.stated.by {
        line("Contact-Name", by);
    }
    line("Payload-Oxum", &format!("{bytes}.{}", payload.len()));
    info
}

/// A line for each file, as `sha256sum` writes and checks them.
fn manifest<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    let mut text = String::new();
    for (path, bytes) in files {
        let _ = writeln!(text, "{}  {path}", sha256(bytes));
    }
    text
}

/// The files of the payload, by their path there.
pub(super) fn payload(record: &Contents) -> BTreeMap<String, Vec<u8>> {
    let inside = |(path, bytes): (&String, &Vec<u8>)| Some((path.strip_prefix(PAYLOAD)?.to_owned(), bytes.clone()));
    record.iter().filter_map(inside).collect()
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
