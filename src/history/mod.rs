//! Several years of one list: where everybody stood, what broke in between, and which change made each step.
//!
//! Every list is made again from its evidence by its own rules; nothing is read off an earlier result. What a step is made
//! of is what [`crate::diff`] finds between two years. Pure, and nothing is laid out here.

mod breaks;
mod lines;
mod steps;
mod years;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

pub use breaks::{Break, BreakKind};
pub use lines::{Line, Seat};
pub use steps::{RuleStep, Step, StepCause, StepPart, StepParts, TotalStep};
pub use years::{Year, YearPlace, YearSource};

use crate::diagnostic::Problems;
use crate::scoring::Fixed;
use lines::{Named, follow};

/// The ids that candidates were made of, by their own.
type MadeOf = BTreeMap<String, BTreeSet<String>>;

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
        let by_areas = by_areas(&years);
        let named: Vec<Vec<Named<'_>>> =
            years.iter().zip(&by_areas).map(|(year, made_of)| names(year, made_of)).collect();
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

    /// What a step made of a line's total; none where it can't be told, and of a line that the step begins.
    pub fn total_step(&self, line: usize, step: usize) -> Option<&TotalStep> {
        self.steps.get(step)?.totals.iter().find(|total| total.line == line && total.was == line)
    }

    /// By how much a line's total went up in a step; none where the two can't be compared.
    pub fn total_change(&self, line: usize, step: usize) -> Option<Fixed> {
        self.total_step(line, step)?.by
    }
}

/// What the candidates of each year are made of because areas became others since the year before.
fn by_areas(years: &[Year<'_>]) -> Vec<MadeOf> {
    let since = |pair: &[Year<'_>]| {
        let [old, new] = pair else { return MadeOf::new() };
        let put_on = old.source.side.assessment.on_areas_of(new.source.side.assessment);
        put_on.and_then(Result::ok).map(|on| on.made_of).unwrap_or_default()
    };
    std::iter::once(MadeOf::new()).chain(years.windows(2).map(since)).collect()
}

fn names<'y>(year: &'y Year<'_>, made_of: &'y MadeOf) -> Vec<Named<'y>> {
    let named = |place: &'y YearPlace<'_>| {
        let id = place.stand.id.as_str();
        let by_areas = made_of.get(id).into_iter().flatten();
        let formerly = place.candidate.formerly.iter().chain(by_areas).map(String::as_str).filter(|was| *was != id);
        Named { id, formerly: formerly.collect() }
    };
    year.places.iter().map(named).collect()
}
