//! The weights of criteria and groups, judged and brought to the rule set's scale.

use rust_decimal::Decimal;

use crate::diagnostic::Code;
use crate::rules::combine::{Combination, MemberKind};
use crate::rules::format::{self, RuleSetFile, Setting};
use crate::rules::judge::RuleSetJudge;
use crate::rules::{Group, Weights};
use crate::toml_file::At;

/// The largest weight; far beyond any use.
const MOST_WEIGHT: f64 = 1e9;

impl RuleSetJudge<'_> {
    /// The weights of the criteria, then of the groups that have a score and weigh something beside others.
    pub(super) fn weights(
        &mut self,
        file: &RuleSetFile,
        combine: Option<&Combination>,
        groups: &[Group],
        scale: Option<(u32, u32)>,
    ) -> Option<Weights> {
        let combine = combine?;
        let mut written: Vec<Option<Decimal>> = Vec::new();
        for (number, criterion) in file.criterion.iter().enumerate() {
            written.push(self.weight_of_criterion(criterion, combine, number));
        }
        let group_of: Vec<usize> = file
            .criterion
            .iter()
            .map(|criterion| {
                let id = criterion.value.group.as_ref().map(|group| &group.value);
                groups.iter().position(|group| Some(&group.id) == id).unwrap_or(0)
            })
            .collect();
        let has_scores = combine.has_sections();
        let among_groups = match has_scores {
            true => {
                written.extend(self.weights_of_scores(file, combine)?.into_iter().map(Some));
                None
            }
            false => self.group_weights(&file.group)?,
        };
        let written: Vec<Decimal> = written.into_iter().collect::<Option<_>>()?;
        let (scale, decimals) = scale?;
        let whole = i64::from(scale) * 10_i64.pow(decimals + 2);
        let given = among_groups.as_deref().map(|weights| (&*group_of, weights));
        let weights = Weights::new(&written, given, pools(combine, file.criterion.len()), whole);
        if !self.all_count(file, groups, &group_of, given.is_some(), &weights) || !self.groups_count(file, combine) {
            return None;
        }
        Some(weights)
    }

    /// The weight of a criterion, where it has one; 1 where its way to combine knows no weights.
    fn weight_of_criterion(
        &mut self,
        written: &At<format::Criterion>,
        combine: &Combination,
        number: usize,
    ) -> Option<Decimal> {
        let criterion = &written.value;
        let word = combine.node(combine.group_of(number)).way.word();
        match (&criterion.weight, combine.earned(number).is_weighed()) {
            (Some(weight), true) => self.weight(weight),
            (None, false) => Some(Decimal::ONE),
            (Some(weight), false) => {
                let message = format!("a criterion has no weight where `{word}` combines it with others");
                self.check.problem(Code::BadValue, &weight.span, message, "take it out");
                None
            }
            (None, true) if self.check.lost.has_lost_from(&written.span) => None,
            (None, true) => {
                let message = "the key `weight` is missing";
                let help = format!("add `weight = …`: `{word}` weighs its criteria");
                self.check.problem(Code::MissingKey, &criterion.id.span, message, help);
                None
            }
        }
    }

    /// The weights of the groups with scores, where what they are in weighs them.
    fn weights_of_scores(&mut self, file: &RuleSetFile, combine: &Combination) -> Option<Vec<Decimal>> {
        let mut weights = Vec::new();
        for (scored, group) in combine.groups().iter().zip(&file.group) {
            let word = combine.node(scored.parent).way.word();
            match &group.value.weight {
                Some(weight) if scored.weight_at.is_none() => {
                    let message = match scored.is_beside {
                        true => "a group that stands beside the total has no weight".to_owned(),
                        false => format!("a group has no weight where `{word}` combines it with others"),
                    };
                    let help = match scored.is_beside {
                        true => "take it out, or `beside`: no total is made of its score",
                        false => "take it out; `combine` says how they count",
                    };
                    self.check.problem(Code::BadValue, &weight.span, message, help);
                    return None;
                }
                Some(weight) => weights.push(self.weight(weight)?),
                None if scored.weight_at.is_none() => {}
                None => {
                    let message = "this group has no weight";
                    let help = format!("add `weight = …`: `{word}` weighs what is in it");
                    self.check.problem(Code::MissingKey, &group.span, message, help);
                    return None;
                }
            }
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
            let first = first_group.or(file.criterion.first().and_then(|criterion| criterion.value.weight.as_ref()));
            let span = first.map(|weight| weight.span.clone()).unwrap_or_default();
            let help = "give at least one a weight above 0";
            self.check.problem(Code::WeightsAllZero, &span, "all weights are 0: nothing would count", help);
            return false;
        }
        for (number, group) in file.group.iter().enumerate().take(groups.len()) {
            let members = group_of.iter().zip(&file.criterion).filter(|(of, _)| **of == number);
            let empty = members.clone().count() > 0
                && members
                    .clone()
                    .all(|(_, criterion)| criterion.value.weight.as_ref().is_some_and(|it| it.value.number == 0.0));
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

    /// Whether one of the groups counts in whatever weighs groups and counts itself.
    fn groups_count(&mut self, file: &RuleSetFile, combine: &Combination) -> bool {
        let is_zero = |group: &usize| {
            let weight = file.group.get(*group).and_then(|group| group.value.weight.as_ref());
            weight.is_some_and(|weight| weight.value.number == 0.0)
        };
        for (within, node) in combine.nodes().filter(|(_, node)| node.kind == MemberKind::Group) {
            let counts = within.is_none_or(|group| !is_zero(&group));
            if !counts || node.members.is_empty() || !node.members.iter().all(is_zero) {
                continue;
            }
            let first = node.members.first().and_then(|group| file.group.get(*group)?.value.weight.as_ref());
            let span = first.map(|weight| weight.span.clone()).unwrap_or_default();
            let message = match within.and_then(|group| file.group.get(group)) {
                Some(group) => format!("all groups in the group `{}` have the weight 0", group.value.id.value),
                None => "all groups of the total have the weight 0".to_owned(),
            };
            self.check.problem(Code::WeightsAllZero, &span, message, "give one of them a weight above 0");
            return false;
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

    /// The groups' weights among themselves: none where no group has one.
    fn group_weights(&mut self, groups: &[At<format::Group>]) -> Option<Option<Vec<Decimal>>> {
        let any = groups.iter().any(|group| group.value.weight.is_some());
        let mut weights = Vec::new();
        for group in groups {
            match &group.value.weight {
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

/// Which criteria and groups share one whole: those of one group, or of the total. What has no weight is alone.
fn pools(combine: &Combination, criteria: usize) -> Vec<usize> {
    let groups = combine.groups().len();
    let of_total = groups + criteria;
    let of_criterion = |number: usize| match combine.earned(number).is_weighed() {
        true => combine.group_of(number).unwrap_or(if groups == 0 { 0 } else { of_total }),
        false => groups + number,
    };
    let weighed = combine.groups().iter().filter(|group| group.weight_at.is_some());
    (0..criteria).map(of_criterion).chain(weighed.map(|group| group.parent.unwrap_or(of_total))).collect()
}
