//! Whether a record is whole and unaltered: what is asked before it is signed or registered. Nothing is ranked again
//! here; that is for [`super::verify`].

use super::bag::{self, Contents, PAYLOAD, SIGNATURES, TAG_MANIFEST};
use super::names::is_left_by_a_system;
use super::register::{RegisterEntry, RegisteredAssessment, RegisteredRules};
use super::run::RunFile;
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
}

impl IntactRecord<'_> {
    /// What a register says of it.
    pub fn entry(self) -> RegisterEntry {
        let (assessment, rules) = (self.run.assessment, self.run.rules);
        RegisterEntry {
            record: self.digest,
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
    let wrong = |what: &str| {
        let message = format!("the record has no `data/run.json` that says what was run: {what}");
        Problems::from(Problem::new(Code::RecordMalformed, message).help("ask for the folder as it was sealed"))
    };
    let bytes = record.get(&format!("{PAYLOAD}run.json")).ok_or_else(|| wrong("there is none"))?;
    let run = serde_json::from_slice(bytes).map_err(|error| wrong(&error.to_string()))?;
    let tag_manifest = record.get(TAG_MANIFEST).ok_or_else(|| wrong("nor a tag manifest"))?;
    Ok(IntactRecord { digest: digest(tag_manifest), tag_manifest, run })
}

/// The files among the signatures of a record, by their names there. What a system leaves in any folder is none: nobody
/// put it there, and it says nothing of a signer.
pub fn signatures(record: &Contents) -> impl Iterator<Item = (&str, &[u8])> {
    let inside = record.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(SIGNATURES)?, &bytes[..])));
    inside.filter(|(name, _)| !is_left_by_a_system(name))
}
