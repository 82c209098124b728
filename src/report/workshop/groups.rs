//! The groups of the data block, and formulas of scripts that the page can work out.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::elicitation::span_of_group;
use crate::rules::script::Rising;
use crate::rules::{MemberKind, RuleSet};

/// A group.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WorkshopGroup")]
pub struct GroupEntry<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The id of the group that it is in; null where it is in none.
    #[serde(rename = "in")]
    pub within: Option<&'a str>,
    /// Its weight as written; null where it has none.
    pub weight: Option<String>,
    /// What people's swings are divided by.
    pub span: String,
    /// How its score is made; null where groups have none.
    pub way: Option<&'a str>,
    /// Whether its score stands beside the total, and is part of nothing; left out where not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub beside: bool,
    /// The same of a script that is plain arithmetic and rises with every score; left out else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
}

/// Plain arithmetic of scores that rises with each.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "WorkshopFormula")]
pub enum Formula {
    /// The score of a member, by id.
    Score(String),
    /// A sum.
    Add(Vec<Formula>),
    /// A product.
    Multiply(Vec<Formula>),
    /// One over a number above zero.
    Divide(Box<Formula>, String),
    /// The least.
    Min(Vec<Formula>),
    /// The greatest.
    Max(Vec<Formula>),
    /// A number from zero up.
    #[serde(untagged)]
    Number(String),
}

pub(super) fn groups(rules: &RuleSet) -> Vec<GroupEntry<'_>> {
    let entry = |number: usize| {
        let group = rules.groups.get(number)?;
        let scored = rules.combine.groups().get(number);
        Some(GroupEntry {
            id: &group.id,
            title: &group.title,
            within: group.parent.and_then(|parent| rules.groups.get(parent)).map(|parent| &*parent.id),
            weight: weight_of_group(rules, number).map(|weight| decimal(&weight)),
            span: decimal(&span_of_group(rules, number)),
            way: scored.map(|scored| scored.node.way.word()),
            beside: rules.is_beside(number),
            formula: formula(rules, Some(number)),
        })
    };
    (0..rules.groups.len()).filter_map(entry).collect()
}

/// The weight of a group as written: that of its score, or what it shares out.
fn weight_of_group(rules: &RuleSet, group: usize) -> Option<Decimal> {
    match rules.combine.has_sections() {
        true => rules.weights.written().get(rules.combine.weight_at(group)?).copied(),
        false => rules.weights.groups()?.get(group).copied(),
    }
}

/// A decimal without needless zeros.
pub(super) fn decimal(number: &Decimal) -> String {
    number.normalize().to_string()
}

/// The formula of what makes the score of a group, or the total; none where scores can be below zero, as then it need not
/// rise with each.
pub(super) fn formula(rules: &RuleSet, group: Option<usize>) -> Option<Formula> {
    if group.is_some_and(|group| group >= rules.combine.groups().len()) {
        return None;
    }
    let node = rules.combine.node(group);
    let rising = node.way.rising()?;
    let is_from_zero = rules.criteria.iter().all(|criterion| criterion.value_ends().least >= 0.0);
    let id = |place: usize| {
        let member = *node.members.get(place)?;
        match node.kind {
            MemberKind::Criterion => rules.criteria.get(member).map(|criterion| criterion.id.clone()),
            MemberKind::Group => rules.groups.get(member).map(|group| group.id.clone()),
        }
    };
    written(&rising, &id).filter(|_| is_from_zero)
}

fn written(formula: &Rising, id: &impl Fn(usize) -> Option<String>) -> Option<Formula> {
    let both = |of: &[Rising; 2]| of.iter().map(|part| written(part, id)).collect::<Option<Vec<Formula>>>();
    Some(match formula {
        Rising::Number(number) => Formula::Number(number.to_string()),
        Rising::Name(place) => Formula::Score(id(*place)?),
        Rising::Sum(of) => Formula::Add(both(of)?),
        Rising::Product(of) => Formula::Multiply(both(of)?),
        Rising::Quotient(of, by) => Formula::Divide(Box::new(written(of, id)?), by.to_string()),
        Rising::Lesser(of) => Formula::Min(both(of)?),
        Rising::Greater(of) => Formula::Max(both(of)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_the_page_reads_them() {
        let scores = Rising::Product(Box::new([Rising::Name(1), Rising::Name(0)]));
        let rising = Rising::Lesser(Box::new([Rising::Quotient(Box::new(scores), 100.0), Rising::Number(0.8)]));
        let id = |place: usize| ["size", "harm"].get(place).map(|id| (*id).to_owned());
        let text = serde_json::to_string(&written(&rising, &id).unwrap()).unwrap();
        assert_eq!(text, r#"{"min":[{"divide":[{"multiply":[{"score":"harm"},{"score":"size"}]},"100"]},"0.8"]}"#);
    }
}
