//! The counts of all files together, and which of them are no counts because a file is absent.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::folder::PoliceFile;
use super::month::Month;
use super::rows::FileCounts;

/// Counts by area, month and category.
#[derive(Debug, Default)]
pub(super) struct CountTally {
    /// The months that have files, oldest first.
    pub months: Vec<Month>,
    /// By name, once they are put in order.
    pub categories: Vec<Category>,
    /// How many categories there can be.
    width: usize,
    /// By code, once they are put in order.
    pub areas: Vec<CountedArea>,
    numbers: HashMap<String, usize>,
}

/// What is counted in each area.
#[derive(Debug)]
pub(super) struct Category {
    pub name: String,
    /// Its number among an area's counts.
    pub number: usize,
}

/// An area and its counts.
#[derive(Debug)]
pub(super) struct CountedArea {
    pub code: String,
    pub name: String,
    /// For each category, by its number, a count for each month; of the last ones perhaps none.
    counts: Vec<u32>,
    months: usize,
    /// How many rows of each force counted here, by its number.
    rows: BTreeMap<usize, u64>,
    /// The file that the name is from: the first one.
    named_in: usize,
}

impl CountTally {
    /// A tally of at most `width` categories.
    pub(super) fn new(months: Vec<Month>, width: usize) -> Self {
        Self { months, width, ..Self::default() }
    }

    /// Whether files had more categories than there can be: the counts are wrong then.
    pub(super) fn is_too_wide(&self) -> bool {
        self.categories.len() > self.width
    }

    /// Adds what file number `file` says. Its identified rows are made to point into the areas of all files.
    pub(super) fn add(&mut self, file: usize, of: &PoliceFile, force: usize, counted: &mut FileCounts) {
        let (width, months) = (self.width, self.months.len());
        let month = self.months.binary_search(&of.month).unwrap_or(0);
        let categories: Vec<usize> = counted.categories.drain(..).map(|name| self.category(name)).collect();
        let mut numbers = Vec::with_capacity(counted.areas.len());
        for ((code, name), counts) in counted.areas.drain(..).zip(counted.counts.chunks_exact(width)) {
            let number = self.number(code, name, file);
            numbers.push(number);
            let Some(area) = self.areas.get_mut(number) else { continue };
            *area.rows.entry(force).or_default() += counts.iter().map(|count| u64::from(*count)).sum::<u64>();
            for (category, count) in categories.iter().zip(counts).filter(|(_, count)| **count > 0) {
                let at = category * months + month;
                if area.counts.len() <= at {
                    area.counts.resize((category + 1) * months, 0);
                }
                if let Some(all) = area.counts.get_mut(at) {
                    *all += count;
                }
            }
        }
        counted.counts = Vec::new();
        for row in &mut counted.identified {
            let cell = usize::try_from(row.cell).unwrap_or(0);
            let number = numbers.get(cell / width).copied().unwrap_or(0);
            let category = categories.get(cell % width).copied().unwrap_or(0);
            row.cell = u32::try_from(number * width + category).unwrap_or(u32::MAX);
        }
    }

    fn category(&mut self, name: String) -> usize {
        let known = self.categories.iter().position(|category| category.name == name);
        known.unwrap_or_else(|| {
            let number = self.categories.len();
            self.categories.push(Category { name, number });
            number
        })
    }

    fn number(&mut self, code: String, name: String, file: usize) -> usize {
        if let Some(number) = self.numbers.get(&code) {
            if let Some(area) = self.areas.get_mut(*number).filter(|area| area.named_in > file) {
                (area.name, area.named_in) = (name, file);
            }
            return *number;
        }
        let number = self.areas.len();
        let months = self.months.len();
        self.numbers.insert(code.clone(), number);
        self.areas.push(CountedArea { code, name, counts: Vec::new(), months, rows: BTreeMap::new(), named_in: file });
        number
    }

    /// Takes one row out again; false where there is none to take.
    pub(super) fn take_out(&mut self, month: Month, cell: u32) -> bool {
        let cell = usize::try_from(cell).unwrap_or(usize::MAX);
        let month = self.months.binary_search(&month).unwrap_or(usize::MAX);
        let (area, category) = (cell / self.width, cell % self.width);
        let at = category.saturating_mul(self.months.len()).saturating_add(month);
        match self.areas.get_mut(area).and_then(|area| area.counts.get_mut(at)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Puts areas and categories in order: which file was read first leaves no trace.
    pub(super) fn in_order(&mut self) {
        self.numbers.clear();
        self.areas.sort_by(|a, b| a.code.cmp(&b.code));
        self.categories.sort_by(|a, b| a.name.cmp(&b.name));
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

    /// The counts of all categories in month number `month`, together.
    pub(super) fn rows_in(&self, month: usize) -> u64 {
        self.counts
            .chunks(self.months.max(1))
            .filter_map(|months| months.get(month))
            .map(|count| u64::from(*count))
            .sum()
    }

    /// The count of a category in month number `month`.
    #[inline]
    pub(super) fn count(&self, month: usize, category: &Category) -> u32 {
        self.counts.get(category.number * self.months + month).copied().unwrap_or(0)
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
    pub(super) fn new(files: &[PoliceFile]) -> Self {
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
