//! The list of one area, where rules make a list for each.

use crate::assessment::Assessment;
use crate::diagnostic::{Code, Problem, did_you_mean};
use crate::rules::{ListPer, RuleSet};

/// Which area's list is meant.
#[derive(Debug, clap::Args)]
pub(super) struct AreaOption {
    /// The list of the area or kind with this code alone, where the rules make a list for each
    #[arg(long, visible_alias = "list", value_name = "CODE")]
    area: Option<String>,
}

impl AreaOption {
    /// The assessment of the area that was asked for, or the whole.
    ///
    /// # Errors
    /// Where rules make one list of all, and where no area has this code.
    pub(super) fn of(&self, assessment: Assessment, rules: &RuleSet) -> Result<Assessment, Problem> {
        let Some(code) = &self.area else { return Ok(assessment) };
        if rules.per.is_none() {
            let problem = Problem::new(
                Code::BadValue,
                "the rules make one list of all candidates, and no list for an area or a kind",
            );
            return Err(
                problem.help("leave out `--area`, or write `per = \"area\"` or `per = \"kind\"` into `[ruleset]`")
            );
        }
        let lists = rules.by_list(&assessment);
        let Some(candidates) = lists.get(code.as_str()) else {
            let help = did_you_mean(code, lists.keys().copied());
            let message = match rules.per {
                Some(ListPer::Area) => format!("no candidate belongs to an area `{code}`"),
                _ => format!("no candidate is in a list `{code}`"),
            };
            return Err(Problem::new(Code::UnknownId, message).help(help));
        };
        Ok(rules.of_list(&assessment, code, candidates))
    }
}

/// Refuses what is made of one list where there are several.
///
/// # Errors
/// Where the rules make several lists of these candidates.
pub(super) fn one_list(assessment: &Assessment, rules: &RuleSet, what: &str) -> Result<(), Problem> {
    let lists = rules.by_list(assessment);
    if rules.per.is_none() || lists.len() < 2 {
        return Ok(());
    }
    let message = format!("{what} is about one list, and the rules make {} of these candidates", lists.len());
    let first = lists.keys().next().copied().unwrap_or_default();
    Err(Problem::new(Code::BadValue, message).help(format!("name the list: `--area {first}`")))
}
