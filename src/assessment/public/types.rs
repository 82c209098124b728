//! Types of candidates, by their titles: which are one, and which may be one that is misspelt.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::model::Candidate;
use crate::words::type_of;

/// Letters by which two spellings of one type differ at most.
const MOST_SLIPS: usize = 2;
/// A shorter title says too little: two slips make another word of it.
const LEAST_LETTERS: usize = 8;
/// With more types than this nobody looks for slips.
const MOST_TYPES: usize = 1_000;

/// Titles that may be one type and make two: they differ by a slip or two, and no area has both.
pub(super) fn misspelt(candidates: &[Candidate]) -> Vec<[String; 2]> {
    let mut types: BTreeMap<String, (&str, BTreeSet<&str>)> = BTreeMap::new();
    for candidate in candidates {
        let Some(area) = candidate.area.as_deref() else { continue };
        types.entry(type_of(&candidate.title)).or_insert_with(|| (&candidate.title, BTreeSet::new())).1.insert(area);
    }
    if types.len() > MOST_TYPES {
        return Vec::new();
    }
    let all: Vec<(&String, &(&str, BTreeSet<&str>))> = types.iter().collect();
    let mut found = Vec::new();
    for (at, (one, (title, areas))) in all.iter().enumerate() {
        let may_be_one = |(other, (_, others)): &&(&String, &(&str, BTreeSet<&str>))| {
            areas.is_disjoint(others) && differ_by_a_slip(one, other)
        };
        found.extend(
            all.iter()
                .skip(at + 1)
                .filter(may_be_one)
                .map(|(_, (other, _))| [(*title).to_owned(), (*other).to_owned()]),
        );
    }
    found
}

/// Whether two types are as near as two spellings of one. Numbers are no slips: `Beat 1` is not `Beat 2`.
fn differ_by_a_slip(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|it| !it.is_numeric()).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    one != other
        && one.chars().count().min(other.chars().count()) >= LEAST_LETTERS
        && strsim::damerau_levenshtein(&one, &other) <= MOST_SLIPS
}

#[cfg(test)]
mod tests {
    use super::differ_by_a_slip;

    #[test]
    fn a_slip_is_a_letter_or_two_and_no_number() {
        assert!(differ_by_a_slip("vehiclecrime", "vehcilecrime"));
        assert!(differ_by_a_slip("criminaldamage", "criminaldammage"));
        assert!(!differ_by_a_slip("neighbourhood1", "neighbourhood2"));
        assert!(!differ_by_a_slip("theft", "thefts"));
        assert!(!differ_by_a_slip("burglaryofhomes", "burglaryofshops2ndhand"));
    }
}
