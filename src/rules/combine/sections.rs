//! The product of the groups' scores, divided by the scale for each group after the first.

use std::ops::Range;

use num_bigint::BigUint;

use super::arithmetic::Term;
use super::earned::Earned;
use super::member::{Script, WayToCombine};
use super::node::MemberKind;
use super::product::{divided, multiplied};
use super::settings::NodeSettings;
use crate::diagnostic::{Code, Problem};
use crate::rules::judge::RuleSetJudge;
use crate::rules::script::Library;

#[derive(Debug)]
pub(super) struct Sections;

impl Sections {
    /// Groups have scores that can be multiplied; that there are none is told.
    pub(super) fn judged(span: &Range<usize>, judge: &mut RuleSetJudge<'_>, kind: MemberKind) -> Option<Self> {
        if kind == MemberKind::Criterion {
            let message = "this makes the total of groups' scores, and there are no groups";
            let help = "add `[[group]]` tables and name one in each criterion";
            judge.check.problem(Code::MissingKey, span, message, help);
            return None;
        }
        Some(Self)
    }
}

impl WayToCombine for Sections {
    fn word(&self) -> &'static str {
        "sections"
    }

    fn earned(&self) -> Earned {
        Earned::Score
    }

    fn multiplied(&self, names: &[&str], _: &Library) -> Vec<usize> {
        (0..names.len()).collect()
    }

    fn total(&self, row: &[i64], settings: &NodeSettings<'_>, _: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        let precision = settings.precision;
        let count = u32::try_from(row.len()).unwrap_or(0);
        let scale = BigUint::from(precision.scale).pow(count.saturating_sub(1));
        Ok(divided(multiplied(row), settings.decimals * count, scale, precision.decimals))
    }

    fn arithmetic(&self, scale: u32, names: &[&str]) -> Vec<Term> {
        let mut terms = Term::figures(names.len(), "*");
        for _ in names.iter().skip(1) {
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
