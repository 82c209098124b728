//! Who moved between two lists, a line each, to be read aloud.

use crate::diff::{ListedCandidate, Movement};
use crate::words::{counted, listed};

/// How many candidates are named.
const MAX_NAMED: usize = 12;

/// Who moved, came and went, a line each; none where nobody did.
pub fn moved_lines(moved: &Movement) -> Vec<String> {
    let movers = moved.movers.iter().map(|mover| format!("{}: {}", mover.new.title, turned(&mover.old, &mover.new)));
    let added = moved.added.iter().map(|stand| format!("{}: new, {}", stand.title, stood(stand)));
    let gone = moved.gone.iter().map(|stand| format!("{}: gone; it was {}", stand.title, stood(stand)));
    let mut lines: Vec<String> = movers.chain(added).chain(gone).collect();
    let more = lines.len().saturating_sub(MAX_NAMED);
    if more > 0 {
        lines.truncate(MAX_NAMED);
        lines.push(format!("and {} moved", counted(more, "other", "others")));
    }
    lines
}

/// `from 3 to 1, total 51.20 to 60.15, now Priority (was Watch)`.
fn turned(old: &ListedCandidate, new: &ListedCandidate) -> String {
    let mut parts = vec![match old.rank == new.rank {
        true => format!("still {}", rank(new)),
        false => format!("from {} to {}", rank(old), rank(new)),
    }];
    if old.total != new.total {
        parts.push(format!("total {} to {}", total(old), total(new)));
    }
    if old.tier != new.tier {
        parts.push(format!("now {} (was {})", new.tier, old.tier));
    }
    let only = |one: &ListedCandidate, other: &ListedCandidate| -> Vec<String> {
        one.gates.iter().filter(|(id, _)| !other.gates.contains_key(*id)).map(|(_, title)| title.clone()).collect()
    };
    for (gates, word) in [(only(new, old), "now acts"), (only(old, new), "no longer acts")] {
        if !gates.is_empty() {
            parts.push(format!("{} {word} on it", listed(&gates)));
        }
    }
    parts.join(", ")
}

/// `3, total 51.20, Watch`.
fn stood(stand: &ListedCandidate) -> String {
    format!("{}, total {}, {}", rank(stand), total(stand), stand.tier)
}

fn rank(stand: &ListedCandidate) -> String {
    stand.rank.map_or_else(|| "not ranked".to_owned(), |rank| rank.to_string())
}

fn total(stand: &ListedCandidate) -> String {
    stand.total.map_or_else(|| "none".to_owned(), |total| total.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::diff::{RankedList, movement};
    use crate::scoring::Fixed;

    fn stand(id: &str, rank: Option<usize>, total: i64, tier: &str, gate: Option<&str>) -> ListedCandidate {
        ListedCandidate {
            id: id.to_owned(),
            title: id.to_uppercase(),
            rank,
            total: rank.map(|_| Fixed::new(total, 1)),
            standing: tier.to_lowercase(),
            tier: tier.to_owned(),
            is_top: tier == "High",
            gates: gate.iter().map(|gate| (gate.to_lowercase(), (*gate).to_owned())).collect::<BTreeMap<_, _>>(),
        }
    }

    #[test]
    fn each_mover_has_a_line() {
        let list = |stands: Vec<ListedCandidate>| RankedList { top: "High".into(), stands };
        let old = list(vec![
            stand("a", Some(1), 600, "High", None),
            stand("b", Some(2), 500, "Low", Some("Duty")),
            stand("c", Some(3), 400, "Low", None),
            stand("d", None, 0, "Not ranked", None),
        ]);
        let new = list(vec![
            stand("b", Some(1), 700, "High", None),
            stand("a", Some(2), 600, "Low", Some("Duty")),
            stand("d", Some(3), 450, "Low", None),
            stand("e", Some(4), 10, "Low", None),
        ]);
        assert_eq!(
            moved_lines(&movement(&old, &new)),
            [
                "B: from 2 to 1, total 50.0 to 70.0, now High (was Low), Duty no longer acts on it",
                "A: from 1 to 2, now Low (was High), Duty now acts on it",
                "D: from not ranked to 3, total none to 45.0, now Low (was Not ranked)",
                "E: new, 4, total 1.0, Low",
                "C: gone; it was 3, total 40.0, Low",
            ]
        );
        assert!(moved_lines(&movement(&new, &new)).is_empty());
        let many = list((0..20).map(|at| stand(&format!("x{at}"), Some(at + 1), 0, "Low", None)).collect());
        assert_eq!(moved_lines(&movement(&list(Vec::new()), &many)).last().unwrap(), "and 8 others moved");
    }
}
