//! The product of the groups' scores, divided by the scale for each group after the first.

use std::ops::Range;

use num_bigint::BigUint;

use super::arithmetic::Term;
use super::member::{Script, WayToCombine};
use super::product::{divided, multiplied};
use super::settings::TotalSettings;
use crate::diagnostic::{Code, Problem};
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::Library;

#[derive(Debug)]
pub(super) struct Sections;

impl Sections {
    pub(super) fn judged(span: &Range<usize>, judge: &mut RuleSetJudge<'_>, groups: &[&str]) -> Option<Self> {
        has_groups(span, judge, groups).then_some(Self)
    }
}

/// Whether there are groups whose scores a total can be made of. That there are none is told.
pub(super) fn has_groups(span: &Range<usize>, judge: &mut RuleSetJudge<'_>, groups: &[&str]) -> bool {
    if groups.is_empty() {
        let message = "this makes the total of groups' scores, and there are no groups";
        let help = "add `[[group]]` tables and name one in each criterion";
        judge.check.problem(Code::MissingKey, span, message, help);
    }
    !groups.is_empty()
}

impl WayToCombine for Sections {
    fn word(&self) -> &'static str {
        "sections"
    }

    fn has_sections(&self) -> bool {
        true
    }

    fn multiplied_groups(&self, groups: &[&str], _: &Library) -> Vec<usize> {
        (0..groups.len()).collect()
    }

    fn total(&self, row: &[i64], settings: &TotalSettings<'_>, _: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        let (scores, precision) = (settings.scores(row), settings.precision);
        let count = u32::try_from(scores.len()).unwrap_or(0);
        let scale = BigUint::from(precision.scale).pow(count.saturating_sub(1));
        Ok(divided(multiplied(&scores), precision.decimals * count, scale, precision.decimals))
    }

    fn arithmetic(&self, scale: u32, _: usize, groups: &[&str]) -> Vec<Term> {
        let mut terms = Term::figures(groups.len(), "*");
        for _ in groups.iter().skip(1) {
            terms.extend([Term::text(" / "), Term::text(scale.to_string())]);
        }
        terms
    }

    fn sentence(&self, scale: &str) -> String {
        format!(
            "The weights of each group add up to {scale}, and its points to its score; the total is the product of the \
             scores, divided by {scale} for each group after the first."
        )
    }

    fn clause(&self) -> String {
        "the product of the groups' scores".to_owned()
    }
}
