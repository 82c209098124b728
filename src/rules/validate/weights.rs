//! The weights of criteria and groups, judged and brought to the rule set's scale.

use rust_decimal::Decimal;

use crate::diagnostic::Code;
use crate::rules::combine::WayToCombine;
use crate::rules::format::{self, RuleSetFile, Setting};
use crate::rules::judge::RuleSetJudge;
use crate::rules::{Group, Weights};
use crate::toml_file::At;

/// The largest weight; far beyond any use.
const MOST_WEIGHT: f64 = 1e9;

impl RuleSetJudge<'_> {
    pub(super) fn weights(
        &mut self,
        file: &RuleSetFile,
        combine: Option<&dyn WayToCombine>,
        groups: &[Group],
        scale: Option<(u32, u32)>,
    ) -> Option<Weights> {
        let written: Vec<Option<Decimal>> =
            file.criterion.iter().map(|criterion| self.weight(&criterion.value.weight)).collect();
        let sections = combine?.has_sections();
        let group_of: Vec<usize> = file
            .criterion
            .iter()
            .map(|criterion| {
                let id = criterion.value.group.as_ref().map(|group| &group.value);
                groups.iter().position(|group| Some(&group.id) == id).unwrap_or(0)
            })
            .collect();
        let among_groups = self.group_weights(&file.group, sections);
        let written: Vec<Decimal> = written.into_iter().collect::<Option<_>>()?;
        let (scale, decimals) = scale?;
        let whole = i64::from(scale) * 10_i64.pow(decimals + 2);
        let pools = if sections { group_of.clone() } else { vec![0; written.len()] };
        let groups_with_weights = among_groups?;
        let given = groups_with_weights.as_deref().map(|weights| (&*group_of, weights));
        let weights = Weights::new(&written, given, pools.clone(), whole);
        if !self.all_count(file, groups, &group_of, given.is_some(), &weights) {
            return None;
        }
        Some(weights)
    }

    /// Whether something counts in every pool, and in every group that has a weight.
    fn all_count(
        &mut self,
        file: &RuleSetFile,
        groups: &[Group],
        group_of: &[usize],
        grouped: bool,
        weights: &Weights,
    ) -> bool {
        if file.criterion.is_empty() {
            return false;
        }
        if weights.shares().iter().all(|share| *share == 0) {
            let groups = file.group.iter().filter_map(|group| group.value.weight.as_ref());
            let no_group_counts = grouped && groups.clone().all(|weight| weight.value.number == 0.0);
            let first_group = groups.clone().next().filter(|_| no_group_counts);
            let first = first_group.or(file.criterion.first().map(|criterion| &criterion.value.weight));
            let span = first.map(|weight| weight.span.clone()).unwrap_or_default();
            let help = "give at least one a weight above 0";
            self.check.problem(Code::WeightsAllZero, &span, "all weights are 0: nothing would count", help);
            return false;
        }
        for (number, group) in file.group.iter().enumerate().take(groups.len()) {
            let members = group_of.iter().zip(&file.criterion).filter(|(of, _)| **of == number);
            let empty = members.clone().count() > 0
                && members.clone().all(|(_, criterion)| criterion.value.weight.value.number == 0.0);
            let counts = group.value.weight.as_ref().is_none_or(|weight| weight.value.number > 0.0);
            if empty && counts {
                let message = format!("all weights in the group `{}` are 0", group.value.id.value);
                self.check.problem(
                    Code::WeightsAllZero,
                    &group.span,
                    message,
                    "give one of its criteria a weight above 0",
                );
                return false;
            }
        }
        true
    }

    fn weight(&mut self, written: &At<Setting>) -> Option<Decimal> {
        let weight = self.check.not_negative(&written.number(), "a weight")?;
        let decimal = weight.to_string().parse::<Decimal>().ok().filter(|_| weight <= MOST_WEIGHT);
        if decimal.is_none() {
            let message = format!("a weight can't be {weight:e}");
            self.check.problem(
                Code::BadValue,
                &written.span,
                message,
                "use weights up to a billion, with few decimals",
            );
        }
        decimal
    }

    /// The groups' weights among themselves: none where the total is made of section scores or no group has one.
    fn group_weights(&mut self, groups: &[At<format::Group>], sections: bool) -> Option<Option<Vec<Decimal>>> {
        let any = groups.iter().any(|group| group.value.weight.is_some());
        let mut weights = Vec::new();
        for group in groups {
            match &group.value.weight {
                Some(weight) if sections => {
                    let message = "a group has no weight where the total is made of the groups' scores";
                    self.check.problem(
                        Code::BadValue,
                        &weight.span,
                        message,
                        "take it out; `combine` says how they count",
                    );
                    return None;
                }
                Some(weight) => weights.push(self.weight(weight)?),
                None if any => {
                    let message = "this group has no weight, others have";
                    self.check.problem(Code::MissingKey, &group.span, message, "give every group a weight, or none");
                    return None;
                }
                None => {}
            }
        }
        Some(any.then_some(weights))
    }
}
