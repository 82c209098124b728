//! How the list was made, in plain words: questions, value functions, gates, tiers.

use super::model::{Curve, GateRule, PaperCriterion, PaperMethod, PaperParameter, TierRule};
use super::{curve, glossary};
use crate::explain::{
    ParameterInForce, ScorerAgreement, bounds_in_words, ends_are_farthest, ends_at_scale, parameters_in_force,
    scorer_agreements, standing_rule, tie_order, weights_origin,
};
use crate::ranked::RankedAssessment;
use crate::rules::combine::Influence;
use crate::rules::{self, RuleSet};
use crate::scoring::{Fixed, Standing, Trace};
use crate::words::{counted, listed, lower_title, number};

/// How the list was made.
pub(super) fn method_section(report: &RankedAssessment<'_>, traces: &[&Trace<'_>]) -> PaperMethod {
    let rules = report.rules;
    let scale = number(f64::from(rules.scale), 0);
    let share = |number: usize| {
        let at = rules.combine.weight_at(number)?;
        Some(Fixed::new(*rules.weights.shares().get(at)?, rules.fine_decimals()).as_weight())
    };
    let groups = rules.groups.iter().enumerate();
    let titles: Vec<(&str, Option<String>)> = groups.map(|(at, group)| (&*group.title, share(at))).collect();
    PaperMethod {
        name: rules.name.clone(),
        version: rules.version.clone(),
        about: rules.about.clone(),
        weights_because: rules.weights_because.clone(),
        weights_from: weights_origin(rules, &report.warnings),
        count: counted(rules.criteria.len(), "question", "questions"),
        combine: rules.combine.sentence(&scale, &titles),
        scale,
        ends_at_scale: ends_at_scale(rules),
        lowering: lowering(rules),
        ends_are_farthest: ends_are_farthest(rules),
        bounds: bounds_in_words(&report.traces),
        criteria: criteria(rules, curve::curves(report, traces)),
        gates: rules.gates.iter().map(|it| gate(it, rules)).collect(),
        tiers: rules.tiers.iter().enumerate().map(|(number, tier)| tier_rule(number, tier, rules)).collect(),
        ties: tie_order(rules),
        agreement: scorer_agreements(report.assessment, rules).iter().map(agreement).collect(),
        evidence: glossary::evidence(rules),
        parameters: parameters_in_force(rules, |_| true).into_iter().map(parameter).collect(),
    }
}

/// The questions for which a value of 1 speaks against it.
fn lowering(rules: &RuleSet) -> Option<String> {
    let lowers = |criterion: &&rules::Criterion| criterion.influence == Influence::Lowers;
    let titles: Vec<String> = rules.criteria.iter().filter(lowers).map(|it| lower_title(&it.title)).collect();
    let question = if titles.len() == 1 { "this question" } else { "these questions" };
    (!titles.is_empty()).then(|| {
        format!("Points for {question} lower the total, so there it is the other way round: {}.", listed(&titles))
    })
}

fn parameter(told: ParameterInForce) -> PaperParameter {
    let ParameterInForce { title, value, from, source, read_by } = told;
    PaperParameter { title, value, from, source, read_by }
}

fn agreement(found: &ScorerAgreement) -> String {
    let about = counted(found.candidates, "candidate", "candidates");
    match found.alpha {
        Some(alpha) => format!("{}: several people scored {about}; Krippendorff’s alpha is {alpha}.", found.title),
        None => format!("{}: several people scored {about}, and all agreed.", found.title),
    }
}

fn criteria(rules: &RuleSet, curves: Vec<Option<Curve>>) -> Vec<PaperCriterion> {
    let shares = rules.weights.shares().iter();
    let one = |((criterion, share), curve): ((&rules::Criterion, &i64), Option<Curve>)| PaperCriterion {
        title: criterion.title.clone(),
        question: criterion.question.clone(),
        group: criterion.group.and_then(|group| rules.groups.get(group)).map(|group| group.title.clone()),
        weight: Fixed::new(*share, rules.fine_decimals()).as_weight(),
        unit: criterion.unit.clone(),
        value: criterion.value.shape().sentence(),
        missing: criterion.missing.policy().done(),
        curve,
    };
    rules.criteria.iter().zip(shares).zip(curves).map(one).collect()
}

fn gate(gate: &rules::Gate, rules: &RuleSet) -> GateRule {
    let raised_to = gate.tier.and_then(|tier| rules.tiers.get(tier));
    GateRule {
        title: gate.title.clone(),
        effect: raised_to.map_or_else(
            || gate.effect.words().in_the_paper(),
            |tier| format!("at least \"{}\" by a gate", tier.title),
        ),
        when: gate.when.code.trim().to_owned(),
    }
}

fn tier_rule(number: usize, tier: &rules::Tier, rules: &RuleSet) -> TierRule {
    let takes = standing_rule(Standing::Tier(number), rules);
    TierRule { title: tier.title.clone(), takes: takes.unwrap_or_else(|| "the rest".to_owned()) }
}
