//! The bag of a record: its payload, described and sealed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::engine::Engine;
use super::results::BUILT_IN_PAPER;
use super::run::RunFile;
use crate::bag::{BAGIT, Contents, DECLARATION, INFO, MANIFEST, MOST_BYTES, PAYLOAD, TAG_MANIFEST, manifest};
use crate::diagnostic::{Code, Problem};

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
    let listed = manifest(bag.iter());
    bag.insert(DECLARATION.to_owned(), BAGIT.as_bytes().to_vec());
    bag.insert(INFO.to_owned(), info.into_bytes());
    bag.insert(MANIFEST.to_owned(), listed.into_bytes());
    let tags = manifest(bag.iter().filter(|(path, _)| !path.starts_with(PAYLOAD)));
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

/// The files of the payload, by their path there.
pub(super) fn payload(record: &Contents) -> BTreeMap<String, Vec<u8>> {
    let inside = |(path, bytes): (&String, &Vec<u8>)| Some((path.strip_prefix(PAYLOAD)?.to_owned(), bytes.clone()));
    record.iter().filter_map(inside).collect()
}
