//! What is weighed against what: all criteria, those of a group, or the groups.

use super::Proportions;
use crate::rules::{MemberKind, RuleSet};

/// What a round is among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundScope {
    /// All criteria, where no group has a weight.
    Criteria,
    /// The criteria of the group with this number.
    Group(usize),
    /// The groups, each as a whole: those in the group with this number, or those of the total.
    Groups(Option<usize>),
}

impl RoundScope {
    /// Whether groups are weighed against each other.
    pub fn is_groups(self) -> bool {
        matches!(self, Self::Groups(_))
    }
}

/// Items whose weights share one whole: they are weighed against each other and against nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Whether the items are criteria, those of a group, or groups.
    pub among: RoundScope,
    /// Their numbers in the rules, at least two: of groups among groups, of criteria otherwise.
    pub items: Vec<usize>,
}

/// The rounds of a rule set: within each group, then among the groups, where its weights are given in groups. What
/// stands alone is weighed against nothing.
pub fn rounds(rules: &RuleSet) -> Vec<Round> {
    let all = 0..rules.criteria.len();
    let in_groups = rules.weights.groups().is_some() || rules.combine.has_sections();
    let mut rounds = Vec::new();
    if in_groups {
        for group in 0..rules.groups.len() {
            let member = |it: &usize| {
                let is_weighed = rules.earned(*it).is_weighed();
                is_weighed && rules.criteria.get(*it).is_some_and(|criterion| criterion.group == Some(group))
            };
            rounds.push(Round { among: RoundScope::Group(group), items: all.clone().filter(member).collect() });
        }
    } else {
        let items = all.filter(|criterion| rules.earned(*criterion).is_weighed()).collect();
        rounds.push(Round { among: RoundScope::Criteria, items });
    }
    if rules.weights.groups().is_some() {
        rounds.push(Round { among: RoundScope::Groups(None), items: (0..rules.groups.len()).collect() });
    }
    let weighed = rules.combine.nodes().filter(|(_, node)| node.kind == MemberKind::Group);
    let weighed = weighed.filter(|(_, node)| node.way.earned().is_weighed());
    rounds.extend(weighed.map(|(group, node)| Round { among: RoundScope::Groups(group), items: node.members.clone() }));
    rounds.retain(|round| round.items.len() > 1);
    rounds
}

impl Round {
    /// The items' ids.
    pub fn ids<'r>(&self, rules: &'r RuleSet) -> Vec<&'r str> {
        let id = |item: &usize| match self.among {
            RoundScope::Groups(_) => rules.groups.get(*item).map_or("", |group| &*group.id),
            _ => rules.criteria.get(*item).map_or("", |criterion| &*criterion.id),
        };
        self.items.iter().map(id).collect()
    }

    /// The items' titles.
    pub fn titles<'r>(&self, rules: &'r RuleSet) -> Vec<&'r str> {
        let title = |item: &usize| match self.among {
            RoundScope::Groups(_) => rules.groups.get(*item).map_or("", |group| &*group.title),
            _ => rules.criteria.get(*item).map_or("", |criterion| &*criterion.title),
        };
        self.items.iter().map(title).collect()
    }

    /// What it is among, in words: `the questions of the group Harm`.
    pub fn words(&self, rules: &RuleSet) -> String {
        match self.among {
            RoundScope::Criteria => "the questions".to_owned(),
            RoundScope::Groups(None) => "the groups".to_owned(),
            RoundScope::Groups(Some(group)) => {
                let title = rules.groups.get(group).map_or("", |group| &group.title);
                format!("the groups in {title}")
            }
            RoundScope::Group(group) => {
                let title = rules.groups.get(group).map_or("", |group| &group.title);
                format!("the questions of the group {title}")
            }
        }
    }

    /// The weights that the rules have as they are.
    pub(super) fn now(&self, rules: &RuleSet) -> Proportions {
        let written = match self.among {
            RoundScope::Groups(_) => rules.weights.groups().unwrap_or_default(),
            _ => rules.weights.written(),
        };
        let of_score = |item: &usize| rules.weights.written().get(rules.combine.weight_at(*item)?).copied();
        let weight = |item: &usize| match self.among.is_groups() {
            true => of_score(item).or_else(|| written.get(*item).copied()),
            false => written.get(*item).copied(),
        };
        let decimals: Vec<_> = self.items.iter().filter_map(weight).collect();
        Proportions::of_decimals(&decimals)
    }
}
