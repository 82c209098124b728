//! The least of the members' scores: a chain is as strong as its weakest link.

use super::arithmetic::Term;
use super::earned::Earned;
use super::member::{Script, WayToCombine};
use super::settings::NodeSettings;
use crate::diagnostic::Problem;
use crate::exact::divide_rounding;

#[derive(Debug)]
pub(super) struct Minimum;

impl WayToCombine for Minimum {
    fn word(&self) -> &'static str {
        "minimum"
    }

    fn earned(&self) -> Earned {
        Earned::Score
    }

    fn total(&self, row: &[i64], settings: &NodeSettings<'_>, _: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        Ok(row.iter().min().map(|score| to_decimals(*score, settings)))
    }

    fn arithmetic(&self, _: u32, names: &[&str]) -> Vec<Term> {
        one_of("min", names.len())
    }

    fn clause(&self) -> String {
        "the least of the scores".to_owned()
    }
}

/// A score in units of the rule set's decimals, halves away from zero.
pub(super) fn to_decimals(score: i64, settings: &NodeSettings<'_>) -> i64 {
    let size = i64::try_from(score.unsigned_abs()).unwrap_or(i64::MAX);
    let divisor = 10_i64.pow(settings.decimals.saturating_sub(settings.precision.decimals));
    score.signum() * divide_rounding(size, divisor)
}

/// A function of so many figures.
pub(super) fn one_of(function: &str, count: usize) -> Vec<Term> {
    let mut terms = vec![Term::text(function), Term::text("(")];
    for number in 0..count {
        if number > 0 {
            terms.push(Term::text(", "));
        }
        terms.push(Term::Figure(number));
    }
    terms.push(Term::text(")"));
    terms
}
