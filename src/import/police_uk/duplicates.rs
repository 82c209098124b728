//! Rows that say a Crime ID again, among tens of millions, in 24 bytes for each row that has one.
//!
//! Ids are kept as 128-bit hashes. Two different ids with the same hash would lose a row: among 20 million ids the
//! chance of one such pair is below 1 in 10^23, unless somebody makes ids to that end.

use rayon::prelude::*;

/// A row with a Crime ID. Ordered by its hash, then by its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identified {
    high: u64,
    low: u64,
    line: u32,
    /// What the row counts towards.
    pub cell: u32,
}

/// How many parts the ids are gone through in, one after the other on each thread.
const PARTS: u64 = 256;

impl Identified {
    #[inline]
    pub(super) fn new(id: &[u8], line: u32, cell: u32) -> Self {
        let seed = u64::try_from(id.len()).unwrap_or(0);
        let (mut high, mut low) = (seed ^ 0x9e37_79b9_7f4a_7c15, seed ^ 0xd1b5_4a32_d192_ed03);
        for chunk in id.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            let word = u64::from_le_bytes(word);
            high = folded(high ^ word, 0xa076_1d64_78bd_642f);
            low = folded(low ^ word.rotate_left(32), 0xe703_7ed1_a0b4_28db);
        }
        Self { high: folded(high, 0x8ebc_6af0_9c88_c6e3), low: folded(low, 0x5899_65cc_7537_4cc3), line, cell }
    }
}

/// The two halves of a product, laid over each other: every bit of it depends on every bit of `x`.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the two halves of 128 bits")]
fn folded(x: u64, by: u64) -> u64 {
    let product = u128::from(x) * u128::from(by);
    (product >> 64) as u64 ^ product as u64 ^ x.rotate_left(29)
}

/// The number of the file and the cell of each row whose id an earlier row has: in an earlier file, or on an earlier
/// line. `files` has the rows of each file, in order.
pub(super) fn repeated(files: &[Vec<Identified>]) -> Vec<(usize, u32)> {
    let parts: Vec<Vec<(usize, u32)>> = (0..PARTS).into_par_iter().map(|part| repeated_in(files, part)).collect();
    parts.concat()
}

/// The same, of the ids whose hash begins with the byte `part`.
fn repeated_in(files: &[Vec<Identified>], part: u64) -> Vec<(usize, u32)> {
    let mut rows: Vec<(u64, u64, usize, u32, u32)> = Vec::new();
    for (file, sorted) in files.iter().enumerate() {
        let from = sorted.partition_point(|row| row.high >> 56 < part);
        let to = sorted.partition_point(|row| row.high >> 56 <= part);
        let slice = sorted.get(from..to).unwrap_or_default();
        rows.extend(slice.iter().map(|row| (row.high, row.low, file, row.line, row.cell)));
    }
    rows.sort_unstable();
    let pairs = rows.windows(2).filter_map(|pair| match pair {
        [first, second] if (first.0, first.1) == (second.0, second.1) => Some((second.2, second.4)),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_that_are_much_alike_are_told_apart() {
        let mut hashes = BTreeSet::new();
        for number in 1..50_000_u64 {
            for id in [format!("{number:064x}"), format!("{number:032x}{number:032x}"), format!("{number}")] {
                let row = Identified::new(id.as_bytes(), 0, 0);
                assert!(hashes.insert((row.high, row.low)), "{id}");
            }
        }
    }

    #[test]
    fn the_first_row_of_an_id_stays() {
        let row = |id: &str, line, cell| Identified::new(id.as_bytes(), line, cell);
        let mut files =
            vec![vec![row("a", 2, 0), row("b", 3, 1), row("a", 4, 2)], vec![row("c", 2, 3), row("b", 3, 4)]];
        for rows in &mut files {
            rows.sort_unstable();
        }
        let mut found = repeated(&files);
        found.sort_unstable();
        assert_eq!(found, [(0, 2), (1, 4)]);
    }
}
