//! Results of last year's plan that an assessment states in words, compared as far as their digits go.
//!
//! They do not say which way was wanted nor of which periods the figures are: so their change is worked out, and their
//! outcome is what the document says.

use crate::assessment::Assessment;
use crate::assessment::claim::PrintedNumber;
use crate::assessment::plan::outcome::{Ratio, percent, signed};
use crate::assessment::statement::PlanResult;
use crate::exact::Fixed;

/// A result of last year's plan with its change.
#[derive(Debug)]
pub struct LastPlanReview<'a> {
    /// What is stated.
    pub result: &'a PlanResult,
    /// The change in per cent, such as `+9.3%`; none where the two are no numbers, or the first is not above
    /// zero.
    pub change_percent: Option<String>,
}

/// The results of last year's plan that the assessment states.
pub fn last_plan(assessment: &Assessment) -> Vec<LastPlanReview<'_>> {
    let compared = |result| LastPlanReview { result, change_percent: changed(result) };
    assessment.last_plan.iter().map(compared).collect()
}

fn changed(result: &PlanResult) -> Option<String> {
    let (before, now) = (PrintedNumber::parse(&result.baseline)?, PrintedNumber::parse(&result.latest)?);
    let exact = |printed: &PrintedNumber| {
        (printed.decimals <= 9).then(|| Ratio::of(Fixed::round(printed.value, printed.decimals)))
    };
    let percent = percent(exact(&now)?, exact(&before)?)?;
    Some(format!("{}%", signed(Fixed::round(percent.to_f64(), 1))))
}
