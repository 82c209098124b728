//! How a whole rule set combines: a total, and the groups that have scores, each with a way of its own.
//!
//! Groups only share out the weight where none says how it combines and the total adds or multiplies what each question
//! earns. Otherwise each has a score, and is a member of the group that it is in, or of the total.

use super::arithmetic::Term;
use super::earned::Earned;
use super::ends::Influence;
use super::member::OverWeights;
use super::node::{Figure, MemberKind, Names, Node, ScoredGroup};
use super::settings::Precision;
use crate::exact::{Ends, Fixed};
use crate::rules::script::{Expression, Library};
use crate::words::listed;

/// How the answers to all questions become one total.
#[derive(Debug)]
pub struct Combination {
    root: Node,
    groups: Vec<ScoredGroup>,
    /// The groups, each after those that are in it.
    order: Vec<usize>,
    /// The group whose score each criterion goes into.
    group_of: Vec<Option<usize>>,
}

impl Combination {
    /// Of a total, and of the groups in the order of the rules; none where groups only share out the weight.
    pub(in crate::rules) fn new(root: Node, groups: Vec<ScoredGroup>) -> Self {
        let order = children_first(&groups.iter().map(|group| group.parent).collect::<Vec<_>>());
        let of_questions = groups.iter().enumerate().filter(|(_, group)| group.node.kind == MemberKind::Criterion);
        let pairs: Vec<(usize, usize)> =
            of_questions.flat_map(|(at, group)| group.node.members.iter().map(move |member| (*member, at))).collect();
        let mut group_of = vec![None; pairs.iter().map(|(member, _)| member + 1).max().unwrap_or(0)];
        for (member, at) in pairs {
            if let Some(slot) = group_of.get_mut(member) {
                *slot = Some(at);
            }
        }
        Self { root, groups, order, group_of }
    }

    /// How the total is made.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The groups that have scores, in the order of the rules: all or none.
    pub fn groups(&self) -> &[ScoredGroup] {
        &self.groups
    }

    /// The groups that have scores, by number, each after those that are in it.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The groups' nodes in that order, each with its number, and at last that of the total.
    pub fn nodes(&self) -> impl Iterator<Item = (Option<usize>, &Node)> {
        let groups = self.order.iter().filter_map(|at| Some((Some(*at), &self.groups.get(*at)?.node)));
        groups.chain([(None, &self.root)])
    }

    /// The node of a group, or of the total.
    pub fn node(&self, group: Option<usize>) -> &Node {
        group.and_then(|at| self.groups.get(at)).map_or(&self.root, |group| &group.node)
    }

    /// The word for how the total is made.
    pub fn word(&self) -> &'static str {
        self.root.way.word()
    }

    /// Whether the total is the sum of the points, so that each point is a point of it.
    pub fn adds_points(&self) -> bool {
        self.groups.is_empty() && self.root.way.adds_points()
    }

    /// Whether vetoes between candidates change the total: a row then ends with what they change.
    pub fn takes_vetoes(&self) -> bool {
        self.root.way.takes_vetoes()
    }

    /// Whether groups have scores of their own that the total is made of.
    pub fn has_sections(&self) -> bool {
        !self.groups.is_empty()
    }

    /// Whether each question brings in a part of the total itself, by its share of all weight.
    pub fn is_by_question(&self) -> bool {
        self.groups.is_empty() && self.root.way.earned().is_weighed()
    }

    /// Whether no total passes the scale where no value passes 1.
    pub fn ends_at_scale(&self) -> bool {
        self.nodes().all(|(_, node)| node.way.ends_at_scale())
    }

    /// The expressions that make the total and the groups' scores, each with its group.
    pub fn expressions(&self) -> impl Iterator<Item = (Option<usize>, &Expression)> {
        self.nodes().filter_map(|(group, node)| Some((group, node.way.expression()?)))
    }

    /// The total as a sum over the weights; none where it is none, so that weights can't be worked out.
    pub fn over_weights(&self) -> Option<&dyn OverWeights> {
        self.root.way.over_weights().filter(|_| self.groups.is_empty())
    }

    /// The group whose score a criterion goes into; none where it goes into the total.
    pub fn group_of(&self, criterion: usize) -> Option<usize> {
        self.group_of.get(criterion).copied().flatten()
    }

    /// What a criterion brings in.
    pub fn earned(&self, criterion: usize) -> Earned {
        self.node(self.group_of(criterion)).way.earned()
    }

    /// What a group with a score brings in to what it is in.
    pub fn earned_by_group(&self, group: usize) -> Earned {
        self.node(self.groups.get(group).and_then(|group| group.parent)).way.earned()
    }

    /// The first criterion of all that go into a group's score.
    pub fn first_criterion(&self, group: usize) -> Option<usize> {
        let node = &self.groups.get(group)?.node;
        let first = *node.members.first()?;
        if node.kind == MemberKind::Criterion { Some(first) } else { self.first_criterion(first) }
    }

    /// How much of the whole each criterion is, by these shares of the weight of which `whole` is all: where there are none,
    /// members are alike.
    pub fn parts(&self, criteria: usize, shares: &[i64], whole: i64) -> Vec<f64> {
        // Of a score beside the total nothing is part of the whole.
        let part_of_total = |group: &ScoredGroup| if group.is_beside { 0.0 } else { 1.0 };
        let mut of_groups: Vec<f64> = self.groups.iter().map(part_of_total).collect();
        let mut parts = vec![0.0; criteria];
        // What a group is in comes after it.
        let from_the_total = std::iter::once((None, &self.root));
        let nodes = from_the_total
            .chain(self.order.iter().rev().filter_map(|at| Some((Some(*at), &self.groups.get(*at)?.node))));
        for (group, node) in nodes {
            let own = group.and_then(|group| of_groups.get(group)).copied().unwrap_or(1.0);
            for member in &node.members {
                let (slot, at) = match node.kind {
                    MemberKind::Criterion => (parts.get_mut(*member), Some(*member)),
                    MemberKind::Group => (of_groups.get_mut(*member), self.weight_at(*member)),
                };
                let share = at.filter(|_| node.way.earned().is_weighed()).and_then(|at| shares.get(at));
                let part = match share {
                    Some(share) => Fixed::new(*share, 0).to_f64() / Fixed::new(whole, 0).to_f64(),
                    None => 1.0 / Fixed::new(i64::try_from(node.members.len()).unwrap_or(1), 0).to_f64(),
                };
                if let Some(slot) = slot {
                    *slot = own * part;
                }
            }
        }
        parts
    }

    /// Where the share of the weight of a group stands among the weights, where it has one.
    pub fn weight_at(&self, group: usize) -> Option<usize> {
        self.groups.get(group)?.weight_at
    }

    /// The group whose share of the weight stands there among the weights.
    pub fn group_at(&self, weight_at: usize) -> Option<usize> {
        self.groups.iter().position(|group| group.weight_at == Some(weight_at))
    }

    /// The arithmetic of a node over its members.
    pub fn arithmetic(&self, node: &Node, names: Names<'_, '_>, scale: u32) -> Vec<Term> {
        let all = if node.kind == MemberKind::Criterion { names.criteria } else { names.groups };
        let names: Vec<&str> = node.members.iter().map(|at| all.get(*at).copied().unwrap_or_default()).collect();
        node.way.arithmetic(scale, &names)
    }

    /// Whether groups have scores only as they are what the total is made of: each the sum of its points, and none in
    /// another.
    fn is_plain(&self) -> bool {
        self.is_flat() && self.groups.iter().all(|group| group.node.way.adds_points() && !group.is_beside)
    }

    /// Whether no group that the total is made of is in another, and none has a weight.
    pub fn is_flat(&self) -> bool {
        let is_flat = |group: &ScoredGroup| group.parent.is_none() && group.weight_at.is_none();
        self.groups.iter().all(|group| group.is_beside || is_flat(group))
    }

    /// How the total is made, in sentences for those who read the list. Each group is known by its title, and by the share
    /// of the weight that it has where it has one.
    pub fn sentence(&self, scale: &str, titles: &[(&str, Option<String>)]) -> String {
        if self.root.kind == MemberKind::Criterion && self.root.way.earned() == Earned::Score {
            return format!("The total is {}.", self.root.way.clause());
        }
        if self.is_plain() {
            return self.root.way.sentence(scale);
        }
        let title = |group: Option<usize>| group.and_then(|at| titles.get(at)).map(|(title, _)| *title);
        let part = |(title, share): &(&str, Option<String>)| match share {
            Some(share) => format!("{title} ({share})"),
            None => (*title).to_owned(),
        };
        let made = self.nodes().map(|(group, node)| {
            let of = node.members.iter().filter(|_| node.kind == MemberKind::Group);
            let of: Vec<String> = of.filter_map(|at| titles.get(*at)).map(part).collect();
            let of = listed(&of);
            let clause = match (node.kind, node.way.earned()) {
                (MemberKind::Criterion, Earned::Points) => "the sum of its points".to_owned(),
                (MemberKind::Criterion, _) => node.way.clause(),
                (MemberKind::Group, Earned::Points) => format!("the mean of the scores of {of} by their weights"),
                (MemberKind::Group, Earned::Factor) => {
                    format!("the geometric mean of the scores of {of} by their weights")
                }
                (MemberKind::Group, Earned::Score) => format!("{}, of {of}", node.way.clause()),
            };
            let is_beside = group.and_then(|at| self.groups.get(at)).is_some_and(|group| group.is_beside);
            match title(group) {
                Some(title) if is_beside => {
                    format!("The score of {title}, which stands beside the total, is {clause}.")
                }
                Some(title) => format!("The score of {title} is {clause}."),
                None => format!("The total is {clause}."),
            }
        });
        format!("Weights add up to {scale} wherever there are any. {}", made.collect::<Vec<_>>().join(" "))
    }

    /// What totals are, as in "totals are now …; they were …".
    pub fn clause(&self) -> String {
        self.root.way.clause()
    }

    /// What a criterion brings in, as it goes on to the total: whether more of it raises that. `ends` has those of each
    /// node's members, by group, and at last those of the total's.
    pub fn influence(
        &self,
        criterion: usize,
        ends: &[Vec<Ends>],
        names: Names<'_, '_>,
        (precision, library): (Precision, &Library),
    ) -> Influence {
        let on = |group: Option<usize>, member: usize| {
            let node = self.node(group);
            let place = node.members.iter().position(|at| *at == member).unwrap_or(0);
            let ends = ends.get(group.unwrap_or(self.groups.len())).map_or(&[][..], Vec::as_slice);
            node.way.influence(place, ends, &node.settings(names, precision, library))
        };
        let mut group = self.group_of(criterion);
        let mut influence = on(group, criterion);
        // Each group is in one that comes later in the order, so this ends. What stands beside the total goes no further than
        // its own score.
        while let Some(at) = group.filter(|at| self.groups.get(*at).is_some_and(|group| !group.is_beside)) {
            group = self.groups.get(at).and_then(|group| group.parent);
            influence = influence.then(on(group, at));
        }
        influence
    }

    /// What a node's members bring in. `row` has what the criteria bring in, and after them the shares of the weight of
    /// those groups that have one.
    pub(in crate::rules) fn figures<F: Figure>(
        &self,
        node: &Node,
        row: &[F],
        scores: &[F],
        precision: Precision,
    ) -> Vec<F> {
        let of = |list: &[F], at: usize| list.get(at).copied().unwrap_or(F::at(0));
        let figure = |member: &usize| match node.kind {
            MemberKind::Criterion => of(row, *member),
            MemberKind::Group => {
                let share = self.weight_at(*member).map_or(0, |at| of(row, at).least());
                of(scores, *member).map(|score| node.way.earned().of_score(score, share, precision))
            }
        };
        // None where nobody is there yet to be compared.
        let vetoes = node.way.takes_vetoes().then(|| of(row, node.members.len()));
        node.members.iter().map(figure).chain(vetoes).collect()
    }
}

/// Groups by number, each after those that are in it, else in the order written.
fn children_first(parents: &[Option<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(parents.len());
    let is_placed = |order: &[usize], at: usize| order.contains(&at);
    while order.len() < parents.len() {
        let is_ready = |at: &usize| {
            let children = parents.iter().enumerate().filter(|(_, parent)| **parent == Some(*at));
            !is_placed(&order, *at) && children.clone().all(|(child, _)| is_placed(&order, child))
        };
        // None is ready where groups are in each other in a circle, which no rule set is.
        let Some(next) = (0..parents.len()).find(is_ready) else { break };
        order.push(next);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::children_first;

    #[test]
    fn groups_come_after_those_that_are_in_them() {
        assert_eq!(children_first(&[None, None]), [0, 1]);
        assert_eq!(children_first(&[None, Some(0), Some(0), Some(1)]), [2, 3, 1, 0]);
        assert_eq!(children_first(&[Some(1), Some(0)]), [0; 0]);
    }
}
