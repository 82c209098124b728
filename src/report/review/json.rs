//! For programs: stable, versioned in `schema`. Wire types, apart from the core's.

use schemars::JsonSchema;
use serde::Serialize;

use super::view::ReviewView;
use crate::assessment::Period;
use crate::assessment::plan::outcome::{ChanceFigures, ChanceVerdict};
use crate::assessment::plan::{Goal, Reading};
use crate::exact::Fixed;
use crate::review::{ActionReview, ClaimReview, LastPlanReview, MeasureReview, PlanReview};
use crate::stats::{Estimate, RateRatio};
use crate::words::indented_json;

/// The version of this format.
pub const SCHEMA: &str = "prioritise/review/1";

/// What became of the plans of an assessment.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "prioritise review")]
pub struct ReviewFile<'a> {
    /// `prioritise/review/1`.
    pub schema: &'a str,
    /// The engine's version.
    pub engine: &'a str,
    /// The digest of the assessment.
    pub assessment: &'a str,
    /// The plans, the earliest period first.
    pub plans: Vec<PlanEntry<'a>>,
    /// The measures of all plans, in the order written.
    pub measures: Vec<MeasureEntry<'a>>,
    /// The actions of all plans that can be followed, in the order written.
    pub actions: Vec<ActionEntry<'a>>,
    /// The day that it is seen from; null where none was given.
    pub on: Option<String>,
    /// The ids of measures whose figure was due before that day and is not filed, and of actions that were due before it and
    /// are not done, each behind its plan's: `plan/measure`.
    pub overdue: Vec<String>,
    /// Results of last year's plan that the assessment states in words.
    pub last_plan: Vec<LastPlanEntry<'a>>,
}

/// A plan.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlanEntry")]
pub struct PlanEntry<'a> {
    /// The name of its file, without folder and ending.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The period that it is for.
    pub period: String,
    /// The digest of what its file says.
    pub digest: &'a str,
    /// Its priorities.
    pub priorities: Vec<PlanPriority<'a>>,
}

/// A priority of a plan.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanPriority<'a> {
    /// Its id.
    pub id: &'a str,
    /// What a reader sees.
    pub title: &'a str,
}

/// What became of a measure.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MeasureEntry")]
pub struct MeasureEntry<'a> {
    /// The plan's id.
    pub plan: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What is measured.
    pub title: &'a str,
    /// The id of the plan's priority that it belongs to.
    pub priority: Option<&'a str>,
    /// Whose plan it is of, where that is somebody else's.
    pub regard: Option<&'a str>,
    /// What it counts.
    pub unit: Option<&'a str>,
    /// The figure that it is set against; null where none is filed or it is withheld.
    pub baseline: Option<f64>,
    /// The figure of the plan's period, likewise.
    pub actual: Option<f64>,
    /// The figure to be reached, of a target that names one; null of any other.
    pub target: Option<f64>,
    /// `less`, `more` or `within`.
    pub wanted: &'a str,
    /// The baseline as it was filed.
    pub baseline_filed: Option<ReadingEntry<'a>>,
    /// The actual as it was filed.
    pub actual_filed: Option<ReadingEntry<'a>>,
    /// The figures of the parts of its period, oldest first.
    pub progress: Vec<ReadingEntry<'a>>,
    /// The target as it was filed.
    pub target_filed: TargetEntry<'a>,
    /// Actual less baseline, in the measure's own unit; null where one of them is not known.
    pub change: Option<f64>,
    /// The same in per cent of the baseline, to one decimal; null of a baseline that is not above zero, too.
    pub change_percent: Option<f64>,
    /// The change of the rate in per cent, to one decimal; null but of counts that are set against more or fewer people or
    /// households than before.
    pub rate_change_percent: Option<f64>,
    /// The lowest and the highest change, where a figure is withheld; null elsewhere.
    pub change_between: Option<(f64, f64)>,
    /// `could-explain`, `does-not-explain` at the 95% level, or `cannot-tell`.
    pub by_chance: &'a str,
    /// Why chance can't be told; null where it can.
    pub by_chance_because: Option<&'a str>,
    /// The p-value that decides, to six decimals; null where no test was made.
    pub p: Option<f64>,
    /// The tests that were made.
    pub tests: Vec<TestEntry<'a>>,
    /// The rate now over the rate before, with its 95% interval; null where there is none.
    pub ratio: Option<IntervalEntry>,
    /// The difference of two percentages in percentage points, with Newcombe's 95% interval; null where there is none.
    pub difference: Option<IntervalEntry>,
    /// `achieved`, `not-achieved`, `on-course`, `off-course` or `cannot-tell`.
    pub outcome: &'a str,
    /// Why, in a sentence.
    pub because: &'a str,
    /// What a reader should know beside that.
    pub caveats: &'a [String],
    /// What documents claim of it.
    pub claims: Vec<ClaimEntry<'a>>,
    /// The role of the person who answers for it.
    pub owner: Option<&'a str>,
    /// The day by which its figure is due.
    pub due: Option<String>,
    /// The document's id.
    pub source: &'a str,
    /// The place in the document.
    #[serde(rename = "where")]
    pub place: &'a str,
    /// What a reader should know before relying on it.
    pub note: Option<&'a str>,
}

/// What became of an action.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FollowedActionEntry")]
pub struct ActionEntry<'a> {
    /// The plan's id.
    pub plan: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What a reader sees.
    pub title: &'a str,
    /// The role of the person who leads it.
    pub lead: Option<&'a str>,
    /// The day by which it is due; null where that is the last day of the plan.
    pub due: Option<String>,
    /// How much of it is done by which day, oldest first.
    pub progress: Vec<ProgressEntry<'a>>,
    /// `achieved`, `not-achieved`, `on-course`, `off-course` or `cannot-tell`.
    pub outcome: &'a str,
    /// Why, in a sentence.
    pub because: &'a str,
    /// What a reader should know before relying on it.
    pub note: Option<&'a str>,
}

/// How much of an action is done by a day.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ActionProgressEntry")]
pub struct ProgressEntry<'a> {
    /// The day.
    pub date: String,
    /// How much of it, in per cent.
    pub percent: f64,
    /// What was done, where said.
    pub note: Option<&'a str>,
}

/// A figure as it was filed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReadingEntry")]
pub struct ReadingEntry<'a> {
    /// As printed.
    pub printed: &'a str,
    /// The lowest that it can be.
    pub low: f64,
    /// The highest that it can be: another number only where it is withheld.
    pub high: f64,
    /// What it covers.
    pub period: String,
    /// Of how many a percentage is; null where that is not known.
    pub base: Option<f64>,
    /// The evidence that it is, as `candidate.name`; null where the plan brings it itself.
    pub evidence: Option<String>,
}

/// A target as it was filed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TargetEntry")]
pub struct TargetEntry<'a> {
    /// `any`, `figure`, `change`, `change_percent` or `between`.
    pub goal: &'a str,
    /// Its number, or the two of a band; empty for any step.
    pub numbers: Vec<f64>,
    /// The period by whose end it is due.
    pub by: String,
}

/// A test.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChanceTestEntry")]
pub struct TestEntry<'a> {
    /// `e-test` (Krishnamoorthy and Thomson 2004) or `conditional-binomial` (Przyborowski and Wilenski 1940).
    pub test: &'a str,
    /// Its two-sided p-value, to six decimals.
    pub p: f64,
}

/// A figure with its 95% interval.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IntervalEntry {
    /// The figure.
    pub estimate: f64,
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// A claim, set against the figures.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MeasureClaimEntry")]
pub struct ClaimEntry<'a> {
    /// What the document says.
    pub as_printed: &'a str,
    /// What the figures say; null where they say nothing of it.
    pub recomputed: Option<&'a str>,
    /// Whether it holds; null where nobody can tell.
    pub holds: Option<bool>,
    /// Whether it holds only because the figures were rounded before they were printed.
    pub only_by_rounding: bool,
    /// The document's id.
    pub source: &'a str,
    /// The place in the document.
    #[serde(rename = "where")]
    pub place: &'a str,
}

/// A result of last year's plan that is stated in words.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "LastPlanEntry")]
pub struct LastPlanEntry<'a> {
    /// The plan's priority.
    pub priority: &'a str,
    /// What was measured.
    pub measure: &'a str,
    /// The figure before, as printed.
    pub baseline: &'a str,
    /// The latest figure, as printed.
    pub latest: &'a str,
    /// The change in per cent; null where it can't be worked out.
    pub change_percent: Option<&'a str>,
    /// Whether the document says that it was achieved; null where it does not say.
    pub stated: Option<bool>,
}

/// The review as JSON.
pub fn json(view: &ReviewView<'_>) -> String {
    let measures = view.plans.iter().flat_map(|plan| plan.measures.iter().map(move |it| measure(plan, it)));
    indented_json(&ReviewFile {
        schema: SCHEMA,
        engine: env!("CARGO_PKG_VERSION"),
        assessment: &view.assessment.digest,
        plans: view.plans.iter().map(plan).collect(),
        measures: measures.collect(),
        actions: view.plans.iter().flat_map(|plan| plan.actions.iter().map(move |it| action(plan, it))).collect(),
        on: view.on.map(Period::iso_day),
        overdue: view.on.map_or_else(Vec::new, |on| late(view, on)),
        last_plan: view.last_plan.iter().map(last_plan).collect(),
    })
}

fn late(view: &ReviewView<'_>, on: Period) -> Vec<String> {
    let of = |plan: &PlanReview<'_>| -> Vec<String> {
        plan.overdue(on).map(|it| format!("{}/{}", plan.plan.id, it.id)).collect()
    };
    view.plans.iter().flat_map(of).collect()
}

fn plan<'a>(review: &PlanReview<'a>) -> PlanEntry<'a> {
    let plan = review.plan;
    PlanEntry {
        id: &plan.id,
        title: &plan.title,
        period: plan.period.written(),
        digest: &plan.digest,
        priorities: plan.priorities.iter().map(|it| PlanPriority { id: &it.id, title: &it.title }).collect(),
    }
}

fn measure<'a>(plan: &PlanReview<'a>, it: &'a MeasureReview<'a>) -> MeasureEntry<'a> {
    let measure = it.measure;
    let single = |reading: &Option<Reading>| {
        reading.as_ref().filter(|reading| !reading.is_range()).map(|reading| reading.low.to_f64())
    };
    let exact = it.change.filter(|change| change.low == change.high);
    let between = it.change.filter(|change| change.low != change.high);
    let by_chance_because = match &it.chance.verdict {
        ChanceVerdict::CannotTell(why) => Some(&**why),
        _ => None,
    };
    let (tests, ratio, difference) = chance(it.chance.figures);
    MeasureEntry {
        plan: &plan.plan.id,
        id: &measure.id,
        title: &measure.title,
        priority: measure.priority.as_deref(),
        regard: measure.regard.as_deref(),
        unit: measure.unit.as_deref(),
        baseline: single(&measure.baseline),
        actual: single(&measure.actual),
        target: match measure.target.goal {
            Goal::Figure(figure) => Some(figure.to_f64()),
            _ => None,
        },
        wanted: measure.wanted.word(),
        baseline_filed: measure.baseline.as_ref().map(reading),
        actual_filed: measure.actual.as_ref().map(reading),
        progress: measure.progress.iter().map(reading).collect(),
        target_filed: target(measure.target.goal, measure.target.by.written()),
        change: exact.map(|change| change.low.to_f64()),
        change_percent: exact.and_then(|change| change.percent).map(|(percent, _)| percent.to_f64()),
        rate_change_percent: exact.and_then(|change| change.rate_percent).map(Fixed::to_f64),
        change_between: between.map(|change| (change.low.to_f64(), change.high.to_f64())),
        by_chance: it.chance.verdict.word(),
        by_chance_because,
        p: it.chance.p().map(six),
        tests,
        ratio,
        difference,
        outcome: it.outcome.word.word(),
        because: &it.outcome.because,
        caveats: &it.outcome.caveats,
        claims: it.claims.iter().map(claim).collect(),
        owner: measure.owner.as_deref(),
        due: measure.due.map(Period::iso_day),
        source: &measure.cited.source,
        place: &measure.cited.place,
        note: measure.cited.note.as_deref(),
    }
}

fn action<'a>(plan: &PlanReview<'a>, it: &'a ActionReview<'a>) -> ActionEntry<'a> {
    let action = it.action;
    let progress = action.progress.iter().map(|step| ProgressEntry {
        date: step.day.iso_day(),
        percent: step.percent.to_f64(),
        note: step.note.as_deref(),
    });
    ActionEntry {
        plan: &plan.plan.id,
        id: &action.id,
        title: &action.title,
        lead: action.lead.as_deref(),
        due: action.due.map(Period::iso_day),
        progress: progress.collect(),
        outcome: it.outcome.word.word(),
        because: &it.outcome.because,
        note: action.note.as_deref(),
    }
}

fn reading(reading: &Reading) -> ReadingEntry<'_> {
    ReadingEntry {
        printed: &reading.printed,
        low: reading.low.to_f64(),
        high: reading.high.to_f64(),
        period: reading.period.written(),
        base: reading.base(),
        evidence: reading.link.as_ref().map(|link| format!("{}.{}", link.candidate, link.name)),
    }
}

fn target(goal: Goal, by: String) -> TargetEntry<'static> {
    let (goal, numbers): (_, Vec<Fixed>) = match goal {
        Goal::AnyStep => ("any", Vec::new()),
        Goal::Figure(figure) => ("figure", vec![figure]),
        Goal::Change(change) => ("change", vec![change]),
        Goal::ChangePercent(percent) => ("change_percent", vec![percent]),
        Goal::Between(low, high) => ("between", vec![low, high]),
    };
    TargetEntry { goal, numbers: numbers.into_iter().map(Fixed::to_f64).collect(), by }
}

fn chance(figures: Option<ChanceFigures>) -> (Vec<TestEntry<'static>>, Option<IntervalEntry>, Option<IntervalEntry>) {
    match figures {
        None => (Vec::new(), None, None),
        Some(ChanceFigures::Percentages(found)) => (Vec::new(), None, Some(interval(found))),
        Some(ChanceFigures::Counts { e_test, conditional, ratio, .. }) => {
            let test = |test: &'static str, p: Option<f64>| p.map(|p| TestEntry { test, p: six(p) });
            let tests = [test("e-test", e_test), test("conditional-binomial", conditional)];
            let ratio = ratio.and_then(RateRatio::to_estimate).map(interval);
            (tests.into_iter().flatten().collect(), ratio, None)
        }
    }
}

fn interval(found: Estimate) -> IntervalEntry {
    let (lower, upper) = found.interval.unwrap_or((found.estimate, found.estimate));
    IntervalEntry { estimate: six(found.estimate), lower: six(lower), upper: six(upper) }
}

/// To six decimals.
fn six(number: f64) -> f64 {
    crate::exact::round_to(number, 6)
}

fn claim<'a>(it: &'a ClaimReview<'a>) -> ClaimEntry<'a> {
    ClaimEntry {
        as_printed: &it.as_printed,
        recomputed: it.recomputed.as_deref(),
        holds: it.holds,
        only_by_rounding: it.only_by_rounding,
        source: &it.claim.source,
        place: &it.claim.place,
    }
}

fn last_plan<'a>(it: &'a LastPlanReview<'a>) -> LastPlanEntry<'a> {
    LastPlanEntry {
        priority: &it.result.priority,
        measure: &it.result.measure,
        baseline: &it.result.baseline,
        latest: &it.result.latest,
        change_percent: it.change_percent.as_deref(),
        stated: it.result.achieved,
    }
}
