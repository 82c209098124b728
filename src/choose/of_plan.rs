//! The best set of an assessment's plan, from a ranking.

use std::num::NonZeroUsize;

use super::answer::Steps;
use super::board::board_set;
use super::case::Case;
use super::choice::{Changes, Choice, best_set, choose};
use super::least_cost::least_costs;
use super::least_weight::least_weights;
use super::robust::robust;
use super::worth::WorthRule;
use crate::assessment::Period;
use crate::assessment::plan::{Options, Plan};
use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use crate::ranked::RankedAssessment;

/// What is asked of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The year whose amounts count: that of the plan unless told.
    pub year: Option<Period>,
    /// The resource whose curve is wanted, by id. Where the plan has one alone, it is that.
    pub curve: Option<String>,
    /// Whether it is worked out what other weights and costs would do.
    pub changes: bool,
    /// How many draws are made, from which seed; none where there are none.
    pub draws: Option<(u64, u64)>,
}

/// At how many numbers the search looks in the time that an expression takes for a step of a run's budget.
const NUMBERS_OF_A_STEP: u64 = 8;
/// The part of what is left of a run's budget that one choice may take: the rest is for what shows it.
const SHARE: u64 = 2;

/// The best set.
///
/// # Errors
/// What is wrong with the plan, or with what is asked of it.
pub fn of_plan<'a>(
    report: &RankedAssessment<'a>,
    asked: &Asked,
    threads: NonZeroUsize,
    budget: &Budget,
) -> Result<Choice<'a>, Problems> {
    let Some((plan, options)) = options_of(report) else {
        let message = "the assessment has no plan with actions to choose from";
        let help = "name one in `[assessment]`: `plan = \"plan.toml\"`, with an `[[action]]` for each thing that could be done";
        return Err(Problem::new(Code::FileMissing, message).help(help).into());
    };
    let curve = curve_of(options, asked.curve.as_deref())?;
    let (rule, case) = case_of(report, options, asked.year.unwrap_or(plan.period), curve, budget)?;
    let own_year = case.year == plan.period;
    let board = board_set(&case, report.assessment.decisions.as_ref(), own_year)?;
    let mut choice = within(budget, options, |steps| choose(case, report.ranking.outcome().ranks(), steps))?;
    choice.board = board;
    if asked.changes {
        let changes = within(budget, options, |steps| {
            let costs = least_costs(&choice.case, &choice.best, steps)?;
            let weights = least_weights(&report.ranking, &choice.case, &rule, &choice.best, steps)?;
            Ok(Changes { weights, costs })
        })?;
        choice.changes = Some(changes);
    }
    if let Some(draws) = asked.draws {
        let robust = within(budget, options, |steps| {
            Ok(robust(&report.ranking, &choice.case, &rule, &choice.best.set, draws, steps, threads)?)
        })?;
        choice.robust = Some(robust);
    }
    Ok(choice)
}

/// The choice for the plan's own period as a paper tells of it, or what is wrong with the plan. None where there is no plan to
/// choose from, or where the rules make several lists.
pub fn for_the_paper<'a>(report: &RankedAssessment<'a>, threads: NonZeroUsize) -> Option<Result<Choice<'a>, Problems>> {
    options_of(report)?;
    let budget = &report.rules.library.budget;
    report.ranking.lists().is_one().then(|| of_plan(report, &Asked::default(), threads, budget))
}

/// Does something with its part of the steps that a run has left, and takes those that it spent.
fn within<T>(
    budget: &Budget,
    options: &Options,
    work: impl FnOnce(&mut Steps) -> Result<T, Problems>,
) -> Result<T, Problems> {
    let allowed = budget.left() / SHARE;
    let mut steps = Steps::of(allowed.saturating_mul(NUMBERS_OF_A_STEP));
    let done = work(&mut steps);
    budget.take((steps.spent() / NUMBERS_OF_A_STEP).min(allowed), &options.worth.place());
    done
}

/// What is wrong with an assessment's plan for its own period: a worth that is none, a resource without an amount, conditions
/// that contradict each other. Nothing where there is no plan to choose from.
///
/// # Errors
/// All of it.
pub fn check_plan(report: &RankedAssessment<'_>, budget: &Budget) -> Result<(), Problems> {
    let Some((plan, options)) = options_of(report) else { return Ok(()) };
    if !report.ranking.lists().is_one() {
        return Ok(());
    }
    let (_, case) = case_of(report, options, plan.period, None, budget)?;
    within(budget, options, |steps| best_set(&case, steps))?;
    board_set(&case, report.assessment.decisions.as_ref(), true).map(|_| ())
}

/// The plan to choose from; none where there is none.
fn options_of<'a>(report: &RankedAssessment<'a>) -> Option<(&'a Plan, &'a Options)> {
    let plan = report.assessment.plan.as_ref()?;
    Some((plan, plan.options.as_ref()?))
}

/// The rule of worth, and what a plan lets be chosen in a year.
fn case_of<'a>(
    report: &RankedAssessment<'a>,
    options: &'a Options,
    year: Period,
    first: Option<usize>,
    budget: &Budget,
) -> Result<(WorthRule, Case<'a>), Problems> {
    let rule = WorthRule::new(&options.worth, report.rules, budget.clone())?;
    let worths = rule.asked()?.of_ranking(&report.ranking)?;
    let case = Case::new(options, &report.assessment.candidates, year, worths, first)?;
    Ok((rule, case))
}

fn curve_of(options: &Options, asked: Option<&str>) -> Result<Option<usize>, Problem> {
    let Some(id) = asked else { return Ok((options.resources.len() == 1).then_some(0)) };
    let found = options.resource(id);
    found.map(Some).ok_or_else(|| {
        let known = options.resources.iter().map(|resource| &*resource.id);
        Problem::new(Code::UnknownId, format!("the plan has no resource `{id}`")).help(did_you_mean(id, known))
    })
}
