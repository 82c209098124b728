//! What of the evidence moved in draws and what was held still, in words.

use crate::sensitivity::redraw::EvidenceMoves;
use crate::words::{listed, whole};

/// What was drawn of the answers that have no distribution of their own, and what was not, in sentences; `moves` where the
/// evidence is redrawn at all. Empty where there is nothing to say.
pub(super) fn what_moved(evidence: &EvidenceMoves, moves: bool) -> String {
    let EvidenceMoves { missing_drawn, missing_held, judges_drawn, judges_held } = *evidence;
    if !moves {
        let held = answers(missing_drawn + missing_held, judges_drawn + judges_held);
        let among = held.map_or_else(String::new, |held| format!(", {held} among it"));
        return format!("Held still: all evidence{among}.");
    }
    let drawn = answers(missing_drawn, judges_drawn).map(|drawn| format!("Drawn as well: {drawn}."));
    let held = answers(missing_held, judges_held).map(|held| format!("Held still: {held}."));
    drawn.into_iter().chain(held).collect::<Vec<_>>().join(" ")
}

/// `12 missing answers and one judgement of one person`; none where there are none of either.
fn answers(missing: usize, judges: usize) -> Option<String> {
    let some = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("one {one}")),
        count => Some(format!("{} {many}", whole(count))),
    };
    let missing = some(missing, "missing answer", "missing answers");
    let judges = some(judges, "judgement of one person", "judgements of one person");
    let all: Vec<String> = missing.into_iter().chain(judges).collect();
    (!all.is_empty()).then(|| listed(&all))
}
