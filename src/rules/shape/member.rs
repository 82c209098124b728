//! What every value function says of itself, and the plain parts that it says it with.

use std::any::Any;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::candidate_measures::CandidateMeasures;
use super::numbers::Anchor;
use super::swing::Swing;
use crate::rules::script::{AnswersOfAll, Expression};

/// What a value function says of itself.
pub trait Shape: Any + fmt::Debug {
    /// From measures to values, given the answers of all candidates.
    fn scale(&self, answers: &CandidateMeasures<'_>) -> Arc<dyn Scale>;

    /// Whether it needs to know of all candidates before it gives any a value, so that one more can reorder the others.
    fn needs_facts(&self) -> bool {
        false
    }

    /// The expression that gives the values, where it is one.
    fn expression(&self) -> Option<&Expression> {
        None
    }

    /// What is to be known of values without an upper end; none where they end at 1.
    fn unbounded(&self) -> Option<Unbounded> {
        None
    }

    /// The stretches that tests can reach, in ascending order: each measure lies in one.
    fn segments(&self) -> Vec<Segment>;

    /// The lowest and the highest measure at which the value may still change; none where that takes the candidates.
    fn reach(&self) -> Option<(f64, f64)> {
        None
    }

    /// The least and the most value that any measure has.
    fn value_ends(&self) -> ValueEnds;

    /// The measures at which the value may turn, ascending: between two of them, below the first and above the last it goes
    /// one way. None where that is not known.
    fn turns(&self) -> Option<Vec<f64>> {
        Some(Vec::new())
    }

    /// Where it ends and is level from there on, though a measure beyond is another answer: its lower and its upper end.
    fn ends(&self) -> Option<[Anchor; 2]> {
        None
    }

    /// From the measure that earns least to the one that earns most.
    fn swing(&self) -> Swing;

    /// How a measure becomes a value, in a sentence for those who read the list.
    fn sentence(&self) -> String;

    /// The same for those who see its numbers beside it, in cells.
    fn sentence_beside_cells(&self) -> String;

    /// Its numbers in cells that can be changed; none where it has no numbers.
    fn cells(&self) -> Option<ValueCells> {
        None
    }

    /// What it is, as in "now …; it was …".
    fn clause(&self) -> String;

    /// What became of `old`, in a sentence of its own where it was of this shape, too; measures are in `unit`.
    fn since(&self, _old: &(dyn Shape + 'static), _unit: &str) -> Option<String> {
        None
    }
}

impl dyn Shape {
    /// This as a shape of its own kind; none where it is of another.
    pub fn downcast<S: Shape>(&self) -> Option<&S> {
        (self as &dyn Any).downcast_ref()
    }

    /// Whether the value is known to go one way: never to fall where the measure rises, or never to rise.
    pub fn goes_one_way(&self) -> bool {
        self.turns().is_some_and(|turns| turns.is_empty())
    }

    /// The measures of so many decimals that are next to a turn of the value: among them it is least and most, but for ends.
    pub fn measures_at_turns(&self, decimals: u32) -> Vec<f64> {
        let unit = f64::from(10_u32.pow(decimals));
        let beside = |turn: f64| [(turn * unit).floor() / unit, (turn * unit).ceil() / unit];
        self.turns().into_iter().flatten().flat_map(beside).collect()
    }

    /// The stretch that a measure lies in.
    pub fn segment_of(&self, measure: f64) -> Option<Segment> {
        self.segments().into_iter().find(|segment| segment.measures.contains(&measure))
    }
}

/// A value function with what it needs to know of all candidates.
pub trait Scale: fmt::Debug + Send + Sync {
    /// The value of a measure, not rounded. None where an expression has to be run.
    fn value(&self, measure: f64) -> Option<f64>;

    /// The values of as many measures; 0 where an expression has to be run. One call for a whole stretch of a column.
    fn values(&self, measures: &[f64], values: &mut [f64]) {
        for (measure, value) in measures.iter().zip(values) {
            *value = self.value(*measure).unwrap_or(0.0);
        }
    }

    /// The value of a measure in the place of a candidate's own answer, the others as they are.
    fn value_instead(&self, _own: f64, measure: f64) -> Option<f64> {
        self.value(measure)
    }

    /// The answers of all candidates, where an expression over them has to be run.
    fn column(&self) -> Option<&AnswersOfAll> {
        None
    }

    /// The same with a measure in the place of a candidate's own answer, the others as they are.
    fn column_instead(&self, _own: f64, _measure: f64) -> Option<AnswersOfAll> {
        None
    }

    /// How it read a measure: a part of a sentence, as in "0.65, `on the straight line from 500 (value 0.5) to …`".
    fn reading(&self, measure: f64) -> String;
}

/// A stretch of measures that a value function treats alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// What it is called: `line from 0 to 5`.
    pub name: String,
    /// From which measure up to below which.
    pub measures: Range<f64>,
}

impl Segment {
    pub(super) fn new(name: impl Into<String>, measures: Range<f64>) -> Self {
        Self { name: name.into(), measures }
    }

    /// One stretch for every measure.
    pub(super) fn whole(name: &str) -> Self {
        Self::new(name, f64::NEG_INFINITY..f64::INFINITY)
    }

    /// Whether measures between these two ends, both included, can lie in it.
    pub fn meets(&self, (low, high): (f64, f64)) -> bool {
        low < self.measures.end && self.measures.start <= high
    }
}

/// The least and the most of a question's values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueEnds {
    /// No value is lower.
    pub least: f64,
    /// No value is higher; infinite where there is no upper end.
    pub most: f64,
    /// Whether some measures have these values; where not, values are only known to go no farther.
    pub are_reached: bool,
}

impl ValueEnds {
    /// From 0 to 1.
    pub(super) const WHOLE: Self = Self { least: 0.0, most: 1.0, are_reached: true };

    /// Of values that some measures have.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let none = Self { least: f64::INFINITY, most: f64::NEG_INFINITY, are_reached: true };
        values.fold(none, Self::with)
    }

    /// The same with another value that there can be.
    #[must_use]
    pub fn with(self, value: f64) -> Self {
        Self { least: self.least.min(value), most: self.most.max(value), ..self }
    }
}

/// Values without a least or a highest, and so without a worst.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unbounded {
    /// What such a value is called: `a share of the mean`.
    pub called: &'static str,
    /// The value that is neither good nor bad, and what that is: `the mean`. None where no value is.
    pub neutral: Option<(f64, &'static str)>,
}

/// Numbers of a value function in two rows, one above the other; of words the upper row has the words.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueCells {
    /// What each row holds.
    pub rows: [&'static str; 2],
    /// What both rows hold, column by column.
    pub columns: Vec<(CellContent, f64)>,
}

/// What a cell of the upper row holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CellContent {
    /// A number that can be changed.
    Number(f64),
    /// A word of a list.
    Word(Arc<str>),
}
