//! What was found of a record, for a terminal and as JSON.

mod json;
mod text;

pub use json::{VerificationFile, json};
pub use text::text;

use crate::record::{RemadeList, Verification};

/// What can explain that the list made again is another, in words.
fn explanations(found: &Verification) -> Vec<String> {
    let mut causes = Vec::new();
    if !matches!(found.remade, RemadeList::Different { .. } | RemadeList::Failed(_)) {
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
