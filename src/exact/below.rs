//! Whole numbers that lie close together, counted instead of compared: rounded figures mostly do.

/// How much wider than long a list may be to be worth counting: a counter for each number that could be there.
const WORTH: usize = 2;

/// How many numbers of a list are below each number between its lowest and its highest, both included.
#[derive(Debug)]
pub struct Below {
    lowest: i64,
    /// One more than there are numbers to ask about: the last is the length of the list.
    below: Vec<u32>,
}

impl Below {
    /// None where the numbers are too far apart, or too many to count.
    pub fn new(numbers: &[i64]) -> Option<Self> {
        let first = *numbers.first()?;
        let wider = |(lowest, highest): (i64, i64), number: &i64| (lowest.min(*number), highest.max(*number));
        let (lowest, highest) = numbers.iter().fold((first, first), wider);
        let width = usize::try_from(highest.checked_sub(lowest)?).ok()?.checked_add(1)?;
        if width / WORTH > numbers.len() || u32::try_from(numbers.len()).is_err() {
            return None;
        }
        let mut counted = Self { lowest, below: vec![0; width + 1] };
        for number in numbers {
            // Counted a place up, so that summing them makes "below" of "as many".
            if let Some(count) = counted.at(*number).and_then(|at| counted.below.get_mut(at + 1)) {
                *count = count.wrapping_add(1);
            }
        }
        let mut sum = 0_u32;
        for count in &mut counted.below {
            sum = sum.wrapping_add(*count);
            *count = sum;
        }
        Some(counted)
    }

    fn at(&self, number: i64) -> Option<usize> {
        usize::try_from(number.checked_sub(self.lowest)?).ok()
    }

    /// How long the list is.
    pub fn all(&self) -> u32 {
        self.below.last().copied().unwrap_or(0)
    }

    /// How many numbers are below `number`, and how many equal it.
    pub fn below_and_equal(&self, number: i64) -> (u32, u32) {
        let all = self.all();
        let Some(at) = self.at(number) else { return (0, 0) };
        let below = self.below.get(at).copied().unwrap_or(all);
        (below, self.below.get(at + 1).copied().unwrap_or(all) - below)
    }

    /// All places of `numbers`, which this was counted from, in descending order of the numbers; equals keep the order that
    /// `places` come in.
    pub fn descending(mut self, numbers: &[i64], places: impl Iterator<Item = usize>) -> Vec<usize> {
        let all = self.all();
        let mut sorted = vec![0; numbers.len()];
        for place in places {
            let Some(at) = numbers.get(place).and_then(|number| self.at(*number)) else { continue };
            // How many are at most this number, without those of them that have their slot.
            let Some(left) = self.below.get_mut(at + 1) else { continue };
            if let Some(slot) = sorted.get_mut(all.wrapping_sub(*left) as usize) {
                *slot = place;
            }
            *left = left.wrapping_sub(1);
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_as_by_comparing() {
        let numbers = [5, -2, 5, 0, 3, 5, -2];
        let below = Below::new(&numbers).unwrap();
        for number in -4..8 {
            let compared = numbers.iter().filter(|other| **other < number).count();
            let equal = numbers.iter().filter(|other| **other == number).count();
            assert_eq!(
                below.below_and_equal(number),
                (u32::try_from(compared).unwrap(), u32::try_from(equal).unwrap()),
                "{number}"
            );
        }
        let backwards = (0..numbers.len()).rev();
        assert_eq!(below.descending(&numbers, backwards), [5, 2, 0, 4, 3, 6, 1]);
        let below = Below::new(&numbers).unwrap();
        assert_eq!(below.descending(&numbers, 0..numbers.len()), [0, 2, 5, 4, 3, 1, 6]);
    }

    #[test]
    fn numbers_far_apart_are_not_counted() {
        assert!(Below::new(&[0, 1_000_000]).is_none());
        assert!(Below::new(&[i64::MIN, i64::MAX]).is_none());
        assert!(Below::new(&[]).is_none());
    }
}
