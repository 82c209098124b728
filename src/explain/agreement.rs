//! How far several scorers agree over all candidates.

use crate::assessment::{Assessment, Declared, Figure};
use crate::rules::RuleSet;
use crate::scoring::Fixed;
use crate::stats::krippendorff_alpha;

/// How far scorers agree on one kind of judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorerAgreement {
    /// The name of the evidence.
    pub name: String,
    /// What is judged, as the rules call it.
    pub title: String,
    /// How many candidates several people scored.
    pub candidates: usize,
    /// Krippendorff's alpha of those scores, to two decimals: 1 where all agree, 0 where they differ as if the scores
    /// were dealt out at random. None where all scores are the same, so that nothing can be told.
    pub alpha: Option<Fixed>,
}

/// What several people judged of some candidate, by the name of the evidence.
pub fn scorer_agreements(assessment: &Assessment, rules: &RuleSet) -> Vec<ScorerAgreement> {
    let agreement = |(name, declared): (&String, &Declared)| {
        let written = assessment.evidence.get(name)?.written();
        let scores: Vec<Vec<f64>> =
            written.filter_map(|(_, evidence)| scores(&evidence.figure.read_by(declared))).collect();
        let alpha = krippendorff_alpha(&scores).map(|alpha| Fixed::round(alpha, 2));
        (!scores.is_empty()).then(|| ScorerAgreement {
            name: name.clone(),
            title: declared.title.clone(),
            candidates: scores.len(),
            alpha,
        })
    };
    rules.evidence.iter().filter_map(agreement).collect()
}

/// The scores of several people.
fn scores(figure: &Figure) -> Option<Vec<f64>> {
    let scores = figure.scores();
    (scores.len() > 1).then_some(scores)
}
