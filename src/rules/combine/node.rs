//! What a total or a group's score is made of: a way to combine, and its members.

use super::member::WayToCombine;
use super::settings::{NodeSettings, Precision};
use crate::exact::Ends;
use crate::rules::script::Library;

/// What the members of a node are; never both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// Questions.
    Criterion,
    /// Groups with scores of their own.
    Group,
}

impl MemberKind {
    /// What one is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Criterion => "criterion",
            Self::Group => "group",
        }
    }
}

/// A total or a group's score: a way to combine, and what it combines.
#[derive(Debug)]
pub struct Node {
    /// How the members become one figure.
    pub way: Box<dyn WayToCombine>,
    /// What the members are.
    pub kind: MemberKind,
    /// The members' numbers among criteria or groups.
    pub members: Vec<usize>,
}

impl Node {
    /// What it is made with, beside what its members bring in.
    pub(in crate::rules) fn settings<'a>(
        &self,
        names: Names<'_, 'a>,
        precision: Precision,
        library: &'a Library,
    ) -> NodeSettings<'a> {
        let earned = self.way.earned();
        let (all, decimals) = match self.kind {
            MemberKind::Criterion => (names.criteria, earned.decimals(precision)),
            MemberKind::Group => (names.groups, earned.decimals_of_group(precision)),
        };
        let names = self.members.iter().map(|member| all.get(*member).copied().unwrap_or_default()).collect();
        NodeSettings { precision, decimals, names, library }
    }
}

/// Names that the parts of a combination are read by.
#[derive(Debug, Clone, Copy)]
pub struct Names<'n, 'a> {
    /// The ids of the criteria.
    pub criteria: &'n [&'a str],
    /// The ids of the groups.
    pub groups: &'n [&'a str],
}

/// A group with a score of its own.
#[derive(Debug)]
pub struct ScoredGroup {
    /// How its score is made.
    pub node: Node,
    /// The group that it is part of, by number; none where it is part of the total.
    pub parent: Option<usize>,
    /// Where its weight stands among all weights, where it has one.
    pub weight_at: Option<usize>,
    /// Whether its score stands beside the total: it is part of nothing.
    pub is_beside: bool,
}

/// What figures are made of: numbers, or the ends of numbers.
pub(in crate::rules) trait Figure: Copy {
    /// One number.
    fn at(number: i64) -> Self;
    /// The lower end.
    fn least(self) -> i64;
    /// What comes of it by something that never falls.
    fn map(self, change: impl Fn(i64) -> i64) -> Self;
}

impl Figure for i64 {
    fn at(number: i64) -> Self {
        number
    }

    fn least(self) -> i64 {
        self
    }

    fn map(self, change: impl Fn(i64) -> i64) -> Self {
        change(self)
    }
}

impl Figure for Ends {
    fn at(number: i64) -> Self {
        Self::at(number)
    }

    fn least(self) -> i64 {
        self.least
    }

    fn map(self, change: impl Fn(i64) -> i64) -> Self {
        Self { least: change(self.least), most: change(self.most), ..self }
    }
}
