//! How everything is combined, judged: which groups have scores, what each is in, and which way makes what.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, did_you_mean};
use crate::rules::Group;
use crate::rules::combine::{Combination, MemberKind, Node, ScoredGroup, WrittenCombine};
use crate::rules::format::{self, RuleSetFile};
use crate::rules::judge::RuleSetJudge;
use crate::toml_file::At;

impl RuleSetJudge<'_> {
    /// The groups, each with the one that it is in.
    pub(super) fn groups(&mut self, file: &RuleSetFile) -> Vec<Group> {
        self.unique("a group", file.group.iter().map(|group| &group.value.id));
        let mut groups = Vec::new();
        for written in &file.group {
            let group = &written.value;
            let title = self.check.text(&group.title, "the title").unwrap_or_default();
            groups.push(Group { id: group.id.value.clone(), title, parent: self.parent(group, file) });
        }
        for group in file.group.iter().filter(|group| is_beside(group)) {
            if let Some(within) = &group.value.within {
                let message =
                    format!("the group `{}` stands beside the total and in another group", group.value.id.value);
                let help = "take `in` out, or `beside`: a score beside the total is part of nothing";
                self.check.problem(Code::BadValue, &within.span, message, help);
            }
        }
        for group in self.in_a_circle(&groups, &file.group) {
            if let Some(group) = groups.get_mut(group) {
                group.parent = None;
            }
        }
        groups
    }

    /// The group that a group says it is in.
    fn parent(&mut self, group: &format::Group, file: &RuleSetFile) -> Option<usize> {
        let within = group.within.as_ref()?;
        let found = file.group.iter().position(|other| other.value.id.value == within.value);
        if found.is_none() && !self.check.lost.has_lost_table {
            let help = did_you_mean(&within.value, file.group.iter().map(|other| &*other.value.id.value));
            let message = format!("there is no group `{}`", within.value);
            self.check.problem(Code::UnknownId, &within.span, message, help);
        }
        found
    }

    /// Tells groups that are in themselves, and which they are.
    fn in_a_circle(&mut self, groups: &[Group], written: &[At<format::Group>]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (start, group) in written.iter().enumerate() {
            let mut at = groups.get(start).and_then(|group| group.parent);
            let mut steps = 0;
            while let Some(next) = at.filter(|next| *next != start && steps < groups.len()) {
                at = groups.get(next).and_then(|group| group.parent);
                steps += 1;
            }
            if at == Some(start)
                && let Some(within) = &group.value.within
            {
                let message = format!("the group `{}` is in itself", group.value.id.value);
                let help = "let one of the groups in the circle be in none: take its `in` out";
                self.check.problem(Code::BadValue, &within.span, message, help);
                found.insert(start);
            }
        }
        found
    }

    /// How the total and the groups' scores are made. None where something in it is wrong, which is told.
    pub(super) fn combination(&mut self, file: &RuleSetFile, groups: &[Group]) -> Option<Combination> {
        let header = file.ruleset.combine.as_ref();
        let ties: Vec<&str> = file.ruleset.ties.iter().map(|id| &*id.value).collect();
        let weighs = header.is_none_or(|written| written.value.weighs());
        let says = |group: &At<format::Group>| {
            group.value.combine.is_some() || group.value.within.is_some() || is_beside(group)
        };
        let have_scores = !groups.is_empty() && (!weighs || file.group.iter().any(says));
        let criteria: Vec<&str> = file.criterion.iter().map(|criterion| &*criterion.value.id.value).collect();
        let ids: Vec<&str> = groups.iter().map(|group| &*group.id).collect();
        let of = |kind: MemberKind, members: &[usize]| -> Vec<&str> {
            let all = if kind == MemberKind::Group { &ids } else { &criteria };
            members.iter().filter_map(|member| all.get(*member).copied()).collect()
        };
        let inside = |parent: Option<usize>| -> Vec<usize> {
            let members = groups.iter().zip(&file.group).enumerate();
            let members = members.filter(|(_, (group, written))| group.parent == parent && !is_beside(written));
            members.map(|(number, _)| number).collect()
        };
        self.something_makes_the_total(file, have_scores && inside(None).is_empty())?;
        let (kind, members) = match have_scores {
            true => (MemberKind::Group, inside(None)),
            false => (MemberKind::Criterion, (0..criteria.len()).collect()),
        };
        let way = WrittenCombine::judged(header, self, (kind, &of(kind, &members)));
        let root = way.map(|way| Node { way, kind, members });
        let mut nodes = Vec::new();
        let mut is_sound = true;
        for (number, written) in file.group.iter().enumerate() {
            let asked = |(_, criterion): &(usize, &At<format::Criterion>)| {
                criterion.value.group.as_ref().map(|group| &*group.value) == ids.get(number).copied()
            };
            let asked: Vec<usize> = file.criterion.iter().enumerate().filter(asked).map(|(at, _)| at).collect();
            let inner = inside(Some(number));
            self.has_one_kind(written, asked.is_empty(), inner.is_empty())?;
            if !have_scores {
                continue;
            }
            let (kind, members) = match inner.is_empty() {
                true => (MemberKind::Criterion, asked),
                false => (MemberKind::Group, inner),
            };
            match WrittenCombine::judged(written.value.combine.as_ref(), self, (kind, &of(kind, &members))) {
                Some(way) => {
                    nodes.push((Node { way, kind, members }, groups.get(number).and_then(|group| group.parent)));
                }
                None => is_sound = false,
            }
        }
        let (root, true) = (root?, is_sound) else { return None };
        let of_groups = file.group.iter().map(|group| group.value.combine.as_ref());
        let written = std::iter::once(header).chain(of_groups);
        for (node, written) in std::iter::once(&root).chain(nodes.iter().map(|(node, _)| node)).zip(written) {
            self.unread_members(node, written, &of(node.kind, &node.members), &ties);
        }
        let mut next = criteria.len();
        let mut groups = Vec::new();
        let weighed: Vec<bool> = nodes.iter().map(|(node, _)| node.way.earned().is_weighed()).collect();
        for ((node, parent), is_beside) in nodes.into_iter().zip(file.group.iter().map(is_beside)) {
            let is_weighed = parent.map_or(root.way.earned().is_weighed(), |at| weighed.get(at) == Some(&true));
            let weight_at = (is_weighed && !is_beside).then_some(next);
            next += usize::from(weight_at.is_some());
            groups.push(ScoredGroup { node, parent, weight_at, is_beside });
        }
        Some(Combination::new(root, groups))
    }

    /// Whether a group is left that the total is made of.
    fn something_makes_the_total(&mut self, file: &RuleSetFile, is_empty: bool) -> Option<()> {
        let first = file.group.iter().find_map(|group| group.value.beside.as_ref()).filter(|_| is_empty);
        let Some(beside) = first else { return Some(()) };
        let help = "take `beside` out of those that make it";
        self.check.problem(Code::BadValue, &beside.span, "every group stands beside the total: none makes it", help);
        None
    }

    /// Notes the members that the expression of a node does not read, and that order no equals either.
    fn unread_members(&mut self, node: &Node, written: Option<&At<WrittenCombine>>, names: &[&str], ties: &[&str]) {
        let (Some(expression), Some(WrittenCombine::Script(code))) =
            (node.way.expression(), written.map(|written| &written.value))
        else {
            return;
        };
        let what = node.kind.word();
        let is_read = |name: &str| expression.reads.iter().any(|read| read == name) || ties.contains(&name);
        for name in names.iter().filter(|name| !is_read(name)) {
            let message = format!("the total does not use the {what} `{name}`");
            let help = match node.kind {
                MemberKind::Group => {
                    "use its score, take the group out, or show its score beside the total: `beside = true`"
                }
                MemberKind::Criterion => "use its score, or take the criterion out",
            };
            self.check.problem(Code::UnreadDeclaration, &code.span, message, help);
        }
    }

    /// Whether a group has criteria, or groups in it; never both, and never neither.
    fn has_one_kind(&mut self, group: &At<format::Group>, asks_nothing: bool, has_no_groups: bool) -> Option<()> {
        let id = &group.value.id.value;
        if asks_nothing && has_no_groups && !self.check.lost.has_lost_table {
            let message = format!("no criterion belongs to the group `{id}`");
            self.check.problem(Code::BadValue, &group.span, message, "name it in a criterion, or take it out");
        }
        if !asks_nothing && !has_no_groups {
            let message = format!("the group `{id}` has both criteria and groups in it");
            let help = "put its criteria into a group of their own, with `in` as theirs";
            self.check.problem(Code::BadValue, &group.span, message, help);
            return None;
        }
        Some(())
    }
}

/// Whether the score of a group stands beside the total.
fn is_beside(group: &At<format::Group>) -> bool {
    group.value.beside.as_ref().is_some_and(|beside| beside.value)
}
