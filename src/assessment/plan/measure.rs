//! A measure of a plan, judged.

use super::format::{Direction, Wanted};
use super::reading::{Reading, ReadingKind};
use crate::assessment::claim::PrintedNumber;
use crate::assessment::evidence::{Break, OutcomeWord};
use crate::assessment::period::Period;
use crate::assessment::statement::DocumentPlace;
use crate::diagnostic::Place;
use crate::exact::Fixed;

/// A figure by which a plan is judged. Its figures are all of one sort, and the baseline's period is the earlier one.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Unique among the plan's measures.
    pub id: String,
    /// What is measured.
    pub title: String,
    /// The id of the plan's priority that it belongs to.
    pub priority: Option<String>,
    /// Whose plan it is of, where that is somebody else's.
    pub regard: Option<String>,
    /// What it counts, in the plural.
    pub unit: Option<String>,
    /// Which way the figure should go.
    pub wanted: Wanted,
    /// How far it should go, and by when.
    pub target: Target,
    /// The figure that it is set against.
    pub baseline: Option<Reading>,
    /// The figure of the plan's period.
    pub actual: Option<Reading>,
    /// Figures of the parts of its period, oldest first and without a gap. Where no other is filed, the actual is made of
    /// them.
    pub progress: Vec<Reading>,
    /// Figures of other periods, oldest first.
    pub series: Vec<Reading>,
    /// Why there is no figure, where that is said.
    pub missing: Option<String>,
    /// From when on it counts something else, in the order of time: those of the plan and of the evidence it names.
    pub breaks: Vec<Break>,
    /// What a document says of it.
    pub claims: Vec<MeasureClaim>,
    /// The role of the person who answers for it.
    pub owner: Option<String>,
    /// The day by which its figure is due.
    pub due: Option<Period>,
    /// The ids under which it stood in earlier plans, in the order written.
    pub formerly: Vec<String>,
    /// The document and place that it is from.
    pub cited: DocumentPlace,
    /// Where it stands.
    pub place: Place,
}

impl Measure {
    /// What sort its figures are; none where neither baseline nor actual is filed.
    pub fn kind(&self) -> Option<ReadingKind> {
        self.baseline.as_ref().or(self.actual.as_ref()).map(Reading::kind)
    }
}

/// How far a figure should go, and by when.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// How far it should go.
    pub goal: Goal,
    /// The period by whose end it should be reached.
    pub by: Period,
}

/// How far a figure should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Any step in the direction wanted.
    AnyStep,
    /// To this figure, or past it.
    Figure(Fixed),
    /// By so much, in its own unit; the sign is that of the direction wanted.
    Change(Fixed),
    /// By so many per cent of the baseline; the sign is that of the direction wanted.
    ChangePercent(Fixed),
    /// Into this band, its ends included.
    Between(Fixed, Fixed),
}

/// What a document says of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureClaim {
    /// The outcome that it names.
    pub outcome: Option<OutcomeWord>,
    /// The change in per cent.
    pub percent: Option<PrintedClaim>,
    /// The change in the measure's own unit.
    pub change: Option<PrintedClaim>,
    /// Which way it is said to have gone.
    pub direction: Option<Direction>,
    /// Within which period, where that is not from baseline to actual.
    pub period: Option<Period>,
    /// The document's own words.
    pub text: Option<String>,
    /// The document's id.
    pub source: String,
    /// The place in the document.
    pub place: String,
    /// Where it was transcribed.
    pub written: Place,
}

/// A change as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedClaim {
    /// The number.
    pub number: PrintedNumber,
    /// Whether it was printed with a sign.
    pub is_signed: bool,
}
