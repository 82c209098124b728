//! Several years of one list: where everybody stood, what broke in between, and which change made each step.
//!
//! Every list is made again from its evidence by its own rules; nothing is read off an earlier result. What a step is made
//! of is what [`crate::diff`] finds between two years. Pure, and nothing is laid out here.

mod breaks;
mod lines;
mod steps;
mod years;

use std::num::NonZeroUsize;

pub use breaks::{Break, BreakKind};
pub use lines::{Line, Seat};
pub use steps::{RuleStep, Step, StepCause, StepPart, StepParts, TotalStep};
pub use years::{Year, YearPlace, YearSource};

use crate::diagnostic::Problems;
use crate::scoring::Fixed;
use lines::{Named, follow};

/// Several years of one list.
#[derive(Debug)]
pub struct History<'a> {
    /// The years in the order of their periods.
    pub years: Vec<Year<'a>>,
    /// Everybody over the years: those of the last year in the order of its list, then those of the year before, and so
    /// on.
    pub lines: Vec<Line>,
    /// From each year to the next: one fewer than years.
    pub steps: Vec<Step<'a>>,
    /// What broke, step by step.
    pub breaks: Vec<Break>,
}

impl<'a> History<'a> {
    /// Ranks each year and sets it against the one before. The number of threads changes nothing of what comes out.
    ///
    /// # Errors
    /// A year that can't be ranked; a run that takes more steps than it has.
    pub fn new(sources: Vec<YearSource<'a>>, threads: NonZeroUsize) -> Result<Self, Problems> {
        let years = years::in_order(sources, threads)?;
        let named: Vec<Vec<Named<'_>>> = years.iter().map(names).collect();
        let followed = follow(&named);
        let numbers = 0..years.len().saturating_sub(1);
        let steps = numbers.map(|number| Step::new(&years, &followed.lines, number, threads));
        let steps = steps.collect::<Result<Vec<_>, _>>()?;
        let breaks = breaks::breaks(&years, &followed, &steps);
        Ok(Self { years, lines: followed.lines, steps, breaks })
    }

    /// Where a line stands in a year; none where it is not in it.
    pub fn place(&self, line: &Line, year: usize) -> Option<&YearPlace<'a>> {
        self.years.get(year)?.places.get(line.seat(year)?)
    }

    /// Where a line stands in the last year that has it.
    pub fn latest_place(&self, line: &Line) -> Option<&YearPlace<'a>> {
        self.place(line, line.last_year())
    }

    /// What a step made of a line's total; none where it can't be told.
    pub fn total_step(&self, line: usize, step: usize) -> Option<&TotalStep> {
        self.steps.get(step)?.totals.iter().find(|total| total.line == line)
    }

    /// By how much a line's total went up in a step; none where the two can't be compared.
    pub fn total_change(&self, line: usize, step: usize) -> Option<Fixed> {
        self.total_step(line, step)?.by
    }
}

fn names<'y>(year: &'y Year<'_>) -> Vec<Named<'y>> {
    let named = |place: &'y YearPlace<'_>| Named { id: &place.stand.id, formerly: &place.candidate.formerly };
    year.places.iter().map(named).collect()
}
