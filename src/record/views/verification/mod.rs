//! What was found of a record, for a terminal and as JSON.

mod json;
mod text;

pub use json::{VerificationFile, json};
pub use text::text;

use crate::record::{Proof, RemadeRecord, SignedBy, Verification};
use crate::words::listed;

/// What can explain that the list made again is another, in words.
fn explanations(found: &Verification) -> Vec<String> {
    let mut causes = Vec::new();
    if !matches!(found.remade, RemadeRecord::Different { .. } | RemadeRecord::Failed(_)) {
        return causes;
    }
    if !found.faults.is_empty() {
        causes.push("files of the record were altered since it was made: see above".to_owned());
    }
    if !found.same_engine() {
        causes.push("the engine has changed since the record was made".to_owned());
    }
    if causes.is_empty() {
        causes.push(
            "every digest matches and the engine is the same: the record was put together from parts that do not belong \
             together, and its manifests were made for them"
                .to_owned(),
        );
    }
    causes
}

/// What was proven, in one line, and nothing else.
fn in_a_line(found: &Verification) -> String {
    let content = match found.proof() {
        Proof::Reproduced => "Reproduced",
        Proof::ListReproduced => "List reproduced by another engine, papers not checked",
        Proof::NotReproduced => return "Not reproduced.".to_owned(),
        Proof::Altered => return "Altered.".to_owned(),
    };
    match found.signed_by() {
        SignedBy::NoneNamed => format!("{content}, not signed by anyone you named."),
        SignedBy::Named(signed) => format!("{content}, signed by {}.", listed(&signed)),
        SignedBy::SomeOf { signed, missing } => {
            format!("{content}, signed by {}, not signed by {}.", listed(&signed), listed(&missing))
        }
    }
}
