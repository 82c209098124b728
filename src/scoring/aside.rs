//! Who is set aside: those of whom too little is answered, or published, for rules that do not rank such candidates. It is
//! known from the evidence and the weights as filed, and stays so however the ranking is made again, also with other weights.

use super::measure::Measures;
use super::points::Points;
use crate::assessment::Assessment;
use crate::exact::Fixed;
use crate::rules::{Criterion, RuleSet, Shortfall};

/// What of a candidate is too little for the rules to rank it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TooLittle {
    /// What there is too little of.
    pub of: LeastOf,
    /// The share of the weight that there is, 0 to 1.
    pub share: Fixed,
    /// The share that the rules ask for, 0 to 1.
    pub least: f64,
}

/// What rules ask for a least share of the weight of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeastOf {
    /// Answers of whatever kind.
    Answers,
    /// Answers that rest on figures, without judgement.
    Figures,
}

impl LeastOf {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answers => "answered",
            Self::Figures => "published",
        }
    }
}

/// Those who are set aside; nobody where the rules rank all.
#[derive(Debug, Clone, Default)]
pub(super) struct SetAside(Vec<bool>);

impl SetAside {
    /// Of these measures.
    pub(super) fn new(assessment: &Assessment, rules: &RuleSet, measures: &[Measures<'_>]) -> Self {
        if rules.too_little != Shortfall::NotRanked {
            return Self::default();
        }
        let is_missing = |criterion: usize, candidate: usize| {
            measures.get(criterion).is_none_or(|column| column.is_missing(candidate))
        };
        let aside = |candidate: usize| {
            let answered = answered(rules, |criterion| is_missing(criterion, candidate));
            too_little(assessment, rules, candidate, &answered).is_some()
        };
        Self((0..assessment.candidates.len()).map(aside).collect())
    }

    /// Whether a candidate is set aside.
    pub(super) fn holds(&self, candidate: usize) -> bool {
        self.0.get(candidate) == Some(&true)
    }

    /// Takes the totals of those who are set aside.
    pub(super) fn take_from(&self, points: &mut Points) {
        for (total, aside) in points.totals.iter_mut().zip(&self.0) {
            if *aside {
                *total = None;
            }
        }
    }
}

/// Which criteria evidence answers. A measure that reads no evidence is a number of the rules and answers nothing.
pub(super) fn answered(rules: &RuleSet, is_missing: impl Fn(usize) -> bool) -> Vec<bool> {
    let reads = rules.criteria.iter().map(|criterion| !criterion.measure.reads.is_empty());
    reads.enumerate().map(|(criterion, reads)| reads && !is_missing(criterion)).collect()
}

/// What of a candidate is too little for the rules to rank it, where the criteria marked true have an answer; none where it is
/// enough, or where the rules rank whatever there is.
pub(super) fn too_little(
    assessment: &Assessment,
    rules: &RuleSet,
    candidate: usize,
    answered: &[bool],
) -> Option<TooLittle> {
    if rules.too_little != Shortfall::NotRanked {
        return None;
    }
    let published = published(assessment, rules, candidate, answered);
    let asked = [
        (LeastOf::Answers, rules.answered_at_least, answered),
        (LeastOf::Figures, rules.published_at_least, &published),
    ];
    asked.into_iter().find_map(|(of, least, given)| {
        let (least, share) = (least?, share_of_weight(rules, given));
        (share.to_f64() < least).then_some(TooLittle { of, share, least })
    })
}

/// Which criteria figures answer, without judgement, of those marked true.
pub(super) fn published(assessment: &Assessment, rules: &RuleSet, candidate: usize, answered: &[bool]) -> Vec<bool> {
    let figures =
        |(criterion, answered): (&Criterion, &bool)| *answered && rests_on_figures(assessment, criterion, candidate);
    rules.criteria.iter().zip(answered).map(figures).collect()
}

/// The share of the weight that the criteria marked true have, 0 to 1. What has no weight counts as what stands beside it.
pub(super) fn share_of_weight(rules: &RuleSet, given: &[bool]) -> Fixed {
    let parts = rules.combine.parts(given.len(), rules.weights.shares(), rules.weights.whole());
    Fixed::round(parts.iter().zip(given).filter(|(_, given)| **given).map(|(part, _)| part).sum::<f64>(), 2)
}

/// Whether nothing of what an answer about a candidate is made of is a judgement.
pub(super) fn rests_on_figures(assessment: &Assessment, criterion: &Criterion, candidate: usize) -> bool {
    let judged = |name: &String| {
        let evidence = assessment.evidence.get(name).and_then(|column| column.get(candidate));
        evidence.is_some_and(|evidence| evidence.figure.kind().is_some() && evidence.origin.judged.is_some())
    };
    !criterion.measure.reads.iter().any(judged)
}
