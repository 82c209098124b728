//! The most of the members' scores: the worst of them decides.

use super::arithmetic::Term;
use super::earned::Earned;
use super::member::{Script, WayToCombine};
use super::minimum::{one_of, to_decimals};
use super::settings::NodeSettings;
use crate::diagnostic::Problem;

#[derive(Debug)]
pub(super) struct Maximum;

impl WayToCombine for Maximum {
    fn word(&self) -> &'static str {
        "maximum"
    }

    fn earned(&self) -> Earned {
        Earned::Score
    }

    fn total(&self, row: &[i64], settings: &NodeSettings<'_>, _: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        Ok(row.iter().max().map(|score| to_decimals(*score, settings)))
    }

    fn arithmetic(&self, _: u32, names: &[&str]) -> Vec<Term> {
        one_of("max", names.len())
    }

    fn clause(&self) -> String {
        "the greatest of the scores".to_owned()
    }
}
