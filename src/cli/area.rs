//! The list of one area, where rules make a list for each.

use crate::assessment::Assessment;
use crate::diagnostic::{Code, Problem, did_you_mean};
use crate::rules::RuleSet;

/// Which area's list is meant.
#[derive(Debug, clap::Args)]
pub(super) struct AreaOption {
    /// The list of the area with this code alone, where the rules make a list for each
    #[arg(long, value_name = "CODE")]
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
            let problem =
                Problem::new(Code::BadValue, "the rules make one list of all candidates, and no list for an area");
            return Err(problem.help("leave out `--area`, or write `per = \"area\"` into `[ruleset]`"));
        }
        let areas = assessment.by_area();
        let Some(candidates) = areas.get(code.as_str()) else {
            let help = did_you_mean(code, areas.keys().copied());
            return Err(Problem::new(Code::UnknownId, format!("no candidate belongs to an area `{code}`")).help(help));
        };
        Ok(assessment.of_area(code, candidates))
    }
}

/// Refuses what is made of one list where there are several.
///
/// # Errors
/// Where the rules make several lists of these candidates.
pub(super) fn one_list(assessment: &Assessment, rules: &RuleSet, what: &str) -> Result<(), Problem> {
    let areas = assessment.by_area();
    if rules.per.is_none() || areas.len() < 2 {
        return Ok(());
    }
    let message = format!("{what} is about one list, and the rules make {} of these candidates", areas.len());
    let first = areas.keys().next().copied().unwrap_or_default();
    Err(Problem::new(Code::BadValue, message).help(format!("name the area: `--area {first}`")))
}
