//! Candidates that overlap: one is part of another, or two rest on some of the same evidence. Who is part of whom makes
//! families: a candidate that is part of none, with all its parts and theirs.

use std::collections::BTreeMap;

use super::model::Candidate;

/// In how many others a candidate may be, one in the other: all of them are told of each.
pub(super) const LEVELS: usize = 16;

/// How one candidate overlaps with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverlapKind {
    /// It is part of the other, or of a part of it.
    PartOf,
    /// The other is part of it, or of a part of it.
    Whole,
    /// Both rest on some of the same evidence, as one of them says.
    SharesEvidence,
}

impl OverlapKind {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::PartOf => "part-of",
            Self::Whole => "whole-of",
            Self::SharesEvidence => "shares-evidence-with",
        }
    }
}

/// That a candidate overlaps with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlap {
    /// How.
    pub kind: OverlapKind,
    /// With whom, by number.
    pub with: usize,
}

/// Who overlaps with whom, and who is of one family.
#[derive(Debug, Clone, Default)]
pub struct Overlaps {
    /// By candidate; for each first what it is part of, then its parts, then the others.
    of: BTreeMap<usize, Vec<Overlap>>,
    /// What the family of each candidate is named for, for those that are part of another.
    heads: BTreeMap<usize, usize>,
}

impl Overlaps {
    /// Of candidates in the ascending order of their ids. Ids that none of them has count for nothing, nor do those of whom
    /// `together` says, by number, that they are in no list together.
    pub fn new(candidates: &[Candidate], together: impl Fn(usize, usize) -> bool) -> Self {
        let mut found = Self::default();
        for (own, candidate) in candidates.iter().enumerate() {
            let number = |id: &String| {
                let found = candidates.binary_search_by(|candidate| candidate.id.cmp(id)).ok();
                found.filter(|found| together(own, *found))
            };
            let mut whole = candidate.part_of.as_ref().and_then(number);
            for _ in 0..LEVELS {
                let Some(at) = whole.filter(|at| *at != own) else { break };
                found.add(own, OverlapKind::PartOf, at);
                found.add(at, OverlapKind::Whole, own);
                found.heads.insert(own, at);
                whole = candidates.get(at).and_then(|whole| whole.part_of.as_ref()).and_then(number);
            }
            for with in candidate.shares_evidence_with.iter().filter_map(number).filter(|with| *with != own) {
                found.add(own, OverlapKind::SharesEvidence, with);
                found.add(with, OverlapKind::SharesEvidence, own);
            }
        }
        for overlaps in found.of.values_mut() {
            overlaps.sort_unstable();
            overlaps.dedup();
        }
        found
    }

    fn add(&mut self, own: usize, kind: OverlapKind, with: usize) {
        self.of.entry(own).or_default().push(Overlap { kind, with });
    }

    /// With whom a candidate overlaps.
    pub fn of(&self, candidate: usize) -> &[Overlap] {
        self.of.get(&candidate).map_or(&[], Vec::as_slice)
    }

    /// Whether any candidate is part of another.
    pub fn has_families(&self) -> bool {
        !self.heads.is_empty()
    }

    /// The candidate that a candidate's family is named for, by number: itself where it is part of none.
    pub fn family(&self, candidate: usize) -> usize {
        self.heads.get(&candidate).copied().unwrap_or(candidate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: &str, part_of: Option<&str>, shares: &[&str]) -> Candidate {
        Candidate {
            id: id.to_owned(),
            title: id.to_owned(),
            kind: None,
            area: None,
            about: None,
            meanwhile: None,
            affected: None,
            formerly: Vec::new(),
            part_of: part_of.map(str::to_owned),
            shares_evidence_with: shares.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    #[test]
    fn parts_of_parts_are_of_the_family_and_sharing_is_said_once() {
        let candidates = [
            candidate("arson", Some("damage"), &["drugs"]),
            candidate("damage", Some("violence"), &[]),
            candidate("drugs", None, &[]),
            candidate("violence", None, &[]),
        ];
        let overlaps = Overlaps::new(&candidates, |_, _| true);
        let of = |own: usize| -> Vec<(&str, usize)> {
            overlaps.of(own).iter().map(|overlap| (overlap.kind.word(), overlap.with)).collect()
        };
        assert_eq!(of(0), [("part-of", 1), ("part-of", 3), ("shares-evidence-with", 2)]);
        assert_eq!(of(1), [("part-of", 3), ("whole-of", 0)]);
        assert_eq!(of(2), [("shares-evidence-with", 0)]);
        assert_eq!((0..4).map(|it| overlaps.family(it)).collect::<Vec<_>>(), [3, 3, 2, 3]);
        assert!(overlaps.has_families());
    }

    #[test]
    fn unknown_ids_and_circles_come_to_an_end() {
        let overlaps =
            Overlaps::new(&[candidate("a", Some("b"), &["a", "zz"]), candidate("b", Some("a"), &[])], |_, _| true);
        assert!(overlaps.of(0).iter().all(|overlap| overlap.with == 1));
        assert!(
            !Overlaps::new(&[candidate("a", None, &[]), candidate("b", Some("a"), &[])], |_, _| false).has_families()
        );
        assert!(!Overlaps::new(&[candidate("a", Some("zz"), &[])], |_, _| true).has_families());
    }
}
