//! The list of one area, where rules make a list for each.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::assessment::{Assessment, FiledLookup};
use crate::diagnostic::{Code, Problem, did_you_mean};
use crate::rules::{ListPer, RuleSet};
use crate::words::listed;

/// Which area's list is meant.
#[derive(Debug, clap::Args)]
pub(super) struct AreaOption {
    /// The list of the area or kind with this code alone, where the rules make a list for each
    #[arg(long, visible_alias = "list", value_name = "AREA")]
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

impl AreaOption {
    /// The assessment of the area that was asked for in one of several years, and whether it is one list. Of a year before
    /// areas became others it is that of the areas that the one is made of, by the lookups of later years.
    ///
    /// # Errors
    /// As [`Self::of`], and where the area has become part of another.
    pub(super) fn of_year(
        &self,
        assessment: Assessment,
        rules: &RuleSet,
        lookups: &[Arc<FiledLookup>],
    ) -> Result<Assessment, Problem> {
        let own: BTreeSet<&str> = match (&self.area, rules.per) {
            (Some(code), Some(ListPer::Area)) if !rules.by_list(&assessment).contains_key(code.as_str()) => {
                let lists = rules.by_list(&assessment);
                let all = parts_of(code, lookups);
                all.into_iter().filter_map(|code| lists.get_key_value(code)).map(|it| *it.0).collect()
            }
            _ => BTreeSet::new(),
        };
        let Some(code) = self.area.as_deref().filter(|_| !own.is_empty()) else {
            let one = self.of(assessment, rules).map_err(|problem| self.became(problem, lookups))?;
            one_list(&one, rules, "a history")?;
            return Ok(one);
        };
        let title = lookups.iter().find(|filed| filed.lookup.new.contains_key(code));
        let title = title.map_or(code, |filed| filed.lookup.new_name(code));
        Ok(assessment.of_areas(&own, title))
    }

    /// The same problem, where the area has become part of another with that as help.
    fn became(&self, problem: Problem, lookups: &[Arc<FiledLookup>]) -> Problem {
        let area = self.area.as_ref().and_then(|code| lookups.iter().find_map(|filed| filed.lookup.old.get(code)));
        let codes: Vec<String> =
            area.into_iter().flat_map(|area| area.parts.keys()).map(|it| format!("`{it}`")).collect();
        if codes.is_empty() {
            problem
        } else {
            problem.help(format!("it has become part of {}: name that", listed(&codes)))
        }
    }
}

/// The codes of all old areas that a new one is made of, also those that they are made of in turn.
fn parts_of<'l>(code: &str, lookups: &'l [Arc<FiledLookup>]) -> BTreeSet<&'l str> {
    let direct = |code: &str| -> Vec<&'l str> {
        let areas = lookups.iter().filter_map(|filed| filed.lookup.new.get(code));
        areas.flat_map(|area| area.parts.keys()).map(String::as_str).collect()
    };
    let mut found = BTreeSet::new();
    let mut left = direct(code);
    while let Some(part) = left.pop() {
        if found.insert(part) {
            left.extend(direct(part));
        }
    }
    found
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
