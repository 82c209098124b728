//! The best set of an assessment's plan, from a ranking.

use std::num::NonZeroUsize;

use super::answer::Steps;
use super::board::board_set;
use super::case::Case;
use super::choice::{Choice, best_set, choose};
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
    /// How many draws are made, from which seed; none where there are none.
    pub draws: Option<(u64, u64)>,
}

/// The most steps of one draw.
const MOST_OF_A_DRAW: u64 = 10_000_000;
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
    let mut steps = Steps::of(budget.left() / SHARE);
    let mut choice = choose(case, report.ranking.outcome().ranks(), &mut steps)?;
    budget.take(steps.spent().min(budget.left() / SHARE), &options.worth.place());
    choice.board = board;
    if let Some((draws, seed)) = asked.draws {
        let each = (budget.left() / SHARE / draws.max(1)).min(MOST_OF_A_DRAW);
        choice.robust = Some(robust(&report.ranking, &choice.case, &rule, (draws, seed), each, threads)?);
    }
    Ok(choice)
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
    best_set(&case, &mut Steps::of(budget.left() / SHARE))?;
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
