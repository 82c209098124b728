//! What views of a review show.

use crate::assessment::{Assessment, Period};
use crate::review::{LastPlanReview, PlanReview, last_plan, review};

/// What is shown.
#[derive(Debug)]
pub struct ReviewView<'a> {
    /// The assessment that names the plans.
    pub assessment: &'a Assessment,
    /// The plans, reviewed.
    pub plans: Vec<PlanReview<'a>>,
    /// Results of last year's plan that the assessment states in words.
    pub last_plan: Vec<LastPlanReview<'a>>,
    /// The day that it is seen from, where one was given: figures that were due before it and are not filed are told.
    pub on: Option<Period>,
}

impl<'a> ReviewView<'a> {
    /// All that there is to review.
    pub fn new(assessment: &'a Assessment) -> Self {
        Self { assessment, plans: review(assessment), last_plan: last_plan(assessment), on: None }
    }
}
