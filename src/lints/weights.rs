//! Weights that do nothing: zero, alone in their group, or free to be anything without moving anybody.

use crate::diagnostic::{Code, Problem};
use crate::rules::RuleSet;
use crate::scoring::{Again, Fixed, Ranking};
use crate::sensitivity::stability;
use crate::words::counted;

use super::finding::Finding;
use super::rule_file_places::RuleFilePlaces;

/// A list shorter than this says nothing of weights.
const MIN_CANDIDATES: usize = 3;

/// Weights of zero, and weights that are alone in their group.
pub(super) fn zero_and_lone(rules: &RuleSet, written: &RuleFilePlaces) -> Vec<Finding> {
    let mut findings = Vec::new();
    let group_weights = rules.weights.groups();
    for (at, group) in rules.groups.iter().enumerate() {
        let of_score = rules.combine.weight_at(at).and_then(|at| rules.weights.written().get(at));
        let own = group_weights.and_then(|weights| weights.get(at)).or(of_score);
        if own.is_some_and(rust_decimal::Decimal::is_zero) {
            let message = format!("the group `{}` has a weight of zero: none of its questions counts", group.id);
            let help = "give it a weight, or take its criteria out; a score that is only shown is `beside = true`";
            findings.push(Finding::new(Code::NoWeight, &[&group.id], written.group(at), message, help));
        }
        let members: Vec<usize> =
            (0..rules.criteria.len()).filter(|it| criterion_group(rules, *it) == Some(at)).collect();
        let grouped = own.is_some() || rules.combine.has_sections();
        if let ([only], true) = (&*members, grouped) {
            findings.extend(lone(rules, *only, &group.id, written));
        }
    }
    for (at, criterion) in rules.criteria.iter().enumerate() {
        if rules.weights.written().get(at).is_some_and(rust_decimal::Decimal::is_zero) {
            let message = format!("`{}` has a weight of zero: its answers count for nothing", criterion.id);
            let help = "give it a weight, or take it out; evidence that is only shown needs no criterion";
            findings.push(Finding::new(Code::NoWeight, &[&criterion.id], written.weight(at), message, help));
        }
    }
    findings
}

fn criterion_group(rules: &RuleSet, criterion: usize) -> Option<usize> {
    rules.criteria.get(criterion)?.group
}

/// A weight among no others. That of 1 claims nothing.
fn lone(rules: &RuleSet, criterion: usize, group: &str, written: &RuleFilePlaces) -> Option<Finding> {
    let id = &rules.criteria.get(criterion)?.id;
    let weight = rules.weights.written().get(criterion)?;
    if weight.is_zero() || weight.to_string() == "1" {
        return None;
    }
    let message = format!("`{id}` is alone in the group `{group}`: its weight of {weight} has no effect");
    let help = "write 1, so that it is not read as more; the group's weight is what counts";
    Some(Finding::new(Code::LoneWeight, &[id], written.weight(criterion), message, help))
}

/// Weights that can be anything from zero to the whole without changing the order. `told` is what was found so far: a
/// criterion that says nothing need not be told twice.
///
/// # Errors
/// A total that could not be made.
pub(super) fn idle(ranking: &Ranking<'_>, written: &RuleFilePlaces, told: &[Finding]) -> Result<Vec<Finding>, Problem> {
    let rules = ranking.rules;
    let ranked = ranking.with_totals().count();
    if ranked < MIN_CANDIDATES {
        return Ok(Vec::new());
    }
    let Some((idle, movable)) = stability::idle_weights(ranking, &mut Again::new(ranking)?)? else {
        return Ok(Vec::new());
    };
    if movable > 1 && idle.len() == movable {
        let message = format!(
            "no weight alone changes the order of the {}, whatever it is",
            counted(ranked, "candidate", "candidates")
        );
        let help = "several moved together may still change it, and the totals and tiers depend on each";
        return Ok(vec![Finding::new(Code::IdleWeight, &[], rules.place.clone(), message, help)]);
    }
    let silent = [Code::NoWeight, Code::AlwaysMissing, Code::NeverDiscriminates];
    let is_told =
        |id: &String| told.iter().any(|finding| finding.about.contains(id) && silent.contains(&finding.problem.code));
    // By the number of the weight: a criterion's, or that of a group with a score.
    let one = |at: usize| {
        let id = rules.weighed(at).map(|(id, _)| id.to_owned()).filter(|id| !is_told(id))?;
        let group = rules.combine.group_at(at).filter(|_| at >= rules.criteria.len());
        let place = group.map_or_else(|| written.weight(at), |group| written.group(group));
        let weight = Fixed::new(rules.weights.shares().get(at).copied()?, rules.fine_decimals()).as_weight();
        let whole = rules.scale;
        let message = format!(
            "the weight of `{id}` changes no place: it is {weight}, and anything from 0 to {whole} gives the same order"
        );
        let help = "no one needs to argue about it this year; the totals and tiers still depend on it";
        Some(Finding::new(Code::IdleWeight, &[&id], place, message, help))
    };
    Ok(idle.into_iter().filter_map(one).collect())
}
