//! What areas that became others did: the old evidence put on the new areas, by the old rules.

use super::movement::{CarriedOn, MovedCandidate, Movement, RankedList, Renames, movement_of};
use crate::assessment::{ByLookup, CountsOnAreas, OnLaterAreas};
use crate::scoring::Fixed;
use crate::words::{counted, number, whole};

/// So many of what is not known are named, and the others counted.
const MOST_NAMED: usize = 6;

/// What moved because areas became others, and nothing else had changed yet.
#[derive(Debug)]
pub struct AreasComparison {
    /// The old assessment on the new areas, and what became of its counts.
    pub on: OnLaterAreas,
    /// Who moved from the old list to that of the old evidence on the new areas, by the old rules: each candidate of a new
    /// area against each that it is made of.
    pub moved: Movement,
}

impl AreasComparison {
    pub(super) fn new(on: OnLaterAreas, old: &RankedList, put_on: &RankedList) -> Self {
        let moved = movement_of(old, put_on, &carried(&on));
        Self { on, moved }
    }

    /// By which lookups areas became others, and what became of the counts: a sentence or more each.
    pub fn words(&self) -> Vec<String> {
        let each: Vec<String> = self.on.by.iter().map(became).collect();
        let mut told = vec![format!(
            "{}. The old evidence was put on the new areas and ranked by the old rules, before anything else changed.",
            each.join("; then ")
        )];
        told.extend(self.on.counts.iter().map(count));
        let not_known = &self.on.not_known;
        let mut all: Vec<String> = not_known.iter().take(MOST_NAMED).cloned().collect();
        all.extend(
            not_known.len().checked_sub(MOST_NAMED).filter(|more| *more > 0).map(|more| format!("and {more} more")),
        );
        if !all.is_empty() {
            told.push(format!("Not known on the new areas, which is part of what the areas did: {}.", all.join("; ")));
        }
        told
    }

    /// What the areas made of the total of a candidate that had one id and has another on the new areas; none where it has
    /// no total by one of the two.
    pub fn total_change(&self, was: &str, now: &str, unmoved: Fixed) -> Option<Fixed> {
        let pair = self.moved.movers.iter().find(|mover| mover.old.id == was && mover.new.id == now);
        pair.map_or(Some(unmoved), MovedCandidate::total_change)
    }
}

fn became(by: &ByLookup) -> String {
    let became = if by.old_areas == 1 { "becomes" } else { "become" };
    let (file, cited) = (&by.lookup.lookup.file, &by.lookup.cited);
    let (old, new) = (counted(by.old_areas, "area", "areas"), whole(by.new_areas));
    format!("{old} {became} {new}, by the lookup `{file}` ({}, {})", cited.source, cited.place)
}

fn count(of: &CountsOnAreas) -> String {
    let (before, after) = (number(of.before, 6), number(of.after, 6));
    let none = if before == after { " None is lost." } else { "" };
    format!("`{}`: {before} on the old areas, and {after} on the new ones.{none}", of.name)
}

/// The ids that candidates of the new side had on the old one: by their areas, or else by their renames.
pub(super) fn carried_on(renames: &Renames, areas: Option<&AreasComparison>) -> CarriedOn {
    let renamed = renames.iter().map(|(new, old)| (new.clone(), vec![old.clone()]));
    renamed.chain(areas.into_iter().flat_map(|areas| carried(&areas.on))).collect()
}

/// The renames that are left where candidates are on the new areas already.
pub(super) fn renames_left(renames: &Renames, on: &OnLaterAreas) -> Renames {
    let is_left = |old: &str| on.assessment.candidate_number(old).is_some();
    renames.iter().filter(|(_, old)| is_left(old)).map(|(new, old)| (new.clone(), old.clone())).collect()
}

fn carried(on: &OnLaterAreas) -> CarriedOn {
    on.made_of.iter().map(|(id, ids)| (id.clone(), ids.iter().cloned().collect())).collect()
}
