//! Who is among the first so many of a draw: by rank alone, or with one place for each family.

use std::sync::Arc;

/// Among how many first places candidates are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopPlaces {
    places: u32,
    /// The family of each candidate, by numbers below the count of candidates, where each family has one place.
    families: Option<Arc<[u32]>>,
}

impl TopPlaces {
    /// The first so many, whoever they are.
    pub fn new(places: u32) -> Self {
        Self { places, families: None }
    }

    /// The first so many families, each with its first candidate: `families` has the family of each candidate, as a number
    /// below their count.
    pub fn of_families(places: u32, families: Vec<u32>) -> Self {
        Self { places, families: Some(families.into()) }
    }

    /// How many places.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// Whether each family has one place.
    pub fn has_families(&self) -> bool {
        self.families.is_some()
    }

    /// Adds one for each candidate that is among the first by these ranks from zero. Of a family those count that nobody
    /// of it is ahead of; equals count each.
    pub fn count(&self, ranks: &[u32], among: &mut [u32]) {
        let Some(families) = &self.families else {
            // Wrapping: a check for overflow at each step would keep the compiler from doing several at once.
            for (among, rank) in among.iter_mut().zip(ranks) {
                *among = among.wrapping_add(u32::from(*rank < self.places));
            }
            return;
        };
        let mut best = vec![u32::MAX; ranks.len()];
        let family = |of: u32| usize::try_from(of).unwrap_or(usize::MAX);
        for (rank, of) in ranks.iter().zip(families.iter()) {
            if let Some(best) = best.get_mut(family(*of)) {
                *best = (*best).min(*rank);
            }
        }
        let mut heads: Vec<u32> = best.iter().copied().filter(|rank| *rank != u32::MAX).collect();
        heads.sort_unstable();
        let last = self.places.checked_sub(1).map(|last| heads.get(family(last)).copied().unwrap_or(u32::MAX));
        for ((among, rank), of) in among.iter_mut().zip(ranks).zip(families.iter()) {
            let is_first = best.get(family(*of)) == Some(rank);
            *among += u32::from(is_first && last.is_some_and(|last| *rank <= last));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_family_the_first_is_counted_and_the_next_family_moves_up() {
        let mut among = [0; 6];
        TopPlaces::of_families(3, vec![0, 0, 2, 3, 3, 5]).count(&[0, 1, 2, 3, 4, 5], &mut among);
        assert_eq!(among, [1, 0, 1, 1, 0, 0]);
        let mut among = [0; 6];
        TopPlaces::new(3).count(&[0, 1, 2, 3, 4, 5], &mut among);
        assert_eq!(among, [1, 1, 1, 0, 0, 0]);
    }

    #[test]
    fn equals_are_counted_each() {
        let mut among = [0; 4];
        TopPlaces::of_families(2, vec![0, 0, 2, 3]).count(&[0, 0, 2, 2], &mut among);
        assert_eq!(among, [1, 1, 1, 1]);
        let mut among = [0; 4];
        TopPlaces::of_families(0, vec![0, 0, 2, 3]).count(&[0, 0, 2, 2], &mut among);
        assert_eq!(among, [0; 4]);
    }
}
