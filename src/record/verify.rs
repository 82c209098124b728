//! Whether a record is what it says: its structure, its digests, and its list, made again.
//!
//! The record may come from anybody. Nothing outside it is read, nothing is written, and no name, digest or figure in
//! it is believed before it was checked.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::bag::{self, Contents, PAYLOAD, TAG_MANIFEST};
use super::compare::{self, FirstDifference, SideBySide};
use super::engine::Engine;
use super::gather::{ASSESSMENT, RULES, TEMPLATES, gather};
use super::integrity;
use super::run::{RunFile, SCHEMA};
use super::seal_as;
use super::signature::trust::Signer;
use super::signature::{self, Signatures};
use crate::diagnostic::{Code, Problem, Problems};
use crate::digest::digest;
use crate::files::MemoryFiles;

/// What was found of a record.
#[derive(Debug)]
pub struct Verification {
    /// `sha256:` and the digest that stands for the record; none where it has no tag manifest.
    pub digest: Option<String>,
    /// What was run; none where that can't be read.
    pub run: Option<RunFile>,
    /// Which engine made it; none where that can't be read.
    pub engine: Option<Engine>,
    /// How many files it has, signatures left out.
    pub files: usize,
    /// In what its structure or a digest is wrong.
    pub faults: Vec<Problem>,
    /// What came of making the list again.
    pub remade: RemadeList,
    /// Who signed it; none where that was not asked.
    pub signatures: Option<Signatures>,
}

/// What came of making a record's list again.
#[derive(Debug)]
pub enum RemadeList {
    /// The same, to the byte.
    Same,
    /// Another engine makes the same list of it, and writes these files in another way.
    SameList(Vec<String>),
    /// Something else.
    Different {
        /// The first difference of the rankings, in the order data walks; none where they are the same.
        first: Option<FirstDifference>,
        /// The candidates whose rank or total differ.
        list: Vec<SideBySide>,
        /// The files that are not what this engine makes of the inputs, or that nothing reads.
        files: Vec<String>,
    },
    /// The inputs can't be ranked by this engine.
    Failed(Problems),
    /// It can't be said what to make.
    NotTried,
}

impl Verification {
    /// Whether the record is whole, unaltered, gives the list that it holds, and is signed as it should be.
    pub fn holds(&self) -> bool {
        let signed = self.signatures.as_ref().is_none_or(|signatures| !signatures.problems().has_errors());
        self.faults.is_empty() && matches!(self.remade, RemadeList::Same | RemadeList::SameList(_)) && signed
    }

    /// The same, with who of those that are `trusted` signed `record`.
    #[must_use]
    pub fn with_signatures(mut self, record: &Contents, trusted: &[Signer]) -> Self {
        let tag_manifest = record.get(TAG_MANIFEST).map(Vec::as_slice).unwrap_or_default();
        let files = integrity::signatures(record).map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
        self.signatures = Some(signature::check_signatures(tag_manifest, &files, trusted));
        self
    }

    /// Whether this is the engine that made it.
    pub fn same_engine(&self) -> bool {
        self.engine.as_ref() == Some(&Engine::this())
    }
}

/// Verifies a record: checks its structure and digests, then makes everything again and compares.
pub fn verify(record: &Contents, threads: NonZeroUsize) -> Verification {
    let mut faults = bag::faults(record);
    let run = json::<RunFile>(record, "run.json", &mut faults).filter(|run| is_known(run, &mut faults));
    let engine = json::<Engine>(record, "engine.json", &mut faults);
    let recomputed = match (&run, &engine) {
        (Some(run), Some(engine)) => recompute(record, run, engine, threads),
        _ => RemadeList::NotTried,
    };
    Verification {
        digest: record.get(TAG_MANIFEST).map(|bytes| digest(bytes)),
        files: sealed(record).count(),
        run,
        engine,
        faults,
        remade: recomputed,
        signatures: None,
    }
}

/// The files of a record, signatures left out.
fn sealed(record: &Contents) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    record.iter().filter(|(path, _)| !path.starts_with(bag::SIGNATURES))
}

/// The files of the payload, by their path there.
pub(super) fn payload(record: &Contents) -> BTreeMap<String, Vec<u8>> {
    let inside = |(path, bytes): (&String, &Vec<u8>)| Some((path.strip_prefix(PAYLOAD)?.to_owned(), bytes.clone()));
    record.iter().filter_map(inside).collect()
}

/// A JSON file of the payload.
fn json<T: DeserializeOwned>(record: &Contents, name: &str, faults: &mut Vec<Problem>) -> Option<T> {
    let path = format!("{PAYLOAD}{name}");
    let fault = match record.get(&path).map(|bytes| serde_json::from_slice(bytes)) {
        Some(Ok(value)) => return Some(value),
        Some(Err(error)) => format!("`{path}` is not what a record has there: {error}"),
        None => format!("there is no `{path}`"),
    };
    let help = "ask for the folder as it was sealed";
    faults.push(Problem::new(Code::RecordMalformed, fault).help(help));
    None
}

/// Whether it is of the kind that this engine makes.
pub(super) fn is_known(run: &RunFile, faults: &mut Vec<Problem>) -> bool {
    let known = run.schema == SCHEMA;
    if !known {
        let message = format!("the record is of the kind `{}`, and this engine reads only `{SCHEMA}`", run.schema);
        faults.push(Problem::new(Code::RecordMalformed, message).help("verify it with the version that made it"));
    }
    known
}

fn recompute(record: &Contents, run: &RunFile, engine: &Engine, threads: NonZeroUsize) -> RemadeList {
    let payload = payload(record);
    let templates = payload.keys().any(|path| path.starts_with("templates/")).then_some(TEMPLATES);
    let inputs = gather(&MemoryFiles(&payload), ASSESSMENT, Some(RULES), templates, &mut Problems::default());
    let made = inputs.and_then(|inputs| seal_as(engine, &inputs, &run.run(), threads));
    let made = match made {
        Ok(made) => made,
        Err(problems) => return RemadeList::Failed(problems),
    };
    let differs = |path: &&String| made.get(*path) != record.get(*path);
    let mut files: Vec<String> =
        sealed(record).map(|(path, _)| path).chain(made.keys()).filter(differs).cloned().collect();
    files.sort();
    files.dedup();
    if files.is_empty() {
        return RemadeList::Same;
    }
    let ranking = |contents: &Contents| -> Value {
        let bytes = contents.get(&format!("{PAYLOAD}ranking.json"));
        bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
    };
    let (then, now) = (ranking(record), ranking(&made));
    let first = compare::first_difference(&then, &now);
    let made_anew = |path: &String| {
        RESULTS.iter().any(|name| path.strip_prefix(PAYLOAD) == Some(name)) || !path.starts_with(PAYLOAD)
    };
    if first.is_none() && *engine != Engine::this() && files.iter().all(made_anew) {
        return RemadeList::SameList(files);
    }
    RemadeList::Different { first, list: compare::side_by_side(&then, &now), files }
}

/// What another engine may write in another way without making another list.
const RESULTS: [&str; 4] = ["ranking.json", "paper.html", "sensitivity.json", "provenance.json"];
