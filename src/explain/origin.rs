//! Where the weights come from, in words.

use crate::diagnostic::{Code, Problem};
use crate::rules::{Combined, RuleSet, WeightMethod, WeightsOrigin};
use crate::words::listed;

/// How weights are found, within a sentence.
pub fn method_in_words(method: WeightMethod) -> &'static str {
    match method {
        WeightMethod::Swing => "swing weighting",
        WeightMethod::Pairwise => "pairwise comparison",
        WeightMethod::RankOrder => "the order of importance (rank-order centroid)",
        WeightMethod::Points => "points shared out",
        WeightMethod::Learnt => "choices made before, from which they were learnt",
    }
}

/// How the answers of several people become one, within a sentence.
pub fn combination_in_words(how: Combined, method: WeightMethod) -> &'static str {
    match (how, method) {
        (Combined::ArithmeticMean, _) => "the arithmetic mean of their weights",
        (Combined::GeometricMean, WeightMethod::Pairwise) => "the geometric mean of their judgements",
        (Combined::GeometricMean, _) => "the geometric mean of their weights",
    }
}

/// Where the weights come from, in a sentence or two; none where that is not recorded. What `warnings` say against it
/// follows.
pub fn weights_origin(rules: &RuleSet, warnings: &[Problem]) -> Option<String> {
    let origin = rules.origin.as_ref()?;
    let is_against = |it: &&Problem| matches!(it.code, Code::AnswersChanged | Code::WeightsDiffer);
    let against: Vec<&str> = warnings.iter().filter(is_against).map(|it| &*it.message).collect();
    if against.is_empty() {
        let from = people_and_date(origin);
        return Some(format!("The weights come from {from}. The answers are in {}.", origin.answers));
    }
    Some(format!(
        "The rules say that the weights come from {}, and this does not bear it out: {}.",
        people_and_date(origin),
        against.join("; ")
    ))
}

/// How weights were found, by whom and when: `swings: the chair and the analyst, 2 November 2026, combined by their mean`.
pub fn people_and_date(origin: &WeightsOrigin) -> String {
    let together = origin.combined.map(|how| format!(", combined by {}", combination_in_words(how, origin.method)));
    format!(
        "{}: {}, {}{}",
        method_in_words(origin.method),
        listed(&origin.people),
        origin.date,
        together.unwrap_or_default()
    )
}
