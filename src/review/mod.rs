//! What became of a plan: of each measure its change, its outcome by rule on the printed figures, what chance says beside
//! it, and whether what documents claim of it holds. Computed, never typed. The sums are those of
//! [`crate::assessment::plan::outcome`], which evidence reads, too; nothing is scored here.

mod claims;
mod doubts;
mod last_plan;
mod said;

use crate::assessment::plan::outcome::{ByChance, Change, Ruling, action_ruling, by_chance, change, ruling};
use crate::assessment::plan::{FollowedAction, Measure, Plan, Progress, Reading};
use crate::assessment::{Assessment, Period};
use crate::diagnostic::{Problem, Problems};

pub use claims::ClaimReview;
pub use last_plan::{LastPlanReview, last_plan};

/// What became of a plan.
#[derive(Debug)]
pub struct PlanReview<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its measures, in the order written.
    pub measures: Vec<MeasureReview<'a>>,
    /// Those of its actions that can be followed, in the order written.
    pub actions: Vec<ActionReview<'a>>,
}

/// What became of an action.
#[derive(Debug)]
pub struct ActionReview<'a> {
    /// The action.
    pub action: &'a FollowedAction,
    /// What it is, and why.
    pub outcome: Ruling,
}

/// What was due before a day and is not there.
#[derive(Debug, Clone, Copy)]
pub struct Overdue<'a> {
    /// The id of the measure or action.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The day that it was due.
    pub due: Period,
}

/// What became of a measure.
#[derive(Debug)]
pub struct MeasureReview<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// What it is, and why.
    pub outcome: Ruling,
    /// By how much it changed; none where there are no two figures.
    pub change: Option<Change>,
    /// Whether chance could explain the change.
    pub chance: ByChance,
    /// What the documents claim of it.
    pub claims: Vec<ClaimReview<'a>>,
}

impl<'a> PlanReview<'a> {
    /// Which measures have no figure yet though it was due before this day, and which actions were due before and are not
    /// done.
    pub fn overdue(&self, on: Period) -> impl Iterator<Item = Overdue<'a>> {
        let is_past = move |due: &Period| due.last_day() < on.first_day();
        let without_figure = move |it: &MeasureReview<'a>| {
            let measure: &'a Measure = it.measure;
            let due = measure.due.filter(is_past)?;
            let is_whole = |actual: &Reading| measure.target.by.last_day() <= actual.period.last_day();
            let is_filed = measure.actual.as_ref().is_some_and(is_whole);
            (!is_filed).then_some(Overdue { id: &measure.id, title: &measure.title, due })
        };
        let not_done = move |it: &ActionReview<'a>| {
            let due = it.action.due.filter(is_past)?;
            let is_done = it.action.progress.iter().any(Progress::is_all);
            (!is_done).then_some(Overdue { id: &it.action.id, title: &it.action.title, due })
        };
        self.measures.iter().filter_map(without_figure).chain(self.actions.iter().filter_map(not_done))
    }
}

/// Reviews the plans of an assessment that are to be reviewed, the earliest first, and then the one to be chosen where it
/// has measures, or progress of an action is filed.
pub fn review(assessment: &Assessment) -> Vec<PlanReview<'_>> {
    let is_followed =
        |plan: &&Plan| !plan.measures.is_empty() || plan.actions.iter().any(|action| !action.progress.is_empty());
    let chosen = assessment.plan.iter().filter(is_followed);
    assessment.reviews.iter().chain(chosen).map(review_plan).collect()
}

/// Reviews one plan.
pub fn review_plan(plan: &Plan) -> PlanReview<'_> {
    let followed = plan.actions.iter().filter(|action| action.is_followed());
    let actions = followed.map(|action| ActionReview { action, outcome: action_ruling(action, plan.period) });
    PlanReview {
        plan,
        measures: plan.measures.iter().map(|measure| review_measure(measure)).collect(),
        actions: actions.collect(),
    }
}

/// What became of one measure.
pub fn review_measure(measure: &Measure) -> MeasureReview<'_> {
    let outcome = ruling(measure);
    let change = change(measure);
    let claims = measure.claims.iter().map(|claim| claims::set_against(claim, measure, outcome.word)).collect();
    MeasureReview { measure, outcome, change, chance: by_chance(measure), claims }
}

/// What `check` says of measures: what is odd in their figures, and which claims of documents do not hold or can't be checked.
pub fn problems(assessment: &Assessment) -> Problems {
    let reviews = review(assessment);
    let all = reviews.iter().flat_map(|review| &review.measures);
    let of_measure = |it: &MeasureReview<'_>| -> Vec<Problem> {
        doubts::doubts(it.measure).chain(it.claims.iter().filter_map(ClaimReview::problem)).collect()
    };
    all.flat_map(of_measure).collect::<Vec<_>>().into()
}
