//! What was found of a record, for a terminal and as JSON.

mod json;
mod text;

pub use json::{VerificationFile, json};
pub use text::text;

use crate::diagnostic::{Code, Problems};
use crate::record::{Proof, RemadeRecord, SignedBy, Verification};
use crate::words::{first_listed, listed};

/// What can explain that the list made again is another, in words.
fn explanations(found: &Verification) -> Vec<String> {
    let mut causes = Vec::new();
    if !matches!(found.remade, RemadeRecord::Different { .. } | RemadeRecord::Failed(_)) {
        return causes;
    }
    if !found.faults.is_empty() {
        causes.push("files of the record were altered since it was made: see above".to_owned());
    }
    if is_budget_spent(found) {
        causes.push(
            "the steps of this run were spent before the list was made, which says nothing of the record".to_owned(),
        );
        return causes;
    }
    let mut is_more = true;
    if let RemadeRecord::Different { first, files, added, gone, .. } = &found.remade {
        let told = |files: &[String], one: &str, many: &str| {
            let names: Vec<String> = files.iter().map(|file| format!("`{}`", file.escape_debug())).collect();
            format!("{} {}", first_listed(&names, MOST_FILES), if files.len() == 1 { one } else { many })
        };
        if !added.is_empty() {
            let one = "was added: nothing reads it, and no record of this evidence and these rules has it";
            let many = "were added: nothing reads them, and no record of this evidence and these rules has them";
            causes.push(told(added, one, many));
        }
        if !gone.is_empty() {
            causes.push(told(gone, "is gone", "are gone"));
        }
        // What lists the files differs with them.
        let follows = |file: &String| {
            file.ends_with("manifest-sha256.txt")
                || file == "bag-info.txt"
                || added.contains(file)
                || gone.contains(file)
        };
        is_more = first.is_some() || !files.iter().all(follows);
    }
    if !found.same_engine() && is_more {
        causes.push(
            "the record says that another engine made it, which may make something else of the same files".to_owned(),
        );
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

/// Whether the record could not be made again for want of steps.
fn is_budget_spent(found: &Verification) -> bool {
    let is_spent = |problems: &Problems| problems.iter().any(|problem| problem.code == Code::BudgetSpent);
    matches!(&found.remade, RemadeRecord::Failed(problems) if is_spent(problems))
}

/// How many files are told by name.
const MOST_FILES: usize = 8;

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
