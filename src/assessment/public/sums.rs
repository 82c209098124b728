//! Which counts are published as a range, to keep small ones from being worked out from the others and from the totals of this one table.
//!
//! Everybody is taken to know the total of each row and of each column. So it is not enough to hide a small count: where it is
//! the only one hidden in a row, the total gives it away. For each small count others are hidden with it, and a *witness* is
//! kept in mind for each number that it could be: another table with the same totals, and every count of it within the range
//! that is published. As there is one, these totals alone do not rule that number out. A count without another in its row or column can't be
//! protected so.

use std::collections::{BTreeMap, BTreeSet};

/// So many counts of a line are tried as partners, the smallest that have room.
const MOST_TRIED: usize = 40;

/// A count in a table of rows and columns, such as areas and types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CountedCell {
    /// The row, by number.
    pub row: usize,
    /// The column, by number.
    pub column: usize,
    /// The count.
    pub count: u64,
}

/// What is published of the counts of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HiddenCounts {
    /// The ranges that stand for counts, by the number of the cell; the other counts are published as they are.
    pub ranges: BTreeMap<usize, (u64, u64)>,
    /// The small counts that some total gives away all the same, by the number of the cell.
    pub given_away: BTreeSet<usize>,
}

/// What is published of counts where those from 1 to below `below` are small. `below` is at least 2.
pub(super) fn hidden(cells: &[CountedCell], below: u64) -> HiddenCounts {
    let mut table = CountTable::new(cells, below);
    let small = (0..cells.len()).filter(|cell| table.is_small(*cell)).collect::<Vec<_>>();
    for cell in &small {
        table.hide(*cell);
    }
    let given_away = small.into_iter().filter(|cell| !table.protect(*cell)).collect();
    HiddenCounts { ranges: table.ranges, given_away }
}

/// The range in which a count is published: 1 to below `below`, or one of those of `2 × below` numbers that begin there.
pub(super) fn range_of(count: u64, below: u64) -> (u64, u64) {
    if count < below {
        return (count.min(1), below - 1);
    }
    let width = 2 * below;
    let start = below + (count - below) / width * width;
    (start, start + width - 1)
}

/// The counts with their lines, while they are being hidden.
struct CountTable<'a> {
    cells: &'a [CountedCell],
    below: u64,
    rows: BTreeMap<usize, Vec<usize>>,
    columns: BTreeMap<usize, Vec<usize>>,
    at: BTreeMap<(usize, usize), usize>,
    ranges: BTreeMap<usize, (u64, u64)>,
}

impl<'a> CountTable<'a> {
    fn new(cells: &'a [CountedCell], below: u64) -> Self {
        let (mut rows, mut columns, mut at) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (number, cell) in cells.iter().enumerate() {
            rows.entry(cell.row).or_insert_with(Vec::new).push(number);
            columns.entry(cell.column).or_insert_with(Vec::new).push(number);
            at.insert((cell.row, cell.column), number);
        }
        for line in rows.values_mut().chain(columns.values_mut()) {
            line.sort_by_key(|number| cells.get(*number).map_or(0, |cell| cell.count));
        }
        Self { cells, below, rows, columns, at, ranges: BTreeMap::new() }
    }

    fn count(&self, cell: usize) -> u64 {
        self.cells.get(cell).map_or(0, |cell| cell.count)
    }

    fn is_small(&self, cell: usize) -> bool {
        (1..self.below).contains(&self.count(cell))
    }

    fn hide(&mut self, cell: usize) {
        let range = range_of(self.count(cell), self.below);
        self.ranges.insert(cell, range);
    }

    /// Hides others with a small count, until it can be any of the small numbers whatever totals say. False where it can't.
    fn protect(&mut self, cell: usize) -> bool {
        let Some(CountedCell { row, column, count }) = self.cells.get(cell).copied() else { return true };
        // By how much it falls to the least of the small numbers, and rises to the most.
        let (falls, rises) = (count - 1, self.below - 1 - count);
        let line = |lines: &BTreeMap<usize, Vec<usize>>, at: usize| lines.get(&at).map_or(0, Vec::len);
        let (in_row, in_column) = (line(&self.rows, row), line(&self.columns, column));
        let partners = match (in_row > 1, in_column > 1) {
            (false, false) => Some(Vec::new()),
            (true, false) => self.best(self.rows.get(&row), cell, (rises, falls), |_| Some(Vec::new())),
            (false, true) => self.best(self.columns.get(&column), cell, (rises, falls), |_| Some(Vec::new())),
            // What the cell gains one of its row and one of its column lose, and the fourth corner gains it back.
            (true, true) => self.best(self.rows.get(&row), cell, (rises, falls), |beside| {
                let beside = self.cells.get(beside)?.column;
                self.best(self.columns.get(&column), cell, (rises, falls), |below| {
                    let corner = *self.at.get(&(self.cells.get(below)?.row, beside))?;
                    self.has_room(corner, (falls, rises)).then(|| vec![corner])
                })
            }),
        };
        let Some(partners) = partners else { return false };
        for partner in partners {
            self.hide(partner);
        }
        true
    }

    /// The cells to hide with one, of those in its line that can fall and rise by so much and that `rest` finds others for:
    /// those of which the fewest are not hidden already, then those of the smallest counts.
    fn best(
        &self,
        line: Option<&Vec<usize>>,
        but: usize,
        room: (u64, u64),
        rest: impl Fn(usize) -> Option<Vec<usize>>,
    ) -> Option<Vec<usize>> {
        let able = |other: &&usize| **other != but && self.has_room(**other, room);
        let known = line?.iter().filter(able).filter(|other| self.ranges.contains_key(other)).take(MOST_TRIED);
        let new = line?.iter().filter(able).filter(|other| !self.ranges.contains_key(other)).take(MOST_TRIED);
        let tried = known.chain(new).filter_map(|other| {
            let mut cells = rest(*other)?;
            cells.push(*other);
            Some(cells)
        });
        tried.min_by_key(|cells| {
            let new = cells.iter().filter(|cell| !self.ranges.contains_key(cell));
            (new.clone().count(), new.map(|cell| self.count(*cell)).sum::<u64>())
        })
    }

    /// Whether a count could be less by `falls` and more by `rises` and still be published in the same range.
    fn has_room(&self, cell: usize, (falls, rises): (u64, u64)) -> bool {
        let count = self.count(cell);
        let (low, high) = range_of(count, self.below);
        count > 0 && count >= low + falls && count + rises <= high
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Random, Stream};

    fn table(counts: &[&[u64]]) -> Vec<CountedCell> {
        let rows = counts.iter().enumerate();
        let cell = |row: usize| move |(column, count): (usize, &u64)| CountedCell { row, column, count: *count };
        rows.flat_map(|(row, counts)| counts.iter().enumerate().map(cell(row))).collect()
    }

    #[test]
    fn ranges_are_wide_and_hold_their_counts() {
        assert_eq!(range_of(0, 5), (0, 4));
        assert_eq!((1..5).map(|count| range_of(count, 5)).collect::<Vec<_>>(), [(1, 4); 4]);
        assert_eq!((range_of(5, 5), range_of(14, 5), range_of(15, 5)), ((5, 14), (5, 14), (15, 24)));
    }

    #[test]
    fn a_small_count_takes_three_others_with_it() {
        let found = hidden(&table(&[&[3, 20, 100], &[30, 40, 100], &[60, 80, 100]]), 5);
        assert_eq!(found.given_away, BTreeSet::new());
        assert_eq!(found.ranges.keys().copied().collect::<Vec<_>>(), [0, 1, 3, 4]);
        assert_eq!(found.ranges.get(&0), Some(&(1, 4)));
        assert_eq!(found.ranges.get(&1), Some(&(15, 24)));
    }

    #[test]
    fn in_one_line_it_takes_one() {
        let found = hidden(&table(&[&[3, 20, 100]]), 5);
        assert_eq!(found.ranges.keys().copied().collect::<Vec<_>>(), [0, 1]);
        let found = hidden(&table(&[&[3], &[20], &[100]]), 5);
        assert_eq!(found.ranges.keys().copied().collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn what_the_only_other_counts_leave_open_is_told_as_given_away() {
        assert_eq!(hidden(&table(&[&[3, 0], &[0, 9]]), 5).given_away, BTreeSet::from([0]));
        // A total of 8 and no count below 5 shown beside it: 3 at most.
        assert_eq!(hidden(&table(&[&[3, 5]]), 5).given_away, BTreeSet::from([0]));
        assert_eq!(hidden(&table(&[&[3]]), 5).given_away, BTreeSet::new());
    }

    /// An intruder who knows every total: whether a table of whole numbers has these totals and lies within what is
    /// published, with `fixed` for one cell. What each line still lacks flows from rows to columns.
    fn is_possible(cells: &[CountedCell], found: &HiddenCounts, fixed: (usize, u64)) -> bool {
        let ends = |number: usize| match found.ranges.get(&number) {
            _ if number == fixed.0 => (fixed.1, fixed.1),
            Some(range) => *range,
            None => (cells[number].count, cells[number].count),
        };
        let lines = |of: fn(&CountedCell) -> usize| {
            let mut lacks: BTreeMap<usize, i64> = BTreeMap::new();
            for (number, cell) in cells.iter().enumerate() {
                let lack = cell.count.cast_signed() - ends(number).0.cast_signed();
                *lacks.entry(of(cell)).or_default() += lack;
            }
            lacks
        };
        let (mut rows, mut columns) = (lines(|cell| cell.row), lines(|cell| cell.column));
        if rows.values().chain(columns.values()).any(|lack| *lack < 0) {
            return false;
        }
        let mut free: Vec<i64> =
            (0..cells.len()).map(|number| ends(number).1.cast_signed() - ends(number).0.cast_signed()).collect();
        let used: Vec<i64> = free.clone();
        // Augmenting paths, a unit each: from a row that lacks one to a column that lacks one.
        while let Some(row) = rows.iter().find(|(_, lack)| **lack > 0).map(|(row, _)| *row) {
            let mut from: BTreeMap<(bool, usize), usize> = BTreeMap::new();
            let mut next = vec![(true, row)];
            let mut reached = BTreeSet::from([(true, row)]);
            let mut end = None;
            while let Some((is_row, line)) = next.pop() {
                if !is_row && columns[&line] > 0 {
                    end = Some(line);
                    break;
                }
                for (number, cell) in cells.iter().enumerate() {
                    let (here, there, open) = match is_row {
                        true => (cell.row, (false, cell.column), free[number] > 0),
                        false => (cell.column, (true, cell.row), free[number] < used[number]),
                    };
                    if here == line && open && reached.insert(there) {
                        from.insert(there, number);
                        next.push(there);
                    }
                }
            }
            let Some(end) = end else { return false };
            *columns.get_mut(&end).unwrap() -= 1;
            *rows.get_mut(&row).unwrap() -= 1;
            let mut at = (false, end);
            while at != (true, row) {
                let number = from[&at];
                free[number] += if at.0 { 1 } else { -1 };
                at = if at.0 { (false, cells[number].column) } else { (true, cells[number].row) };
            }
        }
        columns.values().all(|lack| *lack == 0)
    }

    #[test]
    fn an_intruder_with_every_total_can_rule_out_no_small_number() {
        for number in 0..120 {
            let mut random = Random::new(16, Stream::Weights, number);
            // A line of one has no total that is not the count itself.
            let (rows, columns) = (2 + random.below(5), 2 + random.below(6));
            let mut cells = Vec::new();
            for row in 0..rows {
                for column in 0..columns {
                    let most = [3, 8, 40, 300][usize::try_from(random.below(4)).unwrap()];
                    let (row, column) = (usize::try_from(row).unwrap(), usize::try_from(column).unwrap());
                    cells.push(CountedCell { row, column, count: random.below(most) });
                }
            }
            let below = 3 + random.below(8);
            let found = hidden(&cells, below);
            for (number, cell) in cells.iter().enumerate() {
                assert!(found.ranges.get(&number).is_none_or(|(low, high)| (*low..=*high).contains(&cell.count)));
                let is_small = (1..below).contains(&cell.count);
                assert!(!is_small || found.ranges.contains_key(&number));
                if is_small && !found.given_away.contains(&number) {
                    for guess in 1..below {
                        assert!(
                            is_possible(&cells, &found, (number, guess)),
                            "{cells:?} {found:?}: {number} = {guess}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_intruder_finds_what_is_hidden_alone() {
        let cells = table(&[&[3, 20], &[30, 40]]);
        let alone = HiddenCounts { ranges: BTreeMap::from([(0, (1, 4))]), given_away: BTreeSet::new() };
        let possible: Vec<u64> = (1..5).filter(|guess| is_possible(&cells, &alone, (0, *guess))).collect();
        assert_eq!(possible, [3]);
    }
}
