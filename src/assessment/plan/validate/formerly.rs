//! The ids under which a table of a plan stood in earlier plans.

use crate::diagnostic::Code;
use crate::toml_file::{At, Checker};

/// The ids, each once. None of them is one that the plan has now: then that one would be two.
pub(super) fn judge<'n>(
    check: &mut Checker<'_>,
    what: &str,
    own: &str,
    written: &[At<String>],
    now: &(impl Iterator<Item = &'n str> + Clone),
) -> Vec<String> {
    let mut judged: Vec<String> = Vec::new();
    for before in written {
        let Some(id) = check.id(before) else { continue };
        if id != own && now.clone().any(|known| known == id) {
            let message = format!("`{id}` is {what} of this plan, so no other can have replaced it");
            check.problem(Code::DuplicateId, &before.span, message, "take it out of `formerly`, or take that one out");
        } else if judged.contains(&id) {
            check.problem(
                Code::DuplicateId,
                &before.span,
                format!("`{id}` stands here twice"),
                "take one of the two out",
            );
        } else {
            judged.push(id);
        }
    }
    judged
}
