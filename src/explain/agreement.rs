//! How far several scorers agree over all candidates.

use crate::assessment::{Assessment, Evidence, Figure};
use crate::rules::{EvidenceKind, RuleSet};
use crate::scoring::Fixed;
use crate::stats::krippendorff_alpha;

/// How far scorers agree on one kind of judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorerAgreement {
    /// What is judged, as the rules call it.
    pub title: String,
    /// How many candidates several people scored.
    pub candidates: usize,
    /// Krippendorff's alpha of those scores, to two decimals: 1 where all agree, 0 where they differ as if the scores
    /// were dealt out at random. None where all scores are the same, so that nothing can be told.
    pub alpha: Option<Fixed>,
}

/// The judgements that several people gave about some candidate, by the name of the evidence.
pub fn scorer_agreements(assessment: &Assessment, rules: &RuleSet) -> Vec<ScorerAgreement> {
    let judged = rules.evidence.iter().filter(|(_, declared)| declared.kind == EvidenceKind::Judgement);
    judged
        .filter_map(|(name, declared)| {
            let scores: Vec<Vec<f64>> =
                assessment.evidence.get(name)?.written().filter_map(|(_, evidence)| scores(evidence)).collect();
            let alpha = krippendorff_alpha(&scores).map(|alpha| Fixed::round(alpha, 2));
            (!scores.is_empty()).then(|| ScorerAgreement {
                title: declared.title.clone(),
                candidates: scores.len(),
                alpha,
            })
        })
        .collect()
}

/// The scores of several people.
fn scores(evidence: &Evidence) -> Option<Vec<f64>> {
    let Figure::Judgement(judgement) = &evidence.figure else { return None };
    (judgement.scores.len() > 1).then(|| judgement.scores.iter().map(|score| score.score).collect())
}
