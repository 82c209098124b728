//! Where the weights come from, in words.

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

/// Where the weights come from, in a sentence or two; none where that is not recorded.
pub fn weights_origin(rules: &RuleSet) -> Option<String> {
    let origin = rules.origin.as_ref()?;
    Some(format!("The weights come from {}. The answers are in {}.", people_and_date(origin), origin.answers))
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
