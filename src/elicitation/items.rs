//! What people are told of each thing that they weigh, in the terminal and on a form.

use super::{RoundScope, swing_words};
use crate::rules::RuleSet;
use crate::words::listed;

/// What a criterion asks; none of a group.
pub(super) fn question(rules: &RuleSet, among: RoundScope, item: usize) -> Option<&str> {
    let criterion = rules.criteria.get(item).filter(|_| !among.is_groups())?;
    Some(&criterion.question)
}

/// The way from the least to the most that a swing is, a line each: of a group what is in it, of a criterion what `spans` says
/// that the candidates really have, where that is known.
pub(super) fn swing_lines(rules: &RuleSet, spans: &[Option<String>], among: RoundScope, item: usize) -> Vec<String> {
    let Some(criterion) = rules.criteria.get(item).filter(|_| !among.is_groups()) else {
        let questions = rules.criteria.iter().filter(|criterion| criterion.group == Some(item));
        let scored = rules.combine.groups().iter().zip(&rules.groups);
        let groups = scored.filter(|(scored, _)| scored.parent == Some(item)).map(|(_, group)| &group.title);
        let titles: Vec<String> = questions.map(|criterion| &criterion.title).chain(groups).cloned().collect();
        return vec![format!("all of it together, from least to most: {}", listed(&titles))];
    };
    let span = spans.get(item).and_then(Option::as_ref);
    std::iter::once(swing_words(criterion)).chain(span.map(|span| format!("the candidates have {span}"))).collect()
}
