//! What became of a plan: of each measure its change, its outcome by rule on the printed figures, what chance says beside
//! it, and whether what documents claim of it holds. Computed, never typed. No rule reads it here and nothing is scored.
//!
//! The rule (`outcome.rs`): once the period by whose end a target is due is over, a measure is achieved or not; before, it is
//! on course or off course by a straight line from the baseline to the target. Where the figures do not say, nobody can
//! tell, and why is said. Chance never changes an outcome.

mod by_chance;
mod change;
mod claims;
mod last_plan;
mod outcome;
mod ratio;
mod words;

use crate::assessment::plan::{Measure, Plan, Reading};
use crate::assessment::{Assessment, Period};
use crate::diagnostic::Problems;

pub use by_chance::{ByChance, ChanceFigures, ChanceVerdict};
pub use change::Change;
pub use claims::ClaimReview;
pub use last_plan::{LastPlanReview, last_plan};
pub use outcome::{Outcome, outcome};
pub use words::{signed_range, worked_out};

/// What became of a plan.
#[derive(Debug)]
pub struct PlanReview<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its measures, in the order written.
    pub measures: Vec<MeasureReview<'a>>,
}

/// What became of a measure.
#[derive(Debug)]
pub struct MeasureReview<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// What it is, and why.
    pub outcome: Outcome,
    /// By how much it changed; none where there are no two figures.
    pub change: Option<Change>,
    /// Whether chance could explain the change.
    pub chance: ByChance,
    /// What the documents claim of it.
    pub claims: Vec<ClaimReview<'a>>,
}

impl<'a> PlanReview<'a> {
    /// Which measures have no figure yet though it was due before this day, with the day it was due.
    pub fn overdue(&self, on: Period) -> impl Iterator<Item = (&'a Measure, Period)> {
        let late = move |measure: &'a Measure| {
            let due = measure.due.filter(|due| due.last_day() < on.first_day())?;
            let is_whole = |actual: &Reading| measure.target.by.last_day() <= actual.period.last_day();
            (!measure.actual.as_ref().is_some_and(is_whole)).then_some((measure, due))
        };
        self.measures.iter().filter_map(move |it| late(it.measure))
    }
}

/// Reviews the plans of an assessment that are to be reviewed, the earliest first, and then the one to be chosen where it
/// has measures.
pub fn review(assessment: &Assessment) -> Vec<PlanReview<'_>> {
    let chosen = assessment.plan.iter().filter(|plan| !plan.measures.is_empty());
    assessment.reviews.iter().chain(chosen).map(review_plan).collect()
}

fn review_plan(plan: &Plan) -> PlanReview<'_> {
    PlanReview { plan, measures: plan.measures.iter().map(|measure| review_measure(measure)).collect() }
}

/// What became of one measure.
pub fn review_measure(measure: &Measure) -> MeasureReview<'_> {
    let outcome = outcome(measure);
    let change = change::change(measure);
    let claims = measure.claims.iter().map(|claim| claims::set_against(claim, measure, outcome.word)).collect();
    MeasureReview { measure, outcome, change, chance: by_chance::by_chance(measure), claims }
}

/// What `check` says of claims: those that do not hold, and those that can't be checked.
pub fn problems(assessment: &Assessment) -> Problems {
    let reviews = review(assessment);
    let all = reviews.iter().flat_map(|review| &review.measures).flat_map(|measure| &measure.claims);
    all.filter_map(ClaimReview::problem).collect::<Vec<_>>().into()
}
