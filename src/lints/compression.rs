//! How many different products judged scores can make, and where they lie: multiplied scales are coarse at the top and
//! crowded at the bottom.

use std::collections::BTreeMap;

/// More different numbers than this are not counted.
const MAX_NUMBERS: usize = 50_000;

/// Every number that can come about, and by how many combinations of scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PossibleNumbers(BTreeMap<u128, u128>);

impl PossibleNumbers {
    /// One number for each score.
    pub(super) fn from_scores(numbers: impl IntoIterator<Item = u128>) -> Self {
        let mut counts = BTreeMap::new();
        for number in numbers {
            *counts.entry(number).or_default() += 1;
        }
        Self(counts)
    }

    /// Every sum of one of these and one of those; none where there are too many to count.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        self.with(other, u128::checked_add)
    }

    /// Every product of one of these and one of those; none where there are too many to count.
    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        self.with(other, u128::checked_mul)
    }

    fn with(&self, other: &Self, operation: fn(u128, u128) -> Option<u128>) -> Option<Self> {
        let mut counts: BTreeMap<u128, u128> = BTreeMap::new();
        for (a, of_a) in &self.0 {
            for (b, of_b) in &other.0 {
                let slot = counts.entry(operation(*a, *b)?).or_default();
                *slot = slot.checked_add(of_a.checked_mul(*of_b)?)?;
            }
            if counts.len() > MAX_NUMBERS {
                return None;
            }
        }
        Some(Self(counts))
    }

    /// How many combinations of scores there are.
    pub(super) fn combinations(&self) -> u128 {
        self.0.values().sum()
    }

    /// How many different numbers they make.
    pub(super) fn different(&self) -> usize {
        self.0.len()
    }

    /// The per cent of the highest number that half of the combinations do not exceed; none where all are zero.
    #[expect(clippy::cast_precision_loss, reason = "it is shown as a whole per cent")]
    pub(super) fn half_within(&self) -> Option<f64> {
        let (highest, _) = self.0.last_key_value().filter(|(highest, _)| **highest > 0)?;
        let (all, mut below) = (self.combinations(), 0_u128);
        let middle = self.0.iter().find(|(_, count)| {
            below += **count;
            below * 2 >= all
        });
        middle.map(|(number, _)| *number as f64 / *highest as f64 * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 5 × 5 matrix of scores from 1 to 5: 14 different products, of which 13 combinations are at most 8 of 25.
    #[test]
    fn a_five_by_five_matrix_has_fourteen_products() {
        let scores = PossibleNumbers::from_scores(1..=5);
        let products = scores.times(&scores).unwrap();
        assert_eq!((products.combinations(), products.different()), (25, 14));
        assert_eq!(products.half_within(), Some(32.0));
    }

    #[test]
    fn sums_are_counted_as_dice_are() {
        let die = PossibleNumbers::from_scores(1..=6);
        let two = die.plus(&die).unwrap();
        assert_eq!((two.combinations(), two.different(), two.0[&7]), (36, 11, 6));
        assert_eq!(PossibleNumbers::from_scores([0]).half_within(), None);
        assert_eq!(PossibleNumbers::from_scores([u128::MAX]).times(&die), None);
    }
}
