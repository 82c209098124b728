//! Whether a record is whole and unaltered: what is asked before it is signed or registered. Nothing is ranked again
//! here; that is for [`super::verify`].

use serde::de::DeserializeOwned;

use super::engine::Engine;
use super::register::{RegisterEntry, RegisteredAssessment, RegisteredRules};
use super::run::RunFile;
use crate::bag::names::is_left_by_a_system;
use crate::bag::{self, Contents, PAYLOAD, SIGNATURES, TAG_MANIFEST};
use crate::diagnostic::{Code, Problem, Problems};
use crate::digest::digest;

/// A record that is whole and unaltered.
#[derive(Debug)]
pub struct IntactRecord<'a> {
    /// `sha256:` and the digest that stands for the record.
    pub digest: String,
    /// What is signed.
    pub tag_manifest: &'a [u8],
    /// What `run.json` says was run.
    pub run: RunFile,
    /// Which engine `engine.json` says made it.
    pub engine: Engine,
}

impl IntactRecord<'_> {
    /// What a register says of it.
    pub fn entry(self) -> RegisterEntry {
        let (assessment, rules) = (self.run.assessment, self.run.rules);
        RegisterEntry {
            record: self.digest,
            supersedes: self.run.stated.supersedes,
            assessment: RegisteredAssessment {
                digest: assessment.digest,
                partnership: assessment.partnership,
                period: assessment.period,
                title: assessment.title,
            },
            rules: RegisteredRules { digest: rules.digest, name: rules.name, version: rules.version },
        }
    }
}

/// The record, if every file is there, is listed and has its digest, and says what was run.
///
/// # Errors
/// Everything in which it is not sound.
pub fn check_integrity(record: &Contents) -> Result<IntactRecord<'_>, Problems> {
    let faults = bag::faults(record);
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let mut faults = Vec::new();
    let run = json::<RunFile>(record, "run.json", &mut faults);
    faults.extend(run.iter().flat_map(RunFile::faults));
    let engine = json::<Engine>(record, "engine.json", &mut faults);
    faults.extend(engine.as_ref().and_then(Engine::fault));
    match (run, engine, record.get(TAG_MANIFEST)) {
        (Some(run), Some(engine), Some(tag_manifest)) if faults.is_empty() => {
            Ok(IntactRecord { digest: digest(tag_manifest), tag_manifest, run, engine })
        }
        _ => Err(faults.into()),
    }
}

/// A JSON file of the payload.
pub(super) fn json<T: DeserializeOwned>(record: &Contents, name: &str, faults: &mut Vec<Problem>) -> Option<T> {
    let path = format!("{PAYLOAD}{name}");
    let fault = match record.get(&path).map(|bytes| serde_json::from_slice(bytes)) {
        Some(Ok(value)) => return Some(value),
        Some(Err(error)) => format!("`{path}` is not what a record has there: {error}"),
        None => format!("there is no `{path}`"),
    };
    faults.push(Problem::new(Code::RecordMalformed, fault).help("ask for the folder as it was sealed"));
    None
}

/// The files among the signatures of a record, by their names there. What a system leaves in any folder is none: nobody
/// put it there, and it says nothing of a signer.
pub fn signatures(record: &Contents) -> impl Iterator<Item = (&str, &[u8])> {
    let inside = record.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(SIGNATURES)?, &bytes[..])));
    inside.filter(|(name, _)| !is_passed_over(name))
}

/// Whether a file among the signatures is what a system leaves in the folder. It leaves none in a folder that somebody made
/// there.
pub(super) fn is_passed_over(name: &str) -> bool {
    !name.contains('/') && is_left_by_a_system(name)
}
