//! What is multiplied: judged scores, which say more or less and not how many times more, and factors that run against
//! each other. Both are what Cox found wrong with risk matrices (Cox, L.A. 2008, "What's wrong with risk matrices?",
//! *Risk Analysis* 28(2), 497–512).

use std::collections::BTreeSet;

use super::alike::{RankCorrelation, Scores, pairs};
use super::compression::PossibleNumbers;
use super::finding::Finding;
use super::rule_file_places::RuleFilePlaces;
use crate::assessment::Declared;
use crate::diagnostic::{Code, Place, quoted_list};
use crate::ranked::RankedAssessment;
use crate::rules::script::{Factors, multiplied};
use crate::rules::{Criterion, MemberKind, RuleSet};
use crate::words::{number, whole};

/// A judgement on a scale of at most so many whole steps is a rank in words rather than a figure.
const MAX_SCALE_STEPS: f64 = 10.0;

/// Judged scores that are multiplied, in a measure or in the total.
pub(super) fn multiplied_ordinals(rules: &RuleSet, written: &RuleFilePlaces) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        rules.criteria.iter().filter_map(|criterion| in_measure(rules, criterion)).collect();
    findings.extend(in_total(rules, written));
    findings
}

/// The lowest and highest score of evidence that is on a scale of a few whole steps.
fn ordinal_scale(declared: &Declared) -> Option<(f64, f64)> {
    declared
        .ordinal_scale()
        .filter(|(low, high)| low.fract() == 0.0 && high.fract() == 0.0 && high - low <= MAX_SCALE_STEPS)
}

fn is_ordinal(rules: &RuleSet, evidence: &str) -> bool {
    rules.evidence.get(evidence).and_then(ordinal_scale).is_some()
}

fn in_measure(rules: &RuleSet, criterion: &Criterion) -> Option<Finding> {
    let both = |(a, b): &Factors| is_ordinal(rules, a) && is_ordinal(rules, b);
    let pairs: Vec<Factors> = multiplied(&criterion.measure, &rules.library).into_iter().filter(both).collect();
    let names: BTreeSet<&str> = pairs.iter().flat_map(|(a, b)| [&**a, &**b]).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let scores = |name: &&str| {
        rules.evidence.get(*name).and_then(ordinal_scale).and_then(whole_scores).map(PossibleNumbers::from_scores)
    };
    let products = (!names.is_empty()).then(|| all_of(names.iter().map(scores), PossibleNumbers::times))?;
    let message = format!(
        "`{}` multiplies judged scores, {}{}",
        criterion.id,
        quoted_list(&names),
        compressed(products.as_ref())
    );
    Some(finding(&[&criterion.id], criterion.measure.place(), message))
}

/// The scores of a scale, where none is below zero.
fn whole_scores((low, high): (f64, f64)) -> Option<Vec<u128>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and bounded just before")]
    let whole = |number: f64| (0.0..=1e6).contains(&number).then_some(number as u128);
    Some((whole(low)?..=whole(high)?).collect())
}

fn in_total(rules: &RuleSet, written: &RuleFilePlaces) -> Option<Finding> {
    let factors = factors(rules);
    let ordinal: Vec<&Factor<'_>> = factors.iter().filter(|factor| factor.is_ordinal(rules)).collect();
    if ordinal.len() < 2 {
        return None;
    }
    let ids: Vec<&str> = ordinal.iter().map(|factor| factor.id).collect();
    let products = all_of(ordinal.iter().map(|factor| factor.numbers(rules)), PossibleNumbers::times);
    let message =
        format!("the total multiplies judged scores, those of {}{}", quoted_list(&ids), compressed(products.as_ref()));
    Some(finding(&ids, written.combine(), message))
}

fn finding(about: &[&str], place: Place, message: String) -> Finding {
    let help = "a score of 4 is more than 2, but nobody knows whether it is twice as much (Cox 2008): add scores up, multiply \
                what is counted, or accept it with a reason";
    Finding::new(Code::ProductOfOrdinals, about, place, message, help)
}

/// All of these by one operation; none where one of them is not known or there are too many to count.
fn all_of(
    mut numbers: impl Iterator<Item = Option<PossibleNumbers>>,
    operation: fn(&PossibleNumbers, &PossibleNumbers) -> Option<PossibleNumbers>,
) -> Option<PossibleNumbers> {
    let first = numbers.next()??;
    numbers.try_fold(first, |all, one| operation(&all, &one?))
}

fn compressed(products: Option<&PossibleNumbers>) -> String {
    let Some(products) = products else { return String::new() };
    let different = whole(products.different());
    let combinations = usize::try_from(products.combinations()).map(whole).unwrap_or_default();
    let half = products.half_within().map_or(String::new(), |half| {
        format!("; half of the combinations come to {}% of the highest or less", number(half, 0))
    });
    format!(": {combinations} combinations of scores make {different} different products{half}")
}

/// What a total multiplies: a group of criteria or, in a weighted product, one criterion.
struct Factor<'a> {
    id: &'a str,
    /// Its criteria, by number; those without weight do not count.
    criteria: Vec<usize>,
}

impl Factor<'_> {
    /// Whether judged scores are in it.
    fn is_ordinal(&self, rules: &RuleSet) -> bool {
        self.criteria.iter().any(|criterion| judged(rules, *criterion).is_some())
    }

    /// Every number that it can be; none where it has more in it than judged scores.
    fn numbers(&self, rules: &RuleSet) -> Option<PossibleNumbers> {
        all_of(self.criteria.iter().map(|criterion| points(rules, *criterion)), PossibleNumbers::plus)
    }
}

/// The scale of a criterion that asks for a judged score and nothing else.
fn judged(rules: &RuleSet, criterion: usize) -> Option<(f64, f64)> {
    let name = rules.criteria.get(criterion)?.plain.as_ref()?;
    rules.evidence.get(name).and_then(ordinal_scale)
}

/// What each score of a judged criterion earns.
fn points(rules: &RuleSet, criterion: usize) -> Option<PossibleNumbers> {
    let (low, high) = judged(rules, criterion)?;
    let mut earned = Vec::new();
    let mut score = low;
    while score <= high {
        earned.push(u128::try_from(crate::scoring::points_of_measure(rules, criterion, score)?).ok()?);
        score += 1.0;
    }
    Some(PossibleNumbers::from_scores(earned))
}

fn factors(rules: &RuleSet) -> Vec<Factor<'_>> {
    let counts = |criterion: &usize| rules.weights.shares().get(*criterion).is_some_and(|share| *share > 0);
    let all = || (0..rules.criteria.len()).filter(counts);
    let group = |number: usize| {
        let of = |criterion: &usize| rules.criteria.get(*criterion).is_some_and(|it| it.group == Some(number));
        Some(Factor { id: &rules.groups.get(number)?.id, criteria: all().filter(of).collect() })
    };
    let root = rules.combine.root();
    let multiplied = match root.kind {
        MemberKind::Criterion if root.way.earned().is_factor() => {
            let factor = |number: usize| Some(Factor { id: &rules.criteria.get(number)?.id, criteria: vec![number] });
            return all().filter_map(factor).collect();
        }
        MemberKind::Criterion => return Vec::new(),
        MemberKind::Group => {
            let ids = rules.group_ids();
            let names: Vec<&str> = root.members.iter().filter_map(|at| ids.get(*at).copied()).collect();
            root.way.multiplied(&names, &rules.library)
        }
    };
    multiplied.into_iter().filter_map(|place| group(*root.members.get(place)?)).collect()
}

/// Factors of the total that run strongly against each other.
pub(super) fn opposed_factors(report: &RankedAssessment<'_>, written: &RuleFilePlaces) -> Vec<Finding> {
    let rules = report.rules;
    let factors = factors(rules);
    let columns: Vec<Scores> = factors.iter().map(|factor| factor_scores(report, factor)).collect();
    let found = |(first, second): (usize, usize)| {
        let (one, other) = (factors.get(first)?.id, factors.get(second)?.id);
        let rho = RankCorrelation::between(columns.get(first)?, columns.get(second)?, rules.confidence)
            .filter(|rho| rho.is_strong(-1.0))?;
        let message =
            format!("the total multiplies `{one}` and `{other}`, which run against each other: {}", rho.in_words());
        let help = "where frequency and severity are opposed, products of coarse scales can order worse than chance (Cox \
                    2008): add the two, measure them finely, or accept it with a reason";
        Some(Finding::new(Code::OpposedFactors, &[one, other], written.combine(), message, help))
    };
    pairs(factors.len()).filter_map(found).collect()
}

/// A factor's score for each candidate; none where a question in it has no answer.
fn factor_scores(report: &RankedAssessment<'_>, factor: &Factor<'_>) -> Scores {
    let ranking = &report.ranking;
    let score = |candidate: usize| {
        let answered = factor.criteria.iter().all(|criterion| ranking.measure(*criterion, candidate).is_some());
        let share = |criterion: &usize| ranking.rules.weights.shares().get(*criterion).copied().unwrap_or(0);
        let part =
            |criterion: &usize| i128::from(ranking.value(*criterion, candidate).units()) * i128::from(share(criterion));
        #[expect(clippy::cast_precision_loss, reason = "only the order counts")]
        let sum = factor.criteria.iter().map(part).sum::<i128>() as f64;
        answered.then_some(sum)
    };
    Scores::new((0..ranking.order().len()).map(score).collect())
}
