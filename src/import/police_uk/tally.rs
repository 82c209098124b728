//! The counts of all files together, and which of them are no counts because a file is absent.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::folder::StreetFile;
use super::street::StreetCounts;
use super::{CRIME_TYPES, Month};

/// Counts by area, month and crime type.
#[derive(Debug, Default)]
pub(super) struct CountTally {
    /// The months that have files, oldest first.
    pub months: Vec<Month>,
    /// By code, once they are put in order.
    pub areas: Vec<CountedArea>,
    numbers: HashMap<String, usize>,
}

/// An area and its counts.
#[derive(Debug)]
pub(super) struct CountedArea {
    pub code: String,
    pub name: String,
    /// For each month a count for each crime type.
    counts: Vec<u32>,
    /// How many rows of each force counted here, by its number.
    rows: BTreeMap<usize, u64>,
    /// The file that the name is from: the first one.
    named_in: usize,
}

impl CountTally {
    pub(super) fn new(months: Vec<Month>) -> Self {
        Self { months, ..Self::default() }
    }

    /// Adds what file number `file` says. Its identified rows are made to point into the areas of all files.
    pub(super) fn add(&mut self, file: usize, of: &StreetFile, force: usize, street: &mut StreetCounts) {
        let month = self.months.binary_search(&of.month).unwrap_or(0);
        let mut numbers = Vec::with_capacity(street.areas.len());
        for ((code, name), counts) in street.areas.drain(..).zip(street.counts.chunks_exact(CRIME_TYPES.len())) {
            let number = self.number(code, name, file);
            numbers.push(number);
            let Some(area) = self.areas.get_mut(number) else { continue };
            *area.rows.entry(force).or_default() += counts.iter().map(|count| u64::from(*count)).sum::<u64>();
            let all =
                area.counts.get_mut(month * CRIME_TYPES.len()..(month + 1) * CRIME_TYPES.len()).unwrap_or_default();
            all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
        }
        street.counts = Vec::new();
        for row in &mut street.identified {
            let cell = usize::try_from(row.cell).unwrap_or(0);
            let number = numbers.get(cell / CRIME_TYPES.len()).copied().unwrap_or(0);
            row.cell = u32::try_from(number * CRIME_TYPES.len() + cell % CRIME_TYPES.len()).unwrap_or(u32::MAX);
        }
    }

    fn number(&mut self, code: String, name: String, file: usize) -> usize {
        if let Some(number) = self.numbers.get(&code) {
            if let Some(area) = self.areas.get_mut(*number).filter(|area| area.named_in > file) {
                (area.name, area.named_in) = (name, file);
            }
            return *number;
        }
        let number = self.areas.len();
        let counts = vec![0; self.months.len() * CRIME_TYPES.len()];
        self.numbers.insert(code.clone(), number);
        self.areas.push(CountedArea { code, name, counts, rows: BTreeMap::new(), named_in: file });
        number
    }

    /// Takes one row out again; false where there is none to take.
    pub(super) fn take_out(&mut self, month: Month, cell: u32) -> bool {
        let cell = usize::try_from(cell).unwrap_or(usize::MAX);
        let month = self.months.binary_search(&month).unwrap_or(usize::MAX);
        let (area, kind) = (cell / CRIME_TYPES.len(), cell % CRIME_TYPES.len());
        let at = month.saturating_mul(CRIME_TYPES.len()).saturating_add(kind);
        match self.areas.get_mut(area).and_then(|area| area.counts.get_mut(at)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Puts the areas in order: which file was read first leaves no trace.
    pub(super) fn in_order(&mut self) {
        self.numbers.clear();
        self.areas.sort_by(|a, b| a.code.cmp(&b.code));
    }

    /// The forces whose areas these are.
    pub(super) fn homes(&self) -> BTreeSet<usize> {
        self.areas.iter().filter_map(CountedArea::home).collect()
    }
}

impl CountedArea {
    /// The force with the most rows here; of several, the first.
    pub(super) fn home(&self) -> Option<usize> {
        self.rows.iter().max_by_key(|(force, rows)| (**rows, std::cmp::Reverse(**force))).map(|(force, _)| *force)
    }

    /// The counts of all crime types in month number `month`, together.
    pub(super) fn rows_in(&self, month: usize) -> u64 {
        let counts = self.counts.get(month * CRIME_TYPES.len()..(month + 1) * CRIME_TYPES.len()).unwrap_or_default();
        counts.iter().map(|count| u64::from(*count)).sum()
    }

    /// The count of crime type number `kind` in month number `month`.
    #[inline]
    pub(super) fn count(&self, month: usize, kind: usize) -> u32 {
        self.counts.get(month * CRIME_TYPES.len() + kind).copied().unwrap_or(0)
    }
}

/// Which forces have rows in which months.
#[derive(Debug, Default)]
pub(super) struct ForceMonths {
    /// In order of their names.
    pub forces: Vec<String>,
    /// The months with rows, for each force.
    months: Vec<BTreeSet<Month>>,
}

impl ForceMonths {
    pub(super) fn new(files: &[StreetFile]) -> Self {
        let forces: BTreeSet<&String> = files.iter().map(|file| &file.force).collect();
        let forces: Vec<String> = forces.into_iter().cloned().collect();
        let months = vec![BTreeSet::new(); forces.len()];
        Self { forces, months }
    }

    pub(super) fn number(&self, force: &str) -> usize {
        self.forces.binary_search_by(|known| (**known).cmp(force)).unwrap_or(0)
    }

    /// Notes that a force has rows in a month. A file without a single row says nothing.
    pub(super) fn note(&mut self, force: usize, month: Month) {
        if let Some(months) = self.months.get_mut(force) {
            months.insert(month);
        }
    }

    /// Whether a count of this force's area in this month is one.
    pub(super) fn has(&self, force: usize, month: Month) -> bool {
        self.months.get(force).is_some_and(|months| months.contains(&month))
    }

    pub(super) fn name(&self, force: usize) -> &str {
        self.forces.get(force).map_or("", String::as_str)
    }
}
