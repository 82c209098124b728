//! The weights of criteria and groups, judged and brought to the rule set's scale.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Judge;
use crate::diagnostic::Code;
use crate::rules::format::{self, RuleSetFile};
use crate::rules::{Combine, Group, Weights};
use crate::toml_file::{At, Number};

/// The largest weight; far beyond any use.
const MOST_WEIGHT: f64 = 1e9;

impl Judge<'_> {
    pub(super) fn weights(
        &mut self,
        file: &RuleSetFile,
        combine: Option<&Combine>,
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
        for pool in pools.iter().collect::<BTreeSet<_>>() {
            let members = pools.iter().zip(weights.shares()).filter(|(of, _)| *of == pool);
            if members.map(|(_, share)| share).sum::<i64>() == 0 {
                let at = pools.iter().position(|of| of == pool).and_then(|at| file.criterion.get(at))?;
                let message = "all weights are 0: nothing would count";
                self.check.problem(
                    Code::WeightsAllZero,
                    &at.value.weight.span,
                    message,
                    "give at least one criterion a weight",
                );
                return None;
            }
        }
        Some(weights)
    }

    fn weight(&mut self, written: &At<Number>) -> Option<Decimal> {
        let weight = self.check.not_negative(written, "a weight")?;
        let decimal = weight.to_string().parse::<Decimal>().ok().filter(|_| weight <= MOST_WEIGHT);
        if decimal.is_none() {
            let message = format!("a weight can't be {weight:e}");
            self.check.problem(
                Code::BadValue,
                &written.span,
                message,
                "use weights up to a milliard, with few decimals",
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
